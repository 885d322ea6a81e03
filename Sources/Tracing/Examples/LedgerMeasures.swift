// The measures a worked example may ask for, read off the outcome of a run.

import CaseModel

/// Answers questions about one outcome (tracing-examples/1, measures).
struct LedgerMeasures {
  let outcome: LedgerOutcome
  /// The currency of the example: that of sums over nothing.
  let reporting: Currency

  func value(_ question: JSONValue) throws(TracingError) -> Money {
    let measure = question["measure"]?.text ?? ""
    let account = question["account"]?.text
    switch measure {
    case "balance": return try balance(of: account).closing
    case "lowest_balance": return try balance(of: account).lowest
    case "pari_passu_share":
      let holder = try balance(of: account)
      let shares = outcome.contributionShares.filter { $0.place == .account(holder.account) }
      return try sum(shares.filter { matches($0, question) }, empty: holder.closing.currency)
    case "class_in_account", "taint_in_account":
      let holder = try balance(of: account)
      return try sum(
        rows(measure, question) { $0 == .account(holder.account) }, empty: holder.closing.currency)
    case "class_in_asset", "taint_in_asset":
      let asset = ExampleLedger.asset(question["asset"]?.text ?? "")
      return try sum(rows(measure, question) { $0 == .asset(asset) }, empty: reporting)
    case "class_dissipated", "taint_dissipated":
      return try sum(
        rows(measure, question) { place in
          if case .dissipated(let from) = place { account == nil || account == from } else { false }
        }, empty: reporting)
    case "class_debt_discharge", "taint_debt_discharge":
      return try sum(
        rows(measure, question) { place in
          if case .debtDischarge(let of) = place { account == nil || account == of } else { false }
        }, empty: reporting)
    case "class_abroad", "taint_abroad":
      return try sum(
        rows(measure, question) { place in
          if case .outside(let name) = place { account == nil || account == name } else { false }
        }, empty: reporting)
    default:
      throw TracingError(
        .unknownMeasure(measure), at: "expected", remedy: "see 'measures' in the examples' header")
    }
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

  private func rows(
    _ measure: String, _ question: JSONValue, where isThere: (LedgerPlace) -> Bool
  ) -> [LedgerOutcome.Row] {
    outcome.rows.filter { row in
      isThere(row.place)
        && (measure.hasPrefix("taint_") ? row.isTainted : true) && matches(row, question)
    }
  }

  /// The class asked for, when one is.
  private func matches(_ row: LedgerOutcome.Row, _ question: JSONValue) -> Bool {
    guard let code = question["class"]?.text else { return true }
    return row.sourceClass.text == code
  }

  /// Amounts of one currency add up; of two, the sum would mean nothing.
  private func sum(
    _ rows: [LedgerOutcome.Row], empty: Currency
  ) throws(TracingError) -> Money {
    let found = Set(rows.map(\.amount.currency)).sorted()
    guard found.count <= 1 else {
      throw TracingError(
        .malformed("the amounts are in \(found.map(\.code).joined(separator: " and "))"),
        at: "expected", remedy: "ask for one account, or state a rate")
    }
    let total = rows.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
    guard let units = Int64(exactly: total) else {
      throw TracingError(.overflow, at: "expected", remedy: "check the amounts")
    }
    return Money(minorUnits: units, currency: found.first ?? empty)
  }
}
