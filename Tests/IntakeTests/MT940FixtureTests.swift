import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("MT940 statements of other projects")
struct MT940FixtureTests {
  static let folder = SharedMaterial.url("fixtures/mt940")

  @Test(
    "Every file gives the expected accounts, counts, sums, balances, days and reconciliation",
    .enabled(if: folder != nil, "the shared MT940 fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    var listed = try FormatFixtures.listedDifferences("mt940")
    #expect(all.count >= 50)
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let statements = facts["statements"] as? [[String: Any]] ?? []
      let expected = try statements.map(Self.expectedFacts)
      let result = readStatements(
        file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.recordsRead == result.recordsStored + result.quarantined.count)
      let found = result.statements.map(Self.foundFacts)
      for difference in FormatFixtures.differences(name, expected: expected, found: found)
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
      let format = facts["message_type"] as? String == "MT942" ? "mt942" : "mt940"
      #expect(result.format == format || statements.isEmpty, "\(name)")
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  static func expectedFacts(_ statement: [String: Any]) throws -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    for name in [
      "account", "statement_number", "reference", "transactions", "credit_count",
      "credit_sum_minor", "debit_count", "debit_sum_minor", "first_value_date", "last_value_date",
    ] {
      facts[name] = FormatFixtures.string(statement[name])
    }
    facts["opening"] = try FormatFixtures.text(statement["opening"] as? [String: Any])
    facts["closing"] = try FormatFixtures.text(statement["closing"] as? [String: Any])
    let tags = ["opening", "closing"].map {
      ((statement[$0] as? [String: Any])?["tag"] as? String)?.hasSuffix("M") == true
    }
    facts["interim"] = "\(tags)"
    let reconciles = statement["reconciles"] as? Bool
    facts["reconciles"] = reconciles.map(\.description) ?? "none"
    if reconciles != nil, let text = statement["difference"] as? String {
      let code = try #require(statement["currency"] as? String)
      let currency = try #require(Currency(iso: code))
      let money = try #require(Money(text, in: currency))
      facts["difference"] = "\(money)"
    }
    return facts
  }

  static func foundFacts(_ statement: Statement) -> FormatFixtures.Facts {
    var facts = FormatFixtures.sums(statement.entries)
    let days = statement.entries.compactMap(\.valueOn)
    facts["account"] = statement.accountText.isEmpty ? "none" : statement.accountText
    facts["statement_number"] = statement.number ?? "none"
    facts["reference"] = statement.reference ?? "none"
    facts["transactions"] = "\(statement.entries.count)"
    facts["first_value_date"] = days.min()?.description ?? "none"
    facts["last_value_date"] = days.max()?.description ?? "none"
    facts["opening"] = FormatFixtures.text(statement.opening)
    facts["closing"] = FormatFixtures.text(statement.closing)
    facts["interim"] =
      "\([statement.opening?.isInterim ?? false, statement.closing?.isInterim ?? false])"
    facts["reconciles"] = FormatFixtures.reconciles(statement)
    facts["difference"] = statement.difference?.description
    return facts
  }

  @Test(
    "A file read twice gives equal results, and cut anywhere it never stops the program",
    .enabled(if: folder != nil, "the shared MT940 fixtures are absent"))
  func cutFilesAreReadOrRefused() throws {
    let folder = try #require(Self.folder)
    for name in try FormatFixtures.names(in: folder) {
      let file = try FormatFixtures.file(folder.appending(path: name))
      let first = readStatements(file: file)
      let second = readStatements(file: file)
      #expect(first.statements == second.statements && first.issues == second.issues)
      let whole = first.statements.reduce(0) { $0 + $1.entries.count }
      for step in 0..<40 {
        let length = file.bytes.count * step / 40
        let cut = FormatFixtures.input(Array(file.bytes[..<length]), name: name)
        var reader = CollectingSink()
        for format in [MT940() as any StatementFormat, MT942()] {
          reader = CollectingSink()
          do {
            try format.read(cut, options: ReadingOptions(), into: reader)
          } catch is FileRefusal {
            continue
          }
          let kept = reader.statements.reduce(0) { $0 + $1.entries.count }
          #expect(kept <= whole)
          #expect(reader.countedRecords ?? 0 == kept + reader.quarantined.count)
        }
      }
    }
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "mt940"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
