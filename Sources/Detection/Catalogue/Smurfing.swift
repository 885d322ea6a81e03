public import CaseModel
import Legislation
import TrailGraph

/// Several people bring cash, each below the reporting threshold, to one account.
///
/// Definition: typologies.md ST-02, the part that depositors alone carry. In any three days cash deposits into
/// one account by at least four distinct depositors, each below the threshold, together at least one and a
/// half times the threshold.
///
/// Departures: the other part, four branches at least 20 km apart, needs branches, which a trail does not
/// state; the result says so. Silent when at least half of the depositors bring cash again and again
/// over eight weeks: dues, takings, a club. Deposits without a named depositor are not counted.
///
/// - Complexity: O(*n* log *n*) in the cash deposits.
public struct Smurfing: Detector {
  public static let innocentExplanations = [
    "Relatives or members of a club bring a collection to the bank.",
    "A charity drive or a parish feast is banked by its helpers.",
    "Staff of several tills bank the takings of one business.",
  ]
  public let id = "ST-02"
  public let version = 1
  public let kind = "smurfing"
  public let title = "Cash brought by many, each below the threshold"

  public var windowDays = 3
  public var depositorsMin = 4
  public var sumShareBasisPoints = 15_000
  public var regular = Regularity()  // default: the same habit for every detector

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"),
      .parameter("least depositors", "\(depositorsMin)"),
      .parameter("least sum", Statistic.percent(sumShareBasisPoints) + " of threshold"),
      .parameter(
        "regular depositor", regular.words),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let trail = scene.trail
    var proofs: [Proof] = []
    var (sawCash, sawDepositor) = (false, false)
    var withoutThreshold: Set<Currency> = []
    var thresholds = Thresholds(scene.law)
    for account in scene.centres {
      let cash = trail.incoming(of: account).lazy.map(Int.init).filter {
        trail.channel($0) == .cashDeposit
      }.map { $0 }
      let named = cash.filter { trail.source[$0] >= 0 && trail.source[$0] != account }
      guard !cash.isEmpty else { continue }
      sawCash = true
      for (currency, edges) in trail.byCurrency(named) {
        sawDepositor = true
        let below = edges.filter { edge in
          thresholds.threshold(in: currency, on: trail.day(edge)).map {
            trail.amountMinor[edge] < $0.amount.minorUnits
          } ?? false
        }
        guard let last = edges.last,
          let threshold = thresholds.threshold(in: currency, on: trail.day(last))
        else {
          withoutThreshold.insert(currency)
          continue
        }
        proofs += look(
          at: below, all: edges, of: account, threshold, trail)
      }
    }
    let codes = withoutThreshold.sorted().map(\.code).joined(separator: ", ")
    let missing =
      !sawCash
      ? "no cash deposit is recorded as such"
      : !sawDepositor
        ? "no cash deposit names its depositor, and branches are not recorded"
        : codes.isEmpty
          ? nil : "profile \(scene.law.profile) states no cash reporting threshold for \(codes)"
    return result(proofs, in: trail, context: scene.context, notApplicable: missing)
  }

  private func look(
    at below: [Int], all: [Int], of account: Int32, _ threshold: LegalAmount, _ trail: Trail
  ) -> [Proof] {
    let tallies = regular.tallies(all, trail) { trail.source[$0] }
    let limit = Rounding.halfUp.quotient(
      Int128(threshold.amount.minorUnits) * Int128(sumShareBasisPoints), by: 10_000)
    var window = DistinctWindow(below, trail) { trail.source[$0] }
    let runs = Window.joined(
      days: windowDays, count: below.count, day: { trail.day(below[$0]) }
    ) { range in
      window.slide(to: range)
      guard window.distinct >= depositorsMin, window.sum >= limit else { return false }
      let steady = window.parties.count { regular.holds(tallies[$0]) }
      return steady * 2 < window.distinct
    }
    return runs.compactMap { run, windows in
      let sized = windows.map { range in
        (range: range, depositors: Set(below[range].map { trail.source[$0] }).count)
      }
      guard
        let best = sized.enumerated().max(by: {
          ($0.element.depositors, -$0.offset) < ($1.element.depositors, -$1.offset)
        })?.element
      else { return nil }
      return proof(
        below[run], best: below[best.range], depositors: best.depositors, limit, all, account,
        threshold, isRegular: { regular.holds(tallies[$0]) }, trail)
    }
  }

  private func proof(
    _ shown: ArraySlice<Int>, best: ArraySlice<Int>, depositors: Int, _ limit: Int128, _ all: [Int],
    _ account: Int32, _ threshold: LegalAmount, isRegular: (Int32) -> Bool,
    _ trail: Trail
  ) -> Proof? {
    guard let first = shown.first, let last = shown.last else { return nil }
    func money(_ minor: Int128) -> String { Statistic.money(minor, threshold.amount.currency) }
    func sum(_ edges: ArraySlice<Int>) -> Int128 {
      edges.reduce(0) { $0 + Int128(trail.amountMinor[$1]) }
    }
    var seen: Set<Int32> = []
    let named = shown.map { trail.source[$0] }.filter { seen.insert($0).inserted }
    let days = trail.day(first)...trail.day(last)
    let reported = all.count {
      trail.amountMinor[$0] >= threshold.amount.minorUnits && days.contains(trail.day($0))
    }
    return Proof(
      edges: Array(shown), roles: [(account, "centre")] + named.map { ($0, "depositor") },
      sentence:
        "\(named.count) depositors brought \(money(sum(shown))) in cash, each time below "
        + "\(threshold.amount), to one account from \(trail.day(first)) to \(trail.day(last)).",
      measures: [
        .atLeast("depositors in \(windowDays) days", depositors, depositorsMin),
        .atLeast("sum in \(windowDays) days", sum(best), limit, text: money),
        .plain(
          "largest single deposit", money(Int128(best.map { trail.amountMinor[$0] }.max() ?? 0)),
          limit: "below \(threshold.amount) (\(threshold.citation.text))"),
      ],
      cautionsChecked: [
        "\(named.count(where: isRegular)) of \(named.count) depositors bring cash regularly",
        "\(reported) named cash deposits at or above the threshold in the same days",
      ],
      cautionsNotChecked: [
        "whether the depositors are relatives, members of a club or staff",
        "at which branches the cash was paid in: the records name none",
      ] + regular.tooShort(account, trail))
  }
}
