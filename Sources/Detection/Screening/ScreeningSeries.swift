import CaseModel
import TrailGraph

/// Payments of like size, again and again, into one account (ST-01 without the threshold of a law).
///
/// A transfers file may hold many currencies and no law, and may not say what was cash, so neither the
/// ceiling nor the channel is assumed. What shows is that several payments within days aim at one size
/// that is large in the file and, for this account, out of proportion to how often it is paid at all.
struct ScreeningSeries {
  let background: Background
  var paymentsMin = 5
  var span = 10 * Span.day
  /// Smallest ÷ largest, so that they aim at one ceiling.
  var likenessBasisPoints = 8_000
  /// Against the middle amount of the currency in the file.
  var timesUsual = 10
  var marginBits = 8 * Bits.one

  private var trail: Trail { background.trail }

  func sightings(without used: Set<Int>) -> [Sighting] {
    let floors = trail.names.currencies.indices.map { currency -> Int64 in
      let (floor, overflow) = background.median(UInt16(currency))
        .multipliedReportingOverflow(by: Int64(timesUsual))
      return overflow ? .max : floor
    }
    var result: [Sighting] = []
    for account in 0..<Int32(trail.accountCount) {
      let large = trail.incoming(of: account).map(Int.init).filter {
        background.uses[$0] > 0 && !used.contains($0)
          && trail.amountMinor[$0] >= floors[Int(trail.currency[$0])]
      }
      guard large.count * 4 >= paymentsMin * 3 else { continue }
      for currency in Set(large.map { trail.currency[$0] }).sorted() {
        let edges = large.filter { trail.currency[$0] == currency }
        if let run = fullest(edges) { result += sighting(run, account).map { [$0] } ?? [] }
      }
    }
    return result
  }

  /// The largest set of payments within the span that are alike; ties to the earlier.
  private func fullest(_ edges: [Int]) -> [Int]? {
    var best: [Int] = []
    for first in edges.indices {
      let window = edges[first...].prefix { trail.time[$0] - trail.time[edges[first]] <= span }
      guard window.count > best.count else { continue }
      let sorted = window.sorted { (trail.amountMinor[$0], $0) < (trail.amountMinor[$1], $1) }
      var low = 0
      for high in sorted.indices {
        while Int128(trail.amountMinor[sorted[low]]) * 10_000
          < Int128(trail.amountMinor[sorted[high]]) * Int128(likenessBasisPoints)
        {
          low += 1
        }
        if high - low + 1 > best.count { best = Array(sorted[low...high]) }
      }
    }
    guard best.count * 4 >= paymentsMin * 3 else { return nil }
    return best.sorted { (trail.time[$0], $0) < (trail.time[$1], $1) }
  }

  private func sighting(_ edges: [Int], _ account: Int32) -> Sighting? {
    let amounts = edges.map { trail.amountMinor[$0] }
    guard let least = amounts.min(), let most = amounts.max(), least < most else {
      return nil  // equal sums are instalments
    }
    let (within, all) = background.peers(trail.currency[edges[0]], least...most)
    // Expected by chance: the account's other payments, as often in the span as in the file, of this size.
    let others = trail.incoming(of: account).count - edges.count
    let share =
      Int128(2 * others + 1) * Int128(within) * Int128(min(span, background.span)) * 1_000_000
    // Rounded down.
    let expected = Int(clamping: share / (Int128(2 * all) * Int128(background.span)))
    let bits = Bits.surprise(of: edges.count, expected: expected, per: 1_000_000)
    let limit =
      Bits.log2(trail.accountCount) + Bits.log2(Int(background.span / span) + 1) + marginBits
    let currency = trail.money(edges[0]).currency
    func money(_ minor: Int64) -> String {
      Money(minorUnits: minor, currency: currency).description
    }
    let cash = edges.count { trail.channel($0) == .cashDeposit }
    return Sighting(
      detector: "ST-01s", kind: "structuring", edges: edges, centres: [account],
      measures: [
        .atLeast("payments in \(Span.text(span))", edges.count, paymentsMin),
        Sighting.surprise(bits, limit: limit),
        .plain(
          "smallest and largest", "\(money(least)) and \(money(most))",
          limit: "\(Statistic.percent(likenessBasisPoints)) alike, each \(timesUsual) times the "
            + "middle amount"),
        .plain("recorded as cash", "\(cash) of \(edges.count)", limit: "none asked"),
      ],
      sentence:
        "\(edges.count) payments of like size, large for the file, went into one account within "
        + "\(Span.text(span)); \(cash) of them in cash.")
  }
}
