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
  /// Money by class, with its lots while the path is recorded.
  var money: ClassedLots
  /// Money under way arrives in the order in which it left, so its lots are kept in that order too.
  var underWay: [Lot] = []

  var totals: Composition { money.totals }

  /// Adds pieces at the end of their lines.
  mutating func lay(_ pieces: [Lot], ranks: [Int32]) {
    // Most places are paid once: room for exactly these classes.
    if money.totals.isEmpty { money.reserve(pieces.count) }
    for piece in pieces where piece.amount > 0 {
      money.add(piece, rank: ranks[Int(piece.sourceClass)])
      if key.isTransit { underWay.append(piece) }
    }
  }

  /// The lots behind the totals: of each class in order of arrival, under way in order of departure.
  var lots: [Lot] { key.isTransit ? underWay : money.lots }
}
