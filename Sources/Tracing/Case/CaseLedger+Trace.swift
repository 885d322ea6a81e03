// One run over the ledger of a case: claims with their amounts, lines and paths.

public import CaseModel

extension CaseLedger {
  /// Applies one method and states where each class of money lies, with every line it came through.
  ///
  /// - Parameters:
  ///   - method: a name of `TracingCatalogue`.
  ///   - stepsShownMax: the longest path printed; of a longer one the oldest and the latest steps are
  ///     kept, and the figure's derivation says how many there are.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  /// - Returns: claims sorted by place, class and currency. The amount of a step is what moved in it
  ///   of the class on the way to the place; later debits may have led a part of it elsewhere.
  public func trace(
    method name: String, policy: TracingPolicy = TracingPolicy(), stepsShownMax: Int = 10_000
  ) throws(TracingError) -> TracingRun {
    let method = try TracingCatalogue.method(named: name)
    var engine = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: true)
    try engine.run()
    var claims: [Claim] = []
    var touched: Set<String> = []
    for stock in engine.stocks(in: self) {
      claims.append(
        try claim(
          stock, engine: engine, method: method, stepsShownMax: max(2, stepsShownMax), &touched))
    }
    return TracingRun(
      method: method.name, methodTitle: method.title, authorities: method.authorities,
      sameDayOrder: policy.sameDayOrder, backwardTracing: policy.backwardTracing,
      ledgerHash: ledger.ledgerHash, claims: claims,
      limits: limits + OpeningBalance.limits(openings, touched: touched) + method.departures)
  }

  private func claim(
    _ stock: Stock, engine: TracingEngine, method: any TracingMethod, stepsShownMax: Int,
    _ touched: inout Set<String>
  ) throws(TracingError) -> Claim {
    let path = engine.path(of: stock.nodes)
    if stock.isTainted {
      if case .account(let id) = stock.place, let index = accounts.firstIndex(of: id) {
        touched.insert(ledger.accounts[index].name)
      }
      for step in path.steps {
        touched.insert(step.from)
        touched.insert(step.to)
      }
    }
    let code = stock.sourceClass.text
    var derivation =
      "\(code), \(stock.nodes.count) \(stock.nodes.count == 1 ? "part" : "parts")"
      + " over \(path.steps.count) \(path.steps.count == 1 ? "movement" : "movements"),"
      + " by \(method.title.lowercased())"
    var shown = path.steps
    if shown.count > stepsShownMax {
      let oldest = stepsShownMax / 2
      shown = Array(shown.prefix(oldest)) + Array(shown.suffix(stepsShownMax - oldest))
      derivation +=
        "; the oldest \(oldest) and the latest \(stepsShownMax - oldest) movements are listed"
    }
    guard
      let figure = Figure(
        stock.amount, label: "\(code) traced to \(stock.title)", derivation: derivation,
        from: path.sources)
    else {
      throw TracingError(
        .withoutSource, at: "\(code) at \(stock.title)",
        remedy: "give every step and opening balance the line it was read from")
    }
    var steps: [ClaimStep] = []
    for step in shown {
      guard let source = step.source else { continue }
      steps.append(
        ClaimStep(
          date: step.date ?? closesOn, from: step.from, to: step.to, amount: step.amount,
          moved: step.amount, source: source))
    }
    return Claim(
      place: stock.place, sourceClass: stock.sourceClass, isTainted: stock.isTainted,
      amount: figure, steps: steps)
  }

  /// Where a place of the ledger lies in the case.
  func place(of place: LedgerPlace) -> Place {
    switch place {
    case .asset(let name): .asset(PropertyCode(name))
    case .account(let name):
      account(named: name).map { .account($0) } ?? cashPlace(named: name) ?? .abroad(name)
    case .untraced(let name): account(named: name).map { .untraced($0) } ?? .abroad(name)
    case .underWay: .abroad("transfer under way")
    case .outside(let name): .abroad(name)
    case .debtDischarge: .debtDischarge
    case .dissipated: .dissipated
    }
  }
}

/// Money of one class and currency at one place of a case, with the movements that brought it.
struct Stock {
  let place: Place
  let title: String
  let sourceClass: SourceClassCode
  let isTainted: Bool
  var amount: Money
  var nodes: [Int32]
}

extension TracingEngine {
  /// All stocks, sorted by place, class and currency.
  func stocks(in caseLedger: CaseLedger) -> [Stock] {
    struct Key: Hashable {
      let place: Place
      let sourceClass: Int32
      let currency: Int
    }
    var found: [Key: Stock] = [:]
    func add(
      _ place: LedgerPlace, _ sourceClass: Int32, _ currency: Int, _ amount: Int64, _ nodes: [Int32]
    ) {
      let casePlace = caseLedger.place(of: place)
      let key = Key(place: casePlace, sourceClass: sourceClass, currency: currency)
      let money = Money(minorUnits: amount, currency: currencies[currency])
      var stock =
        found[key]
        ?? Stock(
          place: casePlace, title: place.title, sourceClass: classes.codes[Int(sourceClass)],
          isTainted: classes.isTainted[Int(sourceClass)],
          amount: .zero(currencies[currency]), nodes: [])
      stock.amount += money
      stock.nodes += nodes
      found[key] = stock
    }
    for (index, account) in accounts.enumerated() {
      let place = LedgerPlace.account(account.name)
      if method.sharesClosingByContribution {
        for row in contributionShares(of: index) where row.amount.minorUnits > 0 {
          guard let sourceClass = classes.index(of: row.sourceClass) else { continue }
          add(
            place, sourceClass, account.currency, row.amount.minorUnits,
            account.contributionNodes[Int(sourceClass)])
        }
        continue
      }
      var nodes: [Int32: [Int32]] = [:]
      for lane in account.lanes {
        for lot in lane.live { nodes[lot.sourceClass, default: []].append(lot.node) }
      }
      for sourceClass in classes.splitOrder where account.totals[Int(sourceClass)] > 0 {
        add(
          place, sourceClass, account.currency, account.totals[Int(sourceClass)],
          nodes[sourceClass] ?? [])
      }
    }
    for holding in holdings {
      var nodes: [Int32: [Int32]] = [:]
      for lot in holding.lots { nodes[lot.sourceClass, default: []].append(lot.node) }
      for sourceClass in classes.splitOrder where holding.totals[Int(sourceClass)] > 0 {
        add(
          place(of: holding.key), sourceClass, holding.currency,
          holding.totals[Int(sourceClass)], nodes[sourceClass] ?? [])
      }
    }
    return found.values.sorted { a, b in
      if a.place.sortKey != b.place.sortKey {
        return a.place.sortKey.utf8.lexicographicallyPrecedes(b.place.sortKey.utf8)
      }
      if a.sourceClass != b.sourceClass { return a.sourceClass < b.sourceClass }
      if a.isTainted != b.isTainted { return a.isTainted }
      return a.amount.currency < b.amount.currency
    }
  }

  struct PathStep {
    let date: CivilDate?
    let from: String
    let to: String
    var amount: Money
    let source: SourceRef?
  }

  /// Every movement behind some lots, oldest first, and every line they rest on.
  /// - Complexity: O(movements behind the lots), each visited once.
  func path(of nodes: [Int32]) -> (steps: [PathStep], sources: [SourceRef]) {
    struct Key: Hashable {
      let step: Int32
      let from: Int32
      let to: Int32
      let currency: Int32
    }
    var visited: Set<Int32> = []
    var amounts: [Key: Int64] = [:]
    for start in nodes {
      var node = start
      while node >= 0, visited.insert(node).inserted {
        let each = provenance.nodes[Int(node)]
        amounts[
          Key(step: each.step, from: each.from, to: each.to, currency: each.currency), default: 0] +=
          each.amount
        node = each.parent
      }
    }
    let keys = amounts.keys.sorted { ($0.step, $0.from, $0.to) < ($1.step, $1.from, $1.to) }
    var sources: Set<SourceRef> = []
    var lastStep: Int32?
    let steps = keys.map { key in
      let lines = self.sources(ofStep: key.step)
      if key.step != lastStep { sources.formUnion(lines) }
      lastStep = key.step
      return PathStep(
        date: date(ofStep: key.step), from: provenance.labels[Int(key.from)],
        to: provenance.labels[Int(key.to)],
        amount: Money(minorUnits: amounts[key] ?? 0, currency: currencies[Int(key.currency)]),
        source: lines.first)
    }
    return (steps, Array(sources))
  }

  private func sources(ofStep step: Int32) -> [SourceRef] {
    step >= 0 ? order[Int(step)].sources : openings[Int(-step) - 1].sources
  }

  private func date(ofStep step: Int32) -> CivilDate? {
    step >= 0 ? order[Int(step)].date : ledger.accounts.compactMap(\.opensOn).min()
  }
}

extension LedgerPlace {
  /// As a figure's label says it.
  var title: String {
    switch self {
    case .asset(let name): "asset \(name)"
    case .account(let name): name
    case .untraced(let name): "\(name), behind a gap in the records"
    case .underWay: "a transfer under way"
    case .outside(let name): name.hasPrefix("iban:") ? "account " + name.dropFirst(5) : name
    case .debtDischarge: "repaid debt"
    case .dissipated: "money spent"
    }
  }
}
