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
  /// - Returns: claims sorted by place, class and currency. The amount of a step is the part of it that
  ///   is in the claim, so that the parts of the receipts sum to the claim unless money was converted,
  ///   sold or shared by contributions on the way.
  public func trace(
    method name: String, policy: TracingPolicy = TracingPolicy(), stepsShownMax: Int = 10_000
  ) throws(TracingError) -> TracingRun {
    let method = try TracingCatalogue.method(named: name)
    var engine = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: true)
    try engine.run()
    let table = MovementTable(engine)
    var paths = UnitPaths(engine.provenance)
    var claims: [Claim] = []
    var touched: Set<String> = []
    for stock in engine.stocks(in: self) {
      var own = UnitPaths(engine.provenance)
      let behind = stock.isByContribution ? own.behind(stock.lots) : paths.behind(stock.lots)
      if stock.isTainted { touched.formUnion(names(behind.lineage, of: stock, in: engine)) }
      claims.append(
        try claim(
          stock, lines: table.lines(behind.parts), sources: engine.sources(of: behind.lineage),
          method: method, stepsShownMax: max(2, stepsShownMax)))
    }
    return TracingRun(
      method: method.name, methodTitle: method.title, authorities: method.authorities,
      sameDayOrder: policy.sameDayOrder, backwardTracing: policy.backwardTracing,
      ledgerHash: ledger.ledgerHash, claims: claims,
      limits: limits + OpeningBalance.limits(openings, touched: touched)
        + engine.countedTwice.map(\.sentence) + method.departures,
      proofs: try PlaceProofs(engine, of: self).proofs(paymentsMax: 20) { place in
        switch place {
        case .asset, .account: true
        case .cash, .untraced, .abroad, .debtDischarge, .dissipated: false
        }
      })
  }

  /// The places that a stock went through, as steps name them.
  private func names(
    _ lineage: [Int32], of stock: Stock, in engine: TracingEngine
  ) -> Set<String> {
    var names: Set<String> = []
    if case .account(let id) = stock.place, let index = accounts.firstIndex(of: id) {
      names.insert(ledger.accounts[index].name)
    }
    for node in lineage {
      names.insert(engine.provenance.labels[Int(engine.provenance.nodes[Int(node)].from)])
      names.insert(engine.provenance.labels[Int(engine.provenance.nodes[Int(node)].to)])
    }
    return names
  }

  private func claim(
    _ stock: Stock, lines: [MovementTable.Line], sources: [SourceRef],
    method: any TracingMethod, stepsShownMax: Int
  ) throws(TracingError) -> Claim {
    let code = stock.sourceClass.text
    var derivation =
      "\(code), \(stock.lots.count) \(stock.lots.count == 1 ? "part" : "parts")"
      + " over \(lines.count) \(lines.count == 1 ? "movement" : "movements"),"
      + " by \(method.title.lowercased())"
    if lines.contains(where: { $0.arrived != nil }) {
      derivation +=
        "; before a conversion or a sale the parts are scaled, the running total rounded down"
    }
    var shown = lines
    if shown.count > stepsShownMax {
      let oldest = stepsShownMax / 2
      shown = Array(shown.prefix(oldest)) + Array(shown.suffix(stepsShownMax - oldest))
      derivation +=
        "; the oldest \(oldest) and the latest \(stepsShownMax - oldest) movements are listed"
    }
    guard
      let figure = Figure(
        stock.amount, label: "\(code) traced to \(stock.title)", derivation: derivation,
        from: sources)
    else {
      throw TracingError(
        .withoutSource, at: "\(code) at \(stock.title)",
        remedy: "give every step and opening balance the line it was read from")
    }
    let steps = shown.compactMap { line in
      line.sources.first.map { source in
        ClaimStep(
          date: line.date ?? closesOn, from: line.from, to: line.to, amount: line.amount,
          moved: line.moved, arrived: line.arrived, source: source)
      }
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
