// The measures a worked example may ask for, read off the outcome of a run.

import CaseModel

/// Answers questions about one outcome (tracing-examples/1, measures).
///
/// A selector that is left out means all: every account, every asset, every class. A place that holds
/// nothing gives 0, in the currency it would hold; a name that the example never mentions is an error.
struct LedgerMeasures {
  let outcome: LedgerOutcome
  let ledger: Ledger
  /// The currency of the example: that of sums over nothing.
  let reporting: Currency

  func value(_ question: JSONValue) throws(TracingError) -> Money {
    let measure = question["measure"]?.text ?? ""
    try checkNames(in: question, measure: measure)
    let named = question["account"]?.text
    let account = named == Self.dissipated && measure.hasSuffix("_dissipated") ? nil : named
    switch measure {
    case "balance": return try balance(of: account).closing
    case "lowest_balance": return try balance(of: account).lowest
    case "pari_passu_share":
      let holder = try balance(of: account)
      let shares = outcome.contributionShares.filter { $0.place == .account(holder.account) }
      return try sum(shares.filter { matches($0, question) }, empty: holder.closing.currency)
    case "class_in_account", "taint_in_account":
      let home = try account.map { name throws(TracingError) in
        try balance(of: name).closing.currency
      }
      return try sum(measure, question, home) { place in
        if case .account(let name) = place { account == nil || name == account } else { false }
      }
    case "class_in_asset", "taint_in_asset":
      let asset = question["asset"]?.text.map { ExampleLedger.asset($0) }
      return try sum(measure, question, asset.flatMap { paidIn($0) }) { place in
        if case .asset(let name) = place { asset == nil || name == asset } else { false }
      }
    case "class_dissipated", "taint_dissipated":
      return try sum(measure, question, currency(of: account)) { place in
        if case .dissipated(let from) = place { account == nil || account == from } else { false }
      }
    case "class_debt_discharge", "taint_debt_discharge":
      return try sum(measure, question, currency(of: account)) { place in
        if case .debtDischarge(let of) = place { account == nil || account == of } else { false }
      }
    case "class_abroad", "taint_abroad":
      return try sum(measure, question, nil) { place in
        if case .outside(let name) = place { account == nil || account == name } else { false }
      }
    default:
      throw TracingError(
        .unknownMeasure(measure), at: "expected", remedy: "see 'measures' in the examples' header")
    }
  }

  private static let dissipated = "DISSIPATED"

  /// A misspelt name would otherwise be answered with 0 or, for a list, with the sum over everything.
  private func checkNames(in question: JSONValue, measure: String) throws(TracingError) {
    func name(_ key: String) throws(TracingError) -> String? {
      guard let value = question[key], !value.isNull else { return nil }
      guard let text = value.text else {
        throw TracingError(
          .malformed("the \(key) is \(value.shown)"), at: "expected, \(measure)",
          remedy: "name one \(key), or leave it out for all")
      }
      return text
    }
    let place = "expected, \(measure)"
    if let code = try name("class"),
      !ledger.classes.contains(where: { $0.code.text == code }),
      code != Ledger.borrowed.text, code != Ledger.unknownRefund.text,
      code != Ledger.unknownInterest.text
    {
      throw TracingError(
        .unknownClass(code), at: place, remedy: "name a class of the example's 'classes'")
    }
    if let account = try name("account"), account != Self.dissipated,
      !ledger.accounts.contains(where: { $0.name == account }),
      !measure.hasSuffix("_abroad") || !mentions(outside: account)
    {
      throw TracingError(
        .unknownAccount(account), at: place, remedy: "name an account of the example's 'accounts'")
    }
    if let asset = try name("asset").map({ ExampleLedger.asset($0) }), asset != Self.dissipated,
      !mentions(asset: asset)
    {
      throw TracingError(
        .malformed("no transaction buys or sells the asset '\(asset)'"), at: place,
        remedy: "name an asset of the example's 'transactions'")
    }
  }

  private func mentions(asset name: String) -> Bool {
    ledger.steps.contains { step in
      switch step.movement {
      case .debit(_, .asset(let asset), _, _): asset == name
      case .sale(let asset, _, _, _): asset == name
      default: false
      }
    }
  }

  private func mentions(outside name: String) -> Bool {
    ledger.steps.contains { step in
      if case .debit(_, .outside(name), _, _) = step.movement { true } else { false }
    }
  }

  private func currency(of account: String?) -> Currency? {
    ledger.accounts.first { $0.name == account }?.currency
  }

  /// The currency of the account that first paid for an asset.
  private func paidIn(_ asset: String) -> Currency? {
    for step in ledger.steps {
      if case .debit(let from, .asset(asset), _, _) = step.movement { return currency(of: from) }
    }
    return nil
  }

  private func balance(of account: String?) throws(TracingError) -> LedgerOutcome.Balance {
    if let account {
      for balance in outcome.balances where balance.account == account { return balance }
    } else if outcome.balances.count == 1 {
      return outcome.balances[0]
    }
    throw TracingError(
      .unknownAccount(account ?? ""), at: "expected", remedy: "name an account of the ledger")
  }

  /// The class asked for, when one is.
  private func matches(_ row: LedgerOutcome.Row, _ question: JSONValue) -> Bool {
    guard let code = question["class"]?.text else { return true }
    return row.sourceClass.text == code
  }

  private func sum(
    _ measure: String, _ question: JSONValue, _ home: Currency?,
    where isThere: (LedgerPlace) -> Bool
  ) throws(TracingError) -> Money {
    let rows = outcome.rows.filter { row in
      isThere(row.place)
        && question["currency"]?.text.map { $0 == row.amount.currency.code } ?? true
    }
    let wanted = rows.filter {
      (measure.hasPrefix("taint_") ? $0.isTainted : true) && matches($0, question)
    }
    let stated = question["currency"]?.text.flatMap { ExampleCurrency.named($0) }
    let found = Set(rows.map(\.amount.currency))
    return try sum(
      wanted, empty: stated ?? home ?? (found.count == 1 ? found.first : nil) ?? reporting)
  }

  /// Amounts of one currency add up; of two, the sum would mean nothing.
  private func sum(
    _ rows: [LedgerOutcome.Row], empty: Currency
  ) throws(TracingError) -> Money {
    let found = Set(rows.map(\.amount.currency)).sorted()
    guard found.count <= 1 else {
      throw TracingError(
        .malformed("the amounts are in \(found.map(\.code).joined(separator: " and "))"),
        at: "expected", remedy: "ask for one currency, with 'currency'")
    }
    let total = rows.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
    guard let units = Int64(exactly: total) else {
      throw TracingError(.overflow, at: "expected", remedy: "check the amounts")
    }
    return Money(minorUnits: units, currency: found.first ?? empty)
  }
}
