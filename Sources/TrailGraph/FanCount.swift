/// Transfers by which an account has been paid by (or has paid) many others within a span of time.
///
/// Counts transfers into an account such that at least `counterparties` different senders paid it in
/// (t − `window`, t], t the transfer's own time; transfers of the same moment count for one another.
/// Outwards alike, with receivers. Source: performance.md §2, "Fan-in(5, 24 h)". Transfers from or to
/// the outside (cash, unnamed parties) are left out, because nobody can say whether they are different.
///
/// - Complexity: O(*m*) in the edges, and one cell an account.
public struct FanCount: TrailQuestion {
  public enum Side: Sendable { case into, outOf }
  public let side: Side
  /// Different senders or receivers from which on a transfer counts; at least 1.
  public let counterparties: Int
  /// Seconds. The start of the span is not part of it.
  public let window: Int64
  /// Receivers lie in another order than their transfers, so those with too few are left out beforehand.
  private var sieve: ArrivalSieve?

  public init(_ side: Side, counterparties: Int, window: Int64) {
    precondition(counterparties > 0 && window > 0)
    self.side = side
    self.counterparties = counterparties
    self.window = window
  }

  public func prepared(for trail: Trail) -> FanCount {
    guard side == .into, let first = trail.timeSpan?.lowerBound else { return self }
    var question = self
    question.sieve = ArrivalSieve(trail, first: first, window: window, enough: counterparties)
    return question
  }

  public func room(for trail: Trail) -> Room {
    Room(others: trail.accountCount, counterparties: counterparties, window: window)
  }

  public func answer(over accounts: Range<Int32>, of trail: Trail, in room: inout Room) -> Int {
    trail.withView { view in
      var total = 0
      for account in accounts {
        room.clear()
        switch side {
        case .into:
          let slice = view.incoming(of: account)
          guard slice.count >= counterparties, sieve?.mayHold(account) ?? true else { continue }
          for place in slice {
            let edge = Int(view.incomingEdges[place])
            room.append(view.source[edge], at: view.time[edge])
          }
        case .outOf:
          let slice = view.outgoing(of: account)
          guard slice.count >= counterparties else { continue }
          for edge in slice { room.append(view.destination[edge], at: view.time[edge]) }
        }
        total += room.count()
      }
      return total
    }
  }

  /// One account's transfers and the span sliding over them.
  public struct Room {
    let counterparties: Int
    let window: Int64
    private var times: [Int64] = []
    private var others: [Int32] = []
    /// Transfers with each other account inside the span; all zero between accounts.
    private var inside: [Int32]

    init(others: Int, counterparties: Int, window: Int64) {
      self.counterparties = counterparties
      self.window = window
      inside = Array(repeating: 0, count: others)
    }

    mutating func clear() {
      times.removeAll(keepingCapacity: true)
      others.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    mutating func append(_ other: Int32, at time: Int64) {
      guard other >= 0 else { return }
      times.append(time)
      others.append(other)
    }

    /// Whether any span holds as many transfers as are needed, whoever they are with.
    private func isWorthCounting() -> Bool {
      let apart = counterparties - 1
      guard times.count > apart else { return false }
      for last in apart..<times.count where times[last] - times[last - apart] < window {
        return true
      }
      return false
    }

    mutating func count() -> Int {
      guard isWorthCounting() else { return 0 }
      var total = 0
      var different = 0
      var first = 0
      var place = 0
      while place < times.count {
        let now = times[place]
        let start = place
        while place < times.count, times[place] == now {
          let other = Int(others[place])
          if inside[other] == 0 { different += 1 }
          inside[other] += 1
          place += 1
        }
        while now - times[first] >= window {
          let other = Int(others[first])
          inside[other] -= 1
          if inside[other] == 0 { different -= 1 }
          first += 1
        }
        if different >= counterparties { total += place - start }
      }
      for other in others[first...] { inside[Int(other)] = 0 }
      return total
    }
  }
}
