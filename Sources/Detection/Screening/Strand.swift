import CaseModel
import TrailGraph

/// The part of a trail in which a scheme leaves its trace: transfers of one currency by one channel
/// between parties who deal with each other only this once.
///
/// Ordinary dealings repeat: rent, wages, a shop. A scheme uses people and accounts for the one
/// purpose, and its organiser tells all of them the same way to pay. So each pattern is looked for
/// strand by strand, which leaves out most of the chance shapes of busy accounts.
struct Strand {
  /// The transfers of the strand; the column `entry` holds the edge number in the whole trail.
  let trail: Trail
  let currency: Currency
  let channel: String

  func edge(_ strandEdge: Int) -> Int { Int(trail.entry[strandEdge]) }

  /// All strands of a trail, by currency code, then channel word.
  /// - Complexity: O(*n* log *d*), *d* the most transfers of one account.
  static func all(of trail: Trail) -> [Strand] {
    var columns: [Int: TransferColumns] = [:]
    for edge in oneOff(trail) {
      let key = Int(trail.currency[edge]) << 8 | trail.channelNumber(edge)
      columns[key, default: TransferColumns()].append(
        source: trail.source[edge], destination: trail.destination[edge], time: trail.time[edge],
        amountMinor: trail.amountMinor[edge], currency: 0, channel: 0, entry: Int64(edge))
    }
    let strands = columns.map { key, columns in
      let currency = trail.names.currencies[key >> 8]
      return Strand(
        trail: Trail(
          columns: columns,
          names: Trail.Names(
            accountCount: trail.accountCount, currencies: [currency], channels: ["unknown"])),
        currency: currency, channel: trail.names.channels[key & 0xFF])
    }
    return strands.sorted { ($0.currency, $0.channel) < ($1.currency, $1.channel) }
  }

  /// Edges whose payer and payee have no other transfer in that direction, in edge order.
  static func oneOff(_ trail: Trail) -> [Int] {
    var result: [Int] = []
    for account in 0..<Int32(trail.accountCount) {
      let slice = trail.outgoing(of: account)
      guard !slice.isEmpty else { continue }
      let sorted = slice.sorted { trail.destination[$0] < trail.destination[$1] }
      for (place, edge) in sorted.enumerated() {
        let to = trail.destination[edge]
        guard to >= 0, to != account, trail.amountMinor[edge] > 0 else { continue }
        let before = place > 0 ? trail.destination[sorted[place - 1]] : -2
        let after = place + 1 < sorted.count ? trail.destination[sorted[place + 1]] : -2
        if before != to, after != to { result.append(edge) }
      }
    }
    return result.sorted()
  }
}

/// A pattern a screening search saw, in edges of the whole trail.
struct Sighting {
  let detector: String
  let kind: String
  /// In the order of the pattern, no repetition.
  let edges: [Int]
  /// The account or accounts the pattern turns on, first.
  let centres: [Int32]
  let measures: [Finding.Measure]
  let sentence: String

  /// 20 × value ÷ limit of the binding measure, rounded down, at most 100.
  var score: Int {
    let binding = measures.compactMap(\.marginBasisPoints).min() ?? 10_000
    return min(100, binding * ScreeningReport.reportingScore / 10_000)
  }
}

/// Seconds, named.
enum Span {
  static let hour: Int64 = 3600
  static let day: Int64 = 86_400
  /// A span in words: `3 days`, `18 hours`.
  static func text(_ seconds: Int64) -> String {
    seconds % day == 0 && seconds >= day ? "\(seconds / day) days" : "\(seconds / hour) hours"
  }
}
