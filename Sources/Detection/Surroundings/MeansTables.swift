import CaseModel
import TrailGraph

/// Source-and-application tables of parties and years, from what the sheet states and the accounts show.
struct MeansTables {
  let around: Surroundings
  private let amounts: ComparableAmounts
  /// Booked payments of assets: counted with the asset, so not among transfers.
  private let paidAssets: [Int: PropertyCode]

  init(_ around: Surroundings) {
    self.around = around
    amounts = ComparableAmounts(around.trail, around.context)
    let codes = around.facts.purchases.flatMap { item in item.payments.map { _ in item.property } }
    let edges = around.transfers(of: around.facts.purchases.flatMap(\.payments))
    paidAssets = Dictionary(
      zip(edges, codes).compactMap { edge, code in edge.map { ($0, code) } },
      uniquingKeysWith: { a, _ in a })
  }

  /// The years with a stated lawful source, by party and year.
  var years: [(party: PartyCode, year: Int)] {
    var known: [PartyCode: Set<Int>] = [:]
    for source in around.facts.incomes { known[source.party, default: []].insert(source.year) }
    return known.sorted { $0.key < $1.key }.flatMap { party, years in
      years.sorted().map { (party: party, year: $0) }
    }
  }

  static func end(of year: Int) -> CivilDate? { CivilDate(year: year, month: 12, day: 31) }

  /// In the currency that the first stated source compares in; nil for a year that does not exist.
  func table(of party: PartyCode, in year: Int) -> NetWorthGap.Table? {
    let sources = around.facts.incomes.filter { $0.party == party && $0.year == year }
    guard let first = sources.first, let end = Self.end(of: year) else { return nil }
    let currency = amounts.converted(first.amount, on: end).currency
    var table = NetWorthGap.Table(party: party, year: year, currency: currency)
    for source in sources {
      let money = amounts.converted(source.amount, on: end)
      if money.currency == currency {
        table.sources.append((source.kind.rawValue, Int128(money.minorUnits)))
      } else {
        table.left.append("\(source.kind.rawValue) of \(source.amount): no rate to \(currency)")
      }
    }
    addAssets(to: &table)
    addSpending(to: &table)
    return table
  }

  private func addAssets(to table: inout NetWorthGap.Table) {
    let stated = Set(around.facts.purchases.map(\.property))
    for item in around.context.property {
      let owners = [item.legalOwner, item.controller].compactMap { $0?.text }
      guard owners.contains(table.party.text), let day = item.acquiredOn, day.year == table.year
      else { continue }
      guard stated.contains(item.code), let price = item.price else {
        table.left.append("\(item.code) is not counted: its price or how it was paid is not stated")
        continue
      }
      let money = amounts.converted(price, on: day)
      if money.currency == table.currency {
        table.applications.append(("\(item.kind) \(item.code)", Int128(money.minorUnits)))
        table.edges += paidAssets.filter { $0.value == item.code }.keys.sorted()
      } else {
        table.left.append("\(item.code) is not counted: no rate to \(table.currency)")
      }
    }
  }

  private func addSpending(to table: inout NetWorthGap.Table) {
    let trail = around.trail
    let accounts = around.accounts(of: table.party)
    let own = Set(accounts)
    func isOfYear(_ edge: Int) -> Bool { trail.day(edge).year == table.year }
    let out = accounts.flatMap { Array(trail.outgoing(of: $0)) }
      .filter { isOfYear($0) && !own.contains(trail.destination[$0]) && paidAssets[$0] == nil }
      .sorted(by: trail.isEarlier)
    let into = accounts.flatMap { trail.incoming(of: $0).map(Int.init) }
      .filter { isOfYear($0) && trail.channel($0) == .cashDeposit }
    var foreign = 0
    func sum(_ edges: [Int]) -> Int128 {
      edges.reduce(0) { total, edge in
        let money = amounts.amount(edge)
        if money.currency == table.currency { return total + Int128(money.minorUnits) }
        foreign += 1
        return total
      }
    }
    let cash: Set<Channel> = [.cashWithdrawal, .atmWithdrawal]
    let living: Set<Channel> = [.cardPresent, .cardOnline, .prepaidLoad, .fee]
    let drawn = max(0, sum(out.filter { cash.contains(trail.channel($0)) }) - sum(into))
    let spent = sum(out.filter { living.contains(trail.channel($0)) })
    let rest = out.filter {
      !cash.contains(trail.channel($0)) && !living.contains(trail.channel($0))
    }
    let rows = [
      ("cash drawn less cash paid in", drawn), ("card and other living spend", spent),
      ("transfers out", sum(rest)),
    ]
    table.applications += rows.filter { $0.1 > 0 }.map { (what: $0.0, minor: $0.1) }
    table.edges = (table.edges + out).sorted(by: trail.isEarlier)
    if foreign > 0 { table.left.append("\(foreign) movements have no rate to \(table.currency)") }
  }
}
