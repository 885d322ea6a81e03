// What a proof reads off an engine: one step at a time, who paid, by which rule, where money came in.

import CaseModel

extension TracingEngine {
  /// Takes the step at a place of `order`. Steps are taken in order, after `open`.
  mutating func advance(_ index: Int) throws(TracingError) {
    advance(to: index)
    try take(at: order.positions[index])
  }

  /// What an account holds now, by class, in order of first sight.
  func holdings(of account: Int) -> [ClassAmount] {
    accounts[account].totals.shares.map { share in
      ClassAmount(
        sourceClass: classes.codes[Int(share.sourceClass)],
        isTainted: classes.isTainted[Int(share.sourceClass)],
        amount: Money(
          minorUnits: share.units, currency: currencies[accounts[account].currency]))
    }
  }

  /// The account whose money the step takes by the method's rule; nil when it takes none.
  func payer(ofStep step: Int32) -> Int? {
    guard step >= 0 else { return nil }
    switch order[Int(step)].movement {
    case .debit(let from, _, _, _), .transfer(let from, _, _, _, _), .departure(let from, _, _),
      .fee(let from, _):
      return accountIndexes[from]
    case .credit, .arrival, .interest, .reversal, .sale, .gap: return nil
    }
  }

  /// The rule by which the step chose; nil when it takes no money of an account.
  func rule(ofStep step: Int32) -> TakingRule? {
    guard payer(ofStep: step) != nil else { return nil }
    var towardsAsset = false
    if case .debit(_, .asset, _, _) = order[Int(step)].movement { towardsAsset = true }
    guard !method.poisons else { return .everything }
    switch method.consumption(towardsAsset: towardsAsset) {
    case .oldestFirst: return .oldestFirst
    case .newestFirst: return .newestFirst
    case .proportional: return .proportional
    case .taintedFirst: return .taintedFirst
    case .cleanFirst: return .cleanFirst
    }
  }

  func kind(ofStep step: Int32, to label: String) -> ProvenPayment.Kind {
    guard step >= 0 else { return .receipt }
    switch order[Int(step)].movement {
    case .debit, .transfer, .departure, .fee: return .payment
    case .arrival: return .arrival
    case .interest: return .interest
    case .reversal: return .takenBack
    case .sale: return .sale
    case .credit, .gap:
      // A credit reaches an asset only by repaying the debt that bought it.
      return label.hasPrefix("asset ") ? .repayment : .receipt
    }
  }

  /// Where units came in: the parts that no other part was taken from.
  func receipts(_ parts: [UnitPaths.Part]) -> [ProvenReceipt] {
    parts.filter { isReceipt($0.node) }.map { part in
      let node = provenance.nodes[Int(part.node)]
      return ProvenReceipt(
        date: date(ofStep: node.step) ?? CivilDate(dayNumber: 0),
        from: provenance.labels[Int(node.from)], to: provenance.labels[Int(node.to)],
        amount: Money(minorUnits: part.amount, currency: currencies[Int(node.currency)]),
        source: sources(ofStep: node.step).first)
    }
  }

  /// True for a movement whose units were not taken from another one.
  func isReceipt(_ index: Int32) -> Bool {
    let parent = provenance.nodes[Int(index)].parent
    return parent < 0 || provenance.nodes[Int(parent)].kind == .basis
  }
}
