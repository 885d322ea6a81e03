// The ledger with numbers in place of names: what the engine runs.

import CaseModel

/// A checked ledger whose accounts, classes and places are numbers and whose steps stand in the bank's
/// order. Names are looked up here, once, and not again in any run.
///
/// - Complexity: O(*s*) for *s* steps that stand in the bank's order already, else O(*s* log *s*).
struct NumberedLedger: Sendable {
  let ledger: Ledger
  private(set) var currencies: [Currency] = []
  /// The number of each account's currency.
  private(set) var currencyOfAccount: [Int] = []
  /// By day, phase and sequence.
  private(set) var steps: [NumberedStep] = []
  private(set) var places: PlaceNumbers
  /// The places of each asset, one for each currency that paid for it.
  private(set) var placesOfAsset: [[Int32]] = []
  private(set) var assetNames: [String] = []
  /// Positions by sequence; nil when the bank's order is that order.
  private var bySequence: [Int32]?

  private(set) var accountIndexes: [String: Int] = [:]
  private var classNumbers: [SourceClassCode: Int32] = [:]
  private var assetNumbers: [String: Int32] = [:]

  /// Checks and numbers a ledger.
  /// - Throws: the first problem, in the order classes, accounts, steps as listed.
  init(_ ledger: Ledger) throws(TracingError) {
    try ledger.validateParts()
    self.ledger = ledger
    for (index, account) in ledger.accounts.enumerated() {
      accountIndexes[account.name] = index
      let currency = currencies.firstIndex(of: account.currency) ?? currencies.count
      if currency == currencies.count { currencies.append(account.currency) }
      currencyOfAccount.append(currency)
    }
    for (index, each) in ledger.classes.enumerated() { classNumbers[each.code] = Int32(index) }
    places = PlaceNumbers(accounts: ledger.accounts.count, currencies: currencies.count)
    try numberSteps()
    putInOrder()
    linkReversals()
  }

  func step(at position: Int32) -> LedgerStep { ledger.steps[Int(steps[Int(position)].index)] }

  /// The position in the bank's order of the step with that sequence.
  /// - Complexity: O(log *s*).
  func position(ofSequence sequence: Int) -> Int32? {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      let position = bySequence.map { $0[middle] } ?? Int32(middle)
      let found = step(at: position).sequence
      if found == sequence { return position }
      if found < sequence { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  func classNumber(of code: SourceClassCode) -> Int32? { classNumbers[code] }

  // MARK: Numbering

  private mutating func numberSteps() throws(TracingError) {
    steps.reserveCapacity(ledger.steps.count)
    var sequences = SequenceCheck()
    for (index, step) in ledger.steps.enumerated() {
      guard sequences.accepts(step.sequence, after: ledger.steps[..<index]) else {
        throw step.refused(.duplicate("sequence \(step.sequence)"), remedy: "number anew")
      }
      try step.validateAmounts()
      steps.append(NumberedStep(movement: try number(step), index: Int32(index)))
    }
  }

  private mutating func number(_ step: LedgerStep) throws(TracingError) -> NumberedMovement {
    switch step.movement {
    case .credit(let to, let amount, let code, let restores):
      return .credit(
        to: try account(to, step), amount: amount, sourceClass: try sourceClass(code, step),
        restores: restores)
    case .debit(let from, let to, let amount, let isCoordinated):
      let account = try account(from, step)
      var isForAsset = false
      if case .asset = to { isForAsset = true }
      return .debit(
        from: account, place: try place(of: to, paidFrom: Int(account), step), amount: amount,
        isForAsset: isForAsset, isCoordinated: isCoordinated)
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      let numbers = (try account(from, step), try account(to, step))
      var code: Int32?
      if let obtainedAs { code = try sourceClass(obtainedAs, step) }
      try step.validateTransfer()
      return .transfer(
        from: numbers.0, to: numbers.1, amount: amount, credited: credited, obtainedAs: code)
    case .departure(let from, let transit, let amount):
      return .departure(
        from: try account(from, step), place: places.number(of: .transit(transit)), amount: amount)
    case .arrival(let transit, let to, let amount, let obtainedAs):
      let account = try account(to, step)
      var code: Int32?
      if let obtainedAs { code = try sourceClass(obtainedAs, step) }
      return .arrival(
        place: places.number(of: .transit(transit)), to: account, amount: amount, obtainedAs: code)
    case .interest(let to, let amount):
      return .interest(to: try account(to, step), amount: amount)
    case .fee(let from, let amount):
      let account = try account(from, step)
      return .debit(
        from: account, place: places.dissipated(Int(account)), amount: amount, isForAsset: false,
        isCoordinated: false)
    case .reversal(_, let amount): return .reversal(of: nil, amount: amount)
    case .sale(let name, let to, let amount, let fraction):
      let account = try account(to, step)
      return .sale(asset: asset(name), to: account, price: amount, fraction: fraction)
    case .gap(let name, let balance, let code):
      let account = try account(name, step)
      _ = places.number(
        of: .untraced(account: Int(account), currency: currencyOfAccount[Int(account)]))
      return .gap(account: account, balance: balance, sourceClass: try sourceClass(code, step))
    }
  }

  private func account(_ name: String, _ step: LedgerStep) throws(TracingError) -> Int32 {
    guard let index = accountIndexes[name] else {
      throw step.refused(.unknownAccount(name), remedy: "declare the account")
    }
    if let opensOn = ledger.accounts[index].opensOn, step.date < opensOn {
      throw step.refused(
        .entryBeforeOpening(opens: opensOn),
        remedy: "state the opening balance of an earlier day")
    }
    return Int32(index)
  }

  private func sourceClass(
    _ code: SourceClassCode, _ step: LedgerStep
  ) throws(TracingError) -> Int32 {
    guard let number = classNumbers[code] else {
      throw step.refused(.unknownClass(code.text), remedy: "declare the class")
    }
    return number
  }

  private mutating func place(
    of destination: Destination, paidFrom account: Int, _ step: LedgerStep
  ) throws(TracingError) -> Int32 {
    let currency = currencyOfAccount[account]
    switch destination {
    case .dissipated: return places.dissipated(account)
    case .outside(let name): return places.number(of: .outside(name, currency: currency))
    case .untraced(let name):
      return places.number(
        of: .untraced(account: Int(try self.account(name, step)), currency: currency))
    case .asset(let name):
      let place = places.number(of: .asset(name, currency: currency))
      let asset = Int(asset(name))
      if !placesOfAsset[asset].contains(place) { placesOfAsset[asset].append(place) }
      return place
    }
  }

  private mutating func asset(_ name: String) -> Int32 {
    if let known = assetNumbers[name] { return known }
    let number = Int32(assetNames.count)
    assetNumbers[name] = number
    assetNames.append(name)
    placesOfAsset.append([])
    return number
  }

  // MARK: Order

  private mutating func putInOrder() {
    struct Key: Comparable {
      let day: Int32
      let index: Int32
      let phase: Int
      let sequence: Int
      static func < (a: Key, b: Key) -> Bool {
        (a.day, a.phase, a.sequence) < (b.day, b.phase, b.sequence)
      }
    }
    func key(_ index: Int) -> Key {
      let step = ledger.steps[index]
      return Key(
        day: step.date.dayNumber, index: Int32(index), phase: step.phase, sequence: step.sequence)
    }
    let isInOrder = ledger.steps.indices.dropFirst().allSatisfy { key($0 - 1) < key($0) }
    if !isInOrder {
      let sorted = ledger.steps.indices.map(key).sorted { $0 < $1 }
      steps = sorted.map { steps[Int($0.index)] }
    }
    let risesBySequence = steps.indices.dropFirst().allSatisfy {
      step(at: Int32($0 - 1)).sequence < step(at: Int32($0)).sequence
    }
    guard !risesBySequence else { return }
    bySequence = steps.indices.map { Int32($0) }.sorted {
      step(at: $0).sequence < step(at: $1).sequence
    }
  }

  private mutating func linkReversals() {
    for position in steps.indices {
      guard case .reversal(_, let amount) = steps[position].movement,
        case .reversal(let sequence, _) = step(at: Int32(position)).movement,
        let original = self.position(ofSequence: sequence)
      else { continue }
      steps[position].movement = .reversal(of: original, amount: amount)
      steps[Int(original)].isReversed = true
    }
  }
}

/// Notices a sequence that occurs twice; while sequences rise it need not remember them.
private struct SequenceCheck {
  private var last: Int?
  private var seen: Set<Int>?

  mutating func accepts(_ sequence: Int, after earlier: ArraySlice<LedgerStep>) -> Bool {
    if seen == nil, last.map({ sequence <= $0 }) ?? false { seen = Set(earlier.map(\.sequence)) }
    last = sequence
    return seen?.insert(sequence).inserted ?? true
  }
}
