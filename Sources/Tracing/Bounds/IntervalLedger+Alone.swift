// Bounds of a step whose place in the day does not matter, and what every step leaves behind.

import CaseModel

extension IntervalLedger {
  /// Takes one step whose accounts no other step of the day touches.
  mutating func takeAlone(_ step: LedgerStep) {
    if case .gap(let name, let balance, let code) = step.movement {
      return stop(at: engine.accountIndexes[name] ?? 0, resumingWith: balance, as: code)
    }
    let flow = flow(step)
    let drawn = flow.draw.map { draw($0) }
    let brought = brought(by: flow, drawn: drawn, isAlone: true)
    if let sink = flow.sink, let drawn { lay(drawn, at: sink) }
    remember(flow, drawn: drawn, brought: brought)
    settle(flow, brought: brought, isAlone: true)
    if let deposit = flow.deposit { self.deposit(brought, deposit) }
  }

  private mutating func draw(_ draw: IntervalFlow.Draw) -> Part {
    var account = accounts[draw.account]
    let covered = min(draw.amount, account.held)
    var taken: Part
    if draw.isPicked {
      let all = account.whole
      taken = all.any(covered)
      account.held -= covered
      account.parts = account.held > 0 ? [all.any(account.held)] : []
    } else {
      taken = account.take(covered, by: draw.consumption, slack: slack)
    }
    account.owed += draw.amount - covered
    taken.amount = draw.amount
    account.clearPoison(engine.policy)
    accounts[draw.account] = account
    return taken
  }

  private mutating func deposit(_ part: Part, _ deposit: IntervalFlow.Deposit) {
    var account = accounts[deposit.account]
    var part = part
    if deposit.contributes { account.contributed = account.contributed + part }
    if engine.method.poisons { account.poison(&part) }
    let paid = min(account.owed, part.amount)
    account.owed -= paid
    let repaid = part.any(paid)
    account.append(part.any(part.amount - paid), inRow: keepsRow)
    account.clearPoison(engine.policy)
    accounts[deposit.account] = account
    discharge(repaid, on: deposit.account)
  }

  /// Lots are kept in a row where the method takes them in a row.
  var keepsRow: Bool { engine.method.arrangement == .oneQueue && !engine.method.poisons }

  /// Debt repaid: lost to the ledger, or in an asset under backward tracing; how much in which asset is
  /// not followed here.
  mutating func discharge(_ part: Part, on account: Int) {
    let assets = plan.back.coordinated[account] ?? []
    let low = assets.isEmpty ? part.low : 0
    add(low, part.high, at: .discharged(account: account))
    for name in assets {
      add(0, part.high, at: .asset(name, currency: engine.accounts[account].currency))
    }
  }

  /// Adds to the tainted value of a place, or takes from it; its amount stays.
  mutating func add(_ least: Int64, _ most: Int64, at key: HoldingKey) {
    if let part = places[key]?.part {
      places[key]?.part = Part(
        amount: part.amount, low: part.low + least, high: part.high + most)
    } else if let index = indexOfHolding[key] {
      let target = targets.ofPlace[engine.accounts.count + index]
      guard target >= 0 else { return }
      low[target] += least
      high[target] += most
    }
  }

  /// Lays a part at a place outside accounts.
  mutating func lay(_ part: Part, at key: HoldingKey) {
    if case .transit(let name) = key {
      var place = transits[name] ?? IntervalPlace(part: .nothing)
      place.part = place.part + part
      transits[name] = place
    } else if let held = places[key]?.part {
      places[key]?.part = held + part
    } else {
      add(part.low, part.high, at: key)
    }
  }

  /// Keeps what a step moved, when a later one takes a part of it back.
  mutating func remember(_ flow: IntervalFlow, drawn: Part?, brought: Part) {
    guard engine.isReversed(sequence: flow.step.sequence), let drawn else { return }
    reversible[flow.step.sequence] = flow.deposit == nil ? drawn : brought
  }

  /// What a step takes out of places outside accounts, after everything has been laid there.
  /// `isAlone`: no other step of the day touches the same place.
  mutating func settle(_ flow: IntervalFlow, brought: Part, isAlone: Bool) {
    switch flow.step.movement {
    case .arrival(let transit, _, _, _):
      let place = transits[transit] ?? IntervalPlace(part: .nothing)
      transits[transit] = IntervalPlace(
        part: isAlone ? .nothing : Part(amount: place.part.amount, low: 0, high: place.part.high),
        isKnown: isAlone && place.isKnown)
    case .sale(let asset, _, _, let fraction): sell(fraction, of: asset, isAlone: isAlone)
    case .reversal(let of, let amount): takenBack(of, amount, brought, isAlone: isAlone)
    case .credit(let to, _, let code, let restores):
      exchange(brought, code, restores, engine.accountIndexes[to] ?? 0)
    default: break
    }
  }

  private mutating func sell(_ fraction: Fraction, of asset: String, isAlone: Bool) {
    guard isAlone, let (key, place) = filled(asset), place.isKnown else {
      for key in indexOfHolding.keys {
        guard case .asset(asset, _) = key, let place = places[key] else { continue }
        places[key] = IntervalPlace(
          part: Part(amount: place.part.amount, low: 0, high: place.part.high), isKnown: false)
      }
      return
    }
    let cost = Rounding.halfUp.quotient(
      Int128(place.part.amount) * Int128(fraction.numerator), by: Int128(fraction.denominator))
    let rest = place.part.amount - (Int64(exactly: cost) ?? place.part.amount)
    let share = place.part.rescaled(to: rest, slack: slack)
    places[key]?.part = place.part.any(rest).within(share)
  }

  private mutating func takenBack(
    _ sequence: Int, _ amount: Int64, _ brought: Part, isAlone: Bool
  ) {
    guard amount > 0, let original = plan.back.originals[sequence]?.movement else { return }
    if let pieces = reversible[sequence] {
      let rest = max(0, pieces.amount - amount)
      let share = pieces.rescaled(to: rest, slack: slack)
      reversible[sequence] =
        isAlone
        ? pieces.any(rest).within(share) : Part(amount: rest, low: 0, high: pieces.high)
    }
    let key: HoldingKey?
    switch original {
    case .debit(let from, let to, _, _):
      key = engine.accountIndexes[from].flatMap { engine.holdingKey(of: to, from: $0) }
    case .fee(let from, _): key = engine.accountIndexes[from].map { .dissipated(account: $0) }
    default: key = nil
    }
    guard let key else { return }
    if let part = places[key]?.part {
      places[key]?.part = Part(
        amount: max(0, part.amount - amount), low: part.low - brought.high,
        high: part.high - brought.low)
    } else {
      add(-brought.high, -brought.low, at: key)
    }
  }

  /// What a restoring credit brought back is no longer among what was spent.
  private mutating func exchange(
    _ brought: Part, _ code: SourceClassCode, _ restores: Bool, _ account: Int
  ) {
    guard plan.back.restoring.contains(account), restores || engine.policy.replenishIntent,
      let index = engine.classes.index(of: code), !engine.classes.isTainted[Int(index)],
      let place = places[.dissipated(account: account)]
    else { return }
    let part = place.part
    places[.dissipated(account: account)]?.part = Part(
      amount: part.amount, low: part.low - brought.amount, high: part.high - brought.low)
  }

  private mutating func stop(
    at index: Int, resumingWith balance: Int64, as code: SourceClassCode
  ) {
    let whole = accounts[index].whole
    lay(whole, at: .untraced(account: index, currency: engine.accounts[index].currency))
    accounts[index] = IntervalAccount()
    guard balance > 0, let number = engine.classes.index(of: code) else {
      accounts[index].owed = balance < 0 ? -balance : 0
      return
    }
    let isTainted = engine.classes.isTainted[Int(number)]
    deposit(
      .pure(balance, isTainted: isTainted),
      IntervalFlow.Deposit(account: index, amount: balance))
  }
}

extension IntervalAccount {
  /// Tainted money comes: everything there, and it, counts as tainted.
  mutating func poison(_ part: inout Part) {
    if part.high > 0 { mayBePoisoned = true }
    if part.low > 0 { isPoisoned = true }
    let least = isPoisoned
    func poisoned(_ part: Part, _ account: IntervalAccount) -> Part {
      guard account.mayBePoisoned else { return part }
      return Part(
        amount: part.amount, low: least ? part.amount : part.low, high: part.amount)
    }
    let account = self
    part = poisoned(part, account)
    parts = parts.map { poisoned($0, account) }
  }

  mutating func clearPoison(_ policy: TracingPolicy) {
    guard policy.poisonClearsAtZero, held == 0 else { return }
    mayBePoisoned = false
    isPoisoned = false
  }
}
