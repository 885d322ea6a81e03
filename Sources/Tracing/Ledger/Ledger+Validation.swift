// What is refused before a ledger is run.

import CaseModel

extension Ledger {
  /// Refuses what cannot be run: names used twice or unknown, negative amounts, steps before an
  /// account opens.
  /// - Throws: the first problem in the order classes, accounts, steps as listed.
  func validate() throws(TracingError) { _ = try NumberedLedger(self) }

  /// The part of `validate()` that looks at classes, accounts and the size of the whole; steps are
  /// checked as they are numbered.
  func validateParts() throws(TracingError) {
    var codes: Set<SourceClassCode> = []
    for each in classes {
      guard codes.insert(each.code).inserted else {
        throw TracingError(
          .duplicate("class '\(each.code.text)'"), at: "classes", remedy: "declare it once")
      }
    }
    guard !classes.contains(where: { $0.code == Self.borrowed && $0.isTainted }) else {
      throw TracingError(
        .malformed("'BORROWED' is declared tainted"), at: "classes",
        remedy: "money from an overdraft is never tainted; choose another code")
    }
    var names: Set<String> = []
    for account in accounts {
      let place = "account \(account.name)"
      guard names.insert(account.name).inserted else {
        throw TracingError(.duplicate(place), at: place, remedy: "declare it once")
      }
      guard account.openingDebt >= 0 else {
        throw TracingError(
          .negativeAmount("the opening overdraft"), at: place, remedy: "state it as a positive sum")
      }
      for lot in account.opening {
        guard lot.amount >= 0 else {
          throw TracingError(
            .negativeAmount("an opening lot"), at: place, remedy: "state a debt as an overdraft")
        }
        guard codes.contains(lot.sourceClass) else {
          throw TracingError(
            .unknownClass(lot.sourceClass.text), at: place, remedy: "declare the class")
        }
      }
    }
    try validateSize()
  }
}

extension LedgerStep {
  /// A refusal that names the step.
  func refused(_ reason: TracingError.Reason, remedy: String) -> TracingError {
    TracingError(reason, at: "step \(sequence) (\(date))", remedy: remedy)
  }

  func validateAmounts() throws(TracingError) {
    guard movement.amount >= 0 else {
      throw refused(.negativeAmount("the amount"), remedy: "turn the direction of the step")
    }
  }

  /// A transfer has two accounts, and what it credits is not negative.
  func validateTransfer() throws(TracingError) {
    guard case .transfer(let from, let to, _, let credited, _) = movement else { return }
    guard from != to else {
      throw refused(
        .malformed("the transfer has one account on both sides"), remedy: "check the accounts")
    }
    guard credited ?? 0 >= 0 else {
      throw refused(
        .negativeAmount("the credited amount"), remedy: "state it as a positive sum")
    }
  }
}

extension Ledger {
  /// All amounts of a currency that comes to accounts, and all that leaves them, must each fit 64 bits of
  /// minor units. What is in the ledger at once is checked as it is run.
  private func validateSize() throws(TracingError) {
    var currencies: [String: Currency] = [:]
    for account in accounts { currencies[account.name] = account.currency }
    var (comes, leaves): ([Currency: Int128], [Currency: Int128]) = ([:], [:])
    func add(
      _ amount: Int64, to sums: inout [Currency: Int128], _ name: String
    ) throws(TracingError) {
      guard let currency = currencies[name] else { return }
      let sum = sums[currency, default: 0] + Int128(amount.magnitude)
      sums[currency] = sum
      guard sum <= Int128(Int64.max) else {
        throw TracingError(
          .overflow, at: "the ledger, \(currency.code)",
          remedy: "check the amounts; no case holds that much")
      }
    }
    for account in accounts {
      try add(account.openingDebt, to: &leaves, account.name)
      for lot in account.opening { try add(lot.amount, to: &comes, account.name) }
    }
    for step in steps {
      switch step.movement {
      case .credit(let to, let amount, _, _), .interest(let to, let amount),
        .arrival(_, let to, let amount, _), .sale(_, let to, let amount, _):
        try add(amount, to: &comes, to)
      case .debit(let from, _, let amount, _), .fee(let from, let amount),
        .departure(let from, _, let amount):
        try add(amount, to: &leaves, from)
      case .transfer(let from, let to, let amount, let credited, _):
        try add(amount, to: &leaves, from)
        try add(credited ?? amount, to: &comes, to)
      case .gap(let account, let balance, _) where balance < 0:
        try add(balance, to: &leaves, account)
      case .gap(let account, let balance, _): try add(balance, to: &comes, account)
      case .reversal: break
      }
    }
  }
}

extension Movement {
  var accountNames: [String] {
    switch self {
    case .credit(let to, _, _, _), .arrival(_, let to, _, _), .interest(let to, _),
      .sale(_, let to, _, _):
      [to]
    case .debit(let from, .untraced(let other), _, _): [from, other]
    case .debit(let from, _, _, _), .departure(let from, _, _), .fee(let from, _): [from]
    case .transfer(let from, let to, _, _, _): [from, to]
    case .gap(let account, _, _): [account]
    case .reversal: []
    }
  }

  var classCodes: [SourceClassCode] {
    switch self {
    case .credit(_, _, let code, _), .gap(_, _, let code): [code]
    case .transfer(_, _, _, _, .some(let code)), .arrival(_, _, _, .some(let code)): [code]
    default: []
    }
  }
}
