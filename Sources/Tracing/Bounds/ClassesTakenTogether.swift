// Classes that behave alike as one class, where only taint decides.

import CaseModel

extension Ledger {
  /// All clean classes as one and all tainted ones as one, `BORROWED` apart: allowed where amounts are
  /// never split over classes, so that only taint decides.
  func withClassesTakenTogether() -> Ledger {
    let clean = SourceClassCode("clean")
    let tainted = SourceClassCode("tainted")
    var names: [SourceClassCode: SourceClassCode] = [:]
    for each in classes where each.code != Self.borrowed {
      names[each.code] = each.isTainted ? tainted : clean
    }
    func name(_ code: SourceClassCode) -> SourceClassCode { names[code] ?? code }
    var result = Ledger(
      classes: [LedgerClass(clean, isTainted: false), LedgerClass(tainted, isTainted: true)]
        + classes.filter { $0.code == Self.borrowed },
      accounts: [], steps: [])
    result.accounts = accounts.map { account in
      var account = account
      account.opening = account.opening.map { OpeningLot(name($0.sourceClass), amount: $0.amount) }
      return account
    }
    result.steps = steps.map { step in
      LedgerStep(
        sequence: step.sequence, date: step.date, movement: step.movement.renamed(name),
        sources: [], phase: step.phase)
    }
    return result
  }
}

extension Movement {
  fileprivate func renamed(_ name: (SourceClassCode) -> SourceClassCode) -> Movement {
    switch self {
    case .credit(let to, let amount, let code, let restores):
      .credit(to: to, amount: amount, sourceClass: name(code), restores: restores)
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      .transfer(
        from: from, to: to, amount: amount, credited: credited, obtainedAs: obtainedAs.map(name))
    case .arrival(let transit, let to, let amount, let obtainedAs):
      .arrival(transit: transit, to: to, amount: amount, obtainedAs: obtainedAs.map(name))
    case .gap(let account, let balance, let code):
      .gap(account: account, balance: balance, sourceClass: name(code))
    default: self
    }
  }
}
