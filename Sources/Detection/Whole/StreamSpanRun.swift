import CaseModel
import Legislation
import TrailGraph

/// One detector of bounded time in a stream: a watch names candidates, and once the days after theirs are over,
/// the detector itself looks at what their findings depend on.
///
/// A finding is taken on the day of its last movement; so it is taken once, however often its account is
/// looked at. Candidates wait in a queue, so that a day's may be looked at in parts.
struct StreamSpanRun: Sendable {
  let detector: any StreamedDetector
  let span: StreamSpan
  /// Days before the day of telling that are looked at.
  let frameDays: Int
  /// Days waited beyond the span.
  let waitDays: Int
  private var watch: any StreamWatch
  private let looksAgain: Bool
  /// The oldest transfer that a watch has not looked at again.
  private var unseen: UInt32 = 0
  private var queue: [StreamCandidate] = []
  private var head = 0
  /// Of the queue's first day, each once, in order; those from `place` on are still to be looked at.
  private var inHand: [StreamCandidate] = []
  private var place = 0

  /// Candidates looked at together.
  private static let together = 8

  init(_ detector: any StreamedDetector, frameDays: Int, waitDays: Int) {
    self.detector = detector
    span = detector.streamSpan
    self.frameDays = frameDays
    self.waitDays = waitDays
    watch = detector.streamWatch()
    looksAgain = watch.looksAgain
  }

  var stateBytes: Int {
    watch.stateBytes + (queue.capacity + inHand.capacity) * MemoryLayout<StreamCandidate>.stride
  }

  // MARK: Candidates

  var beginnings: [StreamBeginnings.Question] { watch.beginnings }

  /// Looks at the newest transfers.
  mutating func take(_ portion: StreamPortion, _ trail: SlidingTrail) {
    watch.look(at: portion, trail, &queue)
  }

  /// Lets a watch look again at transfers of days that are over, at most so many, and at all of those whose
  /// findings are to be told.
  mutating func lookAgain(
    before end: UInt32, asOf today: Int32?, most: Int, _ trail: SlidingTrail
  ) {
    guard looksAgain else { return }
    var left = most
    while unseen != end {
      let start = unseen
      let day = Trail.day(of: trail.transfer(start).time)
      let isDue = today.map { told(day.dayNumber) <= $0 } ?? true
      guard left > 0 || isDue else { return }
      while unseen != end, left > 0 || isDue, Trail.day(of: trail.transfer(unseen).time) == day {
        unseen &+= 1
        left -= 1
      }
      watch.lookAgain(at: StreamNumbers(start, unseen), on: day.dayNumber, trail, &queue)
    }
  }

  // MARK: Findings

  /// What one look gave, and the day each finding begins.
  struct Judged {
    let result: DetectionResult
    let firstDays: [CivilDate]
    /// The first day looked at.
    let frameStart: CivilDate
  }

  /// The findings that end on days that nothing can change any more.
  /// - Parameters:
  ///   - today: the day that runs; nil when nothing more comes.
  ///   - work: transfers that may be looked at; candidates over for more than a day are looked at however
  ///     many they are.
  mutating func judge(
    asOf today: Int32?, work: inout Int, _ trail: SlidingTrail, _ names: Trail.Names, _ law: Law
  ) -> [Judged] {
    var judged: [Judged] = []
    while true {
      if place == inHand.count, !pick(asOf: today) { break }
      guard let day = inHand.first?.day else { break }
      let isLate = today.map { told(day) < $0 } ?? true
      guard work > 0 || isLate else { break }
      let end = min(inHand.count, place + Self.together)
      judged.append(look(at: inHand[place..<end], on: day, &work, trail, names, law))
      place = end
    }
    return judged
  }

  /// The day on which what ends on a day is told.
  private func told(_ day: Int32) -> Int32 { day + Int32(span.afterDays + waitDays) }

  /// Takes the next day's candidates out of the queue, when their time has come.
  private mutating func pick(asOf today: Int32?) -> Bool {
    guard head < queue.count else { return false }
    let day = queue[head].day
    if let today, told(day) > today { return false }
    var all: [StreamCandidate] = []
    while head < queue.count, queue[head].day == day {
      all.append(queue[head])
      head += 1
    }
    if head > 256, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
    all.sort(by: StreamCandidate.precedes)
    inHand.removeAll(keepingCapacity: true)
    for candidate in all where inHand.last != candidate { inHand.append(candidate) }
    place = 0
    return true
  }

  private func look(
    at candidates: ArraySlice<StreamCandidate>, on day: Int32, _ work: inout Int,
    _ trail: SlidingTrail, _ names: Trail.Names, _ law: Law
  ) -> Judged {
    let frameStart = StreamDay.start(of: told(day), daysBefore: frameDays)
    let frameEnd = StreamDay.start(of: told(day))
    let numbers = detector.streamScope.numbers(
      of: candidates, from: frameStart, before: frameEnd, trail)
    work -= numbers.count + 64
    let part = trail.trail(of: numbers, names: names)
    let anchors = Set(
      candidates.flatMap { [$0.account, $0.partner] }.compactMap { anchor -> Int32? in
        let place = part.accounts.partitionPoint { $0 >= anchor }
        return anchor >= 0 && place < part.accounts.count ? Int32(place) : nil
      })
    let result = detector.findings(in: Scene(part.trail, under: law, anchors: anchors))
    return taken(result, on: day, Trail.day(of: frameStart), part.trail)
  }

  /// The findings whose last movement lies on a day.
  private func taken(
    _ result: DetectionResult, on day: Int32, _ frameStart: CivilDate, _ trail: Trail
  ) -> Judged {
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
      guard let begin = own.min(), let end = own.max(), end.dayNumber == day else { continue }
      kept.append(span.looksFarBack ? stated(finding, day) : finding)
      firstDays.append(begin)
    }
    return Judged(
      result: DetectionResult(
        detector: result.detector, findings: kept, notApplicable: result.notApplicable,
        truncation: result.truncation), firstDays: firstDays, frameStart: frameStart)
  }

  /// With the days whose dealings were known when it was told, where those further back could matter.
  private func stated(_ finding: Finding, _ day: Int32) -> Finding {
    let (first, next) = (
      CivilDate(dayNumber: told(day)).adding(days: -frameDays), CivilDate(dayNumber: told(day))
    )
    return Finding(
      detector: finding.detector, version: finding.version, kind: finding.kind,
      title: finding.title, sentence: finding.sentence,
      parameters: finding.parameters + [
        .parameter(Self.frameName, "\(first) to \(next.adding(days: -1))")
      ],
      measures: finding.measures, strength: finding.strength, entries: finding.entries,
      accounts: finding.accounts, innocentExplanations: finding.innocentExplanations,
      cautionsChecked: finding.cautionsChecked, cautionsNotChecked: finding.cautionsNotChecked,
      truncation: finding.truncation)
  }

  static let frameName = "dealings looked at"
}
