// What each kind of step does to the limits.

import CaseModel

extension BoundsRun {
  mutating func take(_ step: LedgerStep) throws(TracingError) {
    switch step.movement {
    case .credit(let to, let amount, let sourceClass, let restores):
      try credit(step, to, amount, sourceClass, restores: restores)
    case .debit(let from, let to, let amount, _):
      try debit(step, from, to: to, amount)
    case .fee(let from, let amount):
      try debit(step, from, to: .dissipated, amount)
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      try transfer(step, from, to, amount, credited ?? amount, obtainedAs)
    case .departure(let from, let transit, let amount):
      let draw = begin(amount, from: try engine.accountIndex(from))
      try engine.take(step)
      transits[transit] = end(draw)
    case .arrival(let transit, let to, let amount, let obtainedAs):
      try arrival(step, transit, to, amount, obtainedAs)
    case .interest(let to, let amount): try interest(step, to, amount)
    case .reversal(let original, let amount): try reversal(step, of: original, amount)
    case .sale(let asset, let to, let amount, let fraction):
      try sale(step, asset, to, amount, fraction)
    case .gap(let name, let balance, _): try gap(step, name, balance)
    }
  }

  private mutating func credit(
    _ step: LedgerStep, _ name: String, _ amount: Int64, _ code: SourceClassCode, restores: Bool
  ) throws(TracingError) {
    let account = try engine.accountIndex(name)
    let sourceClass = try engine.classIndex(code)
    let hidden = uncertain[sourceClass]
    let isTainted = engine.classes.isTainted[Int(sourceClass)]
    let exchanges =
      engine.method.restoresOnIntent && (restores || policy.replenishIntent) && !isTainted
    let spent = placeKey(.dissipated(account: account))
    let lost = lostMoney(of: account)
    let isExact = hidden == nil && (!exchanges || (accounts[account].isExact && lost.isExact))
    var lot =
      hidden != nil
      ? BoundedLot.unknown(amount)
      : isTainted
        ? BoundedLot(amount: amount, low: amount, high: amount)
        : BoundedLot.clean(amount, mayBeBorrowed: false)
    let door = open(account, isExact: isExact)
    let lostBefore = tainted(at: .dissipated(account: account))
    try engine.take(step)
    if exchanges {
      if isExact {
        let back = lostBefore - tainted(at: .dissipated(account: account))
        lot = BoundedLot(amount: amount, low: back, high: back)
        places[spent]?.remove(lot, isExact: true)
      } else {
        let most = min(amount, lost.high)
        // A receipt of unknown origin may be a transfer, which restores nothing.
        lot =
          hidden == nil
          ? BoundedLot(amount: amount, low: min(amount, lost.low), high: most) : .unknown(amount)
        places[spent]?.remove(
          BoundedLot(amount: amount, low: 0, high: most), isExact: false)
      }
    }
    receive(
      BoundedPieces(lots: [lot], isExact: isExact, reasons: hidden.map { [$0] } ?? lost.reasons),
      through: door)
  }

  /// What the account spent that may be restored; more than is on record where its records are missing, and
  /// where a payment may have been spent or have gone to an account whose records are.
  private func lostMoney(of account: Int) -> BoundedPlace {
    var lost = places[placeKey(.dissipated(account: account))] ?? BoundedPlace()
    let currency = engine.accounts[account].currency
    let unseen = places[placeKey(.untraced(account: account, currency: currency))]
    if missesRecords.contains(account) {
      (lost.high, lost.isExact) = (.max, false)
    } else if let unseen, unseen.high > 0 {
      (lost.high, lost.isExact) = (lost.high + unseen.high, false)
    }
    lost.reasons.formUnion(unseen?.reasons ?? [])
    return lost
  }

  private mutating func debit(
    _ step: LedgerStep, _ name: String, to destination: Destination, _ amount: Int64
  ) throws(TracingError) {
    let account = try engine.accountIndex(name)
    let currency = engine.accounts[account].currency
    let key: HoldingKey
    var towardsAsset = false
    switch destination {
    case .asset(let asset):
      key = .asset(asset, currency: currency)
      towardsAsset = true
    case .dissipated: key = .dissipated(account: account)
    case .outside(let other): key = .outside(other, currency: currency)
    case .untraced(let other):
      key = .untraced(account: try engine.accountIndex(other), currency: currency)
    }
    let draw = begin(amount, from: account, towardsAsset: towardsAsset)
    try engine.take(step)
    let pieces = end(draw)
    places[placeKey(key), default: BoundedPlace()].add(pieces)
    if engine.isReversed(sequence: step.sequence) {
      originals[step.sequence] = Original(
        pieces: pieces.sum, isExact: pieces.isExact, from: account, place: placeKey(key),
        reasons: pieces.reasons)
    }
  }

  private mutating func transfer(
    _ step: LedgerStep, _ name: String, _ other: String, _ amount: Int64, _ arrives: Int64,
    _ obtainedAs: SourceClassCode?
  ) throws(TracingError) {
    let (from, to) = (try engine.accountIndex(name), try engine.accountIndex(other))
    let isScaled =
      arrives != amount || engine.accounts[from].currency != engine.accounts[to].currency
    let wasMixed = isMixed(from)
    let draw = begin(amount, from: from)
    let isExact = draw.pieces == nil && !(isScaled && wasMixed)
    let door = open(to, isExact: isExact)
    try engine.take(step)
    let left = end(draw)
    if engine.isReversed(sequence: step.sequence) {
      originals[step.sequence] = Original(
        pieces: left.sum, isExact: false, from: from, place: nil, pool: to, reasons: left.reasons)
    }
    receive(
      arriving(left, arrives, isScaled: isScaled, obtainedAs, isExact: isExact), through: door)
  }

  private mutating func arrival(
    _ step: LedgerStep, _ transit: String, _ name: String, _ amount: Int64,
    _ obtainedAs: SourceClassCode?
  ) throws(TracingError) {
    let account = try engine.accountIndex(name)
    let left = transits.removeValue(forKey: transit) ?? BoundedPieces(lots: [], isExact: true)
    let sum = left.sum
    let isScaled =
      sum.amount != amount
      || engine.holdingIndexes[.transit(transit)].map {
        engine.holdings[$0].currency != engine.accounts[account].currency
      } ?? false
    let isExact = left.isExact && !(isScaled && !sum.isPure)
    let door = open(account, isExact: isExact)
    try engine.take(step)
    receive(
      arriving(left, amount, isScaled: isScaled, obtainedAs, isExact: isExact), through: door)
  }

  /// What arrives of pieces: at the executed rate, and as the class it was obtained as.
  private func arriving(
    _ left: BoundedPieces, _ amount: Int64, isScaled: Bool, _ obtainedAs: SourceClassCode?,
    isExact: Bool
  ) -> BoundedPieces {
    var pieces = left
    pieces.isExact = isExact
    if isScaled { pieces.lots = [left.sum.share(in: amount, classes: taintedClasses)] }
    if let obtainedAs, let code = engine.classes.index(of: obtainedAs),
      engine.classes.isTainted[Int(code)]
    {
      pieces.lots = [BoundedLot(amount: amount, low: amount, high: amount)]
    }
    return pieces
  }

  private mutating func interest(
    _ step: LedgerStep, _ name: String, _ amount: Int64
  ) throws(TracingError) {
    let account = try engine.accountIndex(name)
    let held = engine.accounts[account].held
    let isOpen =
      isMixed(account)
      && (consumesInQueue || isRoundingOpen(amount, over: engine.accounts[account].totals))
    let isExact = accounts[account].isExact && !isOpen
    let door = open(account, isExact: isExact)
    let state = accounts[account]
    try engine.take(step)
    var lot = BoundedLot.clean(amount, mayBeBorrowed: false)
    if isExact {
      let more = tainted(of: account) - door.taintedBefore
      lot = BoundedLot(amount: amount, low: more, high: more)
    } else if held > 0, !poisons {
      lot = BoundedLot(amount: held, low: state.low, high: state.high)
        .share(in: amount, classes: taintedClasses)
    }
    receive(BoundedPieces(lots: [lot], isExact: isExact, reasons: state.reasons), through: door)
  }

  private mutating func gap(
    _ step: LedgerStep, _ name: String, _ balance: Int64
  ) throws(TracingError) {
    let account = try engine.accountIndex(name)
    let isUnknown = accounts[account].isUnknown
    try engine.take(step)
    accounts[account] = BoundedAccount()
    accounts[account].isExact = false
    accounts[account].isUnknown = isUnknown
    accounts[account].mayBePoisoned = true
    accounts[account].reasons = [id(account)]
    if balance > 0 { accounts[account].append([.unknown(balance)]) }
  }
}
