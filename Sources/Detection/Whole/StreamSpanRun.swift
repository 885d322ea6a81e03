import CaseModel
import Legislation
import TrailGraph

/// One detector of bounded time in a stream: when its days are over, the accounts that moved then are looked at.
///
/// A finding is taken on the day of its last movement, once the days after it that could change it are over;
/// so it is taken once, however often its account is looked at.
struct StreamSpanRun: Sendable {
  let detector: any StreamedDetector
  let span: StreamSpan
  /// The oldest transfer whose day was not judged.
  private var next: UInt32 = 0
  private var memory = StreamMemory()

  init(_ detector: any StreamedDetector) {
    self.detector = detector
    span = detector.streamSpan
  }

  /// The findings that end on the days that are now over, and the day each begins; nil when nobody is
  /// looked at.
  mutating func judge(
    asOf day: CivilDate?, _ trail: SlidingTrail, _ names: Trail.Names, _ law: Law
  ) -> (result: DetectionResult, firstDays: [CivilDate])? {
    guard next != trail.next else { return nil }
    let firstDay = Trail.day(of: trail.transfer(next).time)
    let last = day.map { $0.adding(days: -span.afterDays) }
    if let last, firstDay > last { return nil }
    let start = next
    while next != trail.next {
      if let last, Trail.day(of: trail.transfer(next).time) > last { break }
      next &+= 1
    }
    let anchors = distinct(
      detector.mayEnd(on: StreamNumbers(start, next), trail, names.meanings, &memory))
    guard !anchors.isEmpty else { return nil }
    let part = trail.trail(of: trail.numbers(around: anchors), names: names)
    let local = Set(anchors.map { anchor in Int32(part.accounts.partitionPoint { $0 >= anchor }) })
    let result = detector.findings(in: Scene(part.trail, under: law, anchors: local))
    return taken(result, from: firstDay, through: last, part.trail)
  }

  /// The findings whose last movement lies on the days in hand.
  private func taken(
    _ result: DetectionResult, from firstDay: CivilDate, through last: CivilDate?, _ trail: Trail
  ) -> (result: DetectionResult, firstDays: [CivilDate]) {
    var kept: [Finding] = []
    var firstDays: [CivilDate] = []
    var days: [EntryID: CivilDate] = [:]
    if !result.findings.isEmpty {
      for edge in 0..<trail.edgeCount {
        for entry in trail.entries(edge) { days[entry] = trail.day(edge) }
      }
    }
    for finding in result.findings {
      let own = finding.entries.compactMap { days[$0] }
      guard let begin = own.min(), let end = own.max(), end >= firstDay,
        last.map({ end <= $0 }) ?? true
      else { continue }
      kept.append(finding)
      firstDays.append(begin)
    }
    let part = DetectionResult(
      detector: result.detector, findings: kept, notApplicable: result.notApplicable,
      truncation: result.truncation)
    return (part, firstDays)
  }

  private func distinct(_ accounts: [Int32]) -> [Int32] {
    var result: [Int32] = []
    for account in accounts.sorted() where result.last != account { result.append(account) }
    return result
  }
}
