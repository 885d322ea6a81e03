// What is refused before a ledger is run.

import CaseModel

extension Ledger {
  /// Refuses what cannot be run: names used twice or unknown, negative amounts, steps before an
  /// account opens.
  /// - Throws: the first problem in the order classes, accounts, steps by sequence.
  func validate() throws(TracingError) {
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
    var opens: [String: CivilDate?] = [:]
    for account in accounts {
      let place = "account \(account.name)"
      guard opens.updateValue(account.opensOn, forKey: account.name) == nil else {
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
    var sequences: Set<Int> = []
    for step in steps {
      let place = "step \(step.sequence) (\(step.date))"
      guard sequences.insert(step.sequence).inserted else {
        throw TracingError(
          .duplicate("sequence \(step.sequence)"), at: place, remedy: "number anew")
      }
      guard step.movement.amount >= 0 else {
        throw TracingError(
          .negativeAmount("the amount"), at: place, remedy: "turn the direction of the step")
      }
      for name in step.movement.accountNames {
        guard let opensOn = opens[name] else {
          throw TracingError(.unknownAccount(name), at: place, remedy: "declare the account")
        }
        if let opensOn, step.date < opensOn {
          throw TracingError(
            .entryBeforeOpening(opens: opensOn), at: place,
            remedy: "state the opening balance of an earlier day")
        }
      }
      for code in step.movement.classCodes where !codes.contains(code) {
        throw TracingError(.unknownClass(code.text), at: place, remedy: "declare the class")
      }
      if case .transfer(let from, let to, _, _, _) = step.movement, from == to {
        throw TracingError(
          .malformed("the transfer has one account on both sides"), at: place,
          remedy: "check the accounts")
      }
      if case .transfer(_, _, _, .some(..<0), _) = step.movement {
        throw TracingError(
          .negativeAmount("the credited amount"), at: place, remedy: "state it as a positive sum")
      }
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

  var classCodes: [SourceClassCode] {
    switch self {
    case .credit(_, _, let code, _), .gap(_, _, let code): [code]
    case .transfer(_, _, _, _, .some(let code)), .arrival(_, _, _, .some(let code)): [code]
    default: []
    }
  }
}
