/// How many (seed, account) pairs a path of strictly rising times joins.
///
/// Source: performance.md §2, "Reach(100)". A seed reaches itself. Equal seeds count once each.
///
/// - Complexity: `TrailWalker.reach` for each seed.
public struct ReachCount: TrailQuestion {
  public let seeds: [Int32]
  /// Paths leave after this moment, Unix seconds.
  public let after: Int64
  /// No transfer is later than this moment, Unix seconds.
  public let through: Int64

  public init(seeds: [Int32], after: Int64, through: Int64) {
    self.seeds = seeds
    self.after = after
    self.through = through
  }

  public func room(for trail: Trail) -> TrailWalker { TrailWalker(trail) }

  public func answer(
    over accounts: Range<Int32>, of trail: Trail, in room: inout TrailWalker
  ) -> Int {
    var pairs = 0
    for seed in seeds where accounts.contains(seed) {
      _ = room.reach(from: seed, .forward, of: after, through: through)
      pairs += room.arrivals.count
    }
    return pairs
  }
}
