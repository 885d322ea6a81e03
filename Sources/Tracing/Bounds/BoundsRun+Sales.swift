// What sales and reversals in part do to the limits.

import CaseModel

extension BoundsRun {
  mutating func sale(
    _ step: LedgerStep, _ asset: String, _ name: String, _ price: Int64, _ fraction: Fraction
  ) throws(TracingError) {
    let account = try engine.accountIndex(name)
    let filled = engine.holdings.first {
      guard case .asset(asset, _) = $0.key else { return false }
      return !$0.totals.isEmpty
    }
    let key = filled.map { placeKey($0.key) }
    let place = key.flatMap { places[$0] } ?? BoundedPlace()
    let whole = filled.map { Int64(clamping: $0.totals.sum) } ?? 0
    let lot = BoundedLot(amount: whole, low: place.low, high: min(place.high, whole))
    let isExact = place.isExact && lot.isPure && !openAssets.contains(asset)
    let door = open(account, isExact: isExact)
    try engine.take(step)
    sold.insert(asset)
    let cost = Rounding.halfUp.quotient(
      Int128(whole) * Int128(fraction.numerator), by: Int128(fraction.denominator))
    let rest = lot.share(in: whole - Int64(clamping: cost), classes: taintedClasses)
    if let key {
      places[key]?.low = rest.low
      places[key]?.high = min(rest.high, lot.high)
      if !isExact { places[key]?.isExact = false }
    }
    let paid =
      openAssets.contains(asset)
      ? BoundedLot.unknown(price) : lot.share(in: price, classes: taintedClasses)
    receive(BoundedPieces(lots: [paid], isExact: isExact, reasons: place.reasons), through: door)
  }

  mutating func reversal(
    _ step: LedgerStep, of sequence: Int, _ amount: Int64
  ) throws(TracingError) {
    guard amount > 0 else { return try engine.take(step) }
    guard var original = originals[sequence] else {
      return try takeBackReceipt(step, of: sequence, amount)
    }
    let whole = original.pieces
    let isSettled = isUndisturbed(original) && whole.isPure
    let isExact = isSettled && original.isExact && accounts[original.from].isExact
    var back = whole.share(in: amount, classes: taintedClasses)
    back.low = max(back.low, max(0, whole.low - (whole.amount - amount)))
    back.high = min(back.high, whole.high)
    if !isUndisturbed(original) { back = .unknown(amount) }
    if let pool = original.pool {
      loosen(pool)
      accounts[pool].isUnknown = true
      accounts[pool].reasons.formUnion(original.reasons)
    }
    let door = open(original.from, isExact: isExact)
    try engine.take(step)
    original.pieces = BoundedLot(
      amount: whole.amount - amount, low: max(0, whole.low - back.high),
      high: min(whole.high - back.low, whole.amount - amount))
    originals[sequence] = original
    if let place = original.place { places[place]?.remove(back, isExact: isExact) }
    receive(
      BoundedPieces(lots: [back], isExact: isExact, reasons: original.reasons), through: door)
  }

  /// Whether the place the money went to still holds it in the composition in which it came.
  private func isUndisturbed(_ original: Original) -> Bool {
    guard let place = original.place else { return false }
    switch place.place {
    case .asset(let name): return !sold.contains(name) && !policy.backwardTracing
    case .dissipated: return !engine.method.restoresOnIntent || !policy.replenishIntent
    default: return true
    }
  }

  private mutating func takeBackReceipt(
    _ step: LedgerStep, of sequence: Int, _ amount: Int64
  ) throws(TracingError) {
    guard let name = receivers[sequence] else { return try engine.take(step) }
    let account = try engine.accountIndex(name)
    let draw = begin(amount, from: account)
    try engine.take(step)
    let key = HoldingKey.outside(
      "returned to payer", currency: engine.accounts[account].currency)
    places[placeKey(key), default: BoundedPlace()].add(end(draw))
  }
}
