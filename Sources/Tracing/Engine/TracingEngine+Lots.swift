// Taking and placing lots: the arithmetic under every step.

import CaseModel

extension TracingEngine {
  func overflow() -> TracingError {
    TracingError(.overflow, at: place, remedy: "check the amounts; no account can hold that much")
  }

  /// Takes `amount` from an account by the method. What the lots do not cover becomes debt, and
  /// reaches the destination as `BORROWED`, last.
  mutating func draw(
    _ amount: Int64, from account: Int, towardsAsset: Bool = false, coordinatedAsset: Int32 = -1,
    into pieces: inout [Lot]
  ) throws(TracingError) {
    try book(-amount, on: account)
    let start = pieces.count
    let covered = min(amount, accounts[account].held)
    if covered > 0 {
      let consumption = towardsAsset ? consumptionForAssets : consumptionOtherwise
      takeLots(covered, from: account, by: consumption, into: &pieces)
      putBorrowedLast(in: &pieces, from: start)
    }
    let short = amount - covered
    if short > 0 {
      guard ledger.accounts[account].mayOwe else {
        throw TracingError(
          .malformed("\(accounts[account].name) pays out more than it holds"), at: place,
          remedy: "order the payment after what filled it")
      }
      let (owed, tooMuch) = accounts[account].owed.addingReportingOverflow(short)
      guard !tooMuch else { throw overflow() }
      accounts[account].owed = owed
      accounts[account].debts.append(Debt(amount: short, coordinatedAsset: coordinatedAsset))
      try enter(short, of: classes.borrowed, currency: accounts[account].currency)
      pieces.append(Lot(amount: short, sourceClass: classes.borrowed, node: -1))
    }
    noteBalance(of: account)
    clearPoison(of: account)
  }

  private func putBorrowedLast(in pieces: inout [Lot], from start: Int) {
    let drawn = pieces[start...]
    guard let first = drawn.firstIndex(where: { classes.isBorrowed($0.sourceClass) }),
      !drawn[first...].allSatisfy({ classes.isBorrowed($0.sourceClass) })
    else { return }
    let ordered =
      drawn.filter { !classes.isBorrowed($0.sourceClass) }
      + drawn.filter { classes.isBorrowed($0.sourceClass) }
    pieces.replaceSubrange(start..., with: ordered)
  }

  /// Takes exactly `amount`, which the account holds, and keeps every total right.
  mutating func takeLots(
    _ amount: Int64, from account: Int, by consumption: Consumption, into pieces: inout [Lot]
  ) {
    let start = pieces.count
    if arrangement == .byClass {
      // In proportion; or, where a gap takes everything, class by class by first sight: the same.
      let parts =
        consumption == .proportional
        ? split(amount, over: accounts[account].totals)
        : accounts[account].totals.first(amount)
      accounts[account].take(parts, into: &pieces)
    } else {
      accounts[account].take(amount, by: consumption, ranks: classes.ranks, into: &pieces)
    }
    release(pieces[start...], currency: accounts[account].currency)
  }

  /// Puts pieces on an account: debts are repaid first, oldest first, the rest joins the lots.
  mutating func deposit(
    _ pieces: inout [Lot], into account: Int, from: Int32, contributes: Bool
  ) throws(TracingError) {
    if poisons { poison(&pieces, on: account) }
    let currency = accounts[account].currency
    record(&pieces, from: from, to: label(ofAccount: account), currency: currency)
    for piece in pieces where piece.amount > 0 {
      var lot = piece
      let rank = classes.ranks[Int(lot.sourceClass)]
      if contributes { try contribute(lot, rank: rank, to: account) }
      if accounts[account].owed > 0 {
        repay(with: &lot, on: account)
        guard lot.amount > 0 else { continue }
      }
      guard lot.amount <= .max - accounts[account].held else { throw overflow() }
      keep(lot, currency: currency)
      accounts[account].put(lot, rank: rank, isTainted: classes.isTainted[Int(lot.sourceClass)])
    }
    noteBalance(of: account)
    clearPoison(of: account)
  }

  private mutating func contribute(
    _ lot: Lot, rank: Int32, to account: Int
  ) throws(TracingError) {
    guard accounts[account].contributed.addIfItFits(lot, rank: rank) else { throw overflow() }
    if provenance.isRecording, method.sharesClosingByContribution {
      accounts[account].contributionNodes.append(lot.node, of: lot.sourceClass)
    }
  }

  /// Writes the movement of each piece to the path and lets the piece remember it.
  mutating func record(_ pieces: inout [Lot], from: Int32, to: Int32, currency: Int) {
    guard provenance.isRecording else { return }
    for index in pieces.indices where pieces[index].amount > 0 {
      pieces[index].node = provenance.record(
        .init(
          parent: pieces[index].node, step: now, from: from, to: to,
          amount: pieces[index].amount, currency: Int32(currency),
          sourceClass: pieces[index].sourceClass))
    }
  }

  /// Repays debt with a lot, oldest debt first; the lot keeps what is left. Repayment of a debt that
  /// bought an asset on an evidenced plan goes into the asset in place of `BORROWED`; one debt does
  /// not replace another.
  private mutating func repay(with lot: inout Lot, on account: Int) {
    while lot.amount > 0, accounts[account].owed > 0 {
      let debt = accounts[account].debts[accounts[account].firstDebt]
      var paid = lot
      paid.amount = min(lot.amount, debt.amount)
      lot.amount -= paid.amount
      accounts[account].reduceFirstDebt(by: paid.amount)
      if policy.backwardTracing, debt.coordinatedAsset >= 0, lot.sourceClass != classes.borrowed {
        let replaced = withdrawBorrowed(paid.amount, fromAsset: debt.coordinatedAsset)
        if replaced > 0 {
          var piece = [paid]
          piece[0].amount = replaced
          paid.amount -= replaced
          let asset = provenance.isRecording ? assetLabel(debt.coordinatedAsset) : ""
          let words = label("\(asset), by repaying the debt that bought it")
          hold(&piece, at: debt.coordinatedAsset, from: account, label: words)
        }
      }
      if paid.amount > 0 {
        let place = numbered.places.discharged(account)
        var piece = [paid]
        hold(&piece, at: place, from: account, label: label(ofPlace: place))
      }
    }
  }

  private func assetLabel(_ place: Int32) -> String {
    guard case .asset(let name, _) = numbered.places.keys[Int(place)] else { return "asset" }
    return "asset \(name)"
  }

  // MARK: Booked balances

  /// Adds to the balance counted from booked amounts alone.
  mutating func book(_ amount: Int64, on account: Int) throws(TracingError) {
    guard accounts[account].book(amount) else { throw overflow() }
  }

  mutating func noteBalance(of account: Int) {
    if current >= 0 { accounts[account].noteLowest() }
  }
}
