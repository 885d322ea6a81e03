// Every payment into a place taken apart: which money it took, what lay there, and by which rule.

import CaseModel

/// Makes the proofs of places from a finished run that recorded its paths.
struct PlaceProofs {
  /// Receipts given for one part of a payment; the largest are kept.
  static let receiptsMax = 200

  let engine: TracingEngine
  private let caseLedger: CaseLedger
  private let stocks: [Stock]

  init(_ engine: TracingEngine, of caseLedger: CaseLedger) {
    self.engine = engine
    self.caseLedger = caseLedger
    stocks = engine.stocks(in: caseLedger)
  }

  /// The proofs of the places that hold tainted value and are asked for, sorted as the stocks.
  ///
  /// Runs the ledger a second time, to see what each account held just before it paid.
  /// - Parameter paymentsMax: of more payments into a place, those with the most tainted value are kept.
  /// - Throws: `TracingError` when the ledger cannot be run.
  func proofs(
    paymentsMax: Int, of isWanted: (Place) -> Bool
  ) throws(TracingError) -> [PlaceProof] {
    var places: [Place] = []
    for stock in stocks where stock.isTainted && isWanted(stock.place) {
      if places.last != stock.place { places.append(stock.place) }
    }
    guard !places.isEmpty else { return [] }
    let all = payments(into: places)
    let payments = all.map { largest($0, max(1, paymentsMax)) }
    var paying: [Int32: Int] = [:]
    for payment in payments.joined() {
      if let account = engine.payer(ofStep: payment.step) { paying[payment.step] = account }
    }
    let before = try balances(before: paying)
    return places.indices.map { index in
      PlaceProof(
        place: places[index], title: stocks.first { $0.place == places[index] }?.title ?? "",
        methodTitle: engine.method.title,
        payments: payments[index].map { proven($0, before: before) },
        paymentsLeftOut: all[index].count - payments[index].count)
    }
  }

  /// Those with the most tainted value, in the order of the run.
  private func largest(_ payments: [Payment], _ most: Int) -> [Payment] {
    guard payments.count > most else { return payments }
    let nodes = engine.provenance.nodes
    let tainted = payments.map { payment in
      payment.nodes.reduce(Int64(0)) { sum, index in
        let node = nodes[Int(index)]
        return engine.classes.isTainted[Int(node.sourceClass)] ? sum + node.amount : sum
      }
    }
    return payments.indices.sorted { a, b in
      tainted[a] != tainted[b] ? tainted[a] > tainted[b] : a < b
    }.prefix(most).sorted().map { payments[$0] }
  }

  /// The nodes of one payment, in the order in which the pieces left.
  private struct Payment {
    let step: Int32
    let to: Int32
    var nodes: [Int32] = []
  }

  private struct Target: Hashable {
    let step: Int32
    let to: Int32
    let currency: Int32
  }

  /// The payments that the stocks of some places rest on, place by place.
  /// - Complexity: O(*n*) in the recorded nodes, however many places.
  private func payments(into places: [Place]) -> [[Payment]] {
    let nodes = engine.provenance.nodes
    let indexes = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    var targets: [Target: Int] = [:]
    for stock in stocks {
      guard let index = indexes[stock.place] else { continue }
      for lot in stock.lots where lot.node >= 0 {
        let node = nodes[Int(lot.node)]
        targets[Target(step: node.step, to: node.to, currency: node.currency)] = index
      }
    }
    var found: [Target: Int] = [:]
    var payments: [[Payment]] = Array(repeating: [], count: places.count)
    for (index, node) in nodes.enumerated() where node.kind == .moved {
      let target = Target(step: node.step, to: node.to, currency: node.currency)
      guard let place = targets[target] else { continue }
      if let known = found[target] {
        payments[place][known].nodes.append(Int32(index))
      } else {
        found[target] = payments[place].count
        payments[place].append(Payment(step: node.step, to: node.to, nodes: [Int32(index)]))
      }
    }
    return payments
  }

  /// What the paying accounts held just before some steps.
  private func balances(
    before paying: [Int32: Int]
  ) throws(TracingError) -> [Int32: [ClassAmount]] {
    guard let last = paying.keys.max() else { return [:] }
    var again = try TracingEngine(
      engine.ledger, method: engine.method, policy: engine.policy, recordsPaths: false)
    try again.open()
    var result: [Int32: [ClassAmount]] = [:]
    for step in again.order.indices where step <= Int(last) {
      if let account = paying[Int32(step)] { result[Int32(step)] = again.holdings(of: account) }
      try again.advance(step)
    }
    return result
  }

  private func proven(_ payment: Payment, before: [Int32: [ClassAmount]]) -> ProvenPayment {
    let nodes = payment.nodes.map { engine.provenance.nodes[Int($0)] }
    let currency = engine.currencies[Int(nodes[0].currency)]
    let amount = nodes.map { Money(minorUnits: $0.amount, currency: currency) }.sum(in: currency)
    let kind = engine.kind(ofStep: payment.step, to: engine.provenance.labels[Int(payment.to)])
    return ProvenPayment(
      kind: kind, date: engine.date(ofStep: payment.step) ?? caseLedger.closesOn,
      from: engine.provenance.labels[Int(nodes[0].from)],
      to: engine.provenance.labels[Int(payment.to)], amount: amount,
      sources: engine.sources(ofStep: payment.step).sorted(),
      rule: kind == .payment ? engine.rule(ofStep: payment.step) : nil,
      before: kind == .payment ? before[payment.step] ?? [] : [],
      parts: parts(payment, currency: currency))
  }

  private func parts(_ payment: Payment, currency: Currency) -> [ProvenPart] {
    var classes: [Int32] = []
    var amounts: [Int32: Money] = [:]
    var ahead: [Int32: Money] = [:]
    var lots: [Int32: [UnitPaths.Part]] = [:]
    var whole = Money.zero(currency)
    for index in payment.nodes {
      let node = engine.provenance.nodes[Int(index)]
      let (sourceClass, money) = (
        node.sourceClass, Money(minorUnits: node.amount, currency: currency)
      )
      if amounts[sourceClass] == nil { classes.append(sourceClass) }
      ahead[sourceClass] = whole - (amounts[sourceClass] ?? .zero(currency))
      amounts[sourceClass] = (amounts[sourceClass] ?? .zero(currency)) + money
      lots[sourceClass, default: []].append(.init(node: index, amount: node.amount))
      whole += money
    }
    var paths = UnitPaths(engine.provenance)
    return classes.map { sourceClass in
      let receipts = engine.receipts(paths.behind(lots[sourceClass] ?? []).parts)
      let largest = receipts.enumerated().sorted {
        $0.element.amount.minorUnits != $1.element.amount.minorUnits
          ? $0.element.amount.minorUnits > $1.element.amount.minorUnits : $0.offset < $1.offset
      }.prefix(Self.receiptsMax).sorted { $0.offset < $1.offset }.map(\.element)
      return ProvenPart(
        sourceClass: engine.classes.codes[Int(sourceClass)],
        isTainted: engine.classes.isTainted[Int(sourceClass)],
        amount: amounts[sourceClass] ?? .zero(currency),
        ahead: ahead[sourceClass] ?? .zero(currency), receipts: largest,
        receiptsLeftOut: receipts.count - largest.count)
    }
  }
}
