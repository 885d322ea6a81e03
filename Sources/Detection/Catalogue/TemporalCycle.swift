public import CaseModel
import TrailGraph

/// Money that returns to the account it left, by other hands.
///
/// Definition: typologies.md ST-09. A path of 3 to 6 transfers with strictly rising times, no account
/// twice, back to its start within 30 days, each hop from 70 % to 105 % of the one before. The search
/// is the exact temporal cycle of `Trail.forEachTemporalCycle`.
///
/// Departure: hops in different currencies are compared only where the case has a rate. Of cycles that
/// share a transfer the one that keeps most of the money is reported, with the number of the others.
public struct TemporalCycle: Detector {
  public static let innocentExplanations = [
    "Companies of one group settle their mutual debts.",
    "A loan is passed on and paid back.",
    "A household or circle of friends pays for each other.",
  ]
  public let id = "ST-09"
  public let version = 1
  public let kind = "cycle"
  public let title = "Money that returns to its start"

  public var hopsMin = 3  // default: two hops are a plain repayment (ST-10)
  public var hopsMax = 6
  public var windowDays = 30
  public var keptMinBasisPoints = 7_000
  public var keptMaxBasisPoints = 10_500
  public var visitLimit = 50_000_000  // default: some seconds of search, twenty times ordinary need
  public var visitLimitEach = 20_000  // default: a hub's month does not use up everybody's search
  public var timesShare = 400  // default: in a small trail one first transfer may take more

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("hops", "\(hopsMin) to \(hopsMax)"), .parameter("window", "\(windowDays) days"),
      .parameter(
        "each hop of the one before",
        "\(Statistic.percent(keptMinBasisPoints)) to \(Statistic.percent(keptMaxBasisPoints))"),
      .parameter(
        "visit limit", "\(visitLimit) transfers for each million of the trail"),
      .parameter(
        "visit limit of a first transfer",
        "\(visitLimitEach) transfers, or \(timesShare) times its part of the visit limit"),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    // A trail of less than a million counts as one, a million begun as a whole.
    let most = visitLimit * max(1, (trail.edgeCount + 999_999) / 1_000_000)
    var search = Trail.CycleSearch(
      lengths: hopsMin...hopsMax, window: Int64(windowDays) * 86_400, visitLimit: most)
    search.visitLimitEach = max(visitLimitEach, most / max(1, trail.edgeCount) * timesShare)
    var cycles: [[Int]] = []
    let end = trail.forEachTemporalCycle(
      search,
      continues: { before, next in
        amounts.share(of: next, in: before, keptMinBasisPoints...keptMaxBasisPoints)
      }, found: { cycles.append(Array($0)) })
    let proofs = Self.separate(cycles, trail, amounts).map {
      proof($0.shape, others: $0.others, trail, amounts, context)
    }
    return result(proofs, in: trail, context: context, truncation: end.truncation)
  }

  /// Cycles that share no transfer: the best first, what shares a transfer with it counted. Best is the
  /// largest share returned, then more hops, then the earlier, then edge order.
  static func separate(
    _ cycles: [[Int]], _ trail: Trail, _ amounts: ComparableAmounts
  ) -> [(shape: [Int], others: Int)] {
    let ranked = cycles.map { (cycle: $0, returned: returnedBasisPoints($0, amounts)) }.sorted {
      a, b in
      if a.returned != b.returned { return a.returned > b.returned }
      if a.cycle.count != b.cycle.count { return a.cycle.count > b.cycle.count }
      let (x, y) = (trail.time[a.cycle[0]], trail.time[b.cycle[0]])
      return x != y ? x < y : a.cycle.lexicographicallyPrecedes(b.cycle)
    }
    return Detection.separate(ranked.map(\.cycle))
  }

  /// Last hop ÷ first hop, at most the whole, so that money added on the way does not rank higher.
  static func returnedBasisPoints(_ cycle: [Int], _ amounts: ComparableAmounts) -> Int {
    guard let first = cycle.first, let last = cycle.last else { return 0 }
    return min(
      10_000,
      Statistic.basisPoints(
        Int128(amounts.amount(last).minorUnits), of: Int128(amounts.amount(first).minorUnits)))
  }

  private func proof(
    _ cycle: [Int], others: Int, _ trail: Trail, _ amounts: ComparableAmounts,
    _ context: CaseContext?
  ) -> Proof {
    let hops = zip(cycle, cycle.dropFirst()).map { before, next in
      Statistic.basisPoints(
        Int128(amounts.amount(next).minorUnits), of: Int128(amounts.amount(before).minorUnits))
    }
    let (first, last) = (cycle[0], cycle[cycle.count - 1])
    let own = Cautions.ownTransfers(cycle, trail, context)
    var roles = [(account: trail.source[first], part: "start")]
    roles += cycle.dropLast().map { (account: trail.destination[$0], part: "hop") }
    return Proof(
      edges: cycle, roles: roles,
      sentence:
        "\(trail.money(first)) left an account on \(trail.day(first)) and \(trail.money(last)) came "
        + "back to it on \(trail.day(last)) through \(cycle.count - 1) other accounts.",
      measures: [
        .atLeast("hops", cycle.count, hopsMin),
        .plain(
          "kept from hop to hop", hops.map(Statistic.percent).joined(separator: ", "),
          limit:
            "\(Statistic.percent(keptMinBasisPoints)) to \(Statistic.percent(keptMaxBasisPoints))"),
        .plain(
          "days from first to last hop", "\(trail.day(last) - trail.day(first))",
          limit: "at most \(windowDays)"),
      ],
      cautionsChecked: (context == nil
        ? [] : ["\(own) of \(cycle.count) hops lie between accounts of one holder"])
        + (others == 0 ? [] : ["\(others) further cycles share transfers with this one"]),
      cautionsNotChecked: [
        "whether the parties are affiliates that settle mutual debts",
        "whether a hop repays a loan",
      ] + (context == nil ? ["whether one person holds several of the accounts"] : []))
  }
}
