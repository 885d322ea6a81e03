import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("BAI2 files of other projects")
struct BAI2FixtureTests {
  static let folder = SharedMaterial.url("fixtures/bai2")

  @Test(
    "Every file gives the expected accounts, counts and sums",
    .enabled(if: folder != nil, "the shared BAI2 fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    try NationalFixtures.compare(
      folder, format: "bai2", list: "accounts",
      expected: { item in
        var facts = NationalFixtures.sums(item)
        facts["account"] = FormatFixtures.string(item["account"])
        facts["currency"] = FormatFixtures.string(item["currency"])
        facts["transactions"] = FormatFixtures.string(item["transactions"])
        return facts
      },
      found: { statement in
        var facts = FormatFixtures.sums(statement.entries)
        facts["account"] = statement.accountText
        facts["currency"] = statement.currency?.code ?? "none"
        facts["transactions"] = "\(statement.entries.count)"
        return facts
      }
    ) { name, facts, result in
      #expect(result.format == "bai2")
      let library = facts["library"] as? [String: Any]
      if library?["integrity"] as? String == "passed" {
        #expect(!result.issues.contains { $0.code == "W-CTRL" }, "\(name): \(result.issues)")
      }
      #expect(result.isRefused == (name == "moov_sample-parseError.txt"))
    }
  }

  @Test(
    "Records crowded on one line are read one by one, so that all fifteen accounts balance",
    .enabled(if: folder != nil, "the shared BAI2 fixtures are absent"))
  func crowdedLines() throws {
    let folder = try #require(Self.folder)
    let result = readStatements(
      file: try FormatFixtures.file(folder.appending(path: "moov_sample3.txt")))
    // The group's trailer states fifteen accounts and 2508440.
    #expect(result.statements.count == 15)
    #expect(!result.issues.contains { $0.code == "W-CTRL" && $0.found.contains("control total") })
    #expect(result.statements.allSatisfy { $0.status == .reconciled }, "\(result.issues)")
    #expect(result.statements.reduce(0) { $0 + $1.entries.count } == 26)
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "bai2"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
