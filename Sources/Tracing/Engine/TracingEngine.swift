// The engine: applies one method under one policy to one ledger, step by step, in whole minor units.

import CaseModel

/// Runs a ledger. Holds every unit at exactly one place and checks after each step that none was
/// made or lost.
///
/// Source: confiscation.md §4.2; tracing-examples/1 (rounding, order, overdraft, class order).
/// - Complexity: O(*s* log *s*) for the order of *s* steps; then each step costs the lots it moves
///   (oldest, newest, by taint) or the classes of the account (proportional).
struct TracingEngine {
  let ledger: Ledger
  let method: any TracingMethod
  let policy: TracingPolicy
  var classes: ClassTable
  var accounts: [AccountState] = []
  var accountIndexes: [String: Int] = [:]
  var currencies: [Currency] = []
  var holdings: [Holding] = []
  var holdingIndexes: [HoldingKey: Int] = [:]
  var assetNames: [String] = []
  var assetIndexes: [String: Int] = [:]
  var provenance: Provenance
  /// Steps in processing order, voided ones left out.
  var order: [LedgerStep] = []
  var openings: [OpeningLot] = []
  /// Composition still reversible of steps that are reversed in part, by sequence.
  var reversible: [Int: ReversibleStep] = [:]
  var partlyReversed: Set<Int> = []
  /// Units of class × currency that entered and left the ledger, and that it holds now.
  var entered: [Int64] = []
  var left: [Int64] = []
  var holds: [Int64] = []
  /// The step being processed: its place in `order`, and in words.
  var now: Int32 = 0
  var place = ""
  let consumptionForAssets: Consumption
  let consumptionOtherwise: Consumption

  init(
    _ ledger: Ledger, method: any TracingMethod, policy: TracingPolicy, recordsPaths: Bool
  ) throws(TracingError) {
    try ledger.validate()
    self.ledger = ledger
    self.method = method
    self.policy = policy
    consumptionForAssets = method.consumption(towardsAsset: true)
    consumptionOtherwise = method.consumption(towardsAsset: false)
    classes = ClassTable(ledger.classes, withTwins: method.poisons)
    provenance = Provenance(isRecording: recordsPaths)
    let lanes =
      switch method.arrangement {
      case .oneQueue: 1
      case .byTaint: 2
      case .byClass: classes.count
      }
    for account in ledger.accounts {
      accountIndexes[account.name] = accounts.count
      let currency =
        currencies.firstIndex(of: account.currency) ?? currencies.count
      if currency == currencies.count { currencies.append(account.currency) }
      accounts.append(
        AccountState(name: account.name, currency: currency, lanes: lanes, classes: classes.count))
    }
    entered = Array(repeating: 0, count: classes.count * max(1, currencies.count))
    left = entered
    holds = entered
    try arrange()
  }

  /// Processes every step.
  /// - Throws: `TracingError` with the step that could not be taken.
  mutating func run() throws(TracingError) {
    try open()
    for index in order.indices {
      now = Int32(index)
      let step = order[index]
      place = "step \(step.sequence) (\(step.date))"
      try take(step)
      checkStep()
      if index % 1_000 == 999 { checkWhole() }
    }
    checkWhole()
  }

  /// Puts the steps in order and leaves out what full reversals void.
  private mutating func arrange() throws(TracingError) {
    let sameDay = policy.sameDayOrder
    func rank(_ movement: Movement) -> Int {
      switch sameDay {
      case .bankSequence: 0
      case .creditsFirst: movement.countsAsCredit ? 0 : 1
      case .debitsFirst: movement.countsAsCredit ? 1 : 0
      }
    }
    let sorted = ledger.steps.map { (step: $0, rank: rank($0.movement)) }.sorted {
      ($0.step.date.dayNumber, $0.step.phase, $0.rank, $0.step.sequence)
        < ($1.step.date.dayNumber, $1.step.phase, $1.rank, $1.step.sequence)
    }
    var amounts: [Int: Int64] = [:]
    for step in ledger.steps { amounts[step.sequence] = step.movement.amount }
    var voided: Set<Int> = []
    for (step, _) in sorted {
      guard case .reversal(let original, let amount) = step.movement else { continue }
      guard let paid = amounts[original] else {
        throw TracingError(
          .unknownReversedStep(original), at: "step \(step.sequence) (\(step.date))",
          remedy: "name an earlier step, or book the refund as a credit")
      }
      guard amount <= paid else {
        throw TracingError(
          .reversalExceedsOriginal, at: "step \(step.sequence) (\(step.date))",
          remedy: "check the link: step \(original) moved less")
      }
      if amount == paid, policy.reversal == .voidPair, !voided.contains(original) {
        voided.insert(original)
        voided.insert(step.sequence)
      } else {
        partlyReversed.insert(original)
      }
    }
    order = sorted.map(\.step).filter { !voided.contains($0.sequence) }
  }

  /// Lays the opening lots and opening debts.
  mutating func open() throws(TracingError) {
    for (index, account) in ledger.accounts.enumerated() {
      place = "opening of account \(account.name)"
      if account.openingDebt > 0 {
        accounts[index].debts.append(Debt(amount: account.openingDebt, coordinatedAsset: -1))
        accounts[index].owed = account.openingDebt
        accounts[index].booked = -account.openingDebt
      }
      for lot in account.opening {
        let sourceClass = try classIndex(lot.sourceClass)
        openings.append(lot)
        now = -Int32(openings.count)
        classes.see(sourceClass)
        try enter(lot.amount, of: sourceClass, currency: accounts[index].currency)
        try book(lot.amount, on: index)
        let from = provenance.label("opening balance")
        try deposit(
          [Lot(amount: lot.amount, sourceClass: sourceClass, node: -1)], into: index, from: from,
          contributes: true)
      }
    }
  }

  func classIndex(_ code: SourceClassCode) throws(TracingError) -> Int32 {
    guard let index = classes.index(of: code) else {
      throw TracingError(.unknownClass(code.text), at: place, remedy: "declare the class")
    }
    return index
  }

  func accountIndex(_ name: String) throws(TracingError) -> Int {
    guard let index = accountIndexes[name] else {
      throw TracingError(.unknownAccount(name), at: place, remedy: "declare the account")
    }
    return index
  }
}
