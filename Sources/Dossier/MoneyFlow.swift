// The flow chart of the traced money, built from the steps of the claims and nothing else.

import CaseModel

/// Tainted and clean money between places, one arrow for each pair of places and currency.
///
/// A step's amount is the part of it that is in the claim, so that claims that share a booked line add up
/// to no more than the line; that is checked again where a booked line is known. At most `nodesMax` places are drawn: the accounts with the least money are
/// merged into one, and `mergedCount` says how many.
struct MoneyFlow {
  static let nodesMax = 18

  private struct Step {
    var from: String
    var to: String
    var isTainted: Bool
    var amount: Money
    var source: SourceRef
  }
  private struct Pair: Hashable, Comparable {
    var from: String
    var to: String
    var currency: Currency
    var isTainted: Bool
    static func < (a: Pair, b: Pair) -> Bool {
      if a.from != b.from { return a.from.utf8.lexicographicallyPrecedes(b.from.utf8) }
      if a.to != b.to { return a.to.utf8.lexicographicallyPrecedes(b.to.utf8) }
      if a.currency != b.currency { return a.currency < b.currency }
      return a.isTainted && !b.isTainted
    }
  }

  private let drafting: Drafting
  private let steps: [Step]
  /// Places that are drawn as one.
  private let merged: Set<String>
  private let kinds: [String: FlowChart.NodeKind]

  var mergedCount: Int { merged.count }

  init(_ drafting: Drafting) {
    self.drafting = drafting
    var steps: [Step] = []
    var kinds: [String: FlowChart.NodeKind] = [:]
    let names = drafting.shortNames()
    let outside = Self.outside(drafting)
    for claim in drafting.run.claims where claim.isTainted {
      for (place, raw) in claim.steps.enumerated() {
        let step = ClaimStep(
          date: raw.date, from: outside[raw.from] ?? names[raw.from] ?? raw.from,
          to: outside[raw.to] ?? names[raw.to] ?? raw.to, amount: raw.amount, moved: raw.moved,
          source: raw.source)
        // Where no earlier step of the claim arrives, its money comes in.
        if kinds[step.from] == nil {
          let isSource = !claim.steps[..<place].contains { $0.to == raw.from }
          kinds[step.from] = isSource ? .source : .account
        }
        if place == claim.steps.count - 1 {
          kinds[step.to] = Self.kind(of: claim.place)
        } else if kinds[step.to] == nil {
          kinds[step.to] = .account
        }
        steps.append(
          Step(
            from: step.from, to: step.to, isTainted: claim.isTainted, amount: step.amount,
            source: step.source))
      }
    }
    let accountNames = Set(
      drafting.caseFile.accounts.flatMap { [drafting.name($0), drafting.shortName($0)] })
    // A listed deposit account is an asset too, and is never drawn as one with others.
    for item in drafting.proposal.assets.map({ drafting.shortName($0.item) })
    where kinds[item] != nil { kinds[item] = .asset }
    for (name, kind) in kinds where kind == .source && accountNames.contains(name) {
      kinds[name] = .account
    }
    self.steps = steps
    self.kinds = kinds
    merged = Self.merged(steps, kinds)
  }

  /// All places outside the records are drawn as one, which says how many they are.
  private static func outside(_ drafting: Drafting) -> [String: String] {
    var names: Set<String> = []
    for claim in drafting.run.claims where claim.isTainted {
      if case .abroad = claim.place, let last = claim.steps.last { names.insert(last.to) }
    }
    guard names.count > 1 else { return [:] }
    let label = drafting.wording.word("flow", "outside") + " (\(names.count) accounts)"
    return Dictionary(uniqueKeysWithValues: names.map { ($0, label) })
  }

  private static func kind(of place: Place) -> FlowChart.NodeKind {
    switch place {
    case .asset: .asset
    case .account: .account
    case .cash: .outside
    case .dissipated, .debtDischarge: .dissipated
    case .abroad: .outside
    case .untraced: .gap
    }
  }

  /// Accounts that give way when there are too many places: least money first, ties by name.
  private static func merged(_ steps: [Step], _ kinds: [String: FlowChart.NodeKind]) -> Set<String>
  {
    guard kinds.count > nodesMax else { return [] }
    var totals: [Currency: Int128] = [:]
    var through: [String: [Currency: Int128]] = [:]
    for step in steps {
      let (amount, currency) = (Int128(step.amount.minorUnits.magnitude), step.amount.currency)
      totals[currency, default: 0] += amount
      through[step.from, default: [:]][currency, default: 0] += amount
      through[step.to, default: [:]][currency, default: 0] += amount
    }
    // Shares of a currency's movement in millionths, rounded down; the largest counts. They order
    // places of different currencies without a rate, and are never printed.
    let uses = through.mapValues { sums in
      sums.map { currency, sum in
        Rounding.down.quotient(sum * 1_000_000, by: max(1, totals[currency] ?? 1))
      }.max() ?? 0
    }
    let order = kinds.keys.sorted { a, b in
      let (rankA, rankB) = (rank(kinds[a]), rank(kinds[b]))
      if rankA != rankB { return rankA < rankB }
      if uses[a] != uses[b] { return uses[a] ?? 0 < uses[b] ?? 0 }
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    return Set(order.prefix(kinds.count - nodesMax + 1))
  }

  /// Who is merged first: accounts, then places outside, then sources; assets last of all.
  private static func rank(_ kind: FlowChart.NodeKind?) -> Int {
    switch kind {
    case .account, nil: 0
    case .outside: 1
    case .source: 2
    case .dissipated, .gap: 3
    case .asset: 4
    }
  }

  /// The chart, or nil when no claim has steps.
  func chart() throws -> FlowChart? {
    guard !steps.isEmpty else { return nil }
    let wording = drafting.wording
    let other = try wording.label("flow.other") + " (\(merged.count))"
    func drawn(_ name: String) -> String { merged.contains(name) ? other : name }
    var lines: [Pair: [SourceRef: Money]] = [:]
    for step in steps {
      let (from, to) = (drawn(step.from), drawn(step.to))
      guard from != to else { continue }
      let pair = Pair(
        from: from, to: to, currency: step.amount.currency, isTainted: step.isTainted)
      let before = lines[pair]?[step.source] ?? .zero(step.amount.currency)
      lines[pair, default: [:]][step.source] = capped(before + step.amount, at: step.source)
    }
    let pairs = lines.keys.sorted()
    let names = Set(pairs.flatMap { [$0.from, $0.to] })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let ids = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0.element, "n\($0.offset + 1)") })
    let nodes = names.map { name in
      let kind = kinds[name] ?? .account
      return FlowChart.Node(
        id: ids[name] ?? name, label: name, kind: kind)
    }
    let edges = pairs.compactMap { pair -> FlowChart.Edge? in
      guard let parts = lines[pair],
        let figure = Figure(
          parts.values.sum(in: pair.currency), label: "moved from \(pair.from) to \(pair.to)",
          derivation: parts.count == 1
            ? "traced part of a line" : "sum of the traced parts of \(parts.count) lines",
          from: parts.keys.sorted()),
        let from = ids[pair.from], let to = ids[pair.to]
      else { return nil }
      return FlowChart.Edge(from: from, to: to, amount: figure, isTainted: pair.isTainted)
    }
    guard !edges.isEmpty else { return nil }
    return FlowChart(
      anchor: "flow", caption: try wording.title("flow"), nodes: nodes, edges: edges)
  }

  /// No more than the booked line's own amount, when the line is a booked one of this case.
  private func capped(_ amount: Money, at source: SourceRef) -> Money {
    guard let booked = drafting.entry(at: source)?.amount, booked.currency == amount.currency else {
      return amount
    }
    return min(amount, booked.magnitude)
  }
}
