// Following units, forwards from a payment to where they lie, and backwards to where they came in.

public import CaseModel

/// Units of one class that a payment carried, where they lie at the end.
public struct CarriedAmount: Hashable, Sendable, Codable {
  public let place: Place
  public let title: String
  public let sourceClass: SourceClassCode
  public let isTainted: Bool
  /// In the currency of the place.
  public let amount: Money
}

/// Units behind a place or a payment, by the receipt they came in with.
public struct FundingReceipt: Hashable, Sendable, Codable {
  public let date: CivilDate
  public let from: String
  public let to: String
  public let sourceClass: SourceClassCode
  public let isTainted: Bool
  /// The part of the receipt that is behind the place or payment, in the receipt's currency.
  public let amount: Money
  /// Nil only where the ledger has no line for it.
  public let source: SourceRef?
}

extension CaseLedger {
  /// Where the pieces lie that some steps carried: each unit by its own path, nothing by proportion.
  ///
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  /// - Returns: sorted by place, class and currency. Units that arrived converted count as they arrived.
  public func carried(
    by sequences: Set<Int>, method name: String, policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> [CarriedAmount] {
    let engine = try finished(name, policy)
    let nodes = engine.provenance.nodes
    var isCarried = Array(repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      // Parents come first, so one pass settles every node.
      let follows =
        node.parent >= 0 && node.kind != .basis && nodes[Int(node.parent)].kind != .basis
        && isCarried[Int(node.parent)]
      isCarried[index] =
        follows || (node.step >= 0 && sequences.contains(engine.order[Int(node.step)].sequence))
    }
    return engine.stocks(in: self, sharingByContribution: false).compactMap { stock in
      let units = stock.lots.filter { $0.node >= 0 && isCarried[Int($0.node)] }
      guard !units.isEmpty else { return nil }
      return CarriedAmount(
        place: stock.place, title: stock.title, sourceClass: stock.sourceClass,
        isTainted: stock.isTainted,
        amount: units.map { Money(minorUnits: $0.amount, currency: stock.amount.currency) }
          .sum(in: stock.amount.currency))
    }
  }

  /// The receipts behind what lies at a place at the end, of every class.
  ///
  /// - Throws: as `carried`.
  /// - Returns: oldest first.
  public func funding(
    of place: Place, method name: String, policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> [FundingReceipt] {
    let engine = try finished(name, policy)
    var paths = UnitPaths(engine.provenance)
    var behind: [UnitPaths.Part] = []
    for stock in engine.stocks(in: self, sharingByContribution: false) {
      let parts = paths.behind(stock.lots).parts
      if stock.place == place { behind += parts }
    }
    return engine.funding(behind)
  }

  /// The receipts behind what some payments took.
  ///
  /// - Throws: as `carried`.
  /// - Returns: oldest first.
  public func funding(
    ofSteps sequences: Set<Int>, method name: String, policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> [FundingReceipt] {
    let engine = try finished(name, policy)
    let nodes = engine.provenance.nodes
    let lots = nodes.indices.filter { index in
      let node = nodes[index]
      guard node.step >= 0, node.kind != .basis,
        sequences.contains(engine.order[Int(node.step)].sequence),
        let payer = engine.payer(ofStep: node.step),
        engine.provenance.labels[Int(node.from)] == engine.accounts[payer].name
      else { return false }
      // What arrived of a conversion, and what then repaid a debt, are the same money again.
      return node.parent < 0 || nodes[Int(node.parent)].step != node.step
        || nodes[Int(node.parent)].kind == .basis
    }.map { UnitPaths.Part(node: Int32($0), amount: nodes[$0].amount) }
    var paths = UnitPaths(engine.provenance)
    return engine.funding(paths.behind(lots).parts)
  }

  /// The proof of one place: every payment into it taken apart, up to a bound that the proof states.
  /// - Throws: as `carried`.
  /// - Returns: nil when the place holds nothing tainted.
  public func proof(
    of place: Place, method name: String, policy: TracingPolicy = TracingPolicy(),
    paymentsMax: Int = 500
  ) throws(TracingError) -> PlaceProof? {
    try PlaceProofs(try finished(name, policy), of: self)
      .proofs(paymentsMax: paymentsMax) { $0 == place }.first
  }

  private func finished(
    _ name: String, _ policy: TracingPolicy
  ) throws(TracingError) -> TracingEngine {
    let method = try TracingCatalogue.method(named: name)
    var engine = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: true)
    try engine.run()
    return engine
  }
}

extension TracingEngine {
  /// Receipts among the parts, those of one movement and class joined, oldest first.
  fileprivate func funding(_ parts: [UnitPaths.Part]) -> [FundingReceipt] {
    struct Key: Hashable {
      let step, from, to, currency, sourceClass: Int32
    }
    var order: [Key] = []
    var units: [Key: Int64] = [:]
    for part in parts.sorted(by: { $0.node < $1.node }) where isReceipt(part.node) {
      let node = provenance.nodes[Int(part.node)]
      let key = Key(
        step: node.step, from: node.from, to: node.to, currency: node.currency,
        sourceClass: node.sourceClass)
      if units[key] == nil { order.append(key) }
      units[key, default: 0] += part.amount
    }
    return order.map { key in
      FundingReceipt(
        date: date(ofStep: key.step) ?? CivilDate(dayNumber: 0),
        from: provenance.labels[Int(key.from)], to: provenance.labels[Int(key.to)],
        sourceClass: classes.codes[Int(key.sourceClass)],
        isTainted: classes.isTainted[Int(key.sourceClass)],
        amount: Money(minorUnits: units[key] ?? 0, currency: currencies[Int(key.currency)]),
        source: sources(ofStep: key.step).first)
    }
  }
}
