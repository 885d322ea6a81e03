// The figures a ledger example asks for, read off the outcome.

extension LedgerExample {
  func comparisons() throws(Refusal) -> [Comparison] {
    let outcome = try CheckOutcome(of: ledger)
    var comparisons: [Comparison] = []
    for figure in expected {
      let measure = try figure.required("measure", at: "expected")
      guard let wanted = figure["expected"] ?? figure["value"], wanted.scalar != nil else {
        throw Refusal(.missing("expected"), at: "expected, \(measure)", remedy: "state the value")
      }
      try checkNames(in: figure, measure: measure)
      let (units, code) = try value(of: measure, figure, in: outcome)
      let selectors = ["account", "asset", "class", "currency"].compactMap { figure[$0]?.scalar }
      comparisons.append(
        Comparison(
          what: ([measure] + selectors).joined(separator: " "),
          expected: stated(wanted, places: try places(of: code, at: measure)),
          computed: decimalText(units, places: try places(of: code, at: measure))))
    }
    return comparisons
  }

  /// A text stands as written; a JSON number has no places of its own and takes the currency's.
  private func stated(_ value: JSON?, places: Int) -> String {
    guard case .number(let written) = value else { return value?.scalar ?? "" }
    return Decimal10(written)?.units(places: places).map { decimalText($0, places: places) }
      ?? written
  }

  private func value(
    of measure: String, _ figure: JSON, in outcome: CheckOutcome
  ) throws(Refusal) -> (Units, currency: String) {
    let named = figure["account"]?.scalar
    let account = named == Self.dissipated && measure.hasSuffix("_dissipated") ? nil : named
    let sourceClass = figure["class"]?.scalar
    let asset = figure["asset"]?.scalar.map { $0.hasPrefix("asset:") ? $0 : "asset:\($0)" }
    let home = ledger.accounts.first { $0.name == account }?.currency
    func sum(_ prefix: String, _ name: String?) -> (Units, String) {
      let there = outcome.rows.filter { row in
        row.place.hasPrefix(prefix) && (name.map { row.place == prefix + $0 } ?? true)
      }
      let rows = there.filter { row in
        (!measure.hasPrefix("taint_") || row.isTainted)
          && (sourceClass.map { row.sourceClass == $0 } ?? true)
      }
      let payer = ledger.steps.first { $0.destination == .asset && $0.to == name }?.from
      let paid = prefix == "asset:" ? ledger.accounts.first { $0.name == payer }?.currency : nil
      let wanted = figure["currency"]?.scalar ?? home ?? paid ?? there.first?.currency ?? currency
      return (rows.filter { $0.currency == wanted }.reduce(0) { $0 + $1.amount }, wanted)
    }
    switch measure {
    case "balance":
      let holder = try holder(account, measure)
      return (outcome.balance(of: holder.name), holder.currency)
    case "lowest_balance":
      let holder = try holder(account, measure)
      return (outcome.lowest(of: holder.name), holder.currency)
    case "class_in_account", "taint_in_account":
      if account != nil { _ = try holder(account, measure) }
      return sum("account:", account)
    case "class_in_asset", "taint_in_asset":
      return sum("asset:", asset.map { String($0.dropFirst(6)) })
    case "taint_dissipated", "class_dissipated": return sum("dissipated:", account)
    case "taint_debt_discharge", "class_debt_discharge": return sum("discharged:", account)
    case "taint_abroad", "class_abroad": return sum("outside:", account)
    case "pari_passu_share":
      let holder = try holder(account, measure)
      let shares = try outcome.contributionShares(of: holder.name)
        .filter { sourceClass == nil ? $0.isTainted : $0.sourceClass == sourceClass }
      return (shares.reduce(0) { $0 + $1.amount }, holder.currency)
    default:
      throw Refusal(
        .unknown(kind: "measure", name: measure), at: "expected",
        remedy: "use a measure of the form")
    }
  }
}
