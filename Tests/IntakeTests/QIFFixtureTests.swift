import CaseModel
import Foundation
import TestSupport
import Testing

@testable import Intake

@Suite("QIF files of other projects")
struct QIFFixtureTests {
  static let folder = SharedMaterial.url("fixtures/qif")

  /// What a person would answer for each file: the order of day and month is not in it.
  static func profile(_ name: String) -> String {
    let order = name == "quiffen_test_category_override.qif" ? "dd/MM/yyyy" : "MM/dd/yyyy"
    return "{format: qif, account: Household, currency: USD, date-format: \(order)}"
  }

  @Test(
    "Every file gives the expected number of records and sums once a profile answers for it",
    .enabled(if: folder != nil, "the shared QIF fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    var listed = try FormatFixtures.listedDifferences("qif")
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let result = readStatements(
        file: try FormatFixtures.file(folder.appending(path: name)),
        options: ReadingOptions(profile: Self.profile(name)))
      let entries = result.statements.flatMap(\.entries)
      var expected = NationalFixtures.sums(facts["amounts"] as? [String: Any] ?? [:])
      expected["transactions"] = FormatFixtures.string(facts["transactions"])
      expected["investments"] = FormatFixtures.string(facts["investment_transactions"])
      expected["refused"] = "false"
      var found = FormatFixtures.sums(entries)
      found["transactions"] = "\(entries.count + result.payments.count)"
      found["investments"] = "\(result.payments.count)"
      found["refused"] = "\(result.isRefused)"
      for difference in FormatFixtures.differences(name, expected: [expected], found: [found])
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text) \(result.issues)")
      }
      #expect(result.statements.allSatisfy { $0.status == .noBalances })
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  @Test(
    "Without a profile every file is refused, and the refusal names what is missing",
    .enabled(if: folder != nil, "the shared QIF fixtures are absent"))
  func filesWithoutProfile() throws {
    let folder = try #require(Self.folder)
    for name in try FormatFixtures.names(in: folder) where name != "quiffen_empty.qif" {
      let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.isRefused)
      let issue = try #require(result.issues.first { $0.code == "E-PROFILE" })
      #expect(issue.found.contains("account, currency"), "\(name)")
    }
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "qif"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
