import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("CFONB files of other projects")
struct CFONBFixtureTests {
  static let folder = SharedMaterial.url("fixtures/cfonb120")

  @Test(
    "Every file gives the expected accounts, counts, sums, balances, days and reconciliation",
    .enabled(if: folder != nil, "the shared CFONB fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    try NationalFixtures.compare(
      folder, format: "cfonb120",
      expected: { item in
        var facts = NationalFixtures.sums(item)
        let code = item["currency"] as? String
        let account = ["bank", "branch", "account"].compactMap { item[$0] as? String }
        facts["account"] = account.joined(separator: " ")
        facts["currency"] = FormatFixtures.string(item["currency"])
        facts["transactions"] = FormatFixtures.string(item["transactions"])
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
      #expect(!result.isRefused, "\(name): \(result.issues)")
      // Every problem that the other reader saw is told here as well.
      let problems = facts["problems"] as? [String] ?? []
      #expect(problems.isEmpty || result.issues.count >= 1, "\(name)")
    }
  }

  @Test(
    "Remittance details are instructions, and never entries",
    .enabled(if: folder != nil, "the shared CFONB fixtures are absent"))
  func remittances() throws {
    let folder = try #require(Self.folder)
    let result = readStatements(
      file: try FormatFixtures.file(
        folder.appending(path: "silarhi_cfonb.240-complex-test.txt")))
    #expect(result.format == "cfonb240" && result.statements.isEmpty)
    #expect(result.payments.map(\.kind) == [.instruction, .instruction, .instruction])
    #expect(
      result.payments.compactMap { $0.amounts.first?.amount.minorUnits } == [
        171_200, 287_280, 11_760,
      ])
    #expect(result.payments[0].parties.map(\.name) == ["OFFICE NATL DU AAAAAAAA", nil])
  }

  @Test(
    "A statement that another one interrupts keeps its entry, as incomplete",
    .enabled(if: folder != nil, "the shared CFONB fixtures are absent"))
  func interrupted() throws {
    let folder = try #require(Self.folder)
    let name = "pennylane_new_statement_without_previous_ended.txt"
    let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
    #expect(result.statements.map(\.status) == [.incomplete, .unreconciled])
    #expect(result.statements.map(\.entries.count) == [1, 1])
    #expect(result.statements[1].difference?.minorUnits == -8539)
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "cfonb120"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
