// Money that comes back to where it left, by other hands.

extension Trail {
  /// Bounds of a search for temporal cycles.
  public struct CycleSearch: Sendable {
    /// Edges in a cycle, both ends included; at least 2.
    public var lengths: ClosedRange<Int>
    /// Last time − first time, in seconds, included.
    public var window: Int64
    /// Edges looked at before the search stops and says so.
    public var visitLimit: Int
    /// Edges looked at for the cycles of one first edge before the search goes on with the next, and says so:
    /// so that an account with very many movements does not use up the whole search.
    public var visitLimitEach = Int.max
    /// About two minutes of one thread; our own default, so that no search runs without an end.
    public static let usualVisitLimit = 20_000_000_000
    public init(
      lengths: ClosedRange<Int>, window: Int64, visitLimit: Int = CycleSearch.usualVisitLimit
    ) {
      precondition(lengths.lowerBound >= 2 && window >= 0)
      self.lengths = lengths
      self.window = window
      self.visitLimit = visitLimit
    }
  }

  /// Finds every temporal cycle: edges e1…en, head to tail, back to the first account, no account
  /// twice, times strictly rising, t(en) − t(e1) ≤ window. Parallel transfers give different cycles.
  ///
  /// This is the exact question of 2SCENT (Kumar and Calders, PVLDB 11(11), 2018). Each cycle is found
  /// once, from its first edge. The search runs forwards from that edge, and backwards from the first
  /// account for half the length, which leaves, per account, the latest moment from which the first
  /// account can still be reached in so many hops; a forward step that comes later is dropped.
  ///
  /// - Parameters:
  ///   - continues: whether an edge may follow another in the cycle; for amounts. Called with edge numbers.
  ///   - found: receives the edges of each cycle, in order of the first account, then the first edge,
  ///     then depth first by time.
  /// - Complexity: O(*r*) a first edge, *r* the edges reached in ⌈n/2⌉ hops either way in the window;
  ///   exponential in the length where accounts are busy within the window, hence `visitLimit`.
  @inlinable
  public func forEachTemporalCycle(
    _ search: CycleSearch, continues: (Int, Int) -> Bool, found: (ArraySlice<Int>) -> Void
  ) -> End {
    var walker = CycleWalker(trail: self, search: search)
    for root in 0..<Int32(accountCount) {
      let leaving = outgoing(of: root)
      guard !leaving.isEmpty, !incoming(of: root).isEmpty else { continue }
      for first in leaving where destination[first] >= 0 && destination[first] != root {
        if walker.visits <= search.visitLimit {
          walker.explore(from: first, root: root, continues: continues, found: found)
        } else {
          walker.isCut = true
        }
        if walker.isCut {
          return End(
            truncation: "cycle search stopped at \(search.visitLimit) edges looked at, "
              + "before account \(root + 1) of \(accountCount)")
        }
      }
    }
    guard walker.stoppedFirsts > 0 else { return .complete }
    return End(
      truncation: "cycle search stopped at \(search.visitLimitEach) edges looked at, "
        + "for \(walker.stoppedFirsts) first edges")
  }

  /// How many temporal cycles there are of each length, without limits on amounts.
  ///
  /// `CycleCount` on the calling thread; ask it through `answer(_:threads:)` for more.
  public func temporalCycleCounts(_ search: CycleSearch) -> (counts: [Int], end: End) {
    let tally = answer(CycleCount(search))
    return (tally.counts, tally.end)
  }
}

/// The state of one search: the path so far and what the backward half found.
@usableFromInline
struct CycleWalker {
  @usableFromInline let trail: Trail
  @usableFromInline let search: Trail.CycleSearch
  @usableFromInline var visits = 0
  /// Whether something was left out because of the bound.
  @usableFromInline var isCut = false
  /// Visits at which the search of the present first edge stops, and how many first edges stopped so.
  @usableFromInline var allowance = 0
  @usableFromInline var isStopped = false
  @usableFromInline var stoppedFirsts = 0
  @usableFromInline var path: [Int]
  /// `back[h][v]`: the latest time an edge may leave v and reach the root in at most h + 1 hops.
  /// Valid only where `stamp[h][v]` is the current search's number.
  @usableFromInline var back: [[Int64]]
  @usableFromInline var stamp: [[Int32]]
  @usableFromInline var marked: [[Int32]]
  @usableFromInline var number: Int32 = 0

  @usableFromInline
  init(trail: Trail, search: Trail.CycleSearch) {
    self.trail = trail
    self.search = search
    path = [Int](repeating: 0, count: search.lengths.upperBound + 1)
    let depth = max(1, search.lengths.upperBound / 2)
    back = Array(repeating: Array(repeating: 0, count: trail.accountCount), count: depth)
    stamp = Array(repeating: Array(repeating: 0, count: trail.accountCount), count: depth)
    marked = Array(repeating: [], count: depth)
  }

  @inlinable
  mutating func explore(
    from first: Int, root: Int32, continues: (Int, Int) -> Bool, found: (ArraySlice<Int>) -> Void
  ) {
    let start = trail.time[first]
    let (sum, overflow) = start.addingReportingOverflow(search.window)
    let last = overflow ? Int64.max : sum
    guard start < last else { return }
    guard !trail.incoming(of: root, from: start + 1, through: last).isEmpty else { return }
    let (allowed, isLarge) = visits.addingReportingOverflow(search.visitLimitEach)
    allowance = isLarge ? .max : allowed
    isStopped = false
    // Most first edges are continued by nothing, which is sooner seen than marked.
    guard isContinued(first, through: last, continues: continues) else { return }
    markBackwards(from: root, after: start, through: last)
    if !isStopped {
      path[0] = first
      step(length: 1, root: root, last: last, continues: continues, found: found)
    }
    if isStopped { stoppedFirsts += 1 }
  }

  /// Whether any edge may be the second one.
  @inlinable
  mutating func isContinued(
    _ first: Int, through last: Int64, continues: (Int, Int) -> Bool
  ) -> Bool {
    let here = trail.destination[first]
    for next in trail.outgoing(of: here, from: trail.time[first] + 1, through: last) {
      visits += 1
      let to = trail.destination[next]
      if to >= 0, to != here, continues(first, next) { return true }
    }
    return false
  }

  /// Fills `back` for the window (start, last].
  @inlinable
  mutating func markBackwards(from root: Int32, after start: Int64, through last: Int64) {
    number &+= 1
    for hop in back.indices { marked[hop].removeAll(keepingCapacity: true) }
    for edge in trail.incoming(of: root, from: start + 1, through: last) {
      visits += 1
      let from = trail.source[Int(edge)]
      if from >= 0, from != root { mark(from, trail.time[Int(edge)], hop: 0) }
    }
    for hop in 1..<max(1, back.count) {
      for account in marked[hop - 1] {
        guard visits <= allowance else {
          isStopped = true
          return
        }
        let latest = back[hop - 1][Int(account)]
        mark(account, latest, hop: hop)
        guard latest > start + 1 else { continue }
        for edge in trail.incoming(of: account, from: start + 1, through: latest - 1) {
          visits += 1
          let from = trail.source[Int(edge)]
          if from >= 0, from != root { mark(from, trail.time[Int(edge)], hop: hop) }
        }
      }
    }
  }

  @inlinable
  mutating func mark(_ account: Int32, _ time: Int64, hop: Int) {
    let place = Int(account)
    if stamp[hop][place] != number {
      stamp[hop][place] = number
      back[hop][place] = time
      marked[hop].append(account)
    } else if back[hop][place] < time {
      back[hop][place] = time
    }
  }

  /// Extends a path of `length` edges by one.
  @inlinable
  mutating func step(
    length: Int, root: Int32, last: Int64, continues: (Int, Int) -> Bool,
    found: (ArraySlice<Int>) -> Void
  ) {
    let edge = path[length - 1]
    let here = trail.destination[edge]
    let now = trail.time[edge]
    let left = search.lengths.upperBound - length
    guard left > 0, now < last else { return }
    if left <= back.count {
      guard stamp[left - 1][Int(here)] == number, back[left - 1][Int(here)] > now else { return }
    }
    guard visits <= search.visitLimit else {
      isCut = true
      return
    }
    guard visits <= allowance else {
      isStopped = true
      return
    }
    for next in trail.outgoing(of: here, from: now + 1, through: last) {
      visits += 1
      let to = trail.destination[next]
      guard to >= 0, to != here else { continue }
      if to == root {
        if length + 1 >= search.lengths.lowerBound, continues(edge, next) {
          path[length] = next
          found(path[0...length])
        }
        continue
      }
      if isOnPath(to, length: length) || !continues(edge, next) { continue }
      path[length] = next
      step(length: length + 1, root: root, last: last, continues: continues, found: found)
    }
  }

  /// Whether the path already left or reached the account. The root is asked before.
  @inlinable
  func isOnPath(_ account: Int32, length: Int) -> Bool {
    for place in 0..<length where trail.destination[path[place]] == account { return true }
    return false
  }
}
