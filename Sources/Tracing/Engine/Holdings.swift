// Money that is not on an account: assets, money spent, debts discharged, money gone elsewhere.

/// Where money can be, outside accounts, during a run. Numbers are positions of accounts.
enum HoldingKey: Hashable {
  /// An asset, or money under way, by name and currency.
  case asset(String, currency: Int)
  case transit(String)
  case dissipated(account: Int)
  case discharged(account: Int)
  case outside(String, currency: Int)
  case untraced(account: Int, currency: Int)

  var isTransit: Bool {
    if case .transit = self { true } else { false }
  }
}

/// What lies at one such place.
struct Holding {
  let key: HoldingKey
  let currency: Int
  var totals: [Int64]
  /// The lots behind the totals, in order of arrival; kept while the path is recorded, and
  /// for money under way, which arrives in the order in which it left.
  var lots: [Lot] = []
}
