public import CaseModel
import TrailGraph

/// One payer's money reaches one payee through several others at once.
///
/// Definition: typologies.md ST-08. Within `scatterDays` days a source pays at least `middlesMin`
/// intermediaries; each of them, after it was paid and within `gatherDays` days, pays the same target; what
/// reaches the target through them is at least 70 % of what they were sent.
///
/// Reading of "through them": of an intermediary count what it was sent in `scatterDays` whole days and
/// followed with a payment to the target, and its payments to the target up to that sum. Of the
/// intermediaries of one source and target the largest set that meets the share is taken, so that one that
/// kept its money does not hide the others.
///
/// Departures: who is paid by the source in three or more times over eight weeks is no
/// intermediary but staff, a pensioner or a standing supplier; a scheme that keeps its intermediaries that
/// long shows in ST-04 and FL-01. Who makes more than `branchMax` payments in the days after a receipt is
/// not followed, and the result says so: which of them carried the money on cannot be told by shape.
///
/// - Complexity: O(Σ over payments of the payments their payee makes in the days after, at most
///   `branchMax`), times log for sorting them by target; at most `legLimit` legs a source.
public struct ScatterGather: Detector {
  public static let innocentExplanations = [
    "A family or friends buy something together with money one of them lent.",
    "A company pays contractors who all use the same supplier or pay the same tax office.",
    "A parent pays students who all pay the same school.",
  ]
  public let id = "ST-08"
  public let version = 1
  public let kind = "scatter_gather"
  public let title = "From one payer through several to one payee"

  public var scatterDays = 3
  public var gatherDays = 7
  public var middlesMin = 3
  public var throughShareBasisPoints = 7_000
  public var regular = Regularity()  // default: the same habit for every detector
  public var branchMax = 200  // default: a person's week, not a business's
  public var legLimit = 1_000_000  // default: about a second a source

  public init() {}

  public var reach: Reach { .transfers(1) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("scatter window", "\(scatterDays) days"),
      .parameter("gather window", "\(gatherDays) days"),
      .parameter("least intermediaries", "\(middlesMin)"),
      .parameter("least share through them", Statistic.percent(throughShareBasisPoints)),
      .parameter(
        "no intermediary", regular.words),
      .parameter("payments followed", "\(branchMax) an intermediary, \(legLimit) a source"),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    var search = ScatterSearch(
      detector: self, trail: trail, amounts: ComparableAmounts(trail, context))
    var proofs: [Proof] = []
    for account in scene.centres {
      proofs += search.routes(from: account).map { proof($0, from: account, trail) }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: search.sawPassage
        ? nil : "no account has records of both receipts and payments",
      truncation: search.truncation)
  }

  private func proof(
    _ route: ScatterRoute, from account: Int32, _ trail: Trail
  ) -> Proof {
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, route.currency)
    }
    let edges = route.middles.flatMap { $0.sent + $0.passed }
    let days = edges.map { trail.day($0) }
    let first = days.min()?.description ?? ""
    let last = days.max()?.description ?? ""
    return Proof(
      edges: edges,
      roles: [(account, "source")] + route.middles.map { ($0.account, "intermediary") }
        + [(route.target, "target")],
      sentence:
        "\(money(route.sent)) went from one account to \(route.middles.count) others within "
        + "\(scatterDays) days, and \(money(route.through)) of it on to one account, from \(first) to "
        + "\(last).",
      measures: [
        .atLeast("intermediaries", route.middles.count, middlesMin),
        .plain(
          "through them of what they were sent",
          Statistic.percent(Statistic.basisPoints(route.through, of: route.sent)),
          limit: "at least \(Statistic.percent(throughShareBasisPoints))"),
      ],
      cautionsChecked: route.staff == 0
        ? [] : ["\(route.staff) further payees are paid regularly and were left out"],
      cautionsNotChecked: [
        "whether the intermediaries are a family or staff who buy or pay the same thing"
      ] + regular.tooShort(account, trail))
  }
}
