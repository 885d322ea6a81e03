// What each kind of step does.

import CaseModel

extension TracingEngine {
  mutating func move(_ step: NumberedStep) throws(TracingError) {
    switch step.movement {
    case .credit(let to, let amount, let sourceClass, let restores):
      try credit(amount, of: sourceClass, to: Int(to), restores: restores)
    case .debit(let from, let place, let amount, let isForAsset, let isCoordinated):
      var pieces = borrowBuffer()
      try draw(
        amount, from: Int(from), towardsAsset: isForAsset,
        coordinatedAsset: isCoordinated && isForAsset ? place : -1, into: &pieces)
      if step.isReversed { noteReversible(pieces, from: Int(from), to: .place(place)) }
      hold(&pieces, at: place, from: Int(from), label: label(ofPlace: place))
      giveBack(&pieces)
    case .transfer(let from, let to, let amount, let credited, let obtainedAs):
      try transfer(
        amount, from: Int(from), to: Int(to), credited: credited, obtainedAs: obtainedAs,
        isReversed: step.isReversed)
    case .departure(let from, let place, let amount):
      try checkCurrency(ofTransit: place, from: Int(from))
      var pieces: [Lot] = []
      try draw(amount, from: Int(from), into: &pieces)
      hold(&pieces, at: place, from: Int(from), label: label(ofPlace: place))
    case .arrival(let place, let to, let amount, let obtainedAs):
      try arrival(of: place, to: Int(to), amount: amount, obtainedAs: obtainedAs)
    case .interest(let to, let amount): try interest(amount, to: Int(to))
    case .reversal(let original, let amount):
      if let original { try restore(amount, of: original) }
    case .sale(let asset, let to, let price, let fraction):
      try sale(of: Int(asset), to: Int(to), price: price, fraction: fraction)
    case .gap(let account, let balance, let sourceClass):
      try stop(at: Int(account), resumingWith: balance, as: sourceClass)
    }
  }

  private mutating func credit(
    _ amount: Int64, of sourceClass: Int32, to account: Int, restores: Bool
  ) throws(TracingError) {
    classes.see(sourceClass)
    try enter(amount, of: sourceClass, currency: accounts[account].currency)
    try book(amount, on: account)
    var pieces = borrowBuffer()
    if restoresOnIntent, restores || policy.replenishIntent, !classes.isTainted[Int(sourceClass)] {
      pieces += exchangeWithLoss(amount, of: sourceClass, on: account)
    } else {
      pieces.append(Lot(amount: amount, sourceClass: sourceClass, node: -1))
    }
    try deposit(&pieces, into: account, from: label(ofReceipt: sourceClass), contributes: true)
    giveBack(&pieces)
  }

  private mutating func transfer(
    _ amount: Int64, from account: Int, to target: Int, credited: Int64?, obtainedAs: Int32?,
    isReversed: Bool
  ) throws(TracingError) {
    let isSameCurrency = accounts[account].currency == accounts[target].currency
    guard isSameCurrency || credited != nil else {
      throw TracingError(
        .unknownRate(
          from: currencies[accounts[account].currency].code,
          to: currencies[accounts[target].currency].code), at: place,
        remedy: "state the amount credited; nothing is converted without an executed rate")
    }
    var pieces = borrowBuffer()
    try draw(amount, from: account, into: &pieces)
    let arrives = credited ?? amount
    if !isSameCurrency || arrives != amount {
      leave(pieces, currency: accounts[account].currency)
      mark(
        &pieces, as: .left, from: label(ofAccount: account), to: label(ofAccount: target),
        currency: accounts[account].currency)
      pieces = try rescaled(pieces, to: arrives)
      try enter(pieces, currency: accounts[target].currency)
    }
    if let obtainedAs {
      try reclass(&pieces, as: obtainedAs, currency: accounts[target].currency)
    }
    if isReversed { noteReversible(pieces, from: account, to: .account(target)) }
    try book(arrives, on: target)
    try deposit(&pieces, into: target, from: label(ofAccount: account), contributes: true)
    giveBack(&pieces)
  }

  private mutating func arrival(
    of transit: Int32, to account: Int, amount: Int64, obtainedAs: Int32?
  ) throws(TracingError) {
    guard let holding = knownHolding(of: transit) else {
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
      mark(
        &pieces, as: .left, from: label(ofPlace: transit), to: label(ofAccount: account),
        currency: holdings[holding].currency)
    }
    pieces = try rescaled(pieces, to: amount)
    try enter(pieces, currency: accounts[account].currency)
    if let obtainedAs {
      try reclass(&pieces, as: obtainedAs, currency: accounts[account].currency)
    }
    try book(amount, on: account)
    try deposit(&pieces, into: account, from: label(ofPlace: transit), contributes: true)
  }

  /// One transfer is under way in one currency.
  private func checkCurrency(ofTransit transit: Int32, from account: Int) throws(TracingError) {
    guard let holding = knownHolding(of: transit),
      holdings[holding].currency != accounts[account].currency
    else { return }
    throw TracingError(
      .mixedCurrencies(label(ofTransit: transit)), at: place, remedy: "name the two transfers apart"
    )
  }

  private func label(ofTransit transit: Int32) -> String {
    guard case .transit(let name) = numbered.places.keys[Int(transit)] else { return "a transfer" }
    return "transfer \(name)"
  }

  /// Interest follows the composition of the balance at posting.
  private mutating func interest(_ amount: Int64, to account: Int) throws(TracingError) {
    try book(amount, on: account)
    var pieces = borrowBuffer()
    if accounts[account].held > 0 {
      for part in split(amount, over: accounts[account].totals) {
        pieces.append(
          Lot(amount: part.units, sourceClass: part.sourceClass, node: part.latestNode))
      }
      mark(
        &pieces, as: .basis, from: label(ofAccount: account), to: label("interest"),
        currency: accounts[account].currency)
    } else {
      classes.see(classes.unknownInterest)
      pieces.append(Lot(amount: amount, sourceClass: classes.unknownInterest, node: -1))
    }
    try enter(pieces, currency: accounts[account].currency)
    try deposit(&pieces, into: account, from: label("interest"), contributes: false)
    giveBack(&pieces)
  }

  /// The price is split by the asset's composition; pieces enter in the order of first credit.
  private mutating func sale(
    of asset: Int, to account: Int, price: Int64, fraction: Fraction
  ) throws(TracingError) {
    let name = numbered.assetNames[asset]
    let filled = numbered.placesOfAsset[asset].compactMap { knownHolding(of: $0) }.filter {
      !holdings[$0].totals.isEmpty
    }
    guard let holding = filled.first else {
      throw TracingError(
        .emptyAsset(name), at: place, remedy: "enter the purchase, or book the price as a credit")
    }
    guard filled.count == 1 else {
      throw TracingError(
        .mixedCurrencies("asset '\(name)'"), at: place, remedy: "enter the purchase in one currency"
      )
    }
    let composition = holdings[holding].totals
    let sold = label("asset \(name)")
    let whole = provenance.isRecording ? holdings[holding].lots : []
    var cost = emptied(holding, fraction: fraction)
    leave(cost, currency: holdings[holding].currency)
    mark(
      &cost, as: .left, from: sold, to: label(ofAccount: account),
      currency: holdings[holding].currency)
    var pieces: [Lot] = []
    var rest = cost[...]
    for part in split(price, over: composition) {
      // Cost and price name the classes in the same order; a class may be in one of them only.
      rest = rest.drop { classes.ranks[Int($0.sourceClass)] < part.rank }
      let lots = rest.prefix { $0.sourceClass == part.sourceClass }
      if lots.isEmpty {
        // No whole unit of the cost falls on the class, but one of the price does.
        let lot = whole.first { $0.sourceClass == part.sourceClass }
        var piece = [Lot(amount: part.units, sourceClass: part.sourceClass, node: lot?.node ?? -1)]
        mark(
          &piece, as: .basis, from: sold, to: label(ofAccount: account),
          currency: accounts[account].currency)
        pieces += piece
      } else {
        pieces += shares(of: part.units, among: lots)
      }
    }
    try enter(pieces, currency: accounts[account].currency)
    try book(price, on: account)
    try deposit(&pieces, into: account, from: label("sale of asset \(name)"), contributes: true)
  }

  /// The records stop: what lay on the account is untraced from here, and the stated balance begins
  /// anew under a class of its own.
  private mutating func stop(
    at account: Int, resumingWith balance: Int64, as sourceClass: Int32
  ) throws(TracingError) {
    classes.see(sourceClass)
    let currency = accounts[account].currency
    let held = accounts[account].held
    if held > 0 {
      let name = accounts[account].name
      var pieces: [Lot] = []
      takeLots(held, from: account, by: .oldestFirst, into: &pieces)
      hold(
        &pieces, at: numbered.places.untraced(account, currency: currency), from: account,
        label: label("behind a gap in the records of \(name)"))
    }
    accounts[account].forgetDebts()
    accounts[account].contributed = Composition()
    accounts[account].contributionNodes = NodesByClass()
    accounts[account].isPoisoned = false
    accounts[account].booked = balance
    if balance < 0 {
      guard balance != .min else { throw overflow() }
      accounts[account].debts.append(Debt(amount: -balance, coordinatedAsset: -1))
      accounts[account].owed = -balance
    } else if balance > 0 {
      try enter(balance, of: sourceClass, currency: currency)
      var pieces = [Lot(amount: balance, sourceClass: sourceClass, node: -1)]
      try deposit(
        &pieces, into: account, from: label("balance after a gap in the records"),
        contributes: true)
    }
    noteBalance(of: account)
  }

  // MARK: Room for pieces

  /// An empty list whose room earlier steps have made, so that a step need not ask for memory.
  private mutating func borrowBuffer() -> [Lot] {
    var buffer: [Lot] = []
    swap(&buffer, &spareBuffer)
    return buffer
  }

  private mutating func giveBack(_ buffer: inout [Lot]) {
    buffer.removeAll(keepingCapacity: true)
    swap(&buffer, &spareBuffer)
  }
}
