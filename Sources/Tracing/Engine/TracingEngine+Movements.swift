// What each kind of step does.

import CaseModel

extension TracingEngine {
  mutating func take(_ step: LedgerStep) throws(TracingError) {
    switch step.movement {
    case .credit(let to, let amount, let sourceClass, let restores):
      try credit(amount, of: sourceClass, to: to, restores: restores)
    case .debit(let from, let to, let amount, let isCoordinated):
      try debit(amount, from: from, to: to, isCoordinated: isCoordinated, step: step.sequence)
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      try transfer(
        amount, from: from, to: to, credited: credited, obtainedAs: obtainedAs,
        step: step.sequence)
    case .departure(let from, let transit, let amount):
      let account = try accountIndex(from)
      let pieces = try draw(amount, from: account, towardsAsset: false, coordinatedAsset: -1)
      let key = HoldingKey.transit(transit)
      hold(
        pieces, at: key, currency: accounts[account].currency, from: account,
        to: "transfer under way")
    case .arrival(let transit, let to, let amount, let obtainedAs):
      try arrival(of: transit, to: to, amount: amount, obtainedAs: obtainedAs)
    case .interest(let to, let amount): try interest(amount, to: to)
    case .fee(let from, let amount):
      try debit(amount, from: from, to: .dissipated, isCoordinated: false, step: step.sequence)
    case .reversal(let original, let amount): try restore(amount, of: original)
    case .sale(let asset, let to, let amount, let fraction):
      try sale(of: asset, to: to, price: amount, fraction: fraction)
    case .gap(let account, let balance, let sourceClass):
      try stop(at: account, resumingWith: balance, as: sourceClass)
    }
  }

  private mutating func credit(
    _ amount: Int64, of code: SourceClassCode, to name: String, restores: Bool
  ) throws(TracingError) {
    let account = try accountIndex(name)
    let sourceClass = try classIndex(code)
    classes.see(sourceClass)
    try enter(amount, of: sourceClass, currency: accounts[account].currency)
    try book(amount, on: account)
    var pieces = [Lot(amount: amount, sourceClass: sourceClass, node: -1)]
    if method.restoresOnIntent, restores || policy.replenishIntent,
      !classes.isTainted[Int(sourceClass)]
    {
      pieces = exchangeWithLoss(amount, of: sourceClass, on: account)
    }
    let from = provenance.label("received as \(code.text)")
    try deposit(pieces, into: account, from: from, contributes: true)
  }

  private mutating func debit(
    _ amount: Int64, from name: String, to destination: Destination, isCoordinated: Bool, step: Int
  ) throws(TracingError) {
    let account = try accountIndex(name)
    let currency = accounts[account].currency
    var towardsAsset = false
    var coordinatedAsset = -1
    let key: HoldingKey
    let label: String
    switch destination {
    case .asset(let asset):
      towardsAsset = true
      if isCoordinated { coordinatedAsset = assetIndex(asset) }
      key = .asset(asset, currency: currency)
      label = "asset \(asset)"
    case .dissipated:
      key = .dissipated(account: account)
      label = "spent"
    case .outside(let other):
      key = .outside(other, currency: currency)
      label = other
    case .untraced(let other):
      key = .untraced(account: try accountIndex(other), currency: currency)
      label = "\(other), arrival not in the records"
    }
    let pieces = try draw(
      amount, from: account, towardsAsset: towardsAsset, coordinatedAsset: coordinatedAsset)
    if partlyReversed.contains(step) {
      reversible[step] = ReversibleStep(pieces: pieces, from: account, to: .holding(key))
    }
    hold(pieces, at: key, currency: currency, from: account, to: label)
  }

  private mutating func transfer(
    _ amount: Int64, from name: String, to other: String, credited: Int64?,
    obtainedAs: SourceClassCode?, step: Int
  ) throws(TracingError) {
    let (account, target) = (try accountIndex(name), try accountIndex(other))
    let isSameCurrency = accounts[account].currency == accounts[target].currency
    guard isSameCurrency || credited != nil else {
      throw TracingError(
        .unknownRate(
          from: currencies[accounts[account].currency].code,
          to: currencies[accounts[target].currency].code), at: place,
        remedy: "state the amount credited; nothing is converted without an executed rate")
    }
    var pieces = try draw(amount, from: account, towardsAsset: false, coordinatedAsset: -1)
    let arrives = credited ?? amount
    if !isSameCurrency || arrives != amount {
      leave(pieces, currency: accounts[account].currency)
      pieces = provenance.mark(
        pieces, as: .left, step: now, from: name, to: other, currency: accounts[account].currency)
      pieces = try rescaled(pieces, to: arrives)
      try enter(pieces, currency: accounts[target].currency)
    }
    if let obtainedAs {
      pieces = try reclassed(pieces, as: obtainedAs, currency: accounts[target].currency)
    }
    if partlyReversed.contains(step) {
      reversible[step] = ReversibleStep(pieces: pieces, from: account, to: .account(target))
    }
    try book(arrives, on: target)
    let from = provenance.label(accounts[account].name)
    try deposit(pieces, into: target, from: from, contributes: true)
  }

  private mutating func arrival(
    of transit: String, to name: String, amount: Int64, obtainedAs: SourceClassCode?
  ) throws(TracingError) {
    let account = try accountIndex(name)
    guard let holding = holdingIndexes[.transit(transit)] else {
      throw TracingError(
        .malformed("the transfer arrives before it left"), at: place,
        remedy: "order the two legs of the transfer")
    }
    var pieces = landed(holding)
    leave(pieces, currency: holdings[holding].currency)
    let isScaled =
      holdings[holding].currency != accounts[account].currency
      || pieces.reduce(Int128(0)) { $0 + Int128($1.amount) } != Int128(amount)
    if isScaled {
      pieces = provenance.mark(
        pieces, as: .left, step: now, from: "transfer under way", to: name,
        currency: holdings[holding].currency)
    }
    pieces = try rescaled(pieces, to: amount)
    try enter(pieces, currency: accounts[account].currency)
    if let obtainedAs {
      pieces = try reclassed(pieces, as: obtainedAs, currency: accounts[account].currency)
    }
    try book(amount, on: account)
    let from = provenance.label("transfer under way")
    try deposit(pieces, into: account, from: from, contributes: true)
  }

  /// Interest follows the composition of the balance at posting.
  private mutating func interest(_ amount: Int64, to name: String) throws(TracingError) {
    let account = try accountIndex(name)
    try book(amount, on: account)
    var pieces: [Lot] = []
    if accounts[account].held > 0 {
      for (sourceClass, part) in split(amount, over: accounts[account].totals) {
        let node = accounts[account].latestNode[Int(sourceClass)]
        pieces.append(Lot(amount: part, sourceClass: sourceClass, node: node))
      }
      pieces = provenance.mark(
        pieces, as: .basis, step: now, from: name, to: "interest",
        currency: accounts[account].currency)
    } else {
      classes.see(classes.unknownInterest)
      pieces = [Lot(amount: amount, sourceClass: classes.unknownInterest, node: -1)]
    }
    try enter(pieces, currency: accounts[account].currency)
    let from = provenance.label("interest")
    try deposit(pieces, into: account, from: from, contributes: false)
  }

  /// The price is split by the asset's composition; pieces enter in the order of first credit.
  private mutating func sale(
    of asset: String, to name: String, price: Int64, fraction: Fraction
  ) throws(TracingError) {
    let account = try accountIndex(name)
    let filled = holdings.indices.filter {
      guard case .asset(asset, _) = holdings[$0].key else { return false }
      return holdings[$0].totals.contains { $0 > 0 }
    }
    guard let holding = filled.first else {
      throw TracingError(
        .emptyAsset(asset), at: place, remedy: "enter the purchase, or book the price as a credit")
    }
    guard filled.count == 1 else {
      throw TracingError(
        .mixedCurrencies(asset), at: place, remedy: "enter the purchase in one currency")
    }
    let composition = holdings[holding].totals
    let whole = holdings[holding].lots
    var cost = emptied(holding, fraction: fraction)
    leave(cost, currency: holdings[holding].currency)
    cost = provenance.mark(
      cost, as: .left, step: now, from: "asset \(asset)", to: name,
      currency: holdings[holding].currency)
    var pieces: [Lot] = []
    for (sourceClass, part) in split(price, over: composition) {
      let lots = cost.filter { $0.sourceClass == sourceClass }
      if lots.isEmpty {
        // No whole unit of the cost falls on the class, but one of the price does.
        pieces += provenance.mark(
          [
            Lot(
              amount: part, sourceClass: sourceClass,
              node: whole.first { $0.sourceClass == sourceClass }?.node ?? -1)
          ], as: .basis, step: now, from: "asset \(asset)", to: name,
          currency: accounts[account].currency)
      } else {
        pieces += shares(of: part, among: lots)
      }
    }
    try enter(pieces, currency: accounts[account].currency)
    try book(price, on: account)
    let from = provenance.label("sale of asset \(asset)")
    try deposit(pieces, into: account, from: from, contributes: true)
  }

  /// The records stop: what lay on the account is untraced from here, and the stated balance begins
  /// anew under a class of its own.
  private mutating func stop(
    at name: String, resumingWith balance: Int64, as code: SourceClassCode
  ) throws(TracingError) {
    let account = try accountIndex(name)
    let sourceClass = try classIndex(code)
    classes.see(sourceClass)
    let currency = accounts[account].currency
    let held = accounts[account].held
    if held > 0 {
      let pieces = takeLots(held, from: account, by: .oldestFirst)
      hold(
        pieces, at: .untraced(account: account, currency: currency), currency: currency,
        from: account, to: "behind a gap in the records of \(name)")
    }
    accounts[account].debts = []
    accounts[account].firstDebt = 0
    accounts[account].owed = 0
    accounts[account].contributed = Array(repeating: 0, count: classes.count)
    accounts[account].contributionNodes = Array(repeating: [], count: classes.count)
    accounts[account].isPoisoned = false
    accounts[account].booked = balance
    if balance < 0 {
      guard balance != .min else { throw overflow() }
      accounts[account].debts = [Debt(amount: -balance, coordinatedAsset: -1)]
      accounts[account].owed = -balance
    } else if balance > 0 {
      try enter(balance, of: sourceClass, currency: currency)
      let from = provenance.label("balance after a gap in the records")
      try deposit(
        [Lot(amount: balance, sourceClass: sourceClass, node: -1)], into: account, from: from,
        contributes: true)
    }
    noteBalance(of: account)
  }
}
