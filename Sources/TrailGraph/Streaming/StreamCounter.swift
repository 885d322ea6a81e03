/// Counts patterns in transfers that come by batches, for as long as they come.
///
/// The definitions are those of `FanCount`, `PassThroughCount`, `ScatterGatherCount` and `CycleCount`. A
/// pattern is counted when its last transfer is looked at, and a transfer is looked at once nothing of its
/// moment can come any more. So the counts of all batches and of `finish()` add up to those of a trail of the
/// same transfers, however the batches are cut (property test).
///
/// Holds the transfers of the largest window, those of the slack and one batch, 40 to 60 bytes for each
/// account number, and 24 to 48 bytes for each pair of accounts that scatter-gather has counted: a pair
/// counts once, so it must be known for ever.
///
/// - Complexity: as the whole counts', a transfer at a time; for scatter-gather each two-transfer walk that a
///   transfer completes costs the smaller of the payer's payments and the payee's receipts in the window.
public struct StreamCounter: Sendable {
  public let questions: StreamQuestions
  public private(set) var order: StreamOrder
  public private(set) var trail: SlidingTrail
  private var fans: [StreamFan]
  private var scatterGather: [StreamScatter]
  private var cycles: [StreamCycles]

  /// Transfers between two droppings of what is too old.
  private static let stretch = 4_096

  /// - Parameters:
  ///   - slack: seconds that a transfer may come after a later one.
  ///   - accountLimit: account numbers are below this.
  ///   - listingLimit: as in `CycleCount`, for one closing transfer.
  public init(
    _ questions: StreamQuestions = .usual, slack: Int64 = 0, accountLimit: Int = Int(Int32.max),
    listingLimit: Int = 1 << 14
  ) {
    self.init(
      questions, slack: slack, accountLimit: accountLimit, listingLimit: listingLimit,
      startingAt: 0)
  }

  /// The same, with the number of the first transfer.
  init(
    _ questions: StreamQuestions, slack: Int64, accountLimit: Int, listingLimit: Int,
    startingAt number: UInt32
  ) {
    self.questions = questions
    order = StreamOrder(slack: slack, accountLimit: accountLimit)
    trail = SlidingTrail(window: questions.window, startingAt: number)
    fans = questions.fans.map { StreamFan($0, startingAt: number) }
    scatterGather = questions.scatterGather.map { StreamScatter($0) }
    cycles = questions.cycles.map { StreamCycles($0, listingLimit: listingLimit) }
  }

  /// Takes a batch, all of it or nothing, and counts what is complete by now.
  /// - Parameter batch: account and currency numbers mean the same in all batches.
  public mutating func append(_ batch: TransferColumns) throws(StreamRefusal) -> StreamCounts {
    try order.take(batch)
    return count()
  }

  /// Counts what still waits. Later batches must be later than everything so far.
  public mutating func finish() -> StreamCounts {
    order.close()
    return count()
  }

  /// Bytes held, by declared width of what is allocated.
  public var stateBytes: Int {
    order.stateBytes + trail.stateBytes + fans.reduce(0) { $0 + $1.stateBytes }
      + scatterGather.reduce(0) { $0 + $1.stateBytes } + cycles.reduce(0) { $0 + $1.stateBytes }
  }

  // MARK: Moment by moment

  private mutating func count() -> StreamCounts {
    var counts = StreamCounts(of: questions)
    var start = 0
    var settled = 0
    var warmed = 0
    while start < order.ready {
      if start >= warmed {
        warmed = min(start + SlidingTrail.warmedAtOnce, order.ready)
        trail.warm(order.waiting[...], start..<warmed)
      }
      let now = order.waiting[start].time
      var end = start + 1
      while end < order.ready, order.waiting[end].time == now { end += 1 }
      look(at: start..<end, now, &counts)
      start = end
      if start - settled >= Self.stretch || start == order.ready {
        settled = start
        for place in cycles.indices { cycles[place].settle(trail, &counts.cycles[place]) }
        trail.drop(before: now)
      }
    }
    counts.transfers = order.ready
    order.dropReady()
    return counts
  }

  private mutating func look(at moment: Range<Int>, _ now: Int64, _ counts: inout StreamCounts) {
    for place in fans.indices { fans[place].expire(at: now, trail) }
    let first = trail.next
    trail.append(moment: order.waiting[moment])
    for place in fans.indices { counts.fans[place] += fans[place].count(from: first, trail) }
    for place in scatterGather.indices {
      var number = first
      while number != trail.next {
        counts.scatterGather[place] += scatterGather[place].pairs(closedBy: number, trail)
        number &+= 1
      }
    }
    for place in questions.passThrough.indices {
      var number = first
      while number != trail.next {
        counts.passThrough[place] += questions.passThrough[place].chains(endingWith: number, trail)
        number &+= 1
      }
    }
    for place in cycles.indices {
      var number = first
      while number != trail.next {
        cycles[place].close(number, trail, &counts.cycles[place])
        number &+= 1
      }
    }
  }
}
