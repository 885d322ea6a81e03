// The slow tracer: written from the specification's words, with nothing but lists.

/// Part of a balance: one class, and whether it counts as tainted.
///
/// The colour is kept beside the class because `poison` taints clean money of a poisoned account.
struct Piece: Equatable {
  var sourceClass: String
  var isTainted: Bool
  var amount: Units
}

/// Runs a ledger step by step. Quadratic where it is simpler so.
struct Checker {
  static let borrowed = "BORROWED"
  static let unknownInterest = "interest, origin unknown"
  static let unknownRefund = "refund, unknown"

  struct Debt {
    var amount: Units
    /// The asset it paid for, when repayment is to be followed into it.
    var asset: String?
  }
  struct Account {
    var currency: String
    var lots: [Piece] = []
    var debts: [Debt] = []
    var isPoisoned = false
    var lowest: Units?
    var contributed: [Piece] = []

    var held: Units { lots.reduce(0) { $0 + $1.amount } }
    var owed: Units { debts.reduce(0) { $0 + $1.amount } }
    var balance: Units { held - owed }
  }
  /// Money that is not on an account: an asset, what was spent, a repaid debt.
  struct Holding {
    var place: String
    var currency: String
    var pieces: [Piece]
  }
  /// What a step moved that was not yet taken back, and between which places.
  struct Taken {
    enum Target {
      case place(String)
      case account(String)
    }
    /// The account it left; nil for a receipt.
    var from: String?
    var target: Target
    var pieces: [Piece]
  }

  let ledger: CheckLedger
  var accounts: [String: Account] = [:]
  var holdings: [Holding] = []
  /// Classes in the order in which their first opening lot or credit was processed.
  var seen: [String] = []
  var taken: [Int: Taken] = [:]
  /// What each step moved, by sequence: its legs, each in one currency.
  var moved: [Int: [(currency: String, pieces: [Piece])]] = [:]
  /// The accounts each step was booked on.
  var booked: [Int: [String]] = [:]
  var order: [Int: Int] = [:]

  /// Traces the whole ledger.
  /// - Throws: `Refusal` with the step that could not be taken.
  init(tracing ledger: CheckLedger) throws(Refusal) {
    self.ledger = ledger
    for step in ledger.steps { try checkForm(of: step) }
    try checkSizes()
    let voided = try voidedSteps()
    for account in ledger.accounts { try open(account) }
    for (index, step) in ledger.orderedSteps.enumerated() {
      order[step.sequence] = index
      guard !voided.contains(step.sequence) else { continue }
      do {
        try take(step)
      } catch {
        throw error.within(step.place)
      }
    }
  }

  private mutating func open(_ account: CheckLedger.Account) throws(Refusal) {
    guard accounts[account.name] == nil else {
      throw Refusal(
        .malformed("the account occurs twice"), at: "account \(account.name)",
        remedy: "state each account once")
    }
    accounts[account.name] = Account(currency: account.currency)
    if account.openingDebt > 0 {
      try change(account.name) { $0.debts = [Debt(amount: account.openingDebt, asset: nil)] }
    }
    for lot in account.opening {
      sight(lot.sourceClass)
      try put(
        [
          Piece(
            sourceClass: lot.sourceClass, isTainted: isTainted(lot.sourceClass), amount: lot.amount)
        ],
        into: account.name, contributes: true)
      try settle(account.name)
    }
    try change(account.name) { $0.lowest = nil }
  }

  // MARK: Classes

  func isTainted(_ sourceClass: String) -> Bool { ledger.tainted[sourceClass] ?? false }

  mutating func sight(_ sourceClass: String) {
    if sourceClass != Checker.borrowed, !seen.contains(sourceClass) { seen.append(sourceClass) }
  }

  /// Pieces of one class and colour joined, in order of first sight, `BORROWED` last; of one class
  /// the clean ones before those that `poison` marked.
  func byClass(_ pieces: [Piece]) -> [Piece] {
    var result: [Piece] = []
    for sourceClass in seen + [Checker.borrowed] {
      for colour in [false, true] {
        let amount = pieces.filter { $0.sourceClass == sourceClass && $0.isTainted == colour }
          .reduce(Units(0)) { $0 + $1.amount }
        if amount > 0 {
          result.append(Piece(sourceClass: sourceClass, isTainted: colour, amount: amount))
        }
      }
    }
    return result
  }

  /// The same composition at another total: shared over classes, then inside each class.
  func scaled(_ pieces: [Piece], to total: Units) throws(Refusal) -> [Piece] {
    guard total == 0 || pieces.contains(where: { $0.amount > 0 }) else {
      throw Refusal(
        .malformed("nothing left and something arrived"), at: "amount",
        remedy: "check the two amounts")
    }
    let whole = byClass(pieces)
    let parts = try share(total, over: whole.map(\.amount))
    var result = pieces
    for (group, part) in zip(whole, parts) {
      let indices = pieces.indices.filter {
        pieces[$0].sourceClass == group.sourceClass && pieces[$0].isTainted == group.isTainted
      }
      // The boundaries between the lots are scaled and rounded down: how the money of one class is cut
      // into lots then changes nothing.
      var below: Units = 0
      for index in indices {
        let upTo = below + pieces[index].amount
        let product = upTo.multipliedReportingOverflow(by: part)
        guard !product.overflow else {
          throw Refusal(.overflow, at: "amount", remedy: "use amounts within 64 bits")
        }
        result[index].amount = product.partialValue / group.amount - below * part / group.amount
        below = upTo
      }
    }
    return result.filter { $0.amount > 0 }
  }

  // MARK: Accounts and holdings

  func account(_ name: String) throws(Refusal) -> Account {
    guard let account = accounts[name] else {
      throw Refusal(
        .unknown(kind: "account", name: name), at: "ledger", remedy: "declare the account")
    }
    return account
  }

  mutating func change(_ name: String, _ body: (inout Account) -> Void) throws(Refusal) {
    var account = try account(name)
    body(&account)
    _ = try account.held.within64Bits(at: "account \(name)")
    _ = try account.owed.within64Bits(at: "account \(name)")
    accounts[name] = account
  }

  /// Adds to a place outside the accounts.
  mutating func add(_ pieces: [Piece], to place: String, currency: String) throws(Refusal) {
    guard !pieces.isEmpty else { return }
    let index = holdings.firstIndex { $0.place == place && $0.currency == currency }
    var holding =
      index.map { holdings[$0] } ?? Holding(place: place, currency: currency, pieces: [])
    holding.pieces += pieces
    if let index { holdings[index] = holding } else { holdings.append(holding) }
  }

  /// Takes up to an amount of one class and colour away from a place, oldest piece first; returns
  /// what was there.
  mutating func remove(
    _ wanted: Piece, from place: String, currency: String
  ) -> [Piece] {
    guard let index = holdings.firstIndex(where: { $0.place == place && $0.currency == currency })
    else { return [] }
    var left = wanted.amount
    var removed: [Piece] = []
    for number in holdings[index].pieces.indices
    where holdings[index].pieces[number].sourceClass == wanted.sourceClass
      && holdings[index].pieces[number].isTainted == wanted.isTainted
    {
      let part = min(left, holdings[index].pieces[number].amount)
      guard part > 0 else { continue }
      var piece = holdings[index].pieces[number]
      piece.amount = part
      removed.append(piece)
      holdings[index].pieces[number].amount -= part
      left -= part
    }
    holdings[index].pieces.removeAll { $0.amount == 0 }
    return removed
  }
}
