// Taking, splitting and placing lots: the arithmetic under every step.

import CaseModel

extension TracingEngine {
  func overflow() -> TracingError {
    TracingError(.overflow, at: place, remedy: "check the amounts; no account can hold that much")
  }

  /// Takes `amount` from an account by the method. What the lots do not cover becomes debt, and
  /// reaches the destination as `BORROWED`, last.
  mutating func draw(
    _ amount: Int64, from account: Int, towardsAsset: Bool, coordinatedAsset: Int
  ) throws(TracingError) -> [Lot] {
    try book(-amount, on: account)
    let covered = min(amount, accounts[account].held)
    var pieces: [Lot] = []
    if covered > 0 {
      let consumption = towardsAsset ? consumptionForAssets : consumptionOtherwise
      pieces = takeLots(covered, from: account, by: consumption)
      if pieces.contains(where: { classes.isBorrowed($0.sourceClass) }) {
        pieces =
          pieces.filter { !classes.isBorrowed($0.sourceClass) }
          + pieces.filter { classes.isBorrowed($0.sourceClass) }
      }
    }
    let short = amount - covered
    if short > 0 {
      let (owed, tooMuch) = accounts[account].owed.addingReportingOverflow(short)
      guard !tooMuch else { throw overflow() }
      accounts[account].owed = owed
      accounts[account].debts.append(Debt(amount: short, coordinatedAsset: coordinatedAsset))
      try enter(short, of: classes.borrowed, currency: accounts[account].currency)
      pieces.append(Lot(amount: short, sourceClass: classes.borrowed, node: -1))
    }
    noteBalance(of: account)
    clearPoison(of: account)
    return pieces
  }

  /// Takes exactly `amount`, which the account holds, and keeps every total right.
  mutating func takeLots(_ amount: Int64, from account: Int, by consumption: Consumption) -> [Lot] {
    var pieces: [Lot] = []
    var taken: Int64 = 0
    switch (consumption, method.arrangement) {
    case (.newestFirst, .oneQueue):
      taken = accounts[account].lanes[0].takeNewest(amount, into: &pieces)
    case (.oldestFirst, .oneQueue):
      taken = accounts[account].lanes[0].takeOldest(amount, into: &pieces)
    case (.proportional, .byClass):
      for (sourceClass, part) in split(amount, over: accounts[account].totals) {
        taken += accounts[account].lanes[Int(sourceClass)].takeOldest(part, into: &pieces)
      }
    default:
      // Lane by lane: clean before tainted, the other way round, or classes by first sight.
      let lanes: [Int] =
        switch method.arrangement {
        case .oneQueue: [0]
        case .byTaint: consumption == .taintedFirst ? [1, 0] : [0, 1]
        case .byClass: classes.splitOrder.map { Int($0) }
        }
      for lane in lanes where taken < amount {
        taken += accounts[account].lanes[lane].takeOldest(amount - taken, into: &pieces)
      }
    }
    precondition(taken == amount, "an account held less than its total")
    for piece in pieces {
      accounts[account].totals[Int(piece.sourceClass)] -= piece.amount
      release(piece, currency: accounts[account].currency)
    }
    accounts[account].held -= amount
    return pieces
  }

  /// Splits whole units over classes by largest remainder, ties to the class seen first
  /// (tracing-examples/1, rounding). Parts of zero are left out.
  func split(_ amount: Int64, over totals: [Int64]) -> [(sourceClass: Int32, part: Int64)] {
    let present = classes.splitOrder.filter { totals[Int($0)] > 0 }
    let parts = Split.largestRemainder(amount, over: present.map { totals[Int($0)] })
    var result: [(Int32, Int64)] = []
    result.reserveCapacity(parts.count)
    for (sourceClass, part) in zip(present, parts) where part > 0 {
      result.append((sourceClass, part))
    }
    return result
  }

  /// Scales pieces to a new whole: first over classes, then inside a class over its pieces.
  /// The pieces keep their order.
  func rescaled(_ pieces: [Lot], to amount: Int64) throws(TracingError) -> [Lot] {
    var totals = Array(repeating: Int64(0), count: classes.count)
    for piece in pieces { totals[Int(piece.sourceClass)] += piece.amount }
    guard pieces.contains(where: { $0.amount > 0 }) else {
      guard amount == 0 else {
        throw TracingError(
          .malformed("nothing left and something arrived"), at: place,
          remedy: "check the two amounts of the transfer")
      }
      return []
    }
    var result = pieces
    for index in result.indices { result[index].amount = 0 }
    for (sourceClass, part) in split(amount, over: totals) {
      let members = pieces.indices.filter { pieces[$0].sourceClass == sourceClass }
      let parts = shares(of: part, among: members.map { pieces[$0] })
      for (member, share) in zip(members, parts) { result[member].amount = share.amount }
    }
    return result.filter { $0.amount > 0 }
  }

  /// Shares of `amount` among lots of one class, as many as there are lots.
  ///
  /// The boundaries between the lots are scaled, rounded down: so no figure depends on whether money of
  /// one class lies there as one lot or as several.
  func shares(of amount: Int64, among lots: [Lot]) -> [Lot] {
    let whole = lots.reduce(Int128(0)) { $0 + Int128($1.amount) }
    guard whole > 0 else { return lots }
    var result = lots
    var (before, boundary) = (Int128(0), Int128(0))
    for index in lots.indices {
      boundary += Int128(lots[index].amount)
      let share = Rounding.down.quotient(boundary * Int128(amount), by: whole)
      result[index].amount = Int64(share - before)
      before = share
    }
    return result
  }

  /// Turns the clean pieces of a receipt into `code`; what is tainted keeps its class, so that no
  /// value is tainted twice.
  mutating func reclassed(
    _ pieces: [Lot], as code: SourceClassCode, currency: Int
  ) throws(TracingError) -> [Lot] {
    let sourceClass = try classIndex(code)
    classes.see(sourceClass)
    var result = pieces
    for (index, piece) in pieces.enumerated() where !classes.isTainted[Int(piece.sourceClass)] {
      leave([piece], currency: currency)
      result[index].sourceClass = sourceClass
      try enter(piece.amount, of: sourceClass, currency: currency)
    }
    return result
  }

  /// Puts pieces on an account: debts are repaid first, oldest first, the rest joins the queues.
  mutating func deposit(
    _ incoming: [Lot], into account: Int, from: Int32, contributes: Bool
  ) throws(TracingError) {
    var pieces = incoming
    if method.poisons { pieces = poisoned(pieces, on: account) }
    let to = provenance.label(accounts[account].name)
    let currency = accounts[account].currency
    for piece in pieces where piece.amount > 0 {
      let index = Int(piece.sourceClass)
      var lot = piece
      lot.node = provenance.record(
        .init(
          parent: piece.node, step: now, from: from, to: to, amount: piece.amount,
          currency: Int32(currency)))
      accounts[account].latestNode[index] = lot.node
      if contributes {
        let (sum, tooMuch) = accounts[account].contributed[index].addingReportingOverflow(
          piece.amount)
        guard !tooMuch else { throw overflow() }
        accounts[account].contributed[index] = sum
        if provenance.isRecording { accounts[account].contributionNodes[index].append(lot.node) }
      }
      repay(with: &lot, on: account)
      guard lot.amount > 0 else { continue }
      let (held, tooMuch) = accounts[account].held.addingReportingOverflow(lot.amount)
      guard !tooMuch else { throw overflow() }
      accounts[account].held = held
      accounts[account].totals[index] += lot.amount
      keep(lot, currency: currency)
      let lane =
        switch method.arrangement {
        case .oneQueue: 0
        case .byTaint: classes.isTainted[index] ? 1 : 0
        case .byClass: index
        }
      accounts[account].lanes[lane].append(lot)
    }
    noteBalance(of: account)
    clearPoison(of: account)
  }

  /// Repays debt with a lot, oldest debt first; the lot keeps what is left. Repayment of a debt that
  /// bought an asset on an evidenced plan goes into the asset in place of `BORROWED`; one debt does
  /// not replace another.
  private mutating func repay(with lot: inout Lot, on account: Int) {
    while lot.amount > 0, accounts[account].owed > 0 {
      let first = accounts[account].firstDebt
      let debt = accounts[account].debts[first]
      var paid = lot
      paid.amount = min(lot.amount, debt.amount)
      lot.amount -= paid.amount
      accounts[account].owed -= paid.amount
      accounts[account].debts[first].amount -= paid.amount
      if accounts[account].debts[first].amount == 0 {
        accounts[account].firstDebt += 1
        if accounts[account].firstDebt == accounts[account].debts.count {
          accounts[account].debts.removeAll()
          accounts[account].firstDebt = 0
        }
      }
      let currency = accounts[account].currency
      if policy.backwardTracing, debt.coordinatedAsset >= 0, lot.sourceClass != classes.borrowed {
        let name = assetNames[debt.coordinatedAsset]
        let replaced = withdrawBorrowed(paid.amount, fromAsset: name, currency: currency)
        if replaced > 0 {
          var piece = paid
          piece.amount = replaced
          paid.amount -= replaced
          hold(
            [piece], at: .asset(name, currency: currency), currency: currency, from: account,
            to: "asset \(name), by repaying the debt that bought it")
        }
      }
      if paid.amount > 0 {
        hold(
          [paid], at: .discharged(account: account), currency: currency, from: account,
          to: "repaid debt of \(accounts[account].name)")
      }
    }
  }

  // MARK: Booked balances

  /// Adds to the balance counted from booked amounts alone.
  mutating func book(_ amount: Int64, on account: Int) throws(TracingError) {
    let (sum, tooMuch) = accounts[account].booked.addingReportingOverflow(amount)
    guard !tooMuch else { throw overflow() }
    accounts[account].booked = sum
  }

  mutating func noteBalance(of account: Int) {
    guard now >= 0 else { return }
    let balance = accounts[account].balance
    accounts[account].lowest = min(accounts[account].lowest ?? balance, balance)
  }
}
