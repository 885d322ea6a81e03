/// How many cycles at most the first transfers begin whose cycles were not counted to the end.
///
/// A cycle of n transfers is a walk of n − 1 from its first, each within the window of the one before,
/// and one transfer back to the root. So it is one of at most (such walks) × (the most transfers any one
/// account made to the root). Walks are counted by length for all transfers at once, with sums along
/// each account's slice; the account may repeat and the walk may last longer than the window, so the
/// bound is far from tight, but it is a bound. A number too large for 64 bits is stated as `Int.max`.
///
/// - Complexity: O(*n* *m* log *d*) for length *n*.
struct CycleBound<Tick: FixedWidthInteger & UnsignedInteger & Sendable> {
  let hops: Hops<Tick>
  let window: Tick
  let accounts: Int32

  /// Sums over first transfers, by length; index 0 and 1 are not used.
  func most(of firsts: [Int32], longest: Int) -> [UInt64] {
    var sums = [UInt64](repeating: 0, count: longest + 1)
    let closings = firsts.isEmpty ? [] : self.closings(of: firsts)
    // Walks of one transfer: the transfer itself.
    var walks = [UInt64](repeating: 1, count: hops.out.count)
    for length in 2...longest {
      for (place, first) in firsts.enumerated() {
        let (product, overflow) = walks[Int(first)].multipliedReportingOverflow(by: closings[place])
        sums[length] = Self.sum(sums[length], overflow ? .max : product)
      }
      if length < longest { walks = longer(walks) }
    }
    return sums
  }

  /// Walks of one transfer more, by their first.
  private func longer(_ walks: [UInt64]) -> [UInt64] {
    // before[i]: sum of the walks before place i of the same slice.
    var before = [UInt64](repeating: 0, count: hops.out.count + 1)
    var result = walks
    for account in 0..<accounts {
      let slice = hops.outgoing(of: account)
      var sum: UInt64 = 0
      for place in slice {
        before[place] = sum
        sum = Self.sum(sum, walks[place])
      }
    }
    for place in hops.out.indices {
      let hop = hops.out[place]
      let slice = hops.outgoing(of: hop.account)
      let (sum, overflow) = hop.tick.addingReportingOverflow(window)
      let low = hops.firstOut(slice, after: hop.tick)
      let high = hops.firstOut(low..<slice.upperBound, after: overflow ? .max : sum)
      guard low < high else {
        result[place] = 0
        continue
      }
      let end = Self.sum(before[high - 1], walks[high - 1])
      result[place] = end == .max ? .max : end - before[low]
    }
    return result
  }

  /// For each first transfer, the most transfers any one account made to its sender.
  private func closings(of firsts: [Int32]) -> [UInt64] {
    var senders: [Int32] = []
    var account: Int32 = -1
    var most: UInt64 = 0
    return firsts.map { first in
      var root = account
      while root < 0 || !hops.outgoing(of: root).contains(Int(first)) { root += 1 }
      guard root != account else { return most }
      account = root
      senders = hops.incoming(of: root).map { hops.into[$0].account }
      senders.sort()
      most = 0
      var run: UInt64 = 0
      for place in senders.indices {
        run = place > 0 && senders[place] == senders[place - 1] ? run + 1 : 1
        most = max(most, run)
      }
      return most
    }
  }

  private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}
