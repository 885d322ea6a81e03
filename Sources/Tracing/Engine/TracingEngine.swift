// The engine: applies one method under one policy to one ledger, step by step, in whole minor units.

import CaseModel

/// Runs a ledger. Holds every unit at exactly one place and checks after each step that none was
/// made or lost.
///
/// A value: a copy goes on by itself. Source: confiscation.md §4.2; tracing-examples/1 (rounding,
/// order, overdraft, class order).
/// - Complexity: O(*s*) for the order of *s* steps; then each step costs the lots it moves (oldest,
///   newest, by taint) or the classes the account holds (proportional).
struct TracingEngine {
  let numbered: NumberedLedger
  let method: any TracingMethod
  let policy: TracingPolicy
  var classes: ClassTable
  var accounts: [AccountState] = []
  /// The places outside accounts that ever held money, by first use.
  var holdings: [Holding] = []
  /// Where each numbered place stands in `holdings`; −1 before its first use.
  var holdingOfPlace: [Int32]
  var provenance: Provenance
  var labels: LabelTable
  /// Steps in processing order, voided ones left out.
  let order: StepOrder
  var openings: [OpeningLot] = []
  /// Steps taken that a reversal names, by position, and of payments and transfers what can still
  /// be taken back.
  var takenAndReversed: Set<Int32> = []
  var reversible: [Int32: ReversibleStep] = [:]
  /// Units of class × currency that entered the ledger and did not leave it, and that it holds now.
  var flows: [ClassFlow]
  /// Units of each currency in the ledger, of every class; always within 64 bits, so that the sum of
  /// any places is.
  var inLedger: [Int64]
  /// The flows that the present step changed.
  var touchedFlows: [Int32] = []
  var spareBuffer: [Lot] = []
  /// The step being processed: its place in `order`; −1 − *n* for opening lot *n*.
  var now: Int32 = 0
  /// The same for messages: its position in the bank's order; −1 − *n* for the opening of account *n*.
  private(set) var current: Int32 = 0

  // What the method answers, asked once.
  let arrangement: LotArrangement
  let poisons: Bool
  let restoresOnIntent: Bool
  let consumptionForAssets: Consumption
  let consumptionOtherwise: Consumption

  /// - Throws: `TracingError`, the first problem that keeps the ledger from being run.
  init(
    _ ledger: Ledger, method: any TracingMethod, policy: TracingPolicy, recordsPaths: Bool
  ) throws(TracingError) {
    try self.init(
      NumberedLedger(ledger), method: method, policy: policy, recordsPaths: recordsPaths)
  }

  init(
    _ numbered: NumberedLedger, method: any TracingMethod, policy: TracingPolicy,
    recordsPaths: Bool
  ) throws(TracingError) {
    self.numbered = numbered
    self.method = method
    self.policy = policy
    arrangement = method.arrangement
    poisons = method.poisons
    restoresOnIntent = method.restoresOnIntent
    consumptionForAssets = method.consumption(towardsAsset: true)
    consumptionOtherwise = method.consumption(towardsAsset: false)
    classes = ClassTable(numbered.ledger.classes, withTwins: method.poisons)
    provenance = Provenance(isRecording: recordsPaths)
    labels = LabelTable(numbered, isRecording: recordsPaths)
    holdingOfPlace = Array(repeating: -1, count: numbered.places.keys.count)
    for (account, currency) in zip(numbered.ledger.accounts, numbered.currencyOfAccount) {
      accounts.append(
        AccountState(
          name: account.name, currency: currency, arrangement: arrangement,
          recordsPaths: recordsPaths))
    }
    flows = Array(
      repeating: ClassFlow(), count: classes.count * max(1, numbered.currencies.count))
    inLedger = Array(repeating: 0, count: numbered.currencies.count)
    order = try StepOrder(of: numbered, under: policy)
  }

  var ledger: Ledger { numbered.ledger }
  var currencies: [Currency] { numbered.currencies }
  var accountIndexes: [String: Int] { numbered.accountIndexes }

  /// The step or the opening being processed, in words.
  var place: String {
    guard current >= 0 else { return "opening of account \(accounts[-1 - Int(current)].name)" }
    let step = numbered.step(at: current)
    return "step \(step.sequence) (\(step.date))"
  }

  /// Processes every step. Recounts everything after 1,000 steps, 2,000, 4,000 and so on and at the
  /// end, so that recounting costs each step a fixed share.
  /// - Throws: `TracingError` with the step that could not be taken.
  mutating func run() throws(TracingError) {
    try open()
    var nextRecount = 1_000
    for index in order.indices {
      now = Int32(index)
      try take(at: order.positions[index])
      if index + 1 == nextRecount {
        checkWhole()
        nextRecount *= 2
      }
    }
    checkWhole()
  }

  /// Lays the opening lots and opening debts.
  mutating func open() throws(TracingError) {
    for (index, account) in ledger.accounts.enumerated() {
      current = Int32(-1 - index)
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
        var pieces = [Lot(amount: lot.amount, sourceClass: sourceClass, node: -1)]
        try deposit(&pieces, into: index, from: from, contributes: true)
      }
    }
    checkStep()
  }

  /// Processes one step of the ledger, whatever its place in `order`.
  mutating func take(_ step: LedgerStep) throws(TracingError) {
    guard let position = numbered.position(ofSequence: step.sequence) else {
      throw step.refused(.malformed("the step is not in the ledger"), remedy: "add it first")
    }
    try take(at: position)
  }

  /// Processes the step at a position of the bank's order, and checks what it changed.
  mutating func take(at position: Int32) throws(TracingError) {
    current = position
    let step = numbered.steps[Int(position)]
    try move(step)
    if step.isReversed { takenAndReversed.insert(position) }
    checkStep()
  }

  func classIndex(_ code: SourceClassCode) throws(TracingError) -> Int32 {
    guard let index = numbered.classNumber(of: code) else {
      throw TracingError(.unknownClass(code.text), at: place, remedy: "declare the class")
    }
    return index
  }
}
