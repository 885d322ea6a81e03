/// How many temporal cycles there are of each length, exactly, also where listing them would not end.
///
/// The rule is that of `Trail.forEachTemporalCycle` (performance.md §2, "Temporal cycle"). Cycles are
/// counted at their first transfer. Where a first transfer begins more paths than `listingLimit`, its
/// cycles of up to six transfers are counted by merging: paths of up to three transfers from the front
/// and from the back are met at their common account, and what meets twice is taken off again, see
/// `CycleMerge`. So the work grows with the cube of how busy accounts are within the window, where
/// listing grows with the number of cycles.
///
/// - Complexity: O(*r*) for each first transfer that can close within the window, *r* the transfers
///   within three steps of it, backwards from its sender or forwards from its receiver.
public struct CycleCount: TrailQuestion {
  public let search: Trail.CycleSearch
  /// Steps of listing from one first transfer before its cycles are merged instead.
  public let listingLimit: Int
  private var index: Index?

  private enum Index: Sendable {
    case none
    case short(HopIndex<UInt32>)
    case long(HopIndex<UInt64>)
  }

  /// - Parameters:
  ///   - search: lengths, window, and `visitLimit`, which is shared out evenly over 32 ranges of accounts.
  ///   - listingLimit: our own default; from about so many steps on merging was the faster (measured).
  public init(_ search: Trail.CycleSearch, listingLimit: Int = 1 << 14) {
    precondition(listingLimit > 0)
    self.search = search
    self.listingLimit = listingLimit
  }

  public func prepared(for trail: Trail) -> CycleCount {
    var question = self
    guard let first = trail.time.min(), let last = trail.time.max() else {
      question.index = Index.none
      return question
    }
    let (span, overflow) = last.subtractingReportingOverflow(first)
    precondition(!overflow, "a trail longer than the age of the universe")
    question.index =
      span < Int64(UInt32.max) - 1
      ? .short(HopIndex(trail, first: first)) : .long(HopIndex(trail, first: first))
    return question
  }

  public func room(for trail: Trail) -> Room { Room(accounts: trail.accountCount) }

  /// What one thread needs: marks of the backward search, one cell an account.
  public struct Room {
    var short: CycleMarks<UInt32>?
    var long: CycleMarks<UInt64>?
    let accounts: Int
    init(accounts: Int) { self.accounts = accounts }
  }

  public func answer(
    over accounts: Range<Int32>, of trail: Trail, in room: inout Room
  ) -> CycleTally {
    switch index {
    case .short(let index):
      let marks = room.short ?? CycleMarks(accounts: room.accounts)
      room.short = marks
      return tally(over: accounts, index, marks)
    case .long(let index):
      let marks = room.long ?? CycleMarks(accounts: room.accounts)
      room.long = marks
      return tally(over: accounts, index, marks)
    case .some(.none): return CycleTally(lengths: search.lengths)
    case nil: return prepared(for: trail).answer(over: accounts, of: trail, in: &room)
    }
  }

  private func tally<Tick>(
    over accounts: Range<Int32>, _ index: HopIndex<Tick>, _ marks: CycleMarks<Tick>
  ) -> CycleTally {
    index.withHops { hops in
      var finder = CycleFinder(
        hops: hops, marks: marks, search: search, listingLimit: listingLimit,
        visitLimit: search.visitLimit == .max ? .max : search.visitLimit / Trail.rangeCount)
      for root in accounts { finder.count(from: root) }
      return finder.tally
    }
  }

  public func merged(_ parts: [CycleTally]) -> CycleTally {
    var whole = CycleTally(lengths: search.lengths)
    for part in parts { whole.add(part) }
    return whole
  }
}

/// Temporal cycles by length.
public struct CycleTally: Hashable, Sendable {
  public let lengths: ClosedRange<Int>
  /// Cycles counted, in the order of `lengths`: all there are when `end` is complete, else at least so many.
  public private(set) var counts: [Int]
  /// First transfers that could begin a cycle and whose cycles are not all in `counts`.
  public var unfinished = 0
  /// First transfers whose cycles were counted by merging.
  public var mergedFirsts = 0

  init(lengths: ClosedRange<Int>) {
    self.lengths = lengths
    counts = Array(repeating: 0, count: lengths.count)
  }

  public var end: Trail.End {
    unfinished == 0
      ? .complete
      : Trail.End(truncation: "cycles of \(unfinished) first transfers were not counted to the end")
  }

  mutating func add(_ count: Int, ofLength length: Int) {
    guard lengths.contains(length) else { return }
    let (sum, overflow) = counts[length - lengths.lowerBound].addingReportingOverflow(count)
    precondition(!overflow, "more cycles than can be counted")
    counts[length - lengths.lowerBound] = sum
  }

  mutating func add(_ other: CycleTally) {
    for (length, count) in zip(other.lengths, other.counts) { add(count, ofLength: length) }
    unfinished += other.unfinished
    mergedFirsts += other.mergedFirsts
  }
}
