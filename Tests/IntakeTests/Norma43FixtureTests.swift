import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("Norma 43 files of other projects")
struct Norma43FixtureTests {
  static let folder = SharedMaterial.url("fixtures/norma43")

  @Test(
    "Every file gives the expected accounts, counts, sums, balances and reconciliation",
    .enabled(if: folder != nil, "the shared Norma 43 fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    try NationalFixtures.compare(
      folder, format: "norma43",
      expected: { item in
        var facts = NationalFixtures.sums(item)
        let code = item["currency"] as? String
        let account = ["bank", "branch", "account"].compactMap { item[$0] as? String }
        facts["account"] = account.joined(separator: " ")
        facts["currency"] = FormatFixtures.string(item["currency"])
        facts["transactions"] = FormatFixtures.string(item["transactions"])
        facts["opening"] = NationalFixtures.amount(item["opening"], code)
        facts["closing"] = NationalFixtures.amount(item["closing"], code)
        let days = item["period_yymmdd"] as? [String]
        facts["opening_date"] = NationalFixtures.day(days?.first, "%y%m%d")
        facts["reconciles"] = (item["reconciles"] as? Bool)?.description ?? "none"
        facts["original"] = FormatFixtures.string(item["fx_records"])
        return facts
      },
      found: { statement in
        var facts = FormatFixtures.sums(statement.entries)
        facts["account"] = statement.accountText
        facts["currency"] = statement.currency?.code ?? "none"
        facts["transactions"] = "\(statement.entries.count)"
        facts["opening"] = NationalFixtures.amount(statement.opening)
        facts["closing"] = NationalFixtures.amount(statement.closing)
        facts["opening_date"] = NationalFixtures.day(statement.opening)
        facts["reconciles"] = FormatFixtures.reconciles(statement)
        facts["original"] = "\(statement.entries.count { $0.originalAmount != nil })"
        return facts
      }
    ) { name, _, result in
      #expect(!result.isRefused)
      #expect(!result.issues.contains { $0.code == "W-CTRL" }, "\(name): \(result.issues)")
    }
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "norma43"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
