// What lies at the places of a case at the end of a run, lot by lot.

import CaseModel

/// Money of one class and currency at one place of a case, with the lots it is made of.
struct Stock {
  let place: Place
  let title: String
  let sourceClass: SourceClassCode
  let isTainted: Bool
  var amount: Money
  /// The lots, each with the movement that brought it, by place of the ledger; of a share by
  /// contributions, the contributions with their parts of the share.
  var rests: [(place: LedgerPlace, lots: [UnitPaths.Part])]
  /// The balance is shared by what each class paid in, so that no unit of it has a path of its own.
  let isByContribution: Bool

  var lots: [UnitPaths.Part] { rests.flatMap(\.lots) }
}

extension TracingEngine {
  /// All stocks, sorted by place, class and currency.
  /// - Parameter sharingByContribution: whether closing balances are shared by contributions where the
  ///   method says so; otherwise they are what the lots say.
  func stocks(in caseLedger: CaseLedger, sharingByContribution: Bool = true) -> [Stock] {
    struct Key: Hashable {
      let place: Place
      let sourceClass: Int32
      let currency: Int
    }
    var found: [Key: Stock] = [:]
    func add(
      _ place: LedgerPlace, _ sourceClass: Int32, _ currency: Int, _ amount: Int64,
      _ lots: [UnitPaths.Part], isByContribution: Bool = false
    ) {
      let casePlace = caseLedger.place(of: place)
      let key = Key(place: casePlace, sourceClass: sourceClass, currency: currency)
      let money = Money(minorUnits: amount, currency: currencies[currency])
      var stock =
        found[key]
        ?? Stock(
          place: casePlace, title: place.title, sourceClass: classes.codes[Int(sourceClass)],
          isTainted: classes.isTainted[Int(sourceClass)],
          amount: .zero(currencies[currency]), rests: [], isByContribution: isByContribution)
      stock.amount += money
      stock.rests.append((place, lots))
      found[key] = stock
    }
    for (index, account) in accounts.enumerated() {
      let place = LedgerPlace.account(account.name)
      if method.sharesClosingByContribution, sharingByContribution {
        for row in contributionShares(of: index) where row.amount.minorUnits > 0 {
          guard let sourceClass = classes.index(of: row.sourceClass) else { continue }
          add(
            place, sourceClass, account.currency, row.amount.minorUnits,
            contributions(row.amount.minorUnits, account.contributionNodes[Int(sourceClass)]),
            isByContribution: true)
        }
        continue
      }
      var lots: [Int32: [UnitPaths.Part]] = [:]
      for lane in account.lanes {
        for lot in lane.live {
          lots[lot.sourceClass, default: []].append(.init(node: lot.node, amount: lot.amount))
        }
      }
      for sourceClass in classes.splitOrder where account.totals[Int(sourceClass)] > 0 {
        add(
          place, sourceClass, account.currency, account.totals[Int(sourceClass)],
          lots[sourceClass] ?? [])
      }
    }
    for holding in holdings {
      var lots: [Int32: [UnitPaths.Part]] = [:]
      for lot in holding.lots {
        lots[lot.sourceClass, default: []].append(.init(node: lot.node, amount: lot.amount))
      }
      for sourceClass in classes.splitOrder where holding.totals[Int(sourceClass)] > 0 {
        add(
          place(of: holding.key), sourceClass, holding.currency,
          holding.totals[Int(sourceClass)], lots[sourceClass] ?? [])
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

  /// A share of a closing balance laid over the contributions of its class, by largest remainder.
  private func contributions(_ share: Int64, _ nodes: [Int32]) -> [UnitPaths.Part] {
    guard provenance.isRecording, !nodes.isEmpty else { return [] }
    let weights = nodes.map { provenance.nodes[Int($0)].amount }
    return zip(nodes, Split.largestRemainder(share, over: weights)).filter { $0.1 > 0 }
      .map { UnitPaths.Part(node: $0.0, amount: $0.1) }
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
