// One step of the ledger.

extension Checker {
  mutating func take(_ step: CheckLedger.Step) throws(Refusal) {
    switch step.kind {
    case .credit: try credit(step)
    case .interest: try interest(step)
    case .debit, .fee: try debit(step)
    case .transfer: try transfer(step)
    case .departure: try departure(step)
    case .arrival: try arrival(step)
    case .sale: try sale(step)
    case .gap: try gap(step)
    case .reversal: try reversal(step)
    }
    let names = touched(by: step)
    booked[step.sequence] = names
    for name in names { try settle(name) }
  }

  private func touched(by step: CheckLedger.Step) -> [String] {
    switch step.kind {
    case .credit, .interest, .arrival, .sale, .gap: [step.to]
    case .debit, .fee, .departure: [step.from]
    case .transfer: [step.from, step.to]
    case .reversal:
      step.reverses.map { taken[$0]?.accounts ?? [] } ?? [step.to]
    }
  }

  /// The lowest balance looks at entries of the account; an account at zero may be clean again.
  mutating func settle(_ name: String) throws(Refusal) {
    let clears = ledger.policy.poisonClearsAtZero
    try change(name) {
      $0.lowest = min($0.lowest ?? $0.balance, $0.balance)
      if clears, $0.balance <= 0 { $0.isPoisoned = false }
    }
  }

  /// Remembers one leg of what a step moved.
  mutating func note(_ pieces: [Piece], in currency: String, by step: CheckLedger.Step) {
    moved[step.sequence, default: []].append((currency, pieces))
  }

  /// The most that a leg of the step moved of a class in a currency.
  func most(of sourceClass: String, in currency: String, by sequence: Int) -> Units {
    (moved[sequence] ?? []).filter { $0.currency == currency }.map { leg in
      leg.pieces.filter { $0.sourceClass == sourceClass }.reduce(Units(0)) { $0 + $1.amount }
    }.max() ?? 0
  }

  private mutating func credit(_ step: CheckLedger.Step) throws(Refusal) {
    sight(step.sourceClass)
    var pieces = [
      Piece(
        sourceClass: step.sourceClass, isTainted: isTainted(step.sourceClass), amount: step.amount)
    ]
    note(pieces, in: try account(step.to).currency, by: step)
    if step.restores || ledger.policy.replenishIntent, ledger.method == .libr, !pieces[0].isTainted
    {
      pieces = try restored(pieces[0], to: step.to)
    }
    note(pieces, in: try account(step.to).currency, by: step)
    try put(pieces, into: step.to, contributes: true)
    taken[step.sequence] = Taken(from: nil, target: .account(step.to), pieces: [])
  }

  private mutating func interest(_ step: CheckLedger.Step) throws(Refusal) {
    let account = try account(step.to)
    var pieces = byClass(account.lots)
    if pieces.isEmpty {
      sight(Checker.unknownInterest)
      pieces = [
        Piece(
          sourceClass: Checker.unknownInterest, isTainted: isTainted(Checker.unknownInterest),
          amount: step.amount)
      ]
    } else {
      pieces = try scaled(pieces, to: step.amount)
    }
    note(pieces, in: account.currency, by: step)
    try put(pieces, into: step.to, contributes: false)
    taken[step.sequence] = Taken(from: nil, target: .account(step.to), pieces: [])
  }

  private mutating func debit(_ step: CheckLedger.Step) throws(Refusal) {
    let destination = step.kind == .fee ? .dissipated : step.destination
    let isAsset = destination == .asset
    let place: String =
      switch destination {
      case .asset: "asset:\(step.to)"
      case .outside: "outside:\(step.to)"
      case .untraced: "untraced:\(step.to)"
      case .dissipated, .account: "dissipated:\(step.from)"
      }
    let follows = isAsset && step.coordinated && ledger.policy.backward
    let pieces = try draw(
      step.amount, from: step.from, towardsAsset: isAsset, debtFor: follows ? place : nil)
    let currency = try account(step.from).currency
    note(pieces, in: currency, by: step)
    try add(pieces, to: place, currency: currency)
    taken[step.sequence] = Taken(from: step.from, target: .place(place), pieces: pieces)
  }

  private mutating func transfer(_ step: CheckLedger.Step) throws(Refusal) {
    let from = try account(step.from).currency
    let to = try account(step.to).currency
    guard from == to || step.credited != nil else {
      throw Refusal(.noRate, at: "credit_amount", remedy: "state the amount credited")
    }
    let out = try draw(step.amount, from: step.from, towardsAsset: false, debtFor: nil)
    note(out, in: from, by: step)
    let credited = step.credited ?? step.amount
    let arrived = obtained(
      credited == step.amount ? out : try scaled(out, to: credited), as: step.obtainedAs)
    note(arrived, in: to, by: step)
    try put(arrived, into: step.to, contributes: true)
    taken[step.sequence] = Taken(from: step.from, target: .account(step.to), pieces: arrived)
  }

  /// The arrival is itself a receipt: clean pieces take the class, tainted ones keep theirs.
  private mutating func obtained(_ pieces: [Piece], as sourceClass: String?) -> [Piece] {
    guard let sourceClass else { return pieces }
    sight(sourceClass)
    return pieces.map {
      $0.isTainted
        ? $0
        : Piece(sourceClass: sourceClass, isTainted: isTainted(sourceClass), amount: $0.amount)
    }
  }

  private mutating func departure(_ step: CheckLedger.Step) throws(Refusal) {
    let pieces = try draw(step.amount, from: step.from, towardsAsset: false, debtFor: nil)
    let currency = try account(step.from).currency
    note(pieces, in: currency, by: step)
    let place = "under-way:\(step.transit)"
    if let before = holdings.first(where: { $0.place == place }), before.currency != currency {
      throw Refusal(
        .mixedCurrencies(step.transit), at: place, remedy: "name the two transfers apart")
    }
    if !holdings.contains(where: { $0.place == place }) {
      holdings.append(Holding(place: place, currency: currency, pieces: []))
    }
    try add(pieces, to: place, currency: currency)
  }

  private mutating func arrival(_ step: CheckLedger.Step) throws(Refusal) {
    let place = "under-way:\(step.transit)"
    guard let index = holdings.firstIndex(where: { $0.place == place }) else {
      throw Refusal(
        .unknown(kind: "departure", name: step.transit), at: place,
        remedy: "state the departure before the arrival")
    }
    let pieces = holdings[index].pieces
    holdings[index].pieces = []
    let currency = try account(step.to).currency
    let arrived = obtained(try scaled(pieces, to: step.amount), as: step.obtainedAs)
    note(arrived, in: currency, by: step)
    try put(arrived, into: step.to, contributes: true)
    taken[step.sequence] = Taken(from: nil, target: .account(step.to), pieces: [])
  }

  private mutating func sale(_ step: CheckLedger.Step) throws(Refusal) {
    let place = "asset:\(step.from)"
    let found = holdings.indices.filter {
      holdings[$0].place == place && !holdings[$0].pieces.isEmpty
    }
    guard let index = found.first else {
      throw Refusal(.emptyAsset(step.from), at: place, remedy: "state the purchase first")
    }
    guard found.count == 1 else {
      throw Refusal(.mixedCurrencies(step.from), at: place, remedy: "state each purchase apart")
    }
    let composition = byClass(holdings[index].pieces)
    let cost = composition.reduce(Units(0)) { $0 + $1.amount }
    let sold = try scaled(composition, to: try part(step.fraction, of: cost))
    holdings[index].pieces = composition.compactMap { piece in
      let gone = sold.first {
        $0.sourceClass == piece.sourceClass && $0.isTainted == piece.isTainted
      }
      var rest = piece
      rest.amount -= gone?.amount ?? 0
      return rest.amount > 0 ? rest : nil
    }
    let pieces = try scaled(composition, to: step.amount)
    let currency = try account(step.to).currency
    note(composition, in: holdings[index].currency, by: step)
    note(pieces, in: currency, by: step)
    try put(pieces, into: step.to, contributes: true)
    taken[step.sequence] = Taken(from: nil, target: .account(step.to), pieces: [])
  }

  /// The cost of the part sold, rounded half up to the minor unit.
  private func part(_ fraction: (Units, Units), of cost: Units) throws(Refusal) -> Units {
    let product = cost.multipliedReportingOverflow(by: fraction.0)
    guard !product.overflow, fraction.1 > 0, fraction.0 > 0, fraction.0 <= fraction.1 else {
      throw Refusal(.overflow, at: "fraction", remedy: "state a smaller fraction")
    }
    let quotient = product.partialValue / fraction.1
    let rest = product.partialValue % fraction.1
    return rest * 2 >= fraction.1 ? quotient + 1 : quotient
  }

  /// Nothing is traced across a gap: what lay there is untraced, what lies there now has a new class.
  private mutating func gap(_ step: CheckLedger.Step) throws(Refusal) {
    let before = try account(step.to)
    note(before.lots, in: before.currency, by: step)
    try add(before.lots, to: "untraced:\(step.to)", currency: before.currency)
    sight(step.sourceClass)
    try change(step.to) {
      $0.lots = []
      $0.debts = step.amount < 0 ? [Debt(amount: -step.amount, asset: nil)] : []
      $0.isPoisoned = false
      $0.contributed = []
    }
    if step.amount > 0 {
      let piece = Piece(
        sourceClass: step.sourceClass, isTainted: isTainted(step.sourceClass), amount: step.amount)
      note([piece], in: before.currency, by: step)
      try put([piece], into: step.to, contributes: true)
    }
  }
}
