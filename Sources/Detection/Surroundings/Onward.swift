import CaseModel
import TrailGraph

/// Receipts that went on: each takes what it still lacks from the earliest payments after it, first in first
/// out; no unit of a payment is taken twice.
struct Onward {
  struct Pair {
    let receipt: Int
    let payment: Int
    let minor: Int64
  }
  let pairs: [Pair]

  /// - Parameters:
  ///   - receipts, payments: in time order, of one currency.
  ///   - carries: whether a payment may carry a receipt on: later, near enough, elsewhere.
  ///   - isOver: whether a payment, and so each later one, comes too late for a receipt.
  /// - Complexity: O(*r* · *w*) in the receipts and the payments within reach of one.
  init(
    _ receipts: [ComparableAmounts.Item], _ payments: [ComparableAmounts.Item],
    carries: (_ payment: Int, _ receipt: Int) -> Bool,
    isOver: (_ payment: Int, _ receipt: Int) -> Bool,
    isBefore: (_ payment: Int, _ receipt: Int) -> Bool
  ) {
    var left = payments.map(\.minor)
    var pairs: [Pair] = []
    var start = 0
    for receipt in receipts {
      // What came before this receipt, or is spent, is of no use to any later one.
      while start < payments.count,
        left[start] == 0 || isBefore(payments[start].edge, receipt.edge)
      { start += 1 }
      var need = receipt.minor
      var place = start
      while need > 0, place < payments.count, !isOver(payments[place].edge, receipt.edge) {
        if left[place] > 0, carries(payments[place].edge, receipt.edge) {
          let part = min(need, left[place])
          need -= part
          left[place] -= part
          pairs.append(Pair(receipt: receipt.edge, payment: payments[place].edge, minor: part))
        }
        place += 1
      }
    }
    self.pairs = pairs
  }

  /// Within so many hours after the receipt.
  init(
    _ receipts: [ComparableAmounts.Item], _ payments: [ComparableAmounts.Item], hours: Int,
    _ trail: Trail, carries: (_ payment: Int, _ receipt: Int) -> Bool = { _, _ in true }
  ) {
    self.init(
      receipts, payments,
      carries: { trail.follows($0, $1, withinHours: hours) && carries($0, $1) },
      isOver: { trail.day($0) - trail.day($1) > (hours + 23) / 24 },
      isBefore: { trail.time[$0] <= trail.time[$1] })
  }

  func sum(of receipts: Set<Int>) -> Int128 {
    pairs.reduce(0) { receipts.contains($1.receipt) ? $0 + Int128($1.minor) : $0 }
  }
}
