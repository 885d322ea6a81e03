public import CaseModel
import TrailGraph

/// Accounts of different holders that one hand seems to work.
///
/// Definition: typologies.md ST-24. A community of three accounts or more with two or more shared identifiers
/// (device, phone, e-mail, address, IP) across holders who are not recorded as one household, and 60 % or more
/// of their net flow to one node.
///
/// Departures: two accounts are joined when they share two identifiers or more, have different holders and are
/// of no common household; the community is what joins reach. An account without a known holder counts as a
/// holder of its own. Net flow to a node is what the other members paid it less what it paid them, over
/// all that they paid outside each other; the currency is the one with most payments. A stated landlord, utility,
/// tax office or licensed remitter that shares nothing with the members is no node, and what a node paid on to
/// one is no flow to it: one flatmate pays the rent of all. An identifier seen with more than 40
/// accounts (a public network, a dormitory's address) joins nobody; the result says so.
///
/// - Complexity: O(*i* · 40) in the identifiers for the joins, then in the payments of the members.
public struct SharedController: Detector {
  public static let innocentExplanations = [
    "Flatmates or a dormitory share an address and a network, and pay one of them the rent.",
    "A carer or a child helps elderly relatives with their banking.",
    "An employer's telephone and address were given when staff opened accounts.",
  ]
  public let id = "ST-24"
  public let version = 1
  public let kind = "shared_controller"
  public let title = "One hand behind accounts of several holders"

  public var accountsMin = 3
  public var sharedMin = 2
  public var flowBasisPoints = 6_000
  public var crowdMax = 40  // default: more accounts than a family or a flat, fewer than a café

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("least accounts", "\(accountsMin)"),
      .parameter("least identifiers shared", "\(sharedMin)"),
      .parameter("least net flow to one node", Statistic.percent(flowBasisPoints)),
      .parameter("identifiers of more accounts join nobody", "\(crowdMax)"),
    ]
  }

  private struct Token: Hashable, Comparable {
    let kind: String
    let token: String
    static func < (a: Self, b: Self) -> Bool { (a.kind, a.token) < (b.kind, b.token) }
  }

  private struct Flow {
    let node: Int32
    let edges: [Int]
    let share: Int
    let net: Int128
    let currency: Currency
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.identifiers.isEmpty else {
      return lacking("identifiers")
    }
    var seenWith: [Token: Set<Int32>] = [:]
    for item in around.facts.identifiers {
      guard let account = around.account(item.account) else { continue }
      seenWith[Token(kind: item.kind.rawValue, token: item.token), default: []].insert(account)
    }
    let crowded = seenWith.values.count { $0.count > crowdMax }
    let shared = seenWith.filter { $0.value.count > 1 && $0.value.count <= crowdMax }
    let pairs = pairs(shared, around)
    let communities = communities(pairs.keys.filter { (pairs[$0] ?? []).count >= sharedMin })
    var proofs: [Proof] = []
    for members in communities where members.count >= accountsMin {
      guard let flow = flow(of: members, around) else { continue }
      proofs.append(proof(members, flow, pairs, around))
    }
    return result(
      proofs, in: scene,
      truncation: crowded > 0
        ? "\(crowded) identifiers seen with more than \(crowdMax) accounts joined nobody" : nil)
  }

  /// A pair of accounts, the lower first.
  private struct Pair: Hashable, Comparable {
    let a: Int32
    let b: Int32
    static func < (x: Self, y: Self) -> Bool { (x.a, x.b) < (y.a, y.b) }
  }

  /// The identifiers that accounts of different holders, of no common household, share.
  private func pairs(_ shared: [Token: Set<Int32>], _ around: Surroundings) -> [Pair: Set<Token>] {
    var result: [Pair: Set<Token>] = [:]
    for (token, accounts) in shared {
      let sorted = accounts.sorted()
      for (place, a) in sorted.enumerated() {
        for b in sorted[(place + 1)...] where !isOneHome(a, b, around) {
          result[Pair(a: a, b: b), default: []].insert(token)
        }
      }
    }
    return result
  }

  private func isOneHome(_ a: Int32, _ b: Int32, _ around: Surroundings) -> Bool {
    let (x, y) = (around.party(of: a), around.party(of: b))
    if let x, x == y { return true }
    return around.facts.households.contains { home in
      func lives(_ account: Int32, _ party: PartyCode?) -> Bool {
        party.map(home.members.contains) ?? false
          || home.accounts.contains { around.account($0) == account }
      }
      return lives(a, x) && lives(b, y)
    }
  }

  private func communities(_ pairs: [Pair]) -> [[Int32]] {
    var next: [Int32: [Int32]] = [:]
    for pair in pairs {
      next[pair.a, default: []].append(pair.b)
      next[pair.b, default: []].append(pair.a)
    }
    var seen: Set<Int32> = []
    return next.keys.sorted().compactMap { start in
      guard seen.insert(start).inserted else { return nil }
      var (members, open) = ([start], [start])
      while let account = open.popLast() {
        for other in next[account] ?? [] where seen.insert(other).inserted {
          members.append(other)
          open.append(other)
        }
      }
      return members.sorted()
    }
  }

  /// The node that most of the members' money goes to; nil below the limit.
  private func flow(of members: [Int32], _ around: Surroundings) -> Flow? {
    let trail = around.trail
    let amounts = ComparableAmounts(trail, around.context)
    let inside = Set(members)
    let paid = amounts.groups(members.flatMap { Array(trail.outgoing(of: $0)) })
    let main = paid.max { ($0.items.count, $1.currency) < ($1.items.count, $0.currency) }
    guard let main else { return nil }
    var net: [Int32: Int128] = [:]
    for item in main.items where trail.destination[item.edge] >= 0 {
      net[trail.destination[item.edge], default: 0] += Int128(item.minor)
    }
    for member in members {
      for number in trail.incoming(of: member) {
        let edge = Int(number)
        let money = amounts.amount(edge)
        guard money.currency == main.currency, net[trail.source[edge]] != nil else { continue }
        net[trail.source[edge], default: 0] -= Int128(money.minorUnits)
      }
    }
    for node in net.keys.sorted() {
      for edge in trail.outgoing(of: node)
      where isService(trail.destination[edge], outside: inside, around) {
        let money = amounts.amount(edge)
        if money.currency == main.currency { net[node, default: 0] -= Int128(money.minorUnits) }
      }
    }
    let ranked = net.sorted { a, b in a.value != b.value ? a.value > b.value : a.key < b.key }
    for (node, value) in ranked
    where value > 0 && !isService(node, outside: inside, around) {
      let outside = main.items.filter { item in
        let (payer, payee) = (trail.source[item.edge], trail.destination[item.edge])
        return payer != node && (payee == node || !inside.contains(payee))
      }
      let sum = outside.reduce(Int128(0)) { $0 + Int128($1.minor) }
      let share = Statistic.basisPoints(value, of: sum)
      guard share >= flowBasisPoints else { continue }
      let edges = outside.map(\.edge).filter { trail.destination[$0] == node }
        .sorted(by: trail.isEarlier)
      return Flow(node: node, edges: edges, share: share, net: value, currency: main.currency)
    }
    return nil
  }

  /// Whether an account is of a body that serves many, and is none of the members.
  private func isService(_ node: Int32, outside members: Set<Int32>, _ around: Surroundings) -> Bool
  {
    guard !members.contains(node), let body = around.body(of: node) else { return false }
    return body.roles.contains {
      switch $0 {
      case .remitter: body.licence != nil
      case .landlord, .utility, .taxOffice: true
      default: false
      }
    }
  }

  private func proof(
    _ members: [Int32], _ flow: Flow, _ pairs: [Pair: Set<Token>], _ around: Surroundings
  ) -> Proof {
    let inside = Set(members)
    let joined = pairs.filter {
      $0.value.count >= sharedMin && inside.contains($0.key.a) && inside.contains($0.key.b)
    }
    let least = joined.values.map(\.count).min() ?? 0
    let tokens = joined.values.reduce(into: Set<Token>()) { $0.formUnion($1) }.sorted()
    let table = tokens.map { token -> Finding.Measure in
      let accounts = joined.filter { $0.value.contains(token) }.keys
      let holders = Set(accounts.flatMap { [$0.a, $0.b] }).count
      return .plain(
        "\(token.kind) \(token.token)", "seen with \(holders) of these accounts", limit: "")
    }
    let unknown = members.count { around.party(of: $0) == nil }
    let others = members.filter { $0 != flow.node }
    return Proof(
      edges: flow.edges,
      roles: [(flow.node, "controller node")] + others.map { ($0, "member") },
      sentence:
        "\(members.count) accounts of different holders share identifiers, and "
        + "\(Statistic.percent(flow.share)) of what they paid, "
        + "\(Statistic.money(flow.net, flow.currency)) net, went to one account.",
      measures: [
        .atLeast("accounts", members.count, accountsMin),
        .atLeast("least identifiers two of them share", least, sharedMin),
        .plain(
          "net flow to one node", Statistic.percent(flow.share),
          limit: "at least \(Statistic.percent(flowBasisPoints))"),
      ] + table,
      cautionsChecked: [
        around.facts.households.isEmpty
          ? "no household is stated" : "no two of them are recorded as one household",
        "\(unknown) of \(members.count) accounts have no stated holder",
      ],
      cautionsNotChecked: [
        "whether the holders live, work or are cared for together",
        "whether they were made to hand over their accounts: a holder may be a victim",
      ])
  }
}
