public import CaseModel
import TrailGraph

/// Money that goes through many accounts, or many layers of accounts, one after the other.
///
/// Definition: typologies.md ST-12. Either a chain of at least five pass-through accounts, or at least four
/// successive layers as in ST-11, the payees of one the payers of the next, within 21 days.
///
/// Departures: an account of the chain passes a single receipt on, 90 % to 102 % of it within 48 hours (the
/// share and the stay of ST-04; its five receipts are asked of an account that collects, not of a link). In a
/// layer's successor at least three of its payees pay. Silent when at least half of the chain's transfers lie
/// between parties with standing dealings. A payment with more than `receiptsMax` receipts in the two days
/// before it is not followed.
///
/// - Complexity: O(*m* · `receiptsMax`) in the transfers, and what ST-11 costs.
public struct Stack: Detector {
  public static let innocentExplanations = [
    "Correspondent banks and payment firms hand a transfer on by design.",
    "A supply chain pays each supplier as soon as the customer has paid.",
    "A sum passes through a notary, a broker and their banks at a purchase.",
  ]
  public let id = "ST-12"
  public let version = 1
  public let kind = "stack"
  public let title = "Money passed through many accounts in a row"

  public var accountsMin = 5
  public var layersMin = 4
  public var windowDays = 21
  public var keptMinBasisPoints = 9_000
  public var keptMaxBasisPoints = 10_200
  public var stayMaxHours = 48
  public var receiptsMax = 64  // default: above it any amount meets its like by chance
  public var regular = Regularity()  // default: the same habit for every detector
  public var layer = BipartiteLayering()  // ST-11 with its defaults

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("least accounts in a chain", "\(accountsMin)"),
      .parameter("least layers", "\(layersMin)"), .parameter("window", "\(windowDays) days"),
      .parameter(
        "handed on of a receipt",
        "\(Statistic.percent(keptMinBasisPoints)) to \(Statistic.percent(keptMaxBasisPoints))"),
      .parameter("longest stay", "\(stayMaxHours) hours"),
      .parameter("receipts compared", "\(receiptsMax) a payment"),
    ] + layer.parameters.map { .parameter("layer: " + $0.name, $0.value) }
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var chains = Chains(trail, windowDays: windowDays)
    let hours = Int64(stayMaxHours)
    for account in 0..<Int32(trail.accountCount) {
      chains.link(
        account, receiptsMax: receiptsMax,
        earliest: { payment in
          // Whole days where a record states no time; `follows` decides.
          trail.time[payment] - (hours * 3600 + 86_400)
        },
        continues: { receipt, payment in
          trail.follows(payment, receipt, withinHours: stayMaxHours)
            && amounts.share(of: payment, in: receipt, keptMinBasisPoints...keptMaxBasisPoints)
        })
    }
    var proofs = chains.longest(transfersMin: accountsMin + 1).compactMap { chain -> Proof? in
      let standing = regular.standing(chain.shape, trail)
      guard standing * 2 < chain.shape.count else { return nil }
      return proof(chain.shape, others: chain.others, standing, trail)
    }
    let groups = layer.groups(in: Scene(trail, under: scene.law, context: context))
    proofs += stacks(groups.found, trail).map { proof($0, trail) }
    proofs.removeAll { !scene.asksFor($0.roles[0].account) }
    let crowded = chains.crowded.count
    let words =
      (crowded == 0
        ? []
        : [
          "payments of \(crowded) accounts with more than \(receiptsMax) receipts just before were not "
            + "followed"
        ]) + (groups.truncation.map { [$0] } ?? [])
    return result(
      proofs, in: trail, context: context,
      notApplicable: trail.edgeCount > 0 ? nil : "no transfer is recorded",
      truncation: words.isEmpty ? nil : words.joined(separator: "; "))
  }

  /// Longest successions of layers; layers in the order of their first payment.
  private func stacks(
    _ groups: [BipartiteLayering.Group], _ trail: Trail
  ) -> [[BipartiteLayering.Group]] {
    let ordered = groups.sorted { trail.time[$0.edges[0]] < trail.time[$1.edges[0]] }
    var paysIn: [Int32: [Int]] = [:]
    for (place, group) in ordered.enumerated() {
      for source in group.sources { paysIn[source, default: []].append(place) }
    }
    var best = [[Int]](repeating: [], count: ordered.count)
    for place in ordered.indices.reversed() {
      best[place] = [place]
      var common: [Int: Int] = [:]
      for payee in ordered[place].destinations {
        for next in paysIn[payee] ?? [] where next > place { common[next, default: 0] += 1 }
      }
      for next in common.keys.sorted() where (common[next] ?? 0) >= layer.sourcesMin {
        guard follows(ordered[next], ordered[place], trail) else { continue }
        let path = [place] + best[next].prefix { within(ordered[$0], ordered[place], trail) }
        if path.count > best[place].count { best[place] = path }
      }
    }
    let long = best.filter { $0.count >= layersMin }.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0[0] < $1[0]
    }
    return separate(long).map { stack in stack.shape.map { ordered[$0] } }
  }

  private func follows(
    _ next: BipartiteLayering.Group, _ group: BipartiteLayering.Group, _ trail: Trail
  ) -> Bool {
    trail.time[group.edges[0]] < trail.time[next.edges[0]]
      && trail.time[group.edges[group.edges.count - 1]]
        < trail.time[next.edges[next.edges.count - 1]]
      && within(next, group, trail)
  }

  private func within(
    _ next: BipartiteLayering.Group, _ first: BipartiteLayering.Group, _ trail: Trail
  ) -> Bool {
    trail.day(next.edges[next.edges.count - 1]) - trail.day(first.edges[0]) <= windowDays
  }

  private func proof(
    _ chain: [Int], others: Int, _ standing: Int, _ trail: Trail
  ) -> Proof {
    let (first, last) = (chain[0], chain[chain.count - 1])
    return Proof(
      edges: chain,
      roles: [(trail.source[first], "source")]
        + chain.dropLast().map { (trail.destination[$0], "hop") }
        + [(trail.destination[last], "destination")],
      sentence:
        "\(trail.money(first)) left an account on \(trail.day(first)) and \(trail.money(last)) reached "
        + "another on \(trail.day(last)) through \(chain.count - 1) accounts that each passed it on.",
      measures: [
        .atLeast("accounts passed through", chain.count - 1, accountsMin),
        .plain(
          "days from first to last transfer", "\(trail.day(last) - trail.day(first))",
          limit: "at most \(windowDays)"),
      ],
      cautionsChecked: [
        "\(standing) of \(chain.count) transfers lie between parties with standing dealings"
      ] + (others == 0 ? [] : ["\(others) further chains share transfers with this one"]),
      cautionsNotChecked: ["whether the accounts are correspondents, brokers or suppliers in a row"]
        + regular.tooShort(trail.source[first], trail))
  }

  private func proof(_ stack: [BipartiteLayering.Group], _ trail: Trail) -> Proof {
    let edges = stack.flatMap(\.edges)
    let days = edges.map { trail.day($0) }
    var roles: [(account: Int32, part: String)] = []
    for (place, group) in stack.enumerated() {
      roles += group.sources.map { ($0, "layer \(place + 1)") }
    }
    roles += (stack.last?.destinations ?? []).map { ($0, "layer \(stack.count + 1)") }
    let span = (days.max() ?? days[0]) - (days.min() ?? days[0])
    return Proof(
      edges: edges, roles: roles,
      sentence:
        "\(edges.count) transfers led through \(stack.count) layers in a row, in each of them several "
        + "accounts paying the same accounts, within \(span) days.",
      measures: [
        .atLeast("layers", stack.count, layersMin),
        .plain("days from first to last transfer", "\(span)", limit: "at most \(windowDays)"),
      ],
      cautionsNotChecked: ["whether the layers are stages of a supply chain"])
  }
}
