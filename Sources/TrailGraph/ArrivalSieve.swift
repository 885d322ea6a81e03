/// Accounts that may have been paid so many times within a span of time, found without looking up any time.
///
/// Time is cut into buckets as long as the span, so payments within it lie in one bucket or two neighbouring
/// ones. For each account 32 small counters say how often it was paid in which bucket, modulo 32, and no more
/// than 15 times. Where no two neighbours add up to enough, the account need not be looked at. Of 1 M
/// transfers of 100,000 accounts in a year, one in five is paid to an account that stays, for 5 in a day.
///
/// - Complexity: O(*m*), and 16 bytes an account, written in no order.
struct ArrivalSieve: Sendable {
  /// Four bits a bucket; two words an account, with the even buckets in the first and the odd ones in the second.
  private let counters: [UInt64]
  private let enough: UInt64

  init(_ trail: Trail, first: Int64, window: Int64, enough: Int) {
    self.enough = UInt64(min(max(enough, 1), 15))
    let buckets = Buckets(first: first, width: UInt64(max(1, window)))
    counters = trail.withView { view in
      [UInt64](room: 2 * view.accountCount) { counters, filled in
        counters.initialize(repeating: 0)
        filled = counters.count
        for edge in 0..<view.destination.count {
          let account = Int(view.destination[edge])
          guard account >= 0 else { continue }
          let bucket = buckets.number(of: view.time[edge])
          let place = 2 * account + Int(bucket & 1)
          let shift = (bucket >> 1 & 15) * 4
          if counters[place] &>> shift & 15 < 15 { counters[place] += 1 &<< shift }
        }
      }
    }
  }

  /// False only when the account was not paid so often within any span.
  func mayHold(_ account: Int32) -> Bool {
    let even = counters[2 * Int(account)]
    let odd = counters[2 * Int(account) + 1]
    // An odd bucket's neighbours: the even one at the same place, and the one at the next.
    return Self.holds(even, odd, enough) || Self.holds(even &>> 4 | even &<< 60, odd, enough)
  }

  /// Whether two counters at one place add up to so much, 1 to 15. Bytes hold the sums, at most 30.
  private static func holds(_ a: UInt64, _ b: UInt64, _ enough: UInt64) -> Bool {
    let low: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
    let lift = (128 - enough) * 0x0101_0101_0101_0101
    let sums = (a & low) + (b & low)
    let others = (a >> 4 & low) + (b >> 4 & low)
    return ((sums + lift) | (others + lift)) & 0x8080_8080_8080_8080 != 0
  }
}
