import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("CODA files of other projects")
struct CODAFixtureTests {
  static let folder = SharedMaterial.url("fixtures/coda")

  @Test(
    "Every file gives the expected accounts, counts, sums, balances, days and reconciliation",
    .enabled(if: folder != nil, "the shared CODA fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    try NationalFixtures.compare(
      folder, format: "coda",
      expected: { item in
        var facts = NationalFixtures.sums(item)
        let code = item["currency"] as? String
        facts["account"] = FormatFixtures.string(item["account"])
        facts["currency"] = FormatFixtures.string(item["currency"])
        facts["number"] = FormatFixtures.string(item["sequence"])
        facts["transactions"] = FormatFixtures.string(item["movements_detail_0000"])
        facts["opening"] = NationalFixtures.amount(item["opening"], code)
        facts["closing"] = NationalFixtures.amount(item["closing"], code)
        facts["opening_date"] = NationalFixtures.day(item["opening_date_ddmmyy"], "%d%m%y")
        facts["closing_date"] = NationalFixtures.day(item["closing_date_ddmmyy"], "%d%m%y")
        facts["reconciles"] = (item["reconciles"] as? Bool)?.description ?? "none"
        facts["difference"] = NationalFixtures.amount(item["difference"], code)
        return facts
      },
      found: { statement in
        var facts = FormatFixtures.sums(statement.entries)
        facts["account"] = statement.accountText
        facts["currency"] = statement.currency?.code ?? "none"
        facts["number"] = statement.number ?? "none"
        facts["transactions"] = "\(statement.entries.count)"
        facts["opening"] = NationalFixtures.amount(statement.opening)
        facts["closing"] = NationalFixtures.amount(statement.closing)
        facts["opening_date"] = NationalFixtures.day(statement.opening)
        facts["closing_date"] = NationalFixtures.day(statement.closing)
        facts["reconciles"] = FormatFixtures.reconciles(statement)
        facts["difference"] = statement.difference?.description ?? "none"
        return facts
      }
    ) { name, facts, result in
      let details = (facts["statements"] as? [[String: Any]] ?? [])
        .compactMap { $0["globalised_details"] as? Int }.reduce(0, +)
      #expect(result.payments.count == details, "\(name): parts of movements")
      #expect(result.payments.allSatisfy { $0.kind == .info })
    }
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "coda"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
