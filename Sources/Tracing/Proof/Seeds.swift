// Tracing what a person points at: one class, some rows, the receipts of an account.

public import CaseModel

extension CaseLedger {
  /// The numbers of the steps that rest on a line, in the ledger's order; empty when the ledger has none.
  public func steps(on source: SourceRef) -> [Int] {
    ledger.steps.filter { $0.sources.contains(source) }.map(\.sequence)
  }

  /// The steps by which money came onto an account in some days, wherever it came from.
  ///
  /// Opening balances, prices of assets sold and payments that came back are not among them: they have
  /// the origin of what they came from.
  public func receipts(of account: AccountID, from first: CivilDate?, until last: CivilDate?)
    -> [Int]
  {
    guard let index = accounts.firstIndex(of: account) else { return [] }
    let name = ledger.accounts[index].name
    return ledger.steps.filter { step in
      first.map { step.date >= $0 } ?? true && last.map { step.date <= $0 } ?? true
        && step.movement.receiver == name
    }.map(\.sequence)
  }

  /// The same ledger in which only one class counts as tainted.
  /// - Throws: `TracingError.unknownClass` when the ledger has no such class.
  public func counting(only code: SourceClassCode) throws(TracingError) -> CaseLedger {
    guard ledger.classes.contains(where: { $0.code == code }) else {
      let known = ledger.classes.map(\.code.text).sorted().joined(separator: ", ")
      throw TracingError(
        .unknownClass(code.text), at: "--seed", remedy: "use one of: \(known)")
    }
    var result = self
    result.ledger.classes = ledger.classes.map {
      LedgerClass($0.code, isTainted: $0.code == code)
    }
    return result
  }

  /// The same ledger in which what some steps brought in is the one tainted class.
  ///
  /// A transfer between accounts of the ledger counts from where it arrives, whatever it carried.
  /// - Throws: `TracingError` when a step brings nothing in, or the class exists.
  public func seeded(
    _ sequences: Set<Int>, as code: SourceClassCode
  ) throws(TracingError) -> CaseLedger {
    guard !ledger.classes.contains(where: { $0.code == code }) else {
      throw TracingError(
        .duplicate("class '\(code.text)'"), at: "seed", remedy: "rename the class of the sheet")
    }
    var result = self
    result.ledger.classes =
      ledger.classes.map { LedgerClass($0.code, isTainted: false) }
      + [LedgerClass(code, isTainted: true)]
    for (index, step) in ledger.steps.enumerated() where sequences.contains(step.sequence) {
      guard let movement = step.movement.received(as: code) else {
        throw TracingError(
          .malformed("the step brings in no money"), at: "step \(step.sequence) (\(step.date))",
          remedy: "name a receipt, or follow the payment itself")
      }
      result.ledger.steps[index] = LedgerStep(
        sequence: step.sequence, date: step.date, movement: movement, sources: step.sources,
        phase: step.phase)
    }
    return result
  }

  /// What some steps brought in, one amount a currency, in the order of the currencies.
  public func received(by sequences: Set<Int>) -> [Money] {
    var sums: [Currency: Int128] = [:]
    for step in ledger.steps where sequences.contains(step.sequence) {
      guard let name = step.movement.receiver, let currency = ledger.currency(ofAccount: name)
      else { continue }
      sums[currency, default: 0] += Int128(step.movement.arrives)
    }
    return sums.keys.sorted().compactMap { currency in
      sums[currency].flatMap { Int64(exactly: $0) }.map {
        Money(minorUnits: $0, currency: currency)
      }
    }
  }
}

extension Movement {
  /// The account that new money or a transfer came onto.
  var receiver: String? {
    switch self {
    case .credit(let to, _, _, _), .transfer(_, let to, _, _, _), .arrival(_, let to, _, _),
      .interest(let to, _):
      to
    case .debit, .departure, .fee, .reversal, .sale, .gap: nil
    }
  }

  /// What arrives there, in its currency.
  fileprivate var arrives: Int64 {
    if case .transfer(_, _, let amount, let credited, _) = self {
      credited ?? amount
    } else {
      amount
    }
  }

  /// The same movement as a receipt of a class; nil when it brings no money in.
  fileprivate func received(as code: SourceClassCode) -> Movement? {
    switch self {
    case .credit(let to, let amount, _, let restores):
      .credit(to: to, amount: amount, sourceClass: code, restores: restores)
    case .interest(let to, let amount): .credit(to: to, amount: amount, sourceClass: code)
    case .transfer(let from, let to, let amount, let credited, _):
      .transfer(from: from, to: to, amount: amount, credited: credited, obtainedAs: code)
    case .arrival(let transit, let to, let amount, _):
      .arrival(transit: transit, to: to, amount: amount, obtainedAs: code)
    case .debit, .departure, .fee, .reversal, .sale, .gap: nil
    }
  }
}
