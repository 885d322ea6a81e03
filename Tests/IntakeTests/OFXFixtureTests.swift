import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("OFX files of other projects")
struct OFXFixtureTests {
  static let folder = SharedMaterial.url("fixtures/ofx")

  @Test(
    "Every file gives the expected accounts, counts, sums, balances and days",
    .enabled(if: folder != nil, "the shared OFX fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    try NationalFixtures.compare(
      folder, format: "ofx", expected: Self.expectedFacts, found: Self.foundFacts
    ) { name, facts, result in
      #expect(!result.isRefused, "\(name): \(result.issues)")
      let investments = (facts["statements"] as? [[String: Any]] ?? [])
        .compactMap { $0["investment_transactions"] as? Int }.reduce(0, +)
      #expect(result.payments.count == investments, "\(name)")
      let codes = (facts["status_codes"] as? [String] ?? []).filter { $0 != "0" }
      #expect(result.issues.contains { $0.code == "W-STATUS" } == !codes.isEmpty, "\(name)")
      let repeated = (facts["statements"] as? [[String: Any]] ?? [])
        .compactMap { $0["missing_fitids"] as? Int }.reduce(0, +)
      #expect(result.issues.contains { $0.code == "W-NO-ID" } == (repeated > 0), "\(name)")
    }
  }

  static func expectedFacts(_ item: [String: Any]) -> FormatFixtures.Facts {
    var facts = NationalFixtures.sums(item)
    let code = item["currency"] as? String
    facts["account"] = FormatFixtures.string(item["account"])
    facts["currency"] = FormatFixtures.string(item["currency"])
    if let bank = item["bank_id"] as? String { facts["bank"] = bank }
    facts["transactions"] = FormatFixtures.string(item["transactions"])
    facts["first_date"] = day(item["first_date"])
    facts["last_date"] = day(item["last_date"])
    facts["closing"] = NationalFixtures.amount(item["ledger_balance"], code)
    facts["status"] = "no-balances"
    return facts
  }

  static func day(_ text: Any?) -> String { NationalFixtures.day(text, "%Y%m%d") }

  static func foundFacts(_ statement: Statement) -> FormatFixtures.Facts {
    var facts = FormatFixtures.sums(statement.entries)
    let days = statement.entries.compactMap(\.bookedOn)
    facts["account"] = statement.accountText
    facts["currency"] = statement.currency?.code ?? "none"
    facts["bank"] = statement.institution
    facts["transactions"] = "\(statement.entries.count)"
    facts["first_date"] = days.min()?.description ?? "none"
    facts["last_date"] = days.max()?.description ?? "none"
    facts["closing"] = NationalFixtures.amount(statement.closing)
    facts["status"] = statement.status.rawValue
    return facts
  }

  @Test(
    "A file that only lists accounts gives the accounts",
    .enabled(if: folder != nil, "the shared OFX fixtures are absent"))
  func accountLists() throws {
    let folder = try #require(Self.folder)
    let result = readStatements(
      file: try FormatFixtures.file(
        folder.appending(path: "ofxparse_account_listing_aggregation.ofx")))
    #expect(result.statements.isEmpty)
    #expect(
      result.entities.map { $0.first("name") } == [
        "USAA SAVINGS", "FOUR STAR CHECKING", "LINE OF CREDIT", "MY CREDIT CARD",
      ])
    #expect(result.entities[0].first("accountNumber") == "0000000001")
    #expect(result.entities[0].first("ofx:BANKID") == "314074269")
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "ofx"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
