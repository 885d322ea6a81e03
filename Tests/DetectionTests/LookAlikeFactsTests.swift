import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// The lawful look-alikes again, with what a case sheet would state around them: shared addresses and
/// telephones, arrivals, agents, capacity, incomes. The harder test, because more detectors can look.
@Suite("Lawful look-alikes with facts around them")
struct LookAlikeFactsTests {
  struct Life {
    let name: String
    let sheet: [String]
    /// Detectors of facts that have all they need here, and must still be silent.
    let looked: [String]
  }

  private static func person(_ code: String, _ account: String) -> String {
    "  - {code: \(code), kind: natural, roles: [{role: witness}], holds: [\"stated:t/\(account)\"]}"
  }
  private static func token(_ account: String, _ kind: String, _ token: String) -> String {
    "    - {account: \"stated:t/\(account)\", kind: \(kind), token: \(token)}"
  }
  private static func body(_ code: String, _ account: String, _ rest: String) -> String {
    "    - {code: \(code), accounts: [\"stated:t/\(account)\"], \(rest)}"
  }
  private static let licence = "licence: {register: \"money transfer register\", from: 2020-01-01}"

  static let lives: [Life] = [
    Life(
      name: "FP-01",  // one dormitory, one network, one licensed remitter
      sheet: ["circumstances:", "  identifiers:"]
        + (0..<40).flatMap { [token("w\($0)", "address", "A-1"), token("w\($0)", "ip", "I-1")] }
        + ["  bodies:", body("B-01", "remitter", "roles: [remitter], \(licence)")],
      looked: ["ST-24"]),
    Life(
      name: "FP-02",  // an agent with next to no capital that passes everything through
      sheet: [
        "circumstances:", "  bodies:",
        body(
          "B-01", "agent",
          "roles: [payroll-agent, company], formed-on: 2015-01-01, capital: 1000.00 EUR, address: AD-1"
        ),
        body("B-02", "taxoffice", "roles: [tax-office]"),
      ], looked: ["ST-17"]),
    Life(
      name: "FP-03",  // neighbours share addresses and a network
      sheet: ["circumstances:", "  identifiers:"]
        + (0..<6).flatMap { [token("w\($0)", "address", "A-1"), token("w\($0)", "ip", "I-1")] }
        + [
          "  bodies:", body("B-01", "remitter0", "roles: [remitter], \(licence)"),
          body("B-02", "remitter1", "roles: [remitter], \(licence)"),
        ], looked: ["ST-24"]),
    Life(
      name: "FP-04",  // one house, one network, no household on record; the rent goes to a landlord
      sheet: ["circumstances:", "  identifiers:", token("tenant", "address", "A-1")]
        + [token("tenant", "ip", "I-1")]
        + (0..<8).flatMap { [token("t\($0)", "address", "A-1"), token("t\($0)", "ip", "I-1")] }
        + ["  bodies:", body("B-01", "landlord", "roles: [landlord]")], looked: ["ST-24"]),
    Life(
      name: "FP-05",  // sixty seats, open late
      sheet: [
        "circumstances:", "  capacities:",
        "    - {accounts: [\"stated:t/restaurant\"], from: 2024-03-01, until: 2024-06-18, unit: seats, "
          + "units: 60, rate: 6.00 EUR, peer-cash-share: 4000, peers: 35, hours: ["
          + (1...7).map { "{weekday: \($0), opens: \"17:00\", closes: \"02:00\"}" }
          .joined(separator: ", ") + "]}",
      ], looked: ["ST-18"]),
    Life(
      name: "FP-06",  // little capital, and all of it passes through
      sheet: [
        "circumstances:", "  bodies:",
        body(
          "B-01", "client_account",
          "roles: [company], formed-on: 2005-01-01, capital: 10000.00 EUR, address: AD-1"),
      ], looked: ["ST-17"]),
    Life(
      name: "FP-07",  // the club's treasurer entered all members with one telephone
      sheet: ["circumstances:", "  identifiers:"]
        + (0..<10).flatMap { [token("m\($0)", "phone", "T-1"), token("m\($0)", "email", "M-1")] },
      looked: ["ST-24"]),
    Life(
      name: "FP-08",  // hotels are named as inputs of a trade, a gift as its receipt
      sheet: ["circumstances:", "  bodies:"]
        + (0..<5).map {
          body("B-0\($0)", "hotel\($0)", "roles: [trade-input], trades: [migrant-smuggling]")
        }
        + [
          "  receipts: [{account: \"stated:t/shelter\", day: 2024-01-10, amount: 50.00 EUR, "
            + "trade: sexual-exploitation}]"
        ], looked: []),
    Life(
      name: "FP-09",  // salary and the approved second job
      sheet: [
        "persons:", person("X-01", "officer"), "circumstances:", "  incomes:",
        "    - {party: X-01, year: 2024, kind: income, amount: 15600.00 EUR}",
        "    - {party: X-01, year: 2024, kind: income, amount: 2700.00 EUR}",
      ], looked: ["ST-25"]),
    Life(
      name: "FP-10",  // relatives arrive, and are of one family with the payer
      sheet: ["persons:", person("X-01", "parent")]
        + (0..<3).map { person("R-0\($0)", "relative\($0)") } + ["events:"]
        + (0..<3).map {
          "  - {code: E-0\($0), kind: arrival, from: 2024-06-1\($0), until: 2024-06-1\($0), "
            + "place: \"Town\", persons: [R-0\($0)], title: \"A visit\"}"
        } + ["circumstances:", "  ties:"]
        + (0..<3).map { "    - {by: X-01, of: R-0\($0), kind: family}" }
        + ["  incomes: [{party: X-01, year: 2024, kind: income, amount: 15500.00 EUR}]"],
      looked: ["ST-15", "ST-25"]),
    Life(
      name: "FP-11",
      sheet: [
        "persons:", person("X-01", "couple"), "circumstances:",
        "  incomes: [{party: X-01, year: 2024, kind: income, amount: 7500.00 EUR}]",
      ], looked: ["ST-25"]),
    Life(
      name: "FP-12",  // each patient arrives before the clinic is paid; each has an invoice
      sheet: ["persons:"] + (0..<24).map { person("X-\($0)", "patient\($0)") } + ["events:"]
        + (0..<24).map {
          let day = (CivilDate("2024-01-05") ?? CivilDate(dayNumber: 0)).adding(days: 5 * $0)
          return "  - {code: E-\($0), kind: arrival, from: \(day), until: \(day), place: \"Town\", "
            + "persons: [X-\($0)], title: \"A patient\"}"
        } + ["circumstances:", "  bodies:"]
        + [
          body("B-01", "agency", "roles: [agent], licence: {register: \"trade\", from: 2020-01-01}")
        ],
      looked: ["ST-15"]),
  ]

  @Test("are not found by any detector", arguments: lives.indices)
  func notFound(index: Int) throws {
    let life = Self.lives[index]
    let lines = try #require(LookAlikes.all.first { $0.name.hasPrefix(life.name) }).lines
    let stated = try StatedCase(
      lines.joined(separator: "\n"), sheet: life.sheet.joined(separator: "\n"))
    let results = DetectionCatalogue.all.map { $0.findings(in: stated.scene) }
    #expect(
      results.flatMap(\.findings).map { "\($0.detector) \($0.sentence)" } == [], "\(life.name)")
    for id in life.looked {
      let result = try #require(results.first { $0.detector == id })
      #expect(result.notApplicable == nil, "\(life.name): \(id) must have looked")
    }
  }

  @Test("all twelve are there")
  func complete() {
    #expect(Self.lives.map(\.name) == LookAlikes.all.map { String($0.name.prefix(5)) })
  }
}
