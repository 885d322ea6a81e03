public import CaseModel
import TrailGraph

/// Many who never paid before pay one account within days.
///
/// Definition: typologies.md ST-05. Within `windowDays` days at least `sourcesMin` distinct sources, none
/// of which paid the account in the 180 days before, together at least three times what the account
/// usually receives in as many days. Usual is the median of the totals of the whole windows in the 90
/// days before (12 windows of 7 days); an account without earlier receipts has no usual, and the
/// finding says so.
///
/// Departure: silent when at least half of the sources are regular payers, that is, pay the account in
/// three or more times over at least eight weeks: rent, a savings club, a remitter's customers.
/// Families who pay a journey in three stages within six weeks are no regular payers. Sources without
/// name or account (cash) cannot be told apart and are not counted.
///
/// - Complexity: O(*d* log *d*) an account, *d* its receipts.
public struct FanIn: Detector {
  public static let innocentExplanations = [
    "A collection for a wedding, a funeral or a cause.",
    "Rent, dues or course fees from many tenants, members or pupils.",
    "A seller's first customers, or a sale.",
  ]
  public let id = "ST-05"
  public let version = 2
  public let kind = "fan_in"
  public let title = "Many new payers to one account"

  public var windowDays = 7
  public var sourcesMin = 10
  public var newAfterDays = 180  // default: half a year without a payment makes a payer new
  public var baselineDays = 90
  public var timesUsual = 3
  public var regular = Regularity()  // default: the same habit for every detector

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least new sources", "\(sourcesMin)"),
      .parameter("new after", "\(newAfterDays) days without payment"),
      .parameter("least sum", "\(timesUsual) × the usual of \(baselineDays) days"),
      .parameter(
        "regular payer", regular.words),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawSource = false
    for account in scene.centres {
      func isNamed(_ edge: Int32) -> Bool {
        trail.source[Int(edge)] >= 0 && trail.source[Int(edge)] != account
      }
      if !sawSource { sawSource = trail.incoming(of: account).contains { isNamed($0) } }
      guard trail.isPaid(account, times: sourcesMin, withinDays: windowDays) else { continue }
      let incoming = trail.incoming(of: account).lazy.filter { isNamed($0) }.map(Int.init)
      for group in amounts.groups(incoming) where group.items.count >= sourcesMin {
        proofs += look(at: group.items, of: account, group.currency, trail)
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawSource ? nil : "no record names who paid")
  }

  typealias Item = ComparableAmounts.Item

  /// The receipts of one account as partners, and the fans among them.
  func gathered(
    _ items: [Item], _ trail: Trail
  ) -> (payers: Partners, usual: DatedSums, runs: [[Partners.Fan]]) {
    let tallies = regular.tallies(items.lazy.map(\.edge), trail) { trail.source[$0] }
    let payers = Partners(
      items, trail, newAfterDays: newAfterDays, party: { trail.source[$0] },
      isKnown: { source, _ in regular.holds(tallies[source]) })
    let usual = DatedSums(items, trail)
    let runs = payers.fans(days: windowDays, partnersMin: sourcesMin, trail) { fan in
      fan.sum >= Int128(timesUsual) * Int128(self.usual(fan, usual, items, trail) ?? 0)
    }
    return (payers, usual, runs)
  }

  private func usual(
    _ fan: Partners.Fan, _ receipts: DatedSums, _ items: [Item], _ trail: Trail
  ) -> Int64? {
    receipts.usual(
      before: trail.day(items[fan.range.lowerBound].edge), windowDays: windowDays,
      baselineDays: baselineDays)
  }

  private func look(
    at items: [Item], of account: Int32, _ currency: Currency, _ trail: Trail
  ) -> [Proof] {
    let (payers, usual, runs) = gathered(items, trail)
    return runs.compactMap { fans in
      guard let best = Partners.fullest(fans) else { return nil }
      return proof(
        payers, shown: payers.payments(in: fans), best: best,
        usual: self.usual(best, usual, items, trail), account, currency, trail)
    }
  }

  private func proof(
    _ payers: Partners, shown: [Int], best: Partners.Fan, usual: Int64?, _ account: Int32,
    _ currency: Currency, _ trail: Trail
  ) -> Proof? {
    let edges = shown.map { payers.items[$0].edge }
    guard let first = edges.first, let last = edges.last else { return nil }
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, currency)
    }
    let total = shown.reduce(Int128(0)) { $0 + Int128(payers.items[$1].minor) }
    let sources = payers.distinct(shown)
    let regular = payers.knownPartners(shown)
    let limit = Int128(timesUsual) * Int128(usual ?? 0)
    var notChecked = ["whether the payers answered a collection, a sale or a landlord"]
    if usual == nil {
      notChecked.append(
        "how much the account usually receives: nothing is recorded in the \(baselineDays) days before"
      )
    }
    return Proof(
      edges: edges,
      roles: [(account, "centre")] + sources.map { (account: $0, part: "source") },
      sentence:
        "\(sources.count) payers who had not paid before sent \(money(total)) to one account from "
        + "\(trail.day(first)) to \(trail.day(last)).",
      measures: [
        .atLeast("new sources in \(windowDays) days", best.partners, sourcesMin),
        limit > 0
          ? .atLeast("sum in \(windowDays) days", best.sum, limit, text: money)
          : .plain(
            "sum in \(windowDays) days", money(best.sum), limit: "no usual receipts to compare"),
      ],
      cautionsChecked: [
        "\(regular) of \(sources.count) payers pay regularly"
      ], cautionsNotChecked: notChecked)
  }
}
