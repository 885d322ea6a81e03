public import CaseModel
import Legislation
import TrailGraph

/// Prepaid cards loaded again and again, in small sums, at several sellers.
///
/// Definition: typologies.md ST-23. At least five prepaid loads in 14 days at three or more sellers, each below
/// a quarter of the cash reporting threshold.
///
/// Departures: "spent or cashed elsewhere" happens on the cards, which these records do not show, so it is
/// named as not checked. A seller is a payee with a name or an account; loads at unnamed sellers are not
/// counted. Silent when at least half of the sellers are paid again and again over eight weeks:
/// someone who lives by prepaid.
///
/// - Complexity: O(*n* log *n*) in the prepaid loads.
public struct PrepaidLadder: Detector {
  public static let innocentExplanations = [
    "Gift cards before a feast.",
    "A family or an aid group tops up the telephones of many.",
    "Someone without a bank card buys on the internet with prepaid cards.",
  ]
  public let id = "ST-23"
  public let version = 1
  public let kind = "prepaid_ladder"
  public let title = "Many small prepaid loads at several sellers"

  public var windowDays = 14
  public var loadsMin = 5
  public var sellersMin = 3
  public var largestShareBasisPoints = 2_500
  public var regular = Regularity()  // default: the same habit for every detector

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least loads", "\(loadsMin)"),
      .parameter("least sellers", "\(sellersMin)"),
      .parameter("each below", Statistic.percent(largestShareBasisPoints) + " of threshold"),
      .parameter("regular seller", regular.words),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let trail = scene.trail
    var proofs: [Proof] = []
    var (sawLoad, sawSeller) = (false, false)
    var withoutThreshold: Set<Currency> = []
    var thresholds = Thresholds(scene.law)
    for account in scene.centres {
      let loads = trail.outgoing(of: account).filter { trail.channel($0) == .prepaidLoad }
      guard !loads.isEmpty else { continue }
      sawLoad = true
      let named = loads.filter { trail.destination[$0] >= 0 && trail.destination[$0] != account }
      if !named.isEmpty { sawSeller = true }
      let tallies = regular.tallies(named, trail) { trail.destination[$0] }
      for (currency, edges) in trail.byCurrency(named) {
        guard let last = edges.last,
          let threshold = thresholds.threshold(in: currency, on: trail.day(last))
        else {
          withoutThreshold.insert(currency)
          continue
        }
        let small = edges.filter { edge in
          let limit = thresholds.threshold(in: currency, on: trail.day(edge))
          return limit.map { isSmall(trail.amountMinor[edge], $0) } ?? false
        }
        proofs += runs(small, trail) { regular.holds(tallies[$0]) }.map {
          proof($0.run, best: $0.best, of: account, threshold, trail)
        }
      }
    }
    let codes = withoutThreshold.sorted().map(\.code).joined(separator: ", ")
    let missing =
      !sawLoad
      ? "no prepaid load is recorded as such"
      : !sawSeller
        ? "no prepaid load names its seller"
        : codes.isEmpty
          ? nil : "profile \(scene.law.profile) states no cash reporting threshold for \(codes)"
    return result(proofs, in: trail, context: scene.context, notApplicable: missing)
  }

  private func isSmall(_ minor: Int64, _ threshold: LegalAmount) -> Bool {
    Int128(minor) * 10_000
      < Int128(threshold.amount.minorUnits) * Int128(largestShareBasisPoints)
  }

  /// Runs of loads, each with its fullest window: most loads, then the earliest.
  private func runs(
    _ loads: [Int], _ trail: Trail, isRegular: (Int32) -> Bool
  ) -> [(run: ArraySlice<Int>, best: ArraySlice<Int>)] {
    var window = DistinctWindow(loads, trail) { trail.destination[$0] }
    let runs = Window.joined(
      days: windowDays, count: loads.count, day: { trail.day(loads[$0]) }
    ) { range in
      window.slide(to: range)
      guard range.count >= loadsMin, window.distinct >= sellersMin else { return false }
      return window.parties.count(where: isRegular) * 2 < window.distinct
    }
    return runs.compactMap { run, windows in
      windows.enumerated().max {
        ($0.element.count, -$0.offset) < ($1.element.count, -$1.offset)
      }.map { (loads[run], loads[$0.element]) }
    }
  }

  private func proof(
    _ run: ArraySlice<Int>, best: ArraySlice<Int>, of account: Int32, _ threshold: LegalAmount,
    _ trail: Trail
  ) -> Proof {
    func money(_ minor: Int128) -> String { Statistic.money(minor, threshold.amount.currency) }
    var seen: Set<Int32> = []
    let sellers = run.map { trail.destination[$0] }.filter { seen.insert($0).inserted }
    let inBest = Set(best.map { trail.destination[$0] }).count
    let limit = Int128(threshold.amount.minorUnits) * Int128(largestShareBasisPoints)
    let days = run.map { trail.day($0) }
    return Proof(
      edges: Array(run), roles: [(account, "centre")] + sellers.map { ($0, "seller") },
      sentence:
        "\(run.count) prepaid loads of "
        + "\(money(run.reduce(Int128(0)) { $0 + Int128(trail.amountMinor[$1]) })) in all were bought "
        + "from one account at \(sellers.count) sellers from \(days.first?.description ?? "") to "
        + "\(days.last?.description ?? "").",
      measures: [
        .atLeast("loads in \(windowDays) days", best.count, loadsMin),
        .atLeast("sellers in \(windowDays) days", inBest, sellersMin),
        .plain(
          "largest single load", money(Int128(best.map { trail.amountMinor[$0] }.max() ?? 0)),
          limit: "below \(money(Rounding.halfUp.quotient(limit, by: 10_000))), "
            + "\(Statistic.percent(largestShareBasisPoints)) of \(threshold.amount) "
            + "(\(threshold.citation.text))"),
      ],
      cautionsNotChecked: [
        "where the cards were spent or cashed: their own records are not here",
        "whether they are gifts of a season or top-ups for relatives",
      ] + regular.tooShort(account, trail))
  }
}
