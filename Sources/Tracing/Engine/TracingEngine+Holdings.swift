// Assets and the other places outside accounts: putting money there and taking it back.

import CaseModel

extension TracingEngine {
  /// Where a place stands among those that held money; it is added at first use.
  mutating func holdingIndex(of place: Int32, currency: Int) -> Int {
    let known = holdingOfPlace[Int(place)]
    if known >= 0 { return Int(known) }
    holdingOfPlace[Int(place)] = Int32(holdings.count)
    holdings.append(
      Holding(
        key: numbered.places.keys[Int(place)], currency: currency,
        money: ClassedLots(keepsLots: provenance.isRecording)))
    return holdings.count - 1
  }

  /// Where a place stands, if it ever held money.
  func knownHolding(of place: Int32) -> Int? {
    let known = Int(holdingOfPlace[Int(place)])
    return known >= 0 ? known : nil
  }

  /// Lays pieces at a place outside accounts.
  mutating func hold(_ pieces: inout [Lot], at place: Int32, from account: Int, label to: Int32) {
    let currency = accounts[account].currency
    let index = holdingIndex(of: place, currency: currency)
    record(&pieces, from: label(ofAccount: account), to: to, currency: currency)
    keep(pieces, currency: currency)
    holdings[index].lay(pieces, ranks: classes.ranks)
  }

  /// Takes a fraction out of a holding, every class by largest remainder; classes by first sight,
  /// inside a class the oldest lot first. The whole is rounded half up.
  mutating func emptied(_ index: Int, fraction: Fraction) -> [Lot] {
    let totals = holdings[index].totals
    let wanted = Rounding.halfUp.quotient(
      totals.sum * Int128(fraction.numerator), by: Int128(fraction.denominator))
    guard wanted > 0, let units = Int64(exactly: wanted) else { return [] }
    var pieces: [Lot] = []
    for part in split(units, over: totals) {
      withdraw(part.units, of: part.sourceClass, from: index, into: &pieces)
    }
    return pieces
  }

  /// Takes everything out of a transfer under way, in the order in which it left.
  mutating func landed(_ index: Int) -> [Lot] {
    let pieces = holdings[index].underWay
    holdings[index].underWay = []
    holdings[index].money = ClassedLots(keepsLots: provenance.isRecording)
    release(pieces[...], currency: holdings[index].currency)
    return pieces
  }

  /// Takes up to `amount` of one class out of a holding, oldest lot first; returns how many units.
  @discardableResult
  mutating func withdraw(
    _ amount: Int64, of sourceClass: Int32, from index: Int, into pieces: inout [Lot]
  ) -> Int64 {
    let start = pieces.count
    let units = holdings[index].money.take(
      amount, of: sourceClass, rank: classes.ranks[Int(sourceClass)], into: &pieces)
    release(pieces[start...], currency: holdings[index].currency)
    return units
  }

  /// Takes up to `amount` of `BORROWED` out of an asset; it leaves the ledger with the debt.
  mutating func withdrawBorrowed(_ amount: Int64, fromAsset place: Int32) -> Int64 {
    guard let index = knownHolding(of: place) else { return 0 }
    var pieces: [Lot] = []
    let taken = withdraw(amount, of: classes.borrowed, from: index, into: &pieces)
    leave(pieces, currency: holdings[index].currency)
    return taken
  }

  /// `replenish_intent`: the credit stands in for what the account lost of tainted money, so the
  /// lost class returns to the account and the credit's own class takes its place in what was spent.
  mutating func exchangeWithLoss(_ amount: Int64, of sourceClass: Int32, on account: Int) -> [Lot] {
    var pieces: [Lot] = []
    var missing = amount
    let spent = numbered.places.dissipated(account)
    if let index = knownHolding(of: spent) {
      for lost in holdings[index].totals.shares
      where missing > 0 && classes.isTainted[Int(lost.sourceClass)] {
        missing -= withdraw(missing, of: lost.sourceClass, from: index, into: &pieces)
      }
      let exchanged = amount - missing
      if exchanged > 0 {
        var exchange = [Lot(amount: exchanged, sourceClass: sourceClass, node: -1)]
        hold(
          &exchange, at: spent, from: account, label: label("spent, in place of what was restored"))
      }
    }
    if missing > 0 { pieces.append(Lot(amount: missing, sourceClass: sourceClass, node: -1)) }
    return pieces
  }
}
