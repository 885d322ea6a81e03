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
    guard let times = trail.timeSpan else {
      question.index = Index.none
      return question
    }
    let first = times.lowerBound
    let (span, overflow) = times.upperBound.subtractingReportingOverflow(first)
    precondition(!overflow, "a trail longer than the age of the universe")
    question.index =
      span < Int64(UInt32.max) - 1
      ? .short(HopIndex(trail, first: first, window: search.window))
      : .long(HopIndex(trail, first: first, window: search.window))
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
    guard !whole.unfinished.isEmpty else { return whole }
    switch index {
    case .short(let index): bound(&whole, index)
    case .long(let index): bound(&whole, index)
    case .some(.none), nil: break
    }
    return whole
  }

  private func bound<Tick>(_ tally: inout CycleTally, _ index: HopIndex<Tick>) {
    index.withHops { hops in
      let bound = CycleBound(
        hops: hops, window: Tick(clamping: search.window),
        accounts: Int32(truncatingIfNeeded: index.outStart.count - 1))
      tally.setBounds(bound.most(of: tally.unfinished, longest: search.lengths.upperBound))
    }
  }
}
