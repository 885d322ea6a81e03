/// What is asked of a stream: the questions about a whole trail, each with its own window.
public struct StreamQuestions: Sendable {
  public var fans: [FanCount]
  public var passThrough: [PassThroughCount]
  public var scatterGather: [ScatterGatherCount]
  /// `visitLimit` bounds the search of one closing transfer.
  public var cycles: [Trail.CycleSearch]

  public init(
    fans: [FanCount] = [], passThrough: [PassThroughCount] = [],
    scatterGather: [ScatterGatherCount] = [], cycles: [Trail.CycleSearch] = []
  ) {
    self.fans = fans
    self.passThrough = passThrough
    self.scatterGather = scatterGather
    self.cycles = cycles
  }

  /// The questions of performance.md §2: fans of five within a day, pass-through, scatter-gather, and cycles
  /// of two to six transfers within a week.
  public static let usual = StreamQuestions(
    fans: [
      FanCount(.into, counterparties: 5, window: 86_400),
      FanCount(.outOf, counterparties: 5, window: 86_400),
    ],
    passThrough: [PassThroughCount()], scatterGather: [ScatterGatherCount()],
    cycles: [Trail.CycleSearch(lengths: 2...6, window: 7 * 86_400, visitLimit: 1 << 26)])

  /// How far back, in seconds, a question looks from the transfer that completes a pattern.
  public var window: Int64 {
    let spans =
      fans.map(\.window) + scatterGather.map(\.window) + cycles.map(\.window)
      + passThrough.map { question in
        let (twice, overflow) = question.gap.multipliedReportingOverflow(by: 2)
        return overflow ? .max : twice
      }
    return spans.max() ?? 0
  }
}

/// What was completed by some transfers of a stream. Counts of batches add up to those of the whole trail.
public struct StreamCounts: Hashable, Sendable {
  /// Cycles closed, by length.
  public struct Cycles: Hashable, Sendable {
    public let lengths: ClosedRange<Int>
    /// In the order of `lengths`; at least so many when `openCloses` is not 0.
    public internal(set) var counts: [Int]
    /// Closing transfers whose cycles were counted by merging, because listing them took too long.
    public internal(set) var mergedCloses = 0
    /// Closing transfers at which the search stopped at its bound: not all of their cycles are in `counts`.
    public internal(set) var openCloses = 0

    init(lengths: ClosedRange<Int>) {
      self.lengths = lengths
      counts = Array(repeating: 0, count: lengths.count)
    }

    /// Whether every cycle was counted, and if not, how many closing transfers are open.
    public var end: Trail.End {
      openCloses == 0
        ? .complete
        : Trail.End(
          truncation: "cycles closed by \(openCloses) transfers were not counted to the end")
    }
  }

  /// Transfers looked at; those that still wait for others of their moment, or for the slack, are not.
  public internal(set) var transfers = 0
  /// In the order of the questions, as the following.
  public internal(set) var fans: [Int]
  public internal(set) var passThrough: [Int]
  public internal(set) var scatterGather: [Int]
  public internal(set) var cycles: [Cycles]

  /// Nothing yet.
  public init(of questions: StreamQuestions) {
    fans = questions.fans.map { _ in 0 }
    passThrough = questions.passThrough.map { _ in 0 }
    scatterGather = questions.scatterGather.map { _ in 0 }
    cycles = questions.cycles.map { Cycles(lengths: $0.lengths) }
  }

  /// Adds the counts of another batch under the same questions.
  public static func += (sum: inout StreamCounts, batch: StreamCounts) {
    sum.transfers += batch.transfers
    for place in sum.fans.indices { sum.fans[place] += batch.fans[place] }
    for place in sum.passThrough.indices { sum.passThrough[place] += batch.passThrough[place] }
    for place in sum.scatterGather.indices {
      sum.scatterGather[place] += batch.scatterGather[place]
    }
    for place in sum.cycles.indices {
      let part = batch.cycles[place]
      for length in part.counts.indices { sum.cycles[place].counts[length] += part.counts[length] }
      sum.cycles[place].mergedCloses += part.mergedCloses
      sum.cycles[place].openCloses += part.openCloses
    }
  }
}
