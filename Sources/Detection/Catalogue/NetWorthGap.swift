public import CaseModel
import TrailGraph

/// Somebody spends and acquires in a year what no known lawful means pay for.
///
/// Definition: typologies.md ST-25. Over a year, assets acquired, living spend and transfers out exceed known lawful
/// income, loans and opening cash by 50 % or more and by at least twice R, the cash reporting threshold of the
/// profile. This is the source-and-application table of the StAR handbook.
///
/// Departures, all in favour of the person: a year is a calendar year for which at least one lawful source is
/// stated; an asset counts in the year of its acquisition, at its price, only when the section `purchases` says
/// how it was paid, and its booked payments then count no second time; cash drawn counts less cash paid in; what
/// grows on the accounts does not count. R is that of the last day of the year.
///
/// - Complexity: O(*y* · (*n* + *a*)) in the years of a party, its movements and its assets.
public struct NetWorthGap: Detector {
  public static let innocentExplanations = [
    "Lawful income that was never declared, or that this sheet does not know.",
    "Gifts, an inheritance or the support of a family.",
    "Savings of earlier years, kept in cash or elsewhere.",
  ]
  public let id = "ST-25"
  public let version = 1
  public let kind = "net_worth_gap"
  public let title = "More spent and acquired than known means allow"

  public var gapBasisPoints = 5_000
  public var thresholdTimes = 2

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("gap ÷ known lawful means", "at least \(Statistic.percent(gapBasisPoints))"),
      .parameter("gap ÷ R", "at least \(thresholdTimes)"), .parameter("span", "a calendar year"),
    ]
  }

  /// The two sides of one party and year, in one currency.
  struct Table {
    let party: PartyCode
    let year: Int
    let currency: Currency
    var sources: [(what: String, minor: Int128)] = []
    var applications: [(what: String, minor: Int128)] = []
    /// The payments that count.
    var edges: [Int] = []
    /// What could not be counted.
    var left: [String] = []

    var means: Int128 { sources.reduce(0) { $0 + $1.minor } }
    var uses: Int128 { applications.reduce(0) { $0 + $1.minor } }
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.incomes.isEmpty else {
      return lacking("incomes")
    }
    let means = MeansTables(around)
    var proofs: [Proof] = []
    var missing: [String] = []
    for (party, year) in means.years {
      let accounts = around.accounts(of: party)
      guard !accounts.isEmpty else {
        missing.append("no account of \(party) is in the records")
        continue
      }
      guard let table = means.table(of: party, in: year), let end = MeansTables.end(of: year) else {
        continue
      }
      guard let threshold = scene.law.cashReportingThreshold(in: table.currency, on: end) else {
        missing.append(
          "profile \(scene.law.profile) states no cash reporting threshold for "
            + "\(table.currency) in \(year)")
        continue
      }
      let gap = table.uses - table.means
      let limit = Int128(threshold.amount.minorUnits) * Int128(thresholdTimes)
      guard gap > 0, gap >= limit,
        gap * 10_000 >= table.means * Int128(gapBasisPoints)
      else { continue }
      proofs.append(
        proof(table, accounts, gap: gap, limit: limit, threshold.amount, scene.law.profile))
    }
    var seen: Set<String> = []
    missing = missing.filter { seen.insert($0).inserted }
    return result(
      proofs, in: scene, notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  private func proof(
    _ table: Table, _ accounts: [Int32], gap: Int128, limit: Int128, _ threshold: Money,
    _ profile: String
  ) -> Proof {
    func text(_ minor: Int128) -> String { Statistic.money(minor, table.currency) }
    // Rounded up, so that a gap at the limit is never below it.
    let share = Rounding.down.quotient(
      table.means * Int128(gapBasisPoints) + 9_999, by: 10_000)
    let rows =
      table.applications.map { ("use: \($0.what)", $0.minor) }
      + table.sources.map { ("means: \($0.what)", $0.minor) }
    return Proof(
      edges: table.edges, roles: accounts.map { ($0, "holder") },
      sentence:
        "In \(table.year) \(table.party) used \(text(table.uses)) and is known to have had "
        + "\(text(table.means)) of lawful means: \(text(gap)) more.",
      measures: [
        .atLeast("gap", gap, share, text: text), .atLeast("gap against R", gap, limit, text: text),
      ] + rows.map { .plain($0.0, text($0.1), limit: "") },
      cautionsChecked: [
        "R is \(threshold), that of profile \(profile) on the last day of \(table.year)"
      ],
      cautionsNotChecked: [
        "whether there was undeclared but lawful income, a gift or family support",
        "whether others of the household paid or used some of it",
      ] + table.left)
  }
}
