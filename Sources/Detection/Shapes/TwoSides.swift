import CaseModel
import TrailGraph

/// One account's receipts and payments, without what it moved to itself.
struct TwoSides {
  /// Edge numbers in time order. Cash and unnamed parties are among the receipts and the payments, and
  /// not among the named payments.
  let receipts: [Int]
  let payments: Range<Int>
  let named: [Int]

  init(of account: Int32, _ trail: Trail) {
    payments = trail.outgoing(of: account)
    receipts = trail.incoming(of: account).lazy.map(Int.init).filter {
      trail.source[$0] != account
    }
    named = payments.filter { trail.destination[$0] >= 0 && trail.destination[$0] != account }
  }

  var isComplete: Bool { !receipts.isEmpty && !payments.isEmpty }

  /// Receipts and named payments by the currency they compare in, where there are both.
  func groups(
    _ amounts: ComparableAmounts
  ) -> [(
    currency: Currency, receipts: [ComparableAmounts.Item], payments: [ComparableAmounts.Item]
  )] {
    let incoming = amounts.groups(receipts)
    return amounts.groups(named).compactMap { group in
      incoming.first { $0.currency == group.currency }.map {
        (group.currency, $0.items, group.items)
      }
    }
  }
}
