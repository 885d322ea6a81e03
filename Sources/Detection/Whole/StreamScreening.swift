public import CaseModel
public import Legislation
public import TrailGraph

/// Screens transfers that come by batches, with what detectors can tell from bounded time.
///
/// Run are, with the catalogue's own definitions, structuring (ST-01), pass-through (ST-04), temporal cycles
/// (ST-09) and crypto ramps (ST-22), which look at bounded time alone; and smurfing (ST-02), fans (ST-05 to
/// ST-07), scatter–gather (ST-08), two-party returns (ST-10) and prepaid ladders (ST-23), which also ask for
/// habits, or weigh all dealings of a pair. The others are named in `notRun`.
///
/// A finding is given once its own days are over: some days after its last movement, or by `finish()`. Those of
/// the first group are the findings of the detectors over all transfers at once. Those of the second are told *as
/// far as is known*: what the detector finds in the `lookBackDays` before the day of telling, and each says which
/// days those are. A dealing that becomes a habit afterwards takes nothing back; `waitDays` lets them
/// wait for it. Where all transfers lie within `lookBackDays` and `waitDays` they too are those over all
/// transfers at once. Both are proven by property tests, as long as `cuts` is empty and no search stopped at its
/// bound.
///
/// Holds the transfers of `lookBackDays`, or of the days that a detector looks back, waits, and `longestDays` in
/// between; what waits for the slack; one batch; and some 60 bytes an account number. A finding that reaches
/// further back than what is looked at is given all the same, and counted in `cuts`.
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
  private var beginnings: [StreamBeginnings] = []
  private var today: Int32?
  /// The day of the first transfer ever taken.
  private var firstDay: Int32?
  /// The first transfer of the day that runs.
  private var dayStart: UInt32 = 0

  /// Transfers that may be looked at once more for each that comes, and as many more for any batch.
  var workShare = 6  // default: a batch of 2,048 may look at 16,384
  var workLeast = 4_096  // default: small batches get on as well

  /// - Parameters:
  ///   - names: what account, currency and channel numbers mean in all batches.
  ///   - slack: seconds that a transfer may come after a later one.
  ///   - longestDays: from the first to the last movement of a finding that is told whole.
  ///   - lookBackDays: before the day of telling, in which habits are looked for.
  ///   - waitDays: further days that what asks for habits waits before it is told.
  public init(
    names: Trail.Names, under law: Law, slack: Int64 = 0, longestDays: Int = 90,
    lookBackDays: Int = 400, waitDays: Int = 0, detectors: [any Detector] = DetectionCatalogue.all
  ) {
    precondition(longestDays >= 0 && lookBackDays >= 0 && waitDays >= 0)
    self.names = names
    self.law = law
    spans = detectors.compactMap { $0 as? any StreamedDetector }.map { detector in
      let span = detector.streamSpan
      let wait = span.looksFarBack ? waitDays : 0
      let least = span.beforeDays + span.afterDays + wait + longestDays
      return StreamSpanRun(
        detector, frameDays: span.looksFarBack ? max(lookBackDays, least) : least, waitDays: wait)
    }
    cycles = detectors.compactMap { $0 as? TemporalCycle }.map { StreamCycleRun($0) }
    let known = spans.map(\.detector.id) + cycles.map(\.detector.id)
    run = detectors.map(\.id).filter { known.contains($0) }
    notRun = detectors.filter { !known.contains($0.id) }.map {
      StreamExclusion(detector: $0.id, reason: StreamExclusion.reason(for: $0))
    }
    var asked: [StreamBeginnings.Question] = []
    for question in spans.flatMap(\.beginnings) where !asked.contains(question) {
      asked.append(question)
    }
    beginnings = asked.map { StreamBeginnings($0) }
    let days =
      spans.map(\.frameDays) + cycles.map { 2 * $0.detector.windowDays + longestDays }
    order = StreamOrder(slack: slack, accountLimit: max(1, names.accountCount))
    // A day more, because what is over may be looked at a day late, and the day that runs.
    trail = SlidingTrail(window: Int64((days.max() ?? 0) + 2) * 86_400)
  }

  /// Takes a batch, all of it or nothing, and gives the findings that nothing can change any more.
  /// - Returns: of each detector in the order of days, and within a day the same however batches are cut; in
  ///   which batch a finding comes depends on the cuts, by at most a day.
  public mutating func append(_ batch: TransferColumns) throws(StreamRefusal) -> [Finding] {
    try order.take(batch)
    return look()
  }

  /// The findings that still waited. The stream is over.
  public mutating func finish() -> [Finding] {
    order.close()
    return look() + finishLook()
  }

  /// Bytes held, by declared width of what is allocated; the memory of open cycles by their transfers.
  public var stateBytes: Int {
    order.stateBytes + trail.stateBytes + cycles.reduce(0) { $0 + $1.stateBytes }
      + spans.reduce(0) { $0 + $1.stateBytes } + beginnings.reduce(0) { $0 + $1.stateBytes }
  }

  // MARK: Day by day

  private mutating func look() -> [Finding] {
    var findings: [Finding] = []
    var start = 0
    while start < order.ready {
      let day = Trail.day(of: order.waiting[start].time).dayNumber
      if day != today {
        dayStart = trail.next
        if firstDay == nil { firstDay = day }
        // What is late must be told before anything that it looks at is dropped.
        if today != nil {
          findings += judge(asOf: day, transfers: 0)
          findings += judgeCycles(asOf: day)
        }
        today = day
      }
      let end = append(dayFrom: start, day)
      findings += judge(asOf: day, transfers: end - start)
      trail.drop(before: order.waiting[end - 1].time)
      start = end
    }
    order.dropReady()
    return findings
  }

  /// Adds the ready transfers of one day and shows them to the detectors.
  /// - Returns: the first place after them.
  private mutating func append(dayFrom start: Int, _ day: Int32) -> Int {
    let first = trail.next
    let nextDay = StreamDay.start(of: day, daysBefore: -1)
    var place = start
    while place < order.ready, order.waiting[place].time < nextDay { place += 1 }
    trail.append(inOrder: order.waiting[start..<place])
    for place in cycles.indices { cycles[place].take(from: first, trail) }
    let transfers = order.waiting[start..<place]
    begin(transfers, from: first, on: day)
    let portion = StreamPortion(
      day: day, first: first, transfers: transfers, meanings: names.meanings,
      beginnings: beginnings)
    for place in spans.indices { spans[place].take(portion, trail) }
    return place
  }

  /// Counts what began with the newest transfers, once for all detectors.
  private mutating func begin(
    _ transfers: ArraySlice<StreamTransfer>, from first: UInt32, on day: Int32
  ) {
    var isFirst: [Int: [Bool]] = [:]
    for place in beginnings.indices {
      let days = beginnings[place].question.newAfterDays
      let known =
        isFirst[days]
        ?? transfers.indices.map { place in
          let number = first &+ UInt32(place - transfers.startIndex)
          return trail.isFirstDealing(number, inDays: days)
        }
      isFirst[days] = known
      beginnings[place].take(transfers, isFirst: known, on: day, accounts: trail.accountCount)
    }
  }

  private mutating func finishLook() -> [Finding] {
    dayStart = trail.next
    return judge(asOf: nil, transfers: 0) + judgeCycles(asOf: nil)
  }

  /// - Parameters:
  ///   - day: the day that runs; nil when nothing more comes.
  ///   - transfers: how many came; so much more may be looked at for them.
  private mutating func judge(asOf day: Int32?, transfers: Int) -> [Finding] {
    var findings: [Finding] = []
    var work = transfers == 0 ? 0 : transfers * workShare + workLeast
    for place in spans.indices {
      let most = transfers == 0 ? 0 : 2 * transfers + workLeast
      spans[place].lookAgain(before: dayStart, asOf: day, most: most, trail)
      for part in spans[place].judge(asOf: day, work: &work, trail, names, law) {
        let isWhole = firstDay.map { part.frameStart.dayNumber <= $0 } ?? true
        let since = part.frameStart.adding(days: spans[place].span.beforeDays)
        note(part.result, isWhole ? 0 : part.firstDays.count { $0 < since })
        findings += part.result.findings
      }
    }
    return findings
  }

  private mutating func judgeCycles(asOf day: Int32?) -> [Finding] {
    var findings: [Finding] = []
    for place in cycles.indices {
      let date = day.map { CivilDate(dayNumber: $0) }
      guard let part = cycles[place].judge(asOf: date, trail, names, law) else { continue }
      note(part.result, part.cut)
      findings += part.result.findings
    }
    return findings
  }

  private mutating func note(_ result: DetectionResult, _ cut: Int) {
    if cut > 0 { cuts[result.detector, default: 0] += cut }
    if result.truncation != nil { truncations[result.detector, default: 0] += 1 }
    if let reason = result.notApplicable {
      notApplicable[result.detector, default: [:]][reason, default: 0] += 1
    }
  }
}
