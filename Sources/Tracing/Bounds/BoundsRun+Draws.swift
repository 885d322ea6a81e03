// Taking money out of an account of which only limits are known, and putting it there.

import CaseModel

extension BoundsRun {
  /// What is known before the engine takes money out of an account.
  struct Draw {
    let account: Int
    let amount: Int64
    let covered: Int64
    /// The pieces, when the account has limits; nil when the engine will say.
    let pieces: BoundedPieces?
    let taintedBefore: Int64
  }

  /// What is known before the engine puts money on an account.
  struct Door {
    let account: Int
    let held: Int64
    let debts: [Debt]
    let taintedBefore: Int64
    /// The places that repayment reaches, with what they hold that is tainted.
    let before: [(key: HoldingKey, tainted: Int64)]
  }

  // MARK: Out

  mutating func begin(_ amount: Int64, from account: Int, towardsAsset: Bool = false) -> Draw {
    let held = engine.accounts[account].held
    let covered = min(amount, held)
    if accounts[account].isExact {
      let consumption = engine.method.consumption(towardsAsset: towardsAsset)
      if case .proportional = consumption, covered < held,
        isRoundingOpen(covered, over: engine.accounts[account].totals)
      {
        loosen(account)
      }
    }
    var pieces: BoundedPieces?
    if accounts[account].isUnknown {
      pieces = BoundedPieces(lots: [.unknown(amount)], isExact: false)
    } else if !accounts[account].isExact {
      var lots = take(covered, of: held, from: account, towardsAsset: towardsAsset)
      if amount > covered { lots.append(.clean(amount - covered)) }
      pieces = BoundedPieces(lots: lots, isExact: false)
    }
    pieces?.reasons = accounts[account].reasons
    return Draw(
      account: account, amount: amount, covered: covered, pieces: pieces,
      taintedBefore: tainted(of: account))
  }

  /// The pieces, after the engine took them.
  mutating func end(_ draw: Draw) -> BoundedPieces {
    clearPoison(of: draw.account)
    if let pieces = draw.pieces { return pieces }
    let tainted = draw.taintedBefore - tainted(of: draw.account)
    var lots = [BoundedLot(amount: draw.covered, low: tainted, high: tainted)]
    if draw.amount > draw.covered { lots.append(.clean(draw.amount - draw.covered)) }
    return BoundedPieces(lots: lots, isExact: true)
  }

  private mutating func take(
    _ amount: Int64, of held: Int64, from account: Int, towardsAsset: Bool
  ) -> [BoundedLot] {
    guard amount > 0 else { return [] }
    if poisons {
      let state = accounts[account]
      return [
        BoundedLot(
          amount: amount, low: state.isPoisoned ? amount : 0, high: state.mayBePoisoned ? amount : 0
        )
      ]
    }
    let (low, high) = (accounts[account].low, accounts[account].high)
    let rest = held - amount
    let taken: BoundedLot
    switch engine.method.consumption(towardsAsset: towardsAsset) {
    case .oldestFirst: return accounts[account].takeOldest(amount)
    case .newestFirst: return accounts[account].takeNewest(amount)
    case .taintedFirst:
      taken = BoundedLot(amount: amount, low: min(low, amount), high: min(high, amount))
      accounts[account].low = max(0, low - amount)
      accounts[account].high = max(0, high - amount)
    case .cleanFirst:
      taken = BoundedLot(amount: amount, low: max(0, low - rest), high: max(0, high - rest))
      accounts[account].low = min(low, rest)
      accounts[account].high = min(high, rest)
    case .proportional:
      let whole = BoundedLot(amount: held, low: low, high: high)
      let share = whole.share(in: amount, classes: taintedClasses)
      let stays = whole.share(in: rest, classes: taintedClasses)
      taken = BoundedLot(
        amount: amount, low: max(share.low, max(0, low - rest)), high: min(share.high, high))
      accounts[account].low = max(stays.low, max(0, low - amount))
      accounts[account].high = min(stays.high, high)
    }
    return [taken]
  }

  // MARK: In

  /// - Parameter isExact: whether what will arrive is as the engine has it; if not, the account has limits
  ///   from now on.
  mutating func open(_ account: Int, isExact: Bool) -> Door {
    if !isExact { loosen(account) }
    let state = engine.accounts[account]
    var before: [(HoldingKey, Int64)] = []
    if state.owed > 0 {
      var keys: [HoldingKey] = [.discharged(account: account)]
      for debt in state.debts[state.firstDebt...] {
        guard let name = engine.assetName(boughtBy: debt) else { continue }
        let key = HoldingKey.asset(name, currency: state.currency)
        if !keys.contains(key) { keys.append(key) }
      }
      before = keys.map { ($0, tainted(at: $0)) }
    }
    return Door(
      account: account, held: state.held,
      debts: state.owed > 0 ? Array(state.debts[state.firstDebt...]) : [],
      taintedBefore: tainted(of: account), before: before)
  }

  /// Puts pieces on the account behind a door, after the engine did: debts first, oldest first.
  mutating func receive(_ pieces: BoundedPieces, through door: Door) {
    let account = door.account
    if accounts[account].isExact {
      for (key, tainted) in door.before {
        let more = self.tainted(at: key) - tainted
        places[placeKey(key), default: BoundedPlace()].low += more
        places[placeKey(key), default: BoundedPlace()].high += more
      }
      return
    }
    if !pieces.isExact { accounts[account].reasons.formUnion(pieces.reasons) }
    guard !accounts[account].isUnknown else { return repayUnknown(pieces, through: door) }
    var lots = pieces.inSureOrder
    if poisons { lots = poisoned(lots, on: account) }
    for debt in door.debts where !lots.isEmpty {
      repay(debt, with: &lots, on: account)
    }
    if poisons { lots = [] }
    accounts[account].append(consumesInQueue ? lots : [BoundedLot.sum(lots)])
    clearPoison(of: account)
  }

  private mutating func repay(_ debt: Debt, with lots: inout [BoundedLot], on account: Int) {
    var left = debt.amount
    while left > 0, !lots.isEmpty {
      let units = min(left, lots[0].amount)
      let paid = lots[0].take(units)
      if lots[0].amount == 0 { lots.removeFirst() }
      left -= units
      var pieces = BoundedPieces(lots: [paid], isExact: false, reasons: accounts[account].reasons)
      let discharged = placeKey(.discharged(account: account))
      if policy.backwardTracing, let name = engine.assetName(boughtBy: debt) {
        let asset = placeKey(.asset(name, currency: engine.accounts[account].currency))
        guard sold.contains(name) else {
          places[asset, default: BoundedPlace()].add(pieces)
          continue
        }
        // Less of the borrowed money may be left in the asset than was repaid.
        pieces.lots[0].low = 0
        places[asset, default: BoundedPlace()].add(pieces)
      }
      places[discharged, default: BoundedPlace()].add(pieces)
    }
  }

  /// Of an account whose balance is not certain: what the engine repays of a debt that bought an asset may
  /// be tainted or not.
  private mutating func repayUnknown(_ pieces: BoundedPieces, through door: Door) {
    guard policy.backwardTracing else { return }
    var left = pieces.sum.amount
    for debt in door.debts where left > 0 {
      let paid = min(left, debt.amount)
      left -= paid
      guard let name = engine.assetName(boughtBy: debt) else { continue }
      let asset = HoldingKey.asset(name, currency: engine.accounts[door.account].currency)
      places[placeKey(asset), default: BoundedPlace()].add(
        BoundedPieces(
          lots: [.unknown(paid)], isExact: false, reasons: accounts[door.account].reasons))
    }
  }

  private mutating func poisoned(_ lots: [BoundedLot], on account: Int) -> [BoundedLot] {
    let sum = BoundedLot.sum(lots)
    if sum.low > 0 { accounts[account].isPoisoned = true }
    if sum.high > 0 { accounts[account].mayBePoisoned = true }
    let state = accounts[account]
    return [
      BoundedLot(
        amount: sum.amount, low: state.isPoisoned ? sum.amount : 0,
        high: state.mayBePoisoned ? sum.amount : 0)
    ].filter { $0.amount > 0 }
  }

  private mutating func clearPoison(of account: Int) {
    guard policy.poisonClearsAtZero, engine.accounts[account].held == 0 else { return }
    accounts[account].isPoisoned = false
    accounts[account].mayBePoisoned = false
  }

  func placeKey(_ key: HoldingKey) -> PlaceKey {
    let currency: Int =
      switch key {
      case .asset(_, let currency), .outside(_, let currency), .untraced(_, let currency): currency
      case .dissipated(let account), .discharged(let account): engine.accounts[account].currency
      case .transit: 0
      }
    return PlaceKey(place: engine.place(of: key), currency: currency)
  }
}
