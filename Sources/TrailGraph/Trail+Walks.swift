// Walks of set shape: who is near, where money can have gone, where it can have come from.
// Cycles are in Trail+Cycles.swift.

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
  /// The rule is "Reach" of the performance questions: a tie is no path.
  ///
  /// Algorithm: label setting by earliest arrival (Wu et al., "Path Problems in Temporal Graphs",
  /// PVLDB 7(9), 2014): the first time an account is settled is its earliest, so each outgoing slice is
  /// read once.
  ///
  /// - Parameter accountLimit: stops when so many accounts are settled, and says so.
  /// - Returns: arrivals in the order they were settled: by time, ties by account number.
  /// - Complexity: O(*m* log *m*) in the edges that leave reached accounts.
  public func reach(
    from seed: Int32, _ direction: Direction, of moment: Int64, through limit: Int64,
    accountLimit: Int = .max
  ) -> (arrivals: [Arrival], end: End) {
    let isForward = direction == .forward
    // Times are negated backwards, so that the smallest is always the next.
    func sign(_ time: Int64) -> Int64 { isForward ? time : 0 - time }
    var settled = [Bool](repeating: false, count: accountCount)
    var best = [Int64](repeating: .max, count: accountCount)
    best[Int(seed)] = sign(moment)
    var arrivals: [Arrival] = []
    var heap = Heap()
    heap.push(.init(key: sign(moment), account: seed, edge: -1))
    while let next = heap.pop() {
      // An account is pushed again when a better time is found; what is stale by then is passed over.
      guard next.key == best[Int(next.account)], !settled[Int(next.account)] else { continue }
      settled[Int(next.account)] = true
      arrivals.append(
        Arrival(
          account: next.account, time: sign(next.key), edge: next.edge < 0 ? nil : next.edge))
      if arrivals.count == accountLimit, !heap.isEmpty {
        return (arrivals, End(truncation: "reach stopped at \(accountLimit) accounts"))
      }
      func offer(_ edge: Int, to account: Int32) {
        guard account >= 0 else { return }
        let key = sign(time[edge])
        guard key < best[Int(account)] else { return }
        best[Int(account)] = key
        heap.push(.init(key: key, account: account, edge: Int32(edge)))
      }
      if isForward {
        guard next.key < limit else { continue }
        for edge in outgoing(of: next.account, from: next.key + 1, through: limit) {
          offer(edge, to: destination[edge])
        }
      } else {
        let before = sign(next.key)
        guard before > limit else { continue }
        for edge in incoming(of: next.account, from: limit, through: before - 1).reversed() {
          offer(Int(edge), to: source[Int(edge)])
        }
      }
    }
    return (arrivals, .complete)
  }

  /// The accounts within so many transfers of `centre`, itself included, whatever the times.
  ///
  /// - Parameter accountLimit: stops when so many accounts are found, and says so.
  /// - Returns: accounts by hops, then in the order of the edges that led to them.
  /// - Complexity: O(*m*) in the edges of the accounts fewer than `hops` away.
  public func neighbourhood(
    of centre: Int32, hops: Int, _ direction: Direction = .forward, accountLimit: Int = .max
  ) -> (accounts: [Int32], end: End) {
    var accounts = [centre]
    var seen: Set<Int32> = [centre]
    var level = 0..<1
    for _ in 0..<hops {
      for place in level {
        let account = accounts[place]
        switch direction {
        case .forward:
          for edge in outgoing(of: account) {
            let other = destination[edge]
            if other >= 0, seen.insert(other).inserted { accounts.append(other) }
          }
        case .backward:
          for edge in incoming(of: account) {
            let other = source[Int(edge)]
            if other >= 0, seen.insert(other).inserted { accounts.append(other) }
          }
        }
        if accounts.count > accountLimit {
          return (
            Array(accounts.prefix(accountLimit)),
            End(truncation: "neighbourhood stopped at \(accountLimit) accounts")
          )
        }
      }
      level = level.upperBound..<accounts.count
    }
    return (accounts, .complete)
  }
}

/// A binary heap of accounts to settle, smallest key first, ties by account, then edge.
private struct Heap {
  struct Item {
    let key: Int64
    let account: Int32
    let edge: Int32
    static func < (a: Item, b: Item) -> Bool {
      if a.key != b.key { return a.key < b.key }
      return a.account != b.account ? a.account < b.account : a.edge < b.edge
    }
  }
  private var items: [Item] = []
  var isEmpty: Bool { items.isEmpty }

  mutating func push(_ item: Item) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child] < items[parent] else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Item? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first }
    items[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < items.count else { break }
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      guard items[child] < items[parent] else { break }
      items.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
