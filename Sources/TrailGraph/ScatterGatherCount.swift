/// Pairs of accounts between which money travelled by several hands at about the same time.
///
/// A pair (s, t) with at least `middles` different accounts m, s → m before m → t, s, m and t different,
/// such that everything lies within `window` seconds of one of the pair's own first transfers: with x the
/// time of a transfer s → m that goes on to t within the window, every counted s → m is at x or later and
/// every counted m → t at x + `window` or earlier. Source: performance.md §2, "Scatter-gather(3, 7 d)".
/// A pair is counted at its first account.
///
/// Method: all counted s → m lie within less than `window` of one another, so a transfer of s counts only in a
/// run of at least `middles` that do; the others, most of a quiet account's, are left out before any other
/// account is looked at. A word for each account says in which spans of time it pays (`Buckets`), which leaves out
/// most middles that keep the money for longer. What is left is read from the last to the first. For each t
/// the middles with the earliest arrivals are kept, as many as are asked for; a middle's earliest arrival can
/// only fall as earlier transfers of s are added, so the list stays exact, and the pair holds when the latest
/// of the list is within the window of the transfer just read.
///
/// - Complexity: O(*m* log *d* + *w* · `middles`), *w* the two-transfer walks within the window.
public struct ScatterGatherCount: TrailQuestion {
  /// Different accounts between the two; at least 1.
  public let middles: Int
  /// Seconds, included.
  public let window: Int64
  private var payments: Payments?

  public init(middles: Int = 3, window: Int64 = 7 * 86_400) {
    precondition(middles > 0 && window > 0)
    self.middles = middles
    self.window = window
  }

  public func prepared(for trail: Trail) -> ScatterGatherCount {
    guard let first = trail.timeSpan?.lowerBound else { return self }
    var question = self
    question.payments = Payments(trail, Buckets(first: first, width: UInt64(window)))
    return question
  }

  public func room(for trail: Trail) -> Room {
    Room(accounts: trail.accountCount, middles: middles)
  }

  public func answer(over accounts: Range<Int32>, of trail: Trail, in room: inout Room) -> Int {
    trail.withView { view in
      var total = 0
      for account in accounts where view.outgoing(of: account).count >= middles {
        guard room.hasFirsts(of: account, view, window: window) else { continue }
        room.collect(from: account, view, window: window, payments)
        total += room.pairs(window: window)
      }
      return total
    }
  }

  /// In which buckets, modulo 64, each account pays. One word an account.
  fileprivate struct Payments: Sendable {
    let buckets: Buckets
    let words: [UInt64]

    init(_ trail: Trail, _ buckets: Buckets) {
      self.buckets = buckets
      words = trail.withView { view in
        [UInt64](room: view.accountCount) { words, filled in
          for account in 0..<Int32(view.accountCount) {
            var word: UInt64 = 0
            for edge in view.outgoing(of: account) { word |= buckets.bit(of: view.time[edge]) }
            words.initializeElement(at: Int(account), to: word)
          }
          filled = view.accountCount
        }
      }
    }

    /// False only when the account makes no payment within a window after a moment.
    @inline(__always)
    func mayFollow(_ account: Int32, _ moment: Int64) -> Bool {
      let bit = buckets.bit(of: moment)
      return words[Int(account)] & (bit | bit &<< 1 | bit &>> 63) != 0
    }
  }

  /// A walk s → m → t.
  private struct Walk {
    let target: Int32
    let middle: Int32
    let left: Int64
    let arrived: Int64
  }

  public struct Room {
    let middles: Int
    private var firsts: [Int] = []
    private var walks: [Walk] = []
    /// Walks to each account, at most 255; all zero between accounts.
    private var seen: [UInt8]
    /// Where an account's list stands in `best`, −1 for none, −2 when its pair is already counted.
    private var place: [Int32]
    private var best: [(middle: Int32, arrived: Int64)] = []

    init(accounts: Int, middles: Int) {
      self.middles = middles
      seen = Array(repeating: 0, count: accounts)
      place = Array(repeating: -1, count: accounts)
    }

    /// Finds the account's transfers with enough others close to them, in order of time.
    mutating func hasFirsts(of account: Int32, _ view: TrailView, window: Int64) -> Bool {
      firsts.removeAll(keepingCapacity: true)
      let slice = view.outgoing(of: account)
      var taken = slice.lowerBound
      for place in slice.lowerBound...(slice.upperBound - middles)
      where view.time[place + middles - 1] - view.time[place] < window {
        firsts.append(contentsOf: max(taken, place)..<place + middles)
        taken = place + middles
      }
      return !firsts.isEmpty
    }

    fileprivate mutating func collect(
      from account: Int32, _ view: TrailView, window: Int64, _ payments: Payments?
    ) {
      walks.removeAll(keepingCapacity: true)
      for first in firsts.reversed() {
        let middle = view.destination[first]
        guard middle >= 0, middle != account else { continue }
        let left = view.time[first]
        guard payments?.mayFollow(middle, left) ?? true else { continue }
        let onward = view.outgoing(of: middle)
        var second = view.firstEdge(in: onward, after: left)
        while second < onward.upperBound, view.time[second] - left <= window {
          let target = view.destination[second]
          if target >= 0, target != account, target != middle {
            walks.append(
              Walk(target: target, middle: middle, left: left, arrived: view.time[second]))
            if seen[Int(target)] < 255 { seen[Int(target)] += 1 }
          }
          second += 1
        }
      }
    }

    /// Clears the table again.
    mutating func pairs(window: Int64) -> Int {
      let enough = UInt8(clamping: middles)
      var total = 0
      best.removeAll(keepingCapacity: true)
      for walk in walks where seen[Int(walk.target)] >= enough {
        let target = Int(walk.target)
        if place[target] == -2 { continue }
        if place[target] == -1 {
          place[target] = Int32(best.count)
          best.append(contentsOf: repeatElement((middle: -1, arrived: .max), count: middles))
        }
        let list = Int(place[target])..<Int(place[target]) + middles
        keep(walk, in: list)
        let latest = best[list.upperBound - 1]
        if latest.middle >= 0, latest.arrived - walk.left <= window {
          total += 1
          place[target] = -2
        }
      }
      for walk in walks {
        seen[Int(walk.target)] = 0
        place[Int(walk.target)] = -1
      }
      return total
    }

    /// Puts a walk's middle where its arrival belongs; the list stays sorted, each middle once.
    private mutating func keep(_ walk: Walk, in list: Range<Int>) {
      var end = list.upperBound - 1
      if let known = list.first(where: { best[$0].middle == walk.middle }) { end = known }
      guard walk.arrived < best[end].arrived else { return }
      var spot = end
      while spot > list.lowerBound, best[spot - 1].arrived > walk.arrived {
        best[spot] = best[spot - 1]
        spot -= 1
      }
      best[spot] = (walk.middle, walk.arrived)
    }
  }
}
