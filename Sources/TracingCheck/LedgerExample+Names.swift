// The names a figure may ask for: those the example mentions.

extension LedgerExample {
  /// Where money is spent; every example knows it.
  static let dissipated = "DISSIPATED"

  /// A name that occurs nowhere else is a slip of the pen, and 0 would hide it.
  func checkNames(in figure: JSON, measure: String) throws(Refusal) {
    let place = "expected, \(measure)"
    for key in ["account", "asset", "class", "currency"] where figure[key] != nil {
      guard figure[key]?.scalar != nil else {
        throw Refusal(
          .malformed("the \(key) is not one name"), at: place,
          remedy: "name one \(key), or leave it out for all")
      }
    }
    if let code = figure["class"]?.scalar, ledger.tainted[code] == nil, code != Checker.borrowed,
      code != Checker.unknownRefund
    {
      throw Refusal(
        .unknown(kind: "class", name: code), at: place,
        remedy: "name a class of the example's 'classes'")
    }
    if let account = figure["account"]?.scalar, account != Self.dissipated,
      !ledger.accounts.contains(where: { $0.name == account }),
      !measure.hasSuffix("_abroad") || !mentions(.outside, account)
    {
      throw Refusal(
        .unknown(kind: "account", name: account), at: place,
        remedy: "name an account of the example's 'accounts'")
    }
    if let asset = figure["asset"]?.scalar.map({ Self.bare($0) }), asset != Self.dissipated,
      !mentions(.asset, asset),
      !ledger.steps.contains(where: { $0.kind == .sale && $0.from == asset })
    {
      throw Refusal(
        .unknown(kind: "asset", name: asset), at: place,
        remedy: "name an asset of the example's 'transactions'")
    }
  }

  private static func bare(_ asset: String) -> String {
    asset.hasPrefix("asset:") ? String(asset.dropFirst(6)) : asset
  }

  private func mentions(_ destination: CheckLedger.Step.Destination, _ name: String) -> Bool {
    ledger.steps.contains {
      $0.kind == .debit && $0.destination == destination && $0.to == name
    }
  }

  /// The account of that name; of an example with one account, that one.
  func holder(_ name: String?, _ measure: String) throws(Refusal) -> CheckLedger.Account {
    let found = ledger.accounts.filter { name == nil || $0.name == name }
    guard found.count == 1 else {
      throw Refusal(
        .unknown(kind: "account", name: name ?? ""), at: "expected, \(measure)",
        remedy: "name an account of the example's 'accounts'")
    }
    return found[0]
  }
}
