import CaseModel
import TrailGraph

/// Cash of like size, again and again, into one account (ST-01 without the threshold of a law).
///
/// A transfers file may hold many currencies and no law, so the ceiling is not assumed. What shows is
/// that several deposits within days are alike to a fifth and large for cash: `timesUsual` times the
/// median cash transfer of the currency in the file, which needs at least `peersMin` of them.
struct ScreeningCash {
  var depositsMin = 5
  var span = 10 * Span.day
  var likenessBasisPoints = 8_000  // default: smallest ÷ largest, so that they aim at one ceiling
  var timesUsual = 10
  var peersMin = 30

  func sightings(in trail: Trail) -> (sightings: [Sighting], notApplicable: String?) {
    let isCash = trail.names.meanings.map { $0 == .cashDeposit }
    guard isCash.contains(true) else { return ([], "no transfer is recorded as cash") }
    var peers: [UInt16: [Int64]] = [:]
    for edge in 0..<trail.edgeCount where isCash[trail.channelNumber(edge)] {
      peers[trail.currency[edge], default: []].append(trail.amountMinor[edge])
    }
    let floors = peers.compactMapValues { amounts -> Int64? in
      guard amounts.count >= peersMin, let median = Statistic.lowerMedian(amounts) else {
        return nil
      }
      let (floor, overflow) = median.multipliedReportingOverflow(by: Int64(timesUsual))
      return overflow ? nil : floor
    }
    var result: [Sighting] = []
    for account in 0..<Int32(trail.accountCount) {
      var byCurrency: [UInt16: [Int]] = [:]
      for edge in trail.incoming(of: account).map(Int.init)
      where isCash[trail.channelNumber(edge)]
        && trail.amountMinor[edge] >= floors[trail.currency[edge]] ?? .max
      {
        byCurrency[trail.currency[edge], default: []].append(edge)
      }
      for currency in byCurrency.keys.sorted() {
        guard let edges = byCurrency[currency], let floor = floors[currency] else { continue }
        if let run = fullest(edges, trail) {
          result.append(sighting(run, account, floor, trail))
        }
      }
    }
    return (result, nil)
  }

  /// The largest set of deposits within the span that are alike; ties to the earlier.
  private func fullest(_ edges: [Int], _ trail: Trail) -> [Int]? {
    var best: [Int] = []
    for first in edges.indices {
      let window = edges[first...].prefix {
        trail.time[$0] - trail.time[edges[first]] <= span
      }
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
    guard best.count * 4 >= depositsMin * 3 else { return nil }
    return best.sorted { (trail.time[$0], $0) < (trail.time[$1], $1) }
  }

  private func sighting(
    _ edges: [Int], _ account: Int32, _ floor: Int64, _ trail: Trail
  ) -> Sighting {
    let amounts = edges.map { trail.amountMinor[$0] }
    let currency = trail.money(edges[0]).currency
    func money(_ minor: Int64) -> String {
      Money(minorUnits: minor, currency: currency).description
    }
    return Sighting(
      detector: "ST-01s", kind: "structuring", edges: edges, centres: [account],
      measures: [
        .atLeast("deposits in \(Span.text(span))", edges.count, depositsMin),
        .plain(
          "smallest and largest",
          "\(money(amounts.min() ?? 0)) and \(money(amounts.max() ?? 0))",
          limit: "\(Statistic.percent(likenessBasisPoints)) alike, each at least \(money(floor))"),
      ],
      sentence:
        "\(edges.count) cash deposits of like size, large for cash, went into one account within "
        + "\(Span.text(span)).")
  }
}
