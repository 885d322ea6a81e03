// Assets and the other places outside accounts: putting money there and taking it back.

import CaseModel

extension TracingEngine {
  mutating func assetIndex(_ name: String) -> Int {
    if let known = assetIndexes[name] { return known }
    assetIndexes[name] = assetNames.count
    assetNames.append(name)
    return assetNames.count - 1
  }

  mutating func holdingIndex(_ key: HoldingKey, currency: Int) -> Int {
    if let known = holdingIndexes[key] { return known }
    holdingIndexes[key] = holdings.count
    holdings.append(
      Holding(
        key: key, currency: currency, totals: Array(repeating: 0, count: classes.count)))
    return holdings.count - 1
  }

  /// Lays pieces at a place outside accounts.
  mutating func hold(
    _ pieces: [Lot], at key: HoldingKey, currency: Int, from account: Int,
    to label: String
  ) {
    let index = holdingIndex(key, currency: currency)
    let from = provenance.label(accounts[account].name)
    let to = provenance.label(label)
    for piece in pieces where piece.amount > 0 {
      holdings[index].totals[Int(piece.sourceClass)] += piece.amount
      keep(piece, currency: currency)
      guard provenance.isRecording || key.isTransit else { continue }
      var lot = piece
      lot.node = provenance.record(
        .init(
          parent: piece.node, step: now, from: from, to: to, amount: piece.amount,
          currency: Int32(currency), sourceClass: piece.sourceClass))
      holdings[index].lots.append(lot)
    }
  }

  /// Takes a fraction out of a holding, every class by largest remainder; classes by first sight,
  /// inside a class the oldest lot first. The whole is rounded half up.
  mutating func emptied(_ index: Int, fraction: Fraction) -> [Lot] {
    let totals = holdings[index].totals
    let whole = totals.reduce(Int128(0)) { $0 + Int128($1) }
    let wanted = Rounding.halfUp.quotient(
      whole * Int128(fraction.numerator), by: Int128(fraction.denominator))
    guard wanted > 0, let units = Int64(exactly: wanted) else { return [] }
    var pieces: [Lot] = []
    for (sourceClass, part) in split(units, over: totals) {
      pieces += withdraw(part, of: sourceClass, from: index)
    }
    return pieces
  }

  /// Takes everything out of a transfer under way, in the order in which it left.
  mutating func landed(_ index: Int) -> [Lot] {
    let pieces = holdings[index].lots
    holdings[index].lots = []
    for piece in pieces {
      holdings[index].totals[Int(piece.sourceClass)] -= piece.amount
      release(piece, currency: holdings[index].currency)
    }
    return pieces
  }

  /// Takes up to `amount` of one class out of a holding, oldest lot first.
  mutating func withdraw(_ amount: Int64, of sourceClass: Int32, from index: Int) -> [Lot] {
    let available = min(amount, holdings[index].totals[Int(sourceClass)])
    guard available > 0 else { return [] }
    holdings[index].totals[Int(sourceClass)] -= available
    let whole = Lot(amount: available, sourceClass: sourceClass, node: -1)
    release(whole, currency: holdings[index].currency)
    guard provenance.isRecording else { return [whole] }
    var pieces: [Lot] = []
    var missing = available
    for place in holdings[index].lots.indices
    where missing > 0 && holdings[index].lots[place].sourceClass == sourceClass {
      var piece = holdings[index].lots[place]
      piece.amount = min(piece.amount, missing)
      missing -= piece.amount
      holdings[index].lots[place].amount -= piece.amount
      pieces.append(piece)
    }
    holdings[index].lots.removeAll { $0.amount == 0 }
    precondition(missing == 0, "a place held less than its total")
    return pieces
  }

  /// Takes up to `amount` of `BORROWED` out of an asset; it leaves the ledger with the debt.
  mutating func withdrawBorrowed(
    _ amount: Int64, fromAsset name: String, currency: Int
  ) -> Int64 {
    guard let index = holdingIndexes[.asset(name, currency: currency)] else { return 0 }
    var taken: Int64 = 0
    for sourceClass in [classes.borrowed, classes.twin[Int(classes.borrowed)]]
    where taken < amount {
      let pieces = withdraw(amount - taken, of: sourceClass, from: index)
      leave(pieces, currency: currency)
      for piece in pieces { taken += piece.amount }
      if sourceClass == classes.twin[Int(sourceClass)] { break }
    }
    return taken
  }

  /// `replenish_intent`: the credit stands in for what the account lost of tainted money, so the
  /// lost class returns to the account and the credit's own class takes its place in what was spent.
  mutating func exchangeWithLoss(_ amount: Int64, of sourceClass: Int32, on account: Int) -> [Lot] {
    var pieces: [Lot] = []
    var missing = amount
    if let index = holdingIndexes[.dissipated(account: account)] {
      for lost in classes.splitOrder where missing > 0 && classes.isTainted[Int(lost)] {
        let returned = withdraw(missing, of: lost, from: index)
        for piece in returned {
          missing -= piece.amount
          pieces.append(piece)
        }
      }
      let exchanged = amount - missing
      if exchanged > 0 {
        hold(
          [Lot(amount: exchanged, sourceClass: sourceClass, node: -1)],
          at: .dissipated(account: account), currency: accounts[account].currency, from: account,
          to: "spent, in place of what was restored")
      }
    }
    if missing > 0 { pieces.append(Lot(amount: missing, sourceClass: sourceClass, node: -1)) }
    return pieces
  }
}
