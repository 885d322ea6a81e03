// What can be asked of a traced ledger. Source: tracing-examples/1, measures.

/// One line of an outcome: so much of one class at one place.
public struct CheckRow: Hashable, Sendable, Comparable {
  public var place: String
  public var sourceClass: String
  public var isTainted: Bool
  public var currency: String
  public var amount: Units

  public static func < (left: CheckRow, right: CheckRow) -> Bool {
    (left.place, left.currency, left.sourceClass, left.isTainted ? 0 : 1)
      < (right.place, right.currency, right.sourceClass, right.isTainted ? 0 : 1)
  }
}

/// The end of a run, and what each step moved on the way.
public struct CheckOutcome: Sendable {
  let checker: Checker

  /// Traces a ledger. - Throws: `Refusal` with the place.
  public init(of ledger: CheckLedger) throws(Refusal) { checker = try Checker(tracing: ledger) }

  /// Every place, class and colour that holds anything, sorted.
  public var rows: [CheckRow] {
    var places = checker.accounts.map {
      Checker.Holding(
        place: "account:\($0.key)", currency: $0.value.currency, pieces: $0.value.lots)
    }
    places += checker.holdings
    return places.flatMap { place in
      checker.byClass(place.pieces).map {
        CheckRow(
          place: place.place, sourceClass: $0.sourceClass, isTainted: $0.isTainted,
          currency: place.currency, amount: $0.amount)
      }
    }.sorted()
  }

  public func balance(of account: String) -> Units { checker.accounts[account]?.balance ?? 0 }

  public func lowest(of account: String) -> Units {
    guard let account = checker.accounts[account] else { return 0 }
    return account.lowest ?? account.balance
  }

  /// The closing balance shared by everything each class paid in.
  public func contributionShares(of name: String) throws(Refusal) -> [CheckRow] {
    guard let account = checker.accounts[name], !account.contributed.isEmpty else { return [] }
    return try checker.scaled(checker.byClass(account.contributed), to: account.held).map {
      CheckRow(
        place: "account:\(name)", sourceClass: $0.sourceClass, isTainted: $0.isTainted,
        currency: account.currency, amount: $0.amount)
    }
  }

  /// Units of the rows that satisfy the condition; 0 when none does.
  func sum(where holds: (CheckRow) -> Bool) -> Units {
    rows.filter(holds).reduce(0) { $0 + $1.amount }
  }
}
