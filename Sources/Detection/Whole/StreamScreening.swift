public import CaseModel
public import Legislation
public import TrailGraph

/// Screens transfers that come by batches, with what detectors can tell from bounded time.
///
/// Run are structuring (ST-01), pass-through (ST-04), temporal cycles (ST-09) and crypto ramps (ST-22), with
/// the catalogue's own definitions; the others are named in `notRun`. A finding is given once, when nothing
/// that may still come can change it: some days after its last movement, or by `finish()`. The findings of a
/// stream are those of the detectors over all of its transfers at once (property test), as long as `cuts` is
/// empty and no search stopped at its bound.
///
/// Holds the transfers of the days that the detectors look back, wait, and `longestDays` in between; what
/// waits for the slack; one batch; and 16 bytes an account number. A finding that reaches further back than what
/// is held is given all the same, and counted in `cuts`.
public struct StreamScreening: Sendable {
  public let names: Trail.Names
  public let law: Law
  /// Detectors run, in the order given.
  public let run: [String]
  /// Detectors that were given and are not run.
  public let notRun: [StreamExclusion]
  /// By detector: findings whose beginning may lie before what is held.
  public private(set) var cuts: [String: Int] = [:]
  /// By detector: how often a search stopped at its bound, or detectors said that they had.
  public private(set) var truncations: [String: Int] = [:]
  /// By detector and reason: how often it could not look at some accounts on some days.
  public private(set) var notApplicable: [String: [String: Int]] = [:]

  public private(set) var order: StreamOrder
  public private(set) var trail: SlidingTrail
  private var spans: [StreamSpanRun]
  private var cycles: [StreamCycleRun]
  private var today: CivilDate?
  private var hasDropped = false

  /// - Parameters:
  ///   - names: what account, currency and channel numbers mean in all batches.
  ///   - slack: seconds that a transfer may come after a later one.
  ///   - longestDays: from the first to the last movement of a finding that is told whole.
  public init(
    names: Trail.Names, under law: Law, slack: Int64 = 0, longestDays: Int = 90,
    detectors: [any Detector] = DetectionCatalogue.all
  ) {
    precondition(longestDays >= 0)
    self.names = names
    self.law = law
    spans = detectors.compactMap { $0 as? any StreamedDetector }.map { StreamSpanRun($0) }
    cycles = detectors.compactMap { $0 as? TemporalCycle }.map { StreamCycleRun($0) }
    let known = spans.map(\.detector.id) + cycles.map(\.detector.id)
    run = detectors.map(\.id).filter { known.contains($0) }
    notRun = detectors.filter { !known.contains($0.id) }.map {
      StreamExclusion(detector: $0.id, reason: StreamExclusion.reason(for: $0))
    }
    let before = spans.map(\.span.beforeDays) + cycles.map(\.detector.windowDays)
    let after = spans.map(\.span.afterDays) + cycles.map(\.detector.windowDays)
    let days = (before.max() ?? 0) + (after.max() ?? 0) + longestDays + 1
    order = StreamOrder(slack: slack, accountLimit: max(1, names.accountCount))
    trail = SlidingTrail(window: Int64(days) * 86_400)
  }

  /// Takes a batch, all of it or nothing, and gives the findings that nothing can change any more.
  /// - Returns: by day, then by detector, then in the detector's own order.
  public mutating func append(_ batch: TransferColumns) throws(StreamRefusal) -> [Finding] {
    try order.take(batch)
    return look()
  }

  /// The findings that still waited. The stream is over.
  public mutating func finish() -> [Finding] {
    order.close()
    return look() + judge(asOf: nil)
  }

  /// Bytes held, by declared width of what is allocated; the memory of open cycles by their transfers.
  public var stateBytes: Int {
    order.stateBytes + trail.stateBytes + cycles.reduce(0) { $0 + $1.stateBytes }
  }

  // MARK: Day by day

  private mutating func look() -> [Finding] {
    var findings: [Finding] = []
    var start = 0
    while start < order.ready {
      let now = order.waiting[start].time
      let day = Trail.day(of: now)
      if day != today {
        if today != nil {
          findings += judge(asOf: day)
          let first = trail.first
          trail.drop(before: now)
          if trail.first != first { hasDropped = true }
        }
        today = day
      }
      var end = start + 1
      while end < order.ready, order.waiting[end].time == now { end += 1 }
      let first = trail.next
      trail.append(moment: order.waiting[start..<end])
      for place in cycles.indices { cycles[place].take(from: first, trail) }
      start = end
    }
    order.dropReady()
    return findings
  }

  /// - Parameter day: the day that begins; nil when nothing more comes.
  private mutating func judge(asOf day: CivilDate?) -> [Finding] {
    var findings: [Finding] = []
    for place in spans.indices {
      guard let part = spans[place].judge(asOf: day, trail, names, law) else { continue }
      let since = heldSince(spans[place].span.beforeDays)
      note(part.result, part.firstDays.count { $0 < since })
      findings += part.result.findings
    }
    for place in cycles.indices {
      guard let part = cycles[place].judge(asOf: day, trail, names, law) else { continue }
      note(part.result, part.cut)
      findings += part.result.findings
    }
    return findings
  }

  /// The first day a finding may begin on and be whole.
  private func heldSince(_ beforeDays: Int) -> CivilDate {
    guard hasDropped, trail.count > 0 else { return CivilDate(dayNumber: .min) }
    // The oldest day may have been dropped in part.
    return Trail.day(of: trail.transfer(trail.first).time).adding(days: beforeDays + 1)
  }

  private mutating func note(_ result: DetectionResult, _ cut: Int) {
    if cut > 0 { cuts[result.detector, default: 0] += cut }
    if result.truncation != nil { truncations[result.detector, default: 0] += 1 }
    if let reason = result.notApplicable {
      notApplicable[result.detector, default: [:]][reason, default: 0] += 1
    }
  }
}
