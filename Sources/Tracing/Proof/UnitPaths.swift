// How much of every movement stands behind an amount: each unit of a ledger counted once.

import CaseModel

/// Follows units back along a provenance forest.
///
/// A final lot stands on a chain of nodes; what it holds was taken from each of them. Across a
/// conversion or a sale the units behind it are scaled: of *L* units that left for *R* that arrived, the
/// first *u* arrived units stand for ⌊*L* · *u* / *R*⌋, so that parts asked for one after the other are
/// whole, differ from the exact share by less than one unit, and together are *L* when all of *R* has been
/// asked for. One value of this type therefore serves one complete set of places, in a fixed order.
struct UnitPaths {
  /// Part of a movement: minor units of the node's own currency.
  struct Part: Hashable {
    let node: Int32
    let amount: Int64
  }

  static let rounding = Rounding.down

  private let nodes: [Provenance.Node]
  /// Arrived units of a conversion that were asked for so far, by the arrival's node.
  private var asked: [Int32: Int128] = [:]

  init(_ provenance: Provenance) { nodes = provenance.nodes }

  /// What of each movement is behind the lots, oldest movement first, and every node they rest on.
  ///
  /// - Parameter lots: disjoint lots, as nodes with the units still in them.
  /// - Returns: `parts` leaves out movements of which no whole unit is behind the lots; `lineage` has all
  ///   nodes that are followed or referred to, ascending.
  /// - Complexity: O(*n* log *n*) in the movements behind the lots, each visited once.
  mutating func behind(_ lots: [Part]) -> (parts: [Part], lineage: [Int32]) {
    var weights: [Int32: Int64] = [:]
    var visited: Set<Int32> = []
    var order: [Int32] = []
    for lot in lots where lot.node >= 0 {
      weights[lot.node, default: 0] += lot.amount
      var node = lot.node
      while node >= 0, visited.insert(node).inserted {
        order.append(node)
        node = nodes[Int(node)].parent
      }
    }
    // A parent is recorded before its children, so that descending order sees all children first.
    order.sort(by: >)
    for node in order {
      let parent = nodes[Int(node)].parent
      // Disjoint lots never exceed their nodes; shares by contribution (`pari_passu`) can.
      let weight = min(weights[node] ?? 0, nodes[Int(node)].amount)
      guard parent >= 0, weight > 0 else { continue }
      switch nodes[Int(parent)].kind {
      case .moved: weights[parent, default: 0] += weight
      case .left: weights[parent, default: 0] += share(weight, of: node, left: parent)
      case .basis: break
      }
    }
    order.reverse()
    let parts = order.compactMap { node -> Part? in
      guard let weight = weights[node], weight > 0 else { return nil }
      return Part(node: node, amount: weight)
    }
    return (parts, order)
  }

  /// The units that left which stand behind the next `weight` arrived units.
  private mutating func share(_ weight: Int64, of node: Int32, left: Int32) -> Int64 {
    let (whole, arrived) = (Int128(nodes[Int(left)].amount), Int128(nodes[Int(node)].amount))
    let before = asked[node, default: 0]
    let after = before + Int128(weight)
    asked[node] = after
    return Int64(
      Self.rounding.quotient(whole * after, by: arrived)
        - Self.rounding.quotient(whole * before, by: arrived))
  }
}
