import CaseModel
import TrailGraph

/// How many different partners, and how much, lie in a window that slides over movements in time order.
///
/// Each movement enters and leaves once, so that a hub costs no more than its movements.
struct DistinctWindow {
  private let edges: [Int]
  private let trail: Trail
  private let partner: (Int) -> Int32
  private var range = 0..<0
  private var counts: [Int32: Int] = [:]
  private(set) var sum: Int128 = 0

  init(_ edges: [Int], _ trail: Trail, partner: @escaping (Int) -> Int32) {
    self.edges = edges
    self.trail = trail
    self.partner = partner
  }

  var distinct: Int { counts.count }
  /// The partners, in no order: for counting only.
  var parties: Dictionary<Int32, Int>.Keys { counts.keys }

  /// Both ends move forwards only.
  mutating func slide(to next: Range<Int>) {
    for place in range.upperBound..<next.upperBound {
      counts[partner(edges[place]), default: 0] += 1
      sum += Int128(trail.amountMinor[edges[place]])
    }
    for place in range.lowerBound..<next.lowerBound {
      let party = partner(edges[place])
      let left = (counts[party] ?? 1) - 1
      counts[party] = left == 0 ? nil : left
      sum -= Int128(trail.amountMinor[edges[place]])
    }
    range = next
  }
}

extension Trail {
  /// Edges by currency, currencies in code order, edges in the given order.
  func byCurrency(_ edges: some Sequence<Int>) -> [(Currency, [Int])] {
    var groups: [UInt16: [Int]] = [:]
    for edge in edges { groups[currency[edge], default: []].append(edge) }
    return groups.map { (names.currencies[Int($0.key)], $0.value) }.sorted { $0.0 < $1.0 }
  }
}
