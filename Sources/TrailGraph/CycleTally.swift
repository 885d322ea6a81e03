/// Temporal cycles by length: exactly, or between two bounds.
public struct CycleTally: Hashable, Sendable {
  public let lengths: ClosedRange<Int>
  /// Cycles counted, in the order of `lengths`: all there are when `end` is complete, else at least so many.
  public private(set) var counts: [Int]
  /// No more cycles than this, in the order of `lengths`; equal to `counts` when `end` is complete.
  /// `Int.max` stands for a bound that does not fit 64 bits.
  public private(set) var atMost: [Int]
  /// First transfers whose cycles were counted by merging, because listing them took too long.
  public private(set) var mergedFirsts = 0
  /// First transfers that could begin a cycle and whose cycles are not all in `counts`, as places in the
  /// index of the search, rising.
  private(set) var unfinished: [Int32] = []
  /// What `counts` holds of the unfinished.
  private var partial: [Int]

  init(lengths: ClosedRange<Int>) {
    self.lengths = lengths
    counts = Array(repeating: 0, count: lengths.count)
    atMost = counts
    partial = counts
  }

  /// Whether every cycle was counted, and if not, how many first transfers are open.
  public var end: Trail.End {
    unfinished.isEmpty
      ? .complete
      : Trail.End(
        truncation: "cycles of \(unfinished.count) first transfers were not counted to the end")
  }

  /// Adds what one first transfer begins.
  /// - Parameters:
  ///   - found: cycles by length; lengths that were not asked for are passed over.
  ///   - open: the first transfer, when not all of its cycles are in `found`.
  mutating func add(_ found: [Int], isMerged: Bool = false, open: Int? = nil) {
    for length in lengths where length < found.count {
      let place = length - lengths.lowerBound
      counts[place] = Self.sum(counts[place], found[length])
      if open == nil {
        atMost[place] = Self.sum(atMost[place], found[length])
      } else {
        partial[place] = Self.sum(partial[place], found[length])
      }
    }
    if isMerged { mergedFirsts += 1 }
    if let open { unfinished.append(Int32(truncatingIfNeeded: open)) }
  }

  /// Adds the accounts that come next.
  mutating func add(_ next: CycleTally) {
    for place in counts.indices {
      counts[place] = Self.sum(counts[place], next.counts[place])
      atMost[place] = Self.sum(atMost[place], next.atMost[place])
      partial[place] = Self.sum(partial[place], next.partial[place])
    }
    mergedFirsts += next.mergedFirsts
    unfinished += next.unfinished
  }

  /// Takes in what the unfinished first transfers begin at most, by length.
  mutating func setBounds(_ most: [UInt64]) {
    for place in counts.indices {
      let length = place + lengths.lowerBound
      let (sum, overflow) = atMost[place].addingReportingOverflow(Int(clamping: most[length]))
      atMost[place] = overflow ? .max : sum
      assert(counts[place] <= atMost[place], "a lower bound above the upper one")
    }
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    precondition(!overflow, "more cycles than can be counted")
    return sum
  }
}
