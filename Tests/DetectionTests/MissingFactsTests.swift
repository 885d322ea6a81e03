import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// Without the facts it needs, a detector names the missing field; it never passes for a clean result.
@Suite("Missing facts are named")
struct MissingFactsTests {
  static let detectors = [
    "ST-03", "ST-14", "ST-15", "ST-16", "ST-17", "ST-18", "ST-19", "ST-20", "ST-21", "ST-24",
    "ST-25",
    "ST-28",
  ]
  private let trail = """
    2024-03-01 cash -> a 1000.00 EUR cash_deposit
    2024-03-02 a -> b 900.00 EUR
    """

  private func reason(_ id: String, _ sheet: String) throws -> String? {
    let detector = try #require(DetectionCatalogue.all.first { $0.id == id })
    let result = detector.findings(in: try StatedCase(trail, sheet: sheet).scene)
    #expect(result.findings.isEmpty)
    return result.notApplicable
  }

  @Test("without a case, and without the section, each names what the sheet would have to state")
  func nothingStated() throws {
    let fields = [
      "ST-03": "movements, homes and places", "ST-14": "bodies, places and ties", "ST-15": "ties",
      "ST-16": "ties and loans", "ST-17": "bodies", "ST-18": "capacities", "ST-19": "invoices",
      "ST-20": "invoices", "ST-21": "purchases", "ST-24": "identifiers", "ST-25": "incomes",
      "ST-28": "receipts",
    ]
    #expect(fields.keys.sorted() == Self.detectors)
    let bare = Scene(try Trail(notation: trail), under: testLaw)
    for (id, field) in fields {
      let expected = "the case sheet states no `circumstances: \(field)`"
      let detector = try #require(DetectionCatalogue.all.first { $0.id == id })
      #expect(detector.findings(in: bare).notApplicable == expected)
      #expect(try reason(id, "") == expected)
    }
  }

  @Test("an empty section is no facts either", arguments: detectors)
  func nothingListed(id: String) throws {
    let text = try #require(try reason(id, "circumstances: {places: []}"))
    #expect(
      text.hasPrefix("the case sheet states no `circumstances: ")
        || text.hasPrefix("the case sheet states no event of kind arrival or crossing"), "\(text)")
  }

  private static let places = """
    circumstances:
      places: [{code: P-01, latitude: 51, longitude: 0}, {code: P-02, latitude: 53, longitude: 0}]

    """
  private static let agents =
    places + """
        bodies:
          - {code: B-01, roles: [agent], accounts: ["stated:t/a"], place: P-01}
          - {code: B-02, roles: [agent], accounts: ["stated:t/b"], place: P-02}

      """
  private static let invoice = """
    circumstances:
      invoices: [{code: I-1, day: 2024-03-01, goods: G, route: A-B, quantity: 1, amount: 900.00 EUR, payments: [{account: "stated:t/a", day: 2024-03-02, amount: 900.00 EUR}]}]

    """

  @Test(
    "half of the facts: the other half is named",
    arguments: [
      (
        "ST-03",
        places
          + "  movements: [{account: \"stated:t/a\", side: in, day: 2024-03-01, amount: 1000.00 EUR, place: P-01}]",
        "the case sheet states no `circumstances: homes`"
      ),
      (
        "ST-03",
        places + "  homes: [{account: \"stated:t/b\", place: P-02}]\n"
          + "  movements: [{account: \"stated:t/a\", side: in, day: 2024-03-01, amount: 1000.00 EUR, place: P-01}]",
        "1 accounts with placed cash state no home"
      ),
      (
        "ST-03",
        places + "  homes: [{account: \"stated:t/a\", place: P-02}]\n"
          + "  movements: [{account: \"stated:t/a\", side: in, day: 2024-03-01, amount: 999.00 EUR, place: P-01}]",
        "1 placed movements are not in the records"
      ),
      (
        "ST-14", places + "  bodies: [{code: B-01, roles: [agent], accounts: [\"stated:t/a\"]}]",
        "the case sheet states no `circumstances: bodies of role agent or remitter, two or more, each with "
          + "its place`"
      ),
      ("ST-14", agents, "the case sheet states no `circumstances: ties between agents`"),
      (
        "ST-16", agents, "the case sheet states no `circumstances: ties of control`"
      ),
      (
        "ST-16", agents + "  ties: [{by: B-01, of: B-02, kind: shareholder}]",
        "no loan is recorded as such or stated between known parties"
      ),
      (
        "ST-17", agents,
        "no stated body of role company has both receipts and payments in these records"
      ),
      (
        "ST-17",
        "circumstances: {bodies: [{code: B-01, roles: [company], accounts: [\"stated:t/a\"]}]}",
        "1 bodies lack the facts of at least 2 tests: `formed-on`, `capital`, `address`, or records of 180 "
          + "days"
      ),
      (
        "ST-19", invoice,
        "the unit price of 1 invoices was not looked at: fewer than 20 `circumstances: prices` of their "
          + "goods, route and currency"
      ),
      ("ST-20", invoice, "the case sheet states no `circumstances: searches`"),
      (
        "ST-20",
        invoice + "  searches: [{register: \"customs\", from: 2024-01-03, until: 2024-12-31}]",
        "no `circumstances: searches` covers 60 days around the payments of 1 invoices"
      ),
      (
        "ST-28",
        "circumstances: {receipts: [{account: \"stated:t/a\", day: 2024-03-01, amount: 1000.00 EUR, trade: ads}]}",
        "the case sheet states no `circumstances: bodies of role trade-input, with their trades`"
      ),
      (
        "ST-28",
        "circumstances: {bodies: [{code: B-01, roles: [trade-input], accounts: [\"stated:t/b\"], trades: [travel]}], receipts: [{account: \"stated:t/a\", day: 2024-03-01, amount: 1000.00 EUR, trade: ads}]}",
        "no `circumstances: bodies` of role trade-input sells inputs of ads"
      ),
      (
        "ST-25",
        "circumstances: {incomes: [{party: X-01, year: 2024, kind: income, amount: 1.00 EUR}]}",
        "no account of X-01 is in the records"
      ),
      (
        "ST-25",
        "persons: [{code: X-01, kind: natural, roles: [{role: suspect}], holds: [\"stated:t/a\"]}]\n"
          + "circumstances: {incomes: [{party: X-01, year: 2024, kind: income, amount: 1.00 GBP}]}",
        "profile test states no cash reporting threshold for GBP in 2024"
      ),
      (
        "ST-21",
        "property: [{code: A-01, kind: vehicle, description: \"A car\", location-state: NL, location: \"Port\"}]\n"
          + "circumstances: {purchases: [{property: A-01, payments: []}]}",
        "property A-01 states no `price`"
      ),
      (
        "ST-18",
        "circumstances: {capacities: [{accounts: [\"stated:t/b\"], from: 2024-03-01, until: 2024-03-31, unit: seats, units: 1, rate: 1.00 EUR, hours: [{weekday: 1, opens: \"10:00\", closes: \"11:00\"}]}]}",
        "a sheet of 2024-03-01 to 2024-03-31 could not be tested: cash in: no cash deposit is recorded, cash "
          + "share of all receipts: `peer-cash-share` and at least 30 `peers` are not stated, card takings "
          + "outside opening hours: 0 card takings with a time of day"
      ),
    ] as [(String, String, String)])
  func half(id: String, sheet: String, expected: String) throws {
    #expect(try reason(id, sheet) == expected)
  }
}
