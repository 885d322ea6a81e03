// What is refused before anything is traced, and the limit: everything that comes in, goes out, or is
// there at once fits 64 bits of minor units.

extension CheckLedger.Step {
  /// The accounts a step is booked on; a reversal is booked where its original was.
  var accountNames: [String] {
    switch kind {
    case .credit, .interest, .arrival, .sale, .gap: [to]
    case .fee, .departure: [from]
    case .debit: destination == .untraced ? [from, to] : [from]
    case .transfer: [from, to]
    case .reversal: reverses == nil ? [to] : []
    }
  }
}

extension Checker {
  /// A step that no ledger can hold is refused, voided or not.
  func checkForm(of step: CheckLedger.Step) throws(Refusal) {
    guard step.amount >= 0 || step.kind == .gap, (step.credited ?? 0) >= 0 else {
      throw Refusal(.negative("the amount"), at: step.place, remedy: "state amounts without a sign")
    }
    guard step.kind != .transfer || step.from != step.to else {
      throw Refusal(
        .malformed("the transfer has one account on both sides"), at: step.place,
        remedy: "check the accounts")
    }
    for name in step.accountNames {
      guard let account = ledger.accounts.first(where: { $0.name == name }) else {
        throw Refusal(
          .unknown(kind: "account", name: name), at: step.place, remedy: "declare the account")
      }
      if let opens = account.opensOn, step.date < opens {
        throw Refusal(
          .beforeOpening(opens), at: step.place, remedy: "correct the date or the opening day")
      }
    }
    for code in [
      step.kind == .credit || step.kind == .gap ? step.sourceClass : nil, step.obtainedAs,
    ] {
      guard let code, ledger.tainted[code] == nil, code != Self.borrowed, code != Self.unknownRefund
      else { continue }
      throw Refusal(
        .unknown(kind: "class", name: code), at: step.place, remedy: "declare the class")
    }
  }

  /// Per currency, all that comes to accounts and all that leaves them.
  func checkSizes() throws(Refusal) {
    var totals: [String: Units] = [:]
    func add(_ amount: Units, _ side: String, _ name: String) throws(Refusal) {
      guard let account = ledger.accounts.first(where: { $0.name == name }) else {
        throw Refusal(
          .unknown(kind: "account", name: name), at: "ledger", remedy: "declare the account")
      }
      let key = "\(side) \(account.currency)"
      totals[key, default: 0] += amount
      _ = try totals[key, default: 0].within64Bits(at: "all that goes \(key)")
    }
    for account in ledger.accounts {
      try add(account.openingDebt, "out", account.name)
      for lot in account.opening { try add(lot.amount, "in", account.name) }
    }
    for step in ledger.steps {
      switch step.kind {
      case .credit, .interest, .arrival, .sale: try add(step.amount, "in", step.to)
      case .debit, .fee, .departure: try add(step.amount, "out", step.from)
      case .gap: try add(abs(step.amount), step.amount < 0 ? "out" : "in", step.to)
      case .transfer:
        try add(step.amount, "out", step.from)
        try add(step.credited ?? step.amount, "in", step.to)
      case .reversal: if step.reverses == nil { try add(step.amount, "in", step.to) }
      }
    }
  }

  /// Everything of a currency in the ledger, with what is just being moved.
  func checkTotal(of currency: String, with pieces: [Piece]) throws(Refusal) {
    var total = pieces.reduce(Units(0)) { $0 + $1.amount }
    for account in accounts.values where account.currency == currency { total += account.held }
    for holding in holdings where holding.currency == currency {
      total += holding.pieces.reduce(Units(0)) { $0 + $1.amount }
    }
    _ = try total.within64Bits(at: "all \(currency) in the ledger")
  }
}
