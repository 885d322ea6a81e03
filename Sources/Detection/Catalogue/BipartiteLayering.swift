public import CaseModel
import TrailGraph

/// Several accounts that never dealt with each other pay the same several accounts within days.
///
/// Definition: typologies.md ST-11. Within 14 days at least three sources each pay at least three of the same
/// three or more destinations, at least 60 % of all pairs of a source and a destination pay, and none of the
/// pairs dealt with each other in the 180 days before, in either direction.
///
/// Reading of "the same": the destinations are those of one source, the reader, that at least one other source
/// pays too; the days begin with a payment of the reader to a new payee. Every complete group is found from its earliest
/// payer; a loose one in which no source pays most of the destinations is not. Of a group that is not dense
/// enough the sources that pay the fewest are left out, one by one, until the rest is. Of groups that share the
/// reader, the one with the most paying pairs is kept, of equals the earlier, then the lower account.
///
/// Departures: silent when at least half of the pairs go on to deal in three or more times over
/// eight weeks: buyers and sellers of one market. A payee with more than `branchMax` receipts in the days, and
/// a payer with more new payees, is no layer and is not followed; the result says so.
///
/// - Complexity: O(*p* · `branchMax`) in the payments to new payees.
public struct BipartiteLayering: Detector {
  public static let innocentExplanations = [
    "Branches of one business pay the same suppliers.",
    "Buyers and sellers meet in one market or at one fair.",
    "Friends split several bills of one journey.",
  ]
  public let id = "ST-11"
  public let version = 1
  public let kind = "bipartite"
  public let title = "Several payers, the same several payees"

  public var windowDays = 14
  public var sourcesMin = 3
  public var destinationsMin = 3
  public var densityBasisPoints = 6_000
  public var newAfterDays = 180
  public var branchMax = 50  // default: a payee of more in two weeks is a business
  public var regular = Regularity()  // default: the same habit for every detector

  public init() {}

  /// From the reader to its payees (1), their other payers (2), and what would make one of those the reader
  /// of a larger group: its payees' receipts (3).
  public var reach: Reach { .transfers(3) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least sources", "\(sourcesMin)"),
      .parameter("least shared destinations", "\(destinationsMin)"),
      .parameter("least density", Statistic.percent(densityBasisPoints)),
      .parameter("no ties in", "\(newAfterDays) days before"),
      .parameter("payments followed", "\(branchMax) an account"),
      .parameter(
        "standing dealing", regular.words),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let trail = scene.trail
    let (groups, truncation) = groups(in: scene)
    let hasNames = trail.edgeCount > 0
    return result(
      groups.map { proof($0, trail) }, in: trail, context: scene.context,
      notApplicable: hasNames ? nil : "no transfer is recorded", truncation: truncation)
  }

  /// One reader's group.
  struct Group {
    let reader: Int32
    /// The reader first, then the others by account.
    let sources: [Int32]
    let destinations: [Int32]
    /// Payments of the pairs in time order.
    let edges: [Int]
    let pairs: Int
    let standing: Int
    let days: ClosedRange<Int32>
  }

  /// The groups whose readers are asked for.
  func groups(in scene: Scene) -> (found: [Group], truncation: String?) {
    var search = LayerSearch(detector: self, trail: scene.trail)
    var found: [Group] = []
    for account in scene.centres {
      found += search.groups(readBy: account).filter { !search.isOutranked($0) }
    }
    return (found, search.truncation)
  }

  private func proof(_ group: Group, _ trail: Trail) -> Proof {
    let days = group.edges.map { trail.day($0) }
    let first = days.first?.description ?? ""
    let last = days.last?.description ?? ""
    let possible = group.sources.count * group.destinations.count
    let density = Statistic.basisPoints(Int128(group.pairs), of: Int128(possible))
    return Proof(
      edges: group.edges,
      roles: group.sources.map { ($0, "source") }
        + group.destinations.map { ($0, "destination") },
      sentence:
        "\(group.sources.count) accounts paid the same \(group.destinations.count) accounts in "
        + "\(group.edges.count) transfers, from \(first) to \(last), without earlier dealings.",
      measures: [
        .atLeast("sources", group.sources.count, sourcesMin),
        .atLeast("shared destinations", group.destinations.count, destinationsMin),
        .plain(
          "pairs that pay, of \(possible)", Statistic.percent(density),
          limit: "at least \(Statistic.percent(densityBasisPoints))"),
      ],
      cautionsChecked: [
        "\(group.standing) of \(group.pairs) pairs go on to deal regularly",
        "none of the pairs dealt with each other in the \(newAfterDays) days before",
      ],
      cautionsNotChecked: ["whether the payers are branches, or the payees sellers of one market"]
        + regular.tooShort(group.reader, trail))
  }
}
