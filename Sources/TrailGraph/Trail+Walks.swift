// Walks of set shape: who is near, where money can have gone, where it can have come from.
// Cycles are in Trail+Cycles.swift, paths in Trail+Paths.swift; TrailWalker does many walks in one room.

extension Trail {
  public enum Direction: Sendable { case forward, backward }

  /// How a walk ended. A walk that stopped at a bound says so, up to the document.
  public struct End: Hashable, Sendable {
    /// The bound it stopped at and what was left, in words; nil when it ran to its end.
    public let truncation: String?
    public static let complete = End(truncation: nil)
    public var isTruncated: Bool { truncation != nil }
    public init(truncation: String?) { self.truncation = truncation }
  }

  /// One account a time-respecting path joins to the seed.
  public struct Arrival: Hashable, Sendable {
    public let account: Int32
    /// Forwards the earliest moment money can have come; backwards the latest it can have left.
    public let time: Int64
    /// The edge by which it came (or left); nil for the seed itself.
    public let edge: Int32?
  }

  /// Every account that a path of strictly rising times joins to `seed`, the seed included.
  ///
  /// Forwards: paths leaving after `moment`, each edge later than the one before, none later than
  /// `limit`. Backwards: paths arriving before `moment`, read from the end, none earlier than `limit`.
  /// The rule is "Reach" of the performance questions: a tie is no path. For many seeds use one
  /// `TrailWalker`, which does not clear its room between walks.
  ///
  /// - Parameter accountLimit: stops when one more account than this is reached, and says so.
  /// - Returns: arrivals in the order they were settled: by time, ties by account number.
  /// - Complexity: O(*m* log *m*) in the edges that leave reached accounts, and one cell an account.
  public func reach(
    from seed: Int32, _ direction: Direction, of moment: Int64, through limit: Int64,
    accountLimit: Int = .max
  ) -> (arrivals: [Arrival], end: End) {
    var walker = TrailWalker(self)
    let end = walker.reach(
      from: seed, direction, of: moment, through: limit, accountLimit: accountLimit)
    return (walker.arrivals, end)
  }

  /// The accounts within so many transfers of `centre`, itself included, whatever the times.
  ///
  /// - Parameter accountLimit: stops when one more account than this is found, and says so.
  /// - Returns: accounts by hops, then in the order of the edges that led to them.
  /// - Complexity: O(*m*) in the edges of the accounts fewer than `hops` away, and one cell an account.
  public func neighbourhood(
    of centre: Int32, hops: Int, _ direction: Direction = .forward, accountLimit: Int = .max
  ) -> (accounts: [Int32], end: End) {
    var walker = TrailWalker(self)
    let end = walker.neighbourhood(of: centre, hops: hops, direction, accountLimit: accountLimit)
    return (walker.accounts, end)
  }
}
