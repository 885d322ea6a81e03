/// Walks over one trail, one after another, in room that is used again.
///
/// A walk marks accounts with its own number, so nothing is cleared between walks and a short walk costs
/// what it touches, not what the trail holds. A walker is a value of one task; make one for each.
///
/// Size: 24 bytes an account.
public struct TrailWalker: Sendable {
  public let trail: Trail
  /// What the last `neighbourhood` found: by hops, then in the order of the edges that led there.
  public private(set) var accounts: [Int32] = []
  /// What the last `reach` found, by time (backwards the latest first), ties by account number.
  public private(set) var arrivals: [Trail.Arrival] = []

  private var mark: [UInt32]
  private var number: UInt32 = 0
  private var labels: [Label]
  private var heap = ArrivalHeap()

  /// What a walk of the stated number knows about an account.
  private struct Label {
    var key: Int64 = 0
    var walk: UInt32 = 0
    var edge: Int32 = -1
  }

  public init(_ trail: Trail) {
    self.trail = trail
    mark = Array(repeating: 0, count: trail.accountCount)
    labels = Array(repeating: Label(), count: trail.accountCount)
  }

  /// Numbers the next walk. After 2³² walks the marks are cleared once.
  private mutating func begin() {
    if number == .max {
      number = 0
      for place in mark.indices { mark[place] = 0 }
      for place in labels.indices { labels[place].walk = 0 }
    }
    number += 1
  }

  // MARK: Neighbourhood

  /// Finds the accounts within so many transfers of `centre`, itself included, whatever the times.
  /// - Parameter accountLimit: stops when one more account than this is found, and says so.
  /// - Complexity: O(*m*) in the edges of the accounts fewer than `hops` away.
  public mutating func neighbourhood(
    of centre: Int32, hops: Int, _ direction: Trail.Direction = .forward, accountLimit: Int = .max
  ) -> Trail.End {
    precondition(hops >= 0 && accountLimit > 0, "a neighbourhood holds its centre")
    begin()
    accounts.removeAll(keepingCapacity: true)
    accounts.append(centre)
    mark[Int(centre)] = number
    var level = 0..<1
    for _ in 0..<hops where !level.isEmpty {
      for place in level {
        switch direction {
        case .forward: meetPayees(of: accounts[place], limit: accountLimit)
        case .backward: meetPayers(of: accounts[place], limit: accountLimit)
        }
        if accounts.count > accountLimit {
          accounts.removeLast()
          return Trail.End(truncation: "neighbourhood stopped at \(accountLimit) accounts")
        }
      }
      level = level.upperBound..<accounts.count
    }
    return .complete
  }

  /// Ends when one account too many is found.
  @inline(__always)
  private mutating func meetPayees(of account: Int32, limit: Int) {
    let destination = trail.destination
    for edge in trail.outgoing(of: account) {
      let other = destination[edge]
      guard other >= 0, mark[Int(other)] != number else { continue }
      mark[Int(other)] = number
      accounts.append(other)
      if accounts.count > limit { return }
    }
  }

  @inline(__always)
  private mutating func meetPayers(of account: Int32, limit: Int) {
    let source = trail.source
    for edge in trail.incoming(of: account) {
      let other = source[Int(edge)]
      guard other >= 0, mark[Int(other)] != number else { continue }
      mark[Int(other)] = number
      accounts.append(other)
      if accounts.count > limit { return }
    }
  }

  // MARK: Reach

  /// Finds every account that a path of strictly rising times joins to `seed`, the seed included.
  ///
  /// Forwards: paths leaving after `moment`, none later than `limit`; each account with its earliest
  /// arrival. Backwards: paths arriving before `moment`, none earlier than `limit`; latest departures.
  ///
  /// Algorithm: label setting by earliest arrival (Wu et al., "Path Problems in Temporal Graphs",
  /// PVLDB 7(9), 2014): the first time an account is settled is its earliest, so each outgoing slice is
  /// read once.
  ///
  /// - Parameters:
  ///   - target: ends as soon as this account is settled.
  ///   - accountLimit: stops when one more account than this is reached, and says so.
  /// - Complexity: O(*m* log *m*) in the edges that leave reached accounts.
  public mutating func reach(
    from seed: Int32, _ direction: Trail.Direction, of moment: Int64, through limit: Int64,
    to target: Int32? = nil, accountLimit: Int = .max
  ) -> Trail.End {
    precondition(accountLimit > 0, "a reach holds its seed")
    begin()
    arrivals.removeAll(keepingCapacity: true)
    heap.removeAll()
    let isForward = direction == .forward
    // Backwards times are negated, so that the smallest key is always the next.
    let start = isForward ? moment : 0 - moment
    labels[Int(seed)] = Label(key: start, walk: number, edge: -1)
    heap.push(.init(key: start, account: seed))
    let trail = trail
    return trail.withView { view in
      while let next = heap.pop() {
        // An account is pushed again when a better time is found; what is stale by then is passed over.
        let label = labels[Int(next.account)]
        guard next.key == label.key else { continue }
        if arrivals.count == accountLimit {
          return Trail.End(truncation: "reach stopped at \(accountLimit) accounts")
        }
        arrivals.append(
          Trail.Arrival(
            account: next.account, time: isForward ? next.key : 0 - next.key,
            edge: label.edge < 0 ? nil : label.edge))
        if next.account == target { break }
        if isForward {
          offerOnward(from: next.account, after: next.key, through: limit, view)
        } else {
          offerBack(from: next.account, before: 0 - next.key, through: limit, view)
        }
      }
      return .complete
    }
  }

  @inline(__always)
  private mutating func offerOnward(
    from account: Int32, after now: Int64, through limit: Int64, _ view: TrailView
  ) {
    let slice = view.outgoing(of: account)
    var edge = view.firstEdge(in: slice, after: now)
    while edge < slice.upperBound, view.time[edge] <= limit {
      offer(edge, to: view.destination[edge], key: view.time[edge])
      edge += 1
    }
  }

  @inline(__always)
  private mutating func offerBack(
    from account: Int32, before now: Int64, through limit: Int64, _ view: TrailView
  ) {
    let slice = view.incoming(of: account)
    let end = Trail.firstIndex(in: slice) { view.time[Int(view.incomingEdges[$0])] >= now }
    for place in (slice.lowerBound..<end).reversed() {
      let edge = Int(view.incomingEdges[place])
      guard view.time[edge] >= limit else { return }
      offer(edge, to: view.source[edge], key: 0 - view.time[edge])
    }
  }

  @inline(__always)
  private mutating func offer(_ edge: Int, to account: Int32, key: Int64) {
    guard account >= 0 else { return }
    let place = Int(account)
    guard labels[place].walk != number || key < labels[place].key else { return }
    labels[place] = Label(key: key, walk: number, edge: Int32(truncatingIfNeeded: edge))
    heap.push(.init(key: key, account: account))
  }

  /// How the last `reach` sorts an account: its time, negated backwards; nil when it did not come there.
  func key(of account: Int32) -> Int64? {
    let label = labels[Int(account)]
    return label.walk == number ? label.key : nil
  }

  /// The edges of the path by which the last `reach` came to an account, in order of time; nil when it
  /// did not come there, empty for the seed itself.
  /// - Complexity: O(*h*) in the path's edges.
  public func path(to account: Int32, _ direction: Trail.Direction = .forward) -> [Int]? {
    guard labels[Int(account)].walk == number else { return nil }
    var edges: [Int] = []
    var here = account
    while labels[Int(here)].edge >= 0 {
      let edge = Int(labels[Int(here)].edge)
      edges.append(edge)
      here = direction == .forward ? trail.source[edge] : trail.destination[edge]
    }
    return direction == .forward ? edges.reversed() : edges
  }
}
