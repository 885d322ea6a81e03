import CaseModel
import Legislation
import TrailGraph

/// `TemporalCycle` in a stream: cycles are found as they close, and told when no other can share a transfer
/// with them any more.
///
/// Cycles that share transfers compete, and so do those that share with these; such a knot of cycles is told
/// by the detector itself, over the knot's transfers, when its last transfer is older than the window.
struct StreamCycleRun: Sendable {
  let detector: TemporalCycle
  /// Transfers looked at for one closing transfer before its search stops.
  static let visitLimit = 1_000_000

  private struct Knot: Sendable {
    var transfers: [UInt32]
    var latest: Int64
    /// Whether transfers of it are not held any more.
    var isCut = false
  }
  private var knots: [Int: Knot] = [:]
  private var knotOf: [UInt32: Int] = [:]
  private var named = 0
  private var stopped = 0

  init(_ detector: TemporalCycle) { self.detector = detector }

  var stateBytes: Int { knotOf.count * 24 }

  private var window: Int64 { Int64(detector.windowDays) * 86_400 }

  /// Finds the cycles that the newest transfers close.
  mutating func take(from first: UInt32, _ trail: SlidingTrail) {
    let search = Trail.CycleSearch(
      lengths: detector.hopsMin...detector.hopsMax, window: window, visitLimit: Self.visitLimit)
    let (least, most) = (Int128(detector.keptMinBasisPoints), Int128(detector.keptMaxBasisPoints))
    var number = first
    while number != trail.next {
      var closed: [[UInt32]] = []
      let end = trail.forEachCycle(closedBy: number, search) { earlier, later in
        // As `ComparableAmounts.share` without rates.
        guard earlier.currency == later.currency, earlier.amountMinor > 0 else { return false }
        let (part, whole) = (Int128(later.amountMinor) * 10_000, Int128(earlier.amountMinor))
        return part >= whole * least && part <= whole * most
      } found: {
        closed.append($0)
      }
      if end.isTruncated { stopped += 1 }
      let latest = closed.isEmpty ? 0 : trail.transfer(number).time
      for cycle in closed { tie(cycle, latest) }
      number &+= 1
    }
  }

  private mutating func tie(_ cycle: [UInt32], _ latest: Int64) {
    var own = Knot(transfers: [], latest: latest)
    let shared = Set(cycle.compactMap { knotOf[$0] }).sorted()
    // The largest stays and takes the others in.
    let kept = shared.max { (knots[$0]?.transfers.count ?? 0) < (knots[$1]?.transfers.count ?? 0) }
    let name = kept ?? named
    if kept == nil { named += 1 }
    if let knot = knots.removeValue(forKey: name) {
      (own.transfers, own.isCut) = (knot.transfers, knot.isCut)
    }
    for other in shared where other != name {
      guard let knot = knots.removeValue(forKey: other) else { continue }
      own.isCut = own.isCut || knot.isCut
      for transfer in knot.transfers {
        own.transfers.append(transfer)
        knotOf[transfer] = name
      }
    }
    for transfer in cycle where knotOf[transfer] != name {
      own.transfers.append(transfer)
      knotOf[transfer] = name
    }
    knots[name] = own
  }

  /// The findings of the knots that no cycle can join any more.
  /// - Returns: what was found, and how many knots began before what is held; nil when no knot is over.
  mutating func judge(
    asOf day: CivilDate?, _ trail: SlidingTrail, _ names: Trail.Names, _ law: Law
  ) -> (result: DetectionResult, cut: Int)? {
    forgetWhatWasDropped(trail)
    let now = day.map { Int64($0.dayNumber) * 86_400 }
    let over = knots.keys.sorted().filter { name in
      guard let now, let knot = knots[name] else { return true }
      let (end, overflow) = knot.latest.addingReportingOverflow(window)
      return !overflow && end < now
    }
    guard !over.isEmpty || stopped > 0 else { return nil }
    var transfers: [UInt32] = []
    var cut = 0
    for name in over {
      guard let knot = knots.removeValue(forKey: name) else { continue }
      for transfer in knot.transfers { knotOf[transfer] = nil }
      if knot.isCut { cut += 1 }
      transfers += knot.transfers
    }
    // In the order they came.
    let part = trail.trail(
      of: transfers.sorted { $0 &- trail.first < $1 &- trail.first }, names: names)
    let result = detector.findings(in: Scene(part.trail, under: law))
    let stop =
      stopped == 0
      ? nil : "\(stopped) closing transfers: search stopped at \(Self.visitLimit) transfers"
    stopped = 0
    return (
      DetectionResult(
        detector: result.detector, findings: result.findings, notApplicable: result.notApplicable,
        truncation: stop ?? result.truncation), cut
    )
  }

  /// So that a knot that never ends costs no more than what is held.
  private mutating func forgetWhatWasDropped(_ trail: SlidingTrail) {
    for name in knots.keys.sorted() {
      guard let knot = knots[name], !knot.transfers.allSatisfy(trail.holds) else { continue }
      for transfer in knot.transfers where !trail.holds(transfer) { knotOf[transfer] = nil }
      knots[name]?.transfers.removeAll { !trail.holds($0) }
      knots[name]?.isCut = true
    }
  }
}
