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
  /// All amounts together must stay well inside 64 bits, so that no sum on the way can leave them.
  private func validateSize() throws(TracingError) {
    var total = Int128(0)
    for account in accounts {
      total += Int128(account.openingDebt)
      for lot in account.opening { total += Int128(lot.amount) }
    }
    for step in steps {
      total += Int128(step.movement.amount.magnitude)
      switch step.movement {
      case .transfer(_, _, _, .some(let credited), _): total += Int128(credited.magnitude)
      case .gap(_, let balance, _): total += Int128(balance.magnitude)
      default: break
      }
    }
    guard total <= Int128(Int64.max / 4) else {
      throw TracingError(
        .overflow, at: "the ledger", remedy: "check the amounts; no case holds that much")
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
}
