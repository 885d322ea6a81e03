public import CaseModel
import Legislation
import TrailGraph

/// Cash paid in just under the reporting threshold, again and again.
///
/// Definition: typologies.md ST-01 (from FIN-2014-A008, FIN-2020-A008; the numbers are ours). In any
/// `windowDays` days at least `depositsMin` cash deposits to one account, each from 70 % of the threshold
/// up to but not at it, together at least 120 % of it, with a coefficient of variation of at most 0.20.
///
/// Departure: silent when as many deposits of the window reach the threshold as stay under it, because
/// who avoids a report does not file as many; a trader's takings do both.
///
/// - Complexity: O(*n* log *n*) in the cash deposits of the trail.
public struct Structuring: Detector {
  public static let innocentExplanations = [
    "A shop or market trader banks takings, which happen to lie below the threshold.",
    "Insurance or company rules limit how much cash is carried to the bank at once.",
    "A savings group brings its members' cash in rounds.",
  ]
  public let id = "ST-01"
  public let version = 1
  public let kind = "structuring"
  public let title = "Cash deposits just below the reporting threshold"

  public var windowDays = 7  // default: a week of banking
  public var depositsMin = 3  // default: two can be chance
  public var lowShareBasisPoints = 7_000  // default: 70 % of the threshold
  public var sumShareBasisPoints = 12_000  // default: together clearly above the threshold
  public var variationMaxBasisPoints = 2_000  // default: coefficient of variation 0.20

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"),
      .parameter("least deposits", "\(depositsMin)"),
      .parameter("least single deposit", Statistic.percent(lowShareBasisPoints) + " of threshold"),
      .parameter("least sum", Statistic.percent(sumShareBasisPoints) + " of threshold"),
      .parameter("largest coefficient of variation", Statistic.percent(variationMaxBasisPoints)),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, law, context) = (scene.trail, scene.law, scene.context)
    var proofs: [Proof] = []
    var sawCash = false
    var withoutThreshold: Set<Currency> = []
    var thresholds = Thresholds(law)
    for account in scene.centres {
      let cash = trail.incoming(of: account).lazy.map(Int.init).filter {
        trail.channel($0) == .cashDeposit
      }
      for (currency, edges) in trail.byCurrency(cash) {
        sawCash = true
        let limited = edges.compactMap { edge -> Deposit? in
          let threshold = thresholds.threshold(in: currency, on: trail.day(edge))
          return threshold.map {
            Deposit(edge: edge, minor: trail.amountMinor[edge], threshold: $0)
          }
        }
        if limited.isEmpty { withoutThreshold.insert(currency) }
        proofs += look(at: limited, of: account, currency, trail)
      }
    }
    let codes = withoutThreshold.sorted().map(\.code).joined(separator: ", ")
    let missing =
      !sawCash
      ? "no cash deposit is recorded as such"
      : codes.isEmpty
        ? nil : "profile \(law.profile) states no cash reporting threshold for \(codes)"
    return result(proofs, in: trail, context: context, notApplicable: missing)
  }

  struct Deposit {
    let edge: Int
    let minor: Int64
    let threshold: LegalAmount
    func share(_ basisPoints: Int) -> Int128 {
      Int128(threshold.amount.minorUnits) * Int128(basisPoints)
    }
    var isBelow: Bool { minor < threshold.amount.minorUnits }
  }

  private func look(
    at deposits: [Deposit], of account: Int32, _ currency: Currency, _ trail: Trail
  ) -> [Proof] {
    let inBand = deposits.filter {
      $0.isBelow && Int128($0.minor) * 10_000 >= $0.share(lowShareBasisPoints)
    }
    let runs = Window.joined(
      days: windowDays, count: inBand.count, day: { trail.day(inBand[$0].edge) }
    ) { window in
      let items = inBand[window]
      guard items.count >= depositsMin, let last = items.last else { return false }
      guard sum(items) * 10_000 >= last.share(sumShareBasisPoints) else { return false }
      let reported = atOrAbove(items, deposits, trail).count
      guard reported < items.count else { return false }
      guard let variation = Statistic.variationSquared(items.map(\.minor)) else { return false }
      let limit = Int128(variationMaxBasisPoints)
      return variation.numerator * 100_000_000 <= variation.denominator * limit * limit
    }
    return runs.compactMap { run, windows in
      proof(
        inBand[run], windows.map { inBand[$0] }, account, currency, deposits, trail)
    }
  }

  private func proof(
    _ items: ArraySlice<Deposit>, _ windows: [ArraySlice<Deposit>], _ account: Int32,
    _ currency: Currency, _ all: [Deposit], _ trail: Trail
  ) -> Proof? {
    // The fullest window carries the measures: most deposits, then the largest sum, then the earliest.
    guard let first = items.first, let last = items.last,
      let best = windows.enumerated().max(by: { a, b in
        (a.element.count, sum(a.element), -a.offset) < (b.element.count, sum(b.element), -b.offset)
      })?.element, let threshold = best.last?.threshold
    else { return nil }
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, currency)
    }
    let limit = Rounding.halfUp.quotient(
      Int128(threshold.amount.minorUnits) * Int128(sumShareBasisPoints), by: 10_000)
    let reported = atOrAbove(items, all, trail)
    let total = money(sum(items))
    return Proof(
      edges: items.map(\.edge), roles: [(account, "centre")],
      sentence:
        "\(items.count) cash deposits of \(total) in all, each below \(threshold.amount), went into "
        + "one account from \(trail.day(first.edge)) to \(trail.day(last.edge)).",
      measures: [
        .atLeast("deposits in \(windowDays) days", best.count, depositsMin),
        .atLeast("sum in \(windowDays) days", sum(best), limit, text: money),
        .plain(
          "smallest single deposit", money(Int128(best.map(\.minor).min() ?? 0)),
          limit: "at least \(Statistic.percent(lowShareBasisPoints)) of \(threshold.amount)"),
        .plain(
          "largest single deposit", money(Int128(best.map(\.minor).max() ?? 0)),
          limit: "below \(threshold.amount) (\(threshold.citation.text))"),
      ],
      cautionsChecked: [
        "\(reported.count) cash deposits at or above the threshold in the same days, "
          + money(sum(reported[...]))
      ],
      cautionsNotChecked: [
        "whether the holder runs a trade with daily takings", "who paid the cash in",
      ])
  }

  /// Deposits at or above the threshold on the days of the run, a whole window at least.
  private func atOrAbove(
    _ items: ArraySlice<Deposit>, _ all: [Deposit], _ trail: Trail
  ) -> [Deposit] {
    guard let first = items.first, let last = items.last else { return [] }
    let start = trail.day(first.edge)
    let end = max(trail.day(last.edge), start.adding(days: windowDays - 1))
    // All in time order, so that a business with many deposits is not gone through for each window.
    let low = all.partitionPoint { trail.day($0.edge) >= start }
    let high = all.partitionPoint { trail.day($0.edge) > end }
    return all[low..<max(low, high)].filter { !$0.isBelow }
  }

  private func sum(_ items: ArraySlice<Deposit>) -> Int128 {
    items.reduce(0) { $0 + Int128($1.minor) }
  }
}
