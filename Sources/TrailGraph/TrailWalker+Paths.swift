// Paths between two accounts: the one that arrives first, and those that could have carried the most.

extension TrailWalker {
  /// What a path of money between two accounts must be like to be looked at.
  ///
  /// Amounts are compared in one currency only, so a search is for one currency.
  public struct PathSearch: Sendable {
    public var from: Int32
    public var to: Int32
    /// The number of the currency in `Trail.names`.
    public var currency: UInt16
    /// The first transfer leaves at the earliest then, the last one at the latest then. Unix seconds.
    public var period: ClosedRange<Int64>
    /// Last time − first time, seconds, included.
    public var window: Int64 = .max
    /// Seconds between one transfer and the next, included.
    public var gapMax: Int64 = .max
    /// How much of a transfer the next one carries, in basis points of it; 10_000 is the whole.
    public var carried: ClosedRange<Int64> = 0...(.max)
    /// Transfers in a path, at most. Our own default.
    public var hopsMax = 6
    /// Paths wanted.
    public var count = 10
    /// Transfers looked at before the search stops and says so. Our own default: about a second, 60 MB.
    public var visitLimit = 2_000_000

    public init(from: Int32, to: Int32, currency: UInt16, period: ClosedRange<Int64>) {
      precondition(from >= 0 && to >= 0 && from != to, "a path joins two different accounts")
      self.from = from
      self.to = to
      self.currency = currency
      self.period = period
    }
  }

  /// A way money can have gone from one account to another.
  public struct MoneyPath: Hashable, Sendable {
    /// In order of time, head to tail.
    public let edges: [Int]
    /// The smallest transfer on the way, in minor units: no more than this can have gone all the way.
    public let bottleneckMinor: Int64
  }

  /// The path that arrives first, leaving after a moment, times strictly rising.
  ///
  /// - Parameter accountLimit: stops when one more account than this is reached on the way, and says so.
  /// - Returns: the edges in order of time; nil when there is no path, or none was found before the bound.
  /// - Complexity: O(*m* log *m*) in the edges that leave accounts reached earlier than the target.
  public mutating func earliestPath(
    from: Int32, to: Int32, after moment: Int64, through limit: Int64, accountLimit: Int = .max
  ) -> (edges: [Int]?, end: Trail.End) {
    let end = reach(
      from: from, .forward, of: moment, through: limit, to: to, accountLimit: accountLimit)
    guard arrivals.last?.account == to else { return (nil, end) }
    return (path(to: to), end)
  }

  /// The paths that could have carried the most, best first.
  ///
  /// A path has strictly rising times, no account twice, one currency, and keeps the search's bounds. Paths
  /// are ordered by their smallest transfer, the largest first, then by fewer transfers, then by edge
  /// numbers. Partial paths are extended in that same order; a path never becomes better by being
  /// longer, so the first complete one is the best. Accounts from which the target cannot be reached
  /// in time are left out by one walk backwards.
  ///
  /// - Returns: at most `count` paths. The end says when there is at least one more than `count`, and
  ///   when the search stopped at `visitLimit`; the paths returned are the best ones also then.
  /// - Complexity: O(*v* log *v*), *v* the transfers looked at, at most `visitLimit`; and one `reach`.
  public mutating func paths(_ search: PathSearch) -> (paths: [MoneyPath], end: Trail.End) {
    precondition(search.hopsMax > 0 && search.count > 0 && search.visitLimit > 0)
    let latest = search.period.upperBound
    let (limit, overflow) = latest.addingReportingOverflow(1)
    _ = reach(
      from: search.to, .backward, of: overflow ? .max : limit, through: search.period.lowerBound)
    var finder = PathFinder(trail: trail, search: search)
    return finder.find { account in self.time(of: account) }
  }

  /// When the last `reach` came to an account, or could leave it at the latest; nil when it did not.
  func time(of account: Int32, _ direction: Trail.Direction = .backward) -> Int64? {
    guard let key = key(of: account) else { return nil }
    return direction == .forward ? key : 0 - key
  }
}

extension Trail {
  /// The paths between two accounts that could have carried the most; see `TrailWalker.paths`.
  public func paths(
    _ search: TrailWalker.PathSearch
  ) -> (paths: [TrailWalker.MoneyPath], end: End) {
    var walker = TrailWalker(self)
    return walker.paths(search)
  }
}
