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

  /// Which dealings count as the only one between two parties.
  enum OneOff {
    /// No other transfer in either direction: members of a savings club pay each other in turn.
    case eitherWay
    /// No other transfer in the same direction, for circles of two.
    case sameWay
  }

  /// All strands of a trail, by currency code, then channel word.
  /// - Complexity: O(*n* log *n*).
  static func all(of trail: Trail, _ kind: OneOff) -> [Strand] {
    var columns: [Int: TransferColumns] = [:]
    for edge in oneOff(trail, kind) {
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

  /// Edges whose two parties have no other transfer, in edge order.
  static func oneOff(_ trail: Trail, _ kind: OneOff) -> [Int] {
    var pairs: [(pair: UInt64, edge: Int32)] = []
    pairs.reserveCapacity(trail.edgeCount)
    for edge in 0..<trail.edgeCount {
      let (from, to) = (trail.source[edge], trail.destination[edge])
      guard from >= 0, to >= 0, from != to else { continue }
      let (a, b) = kind == .eitherWay ? (min(from, to), max(from, to)) : (from, to)
      pairs.append(
        (UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b)), Int32(edge)))
    }
    pairs.sort { $0.pair < $1.pair }
    var result: [Int] = []
    for (place, item) in pairs.enumerated() {
      if place > 0, pairs[place - 1].pair == item.pair { continue }
      if place + 1 < pairs.count, pairs[place + 1].pair == item.pair { continue }
      if trail.amountMinor[Int(item.edge)] > 0 { result.append(Int(item.edge)) }
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
