import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("camt messages of other projects")
struct CAMTFixtureTests {
  static let folder = SharedMaterial.url("fixtures/camt")

  @Test(
    "Every file gives the expected accounts, counts, sums, balances, days and reconciliation",
    .enabled(if: folder != nil, "the shared camt fixtures are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    var listed = try FormatFixtures.listedDifferences("camt.053")
    #expect(all.count >= 40)
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let expected = try (facts["statements"] as? [[String: Any]] ?? []).map(Self.expectedFacts)
      let result = readStatements(
        file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(!result.isRefused, "\(name): \(result.issues)")
      #expect(result.recordsRead == result.recordsStored + result.quarantined.count)
      let message = try #require(facts["message"] as? String)
      #expect(message.hasPrefix(result.format), "\(name): \(result.format)")
      let found = result.statements.map(Self.foundFacts)
      for difference in FormatFixtures.differences(name, expected: expected, found: found)
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
      let batches = result.issues.filter { $0.code == "W-BATCH" }.count
      #expect(batches >= Self.mismatches(facts), "\(name)")
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  /// Blocks whose announced number differs from their details.
  static func mismatches(_ facts: [String: Any]) -> Int {
    let statements = facts["statements"] as? [[String: Any]] ?? []
    return statements.flatMap { $0["batch_entries"] as? [[String: Any]] ?? [] }.count {
      guard let stated = $0["nb_of_txs"] as? Int, let details = $0["details"] as? Int else {
        return false
      }
      return stated != details
    }
  }

  static func expectedFacts(_ statement: [String: Any]) throws -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    for name in [
      "account", "owner", "entries", "not_booked", "reversals", "first_booking_date",
      "last_booking_date",
    ] {
      facts[name] = FormatFixtures.string(statement[name])
    }
    facts["id"] = FormatFixtures.string(statement["id"])
    facts["sequence"] = FormatFixtures.string(statement["sequence"])
    facts["currency"] = FormatFixtures.string(statement["currency"])
    if let bic = statement["servicer_bic"] as? String { facts["servicer_bic"] = bic }
    facts["opening"] = try FormatFixtures.text(statement["opening"] as? [String: Any])
    facts["closing"] = try FormatFixtures.text(statement["closing"] as? [String: Any])
    let reconciles = statement["reconciles"] as? Bool
    facts["reconciles"] = reconciles.map(\.description) ?? "none"
    if reconciles != nil, let text = statement["difference"] as? String {
      let code = try #require(statement["currency"] as? String)
      let currency = try #require(Currency(iso: code))
      let money = try #require(Money(text, in: currency))
      facts["difference"] = "\(money)"
    }
    for (code, item) in statement["by_currency"] as? [String: [String: Any]] ?? [:] {
      for name in ["credit_count", "credit_sum_minor", "debit_count", "debit_sum_minor"] {
        facts["\(code) \(name)"] = FormatFixtures.string(item[name])
      }
    }
    return facts
  }

  static func foundFacts(_ statement: Statement) -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    let days = statement.entries.compactMap(\.bookedOn)
    facts["account"] = statement.accountText
    facts["owner"] = statement.ownerName ?? "none"
    facts["entries"] = "\(statement.entries.count)"
    facts["not_booked"] = "\(statement.entries.count { $0.kind != .booked })"
    facts["reversals"] = "\(statement.entries.count { $0.isReversal })"
    facts["first_booking_date"] = days.min()?.description ?? "none"
    facts["last_booking_date"] = days.max()?.description ?? "none"
    facts["id"] = statement.reference ?? "none"
    facts["sequence"] =
      statement.number.map { String($0.split(separator: "/")[0]) } ?? "none"
    facts["currency"] = statement.currency?.code ?? "none"
    facts["servicer_bic"] = statement.institution
    facts["opening"] = FormatFixtures.text(statement.opening)
    facts["closing"] = FormatFixtures.text(statement.closing)
    facts["reconciles"] = FormatFixtures.reconciles(statement)
    facts["difference"] = statement.difference?.description
    let codes = Set(statement.entries.map(\.amount.currency.code))
    for code in codes {
      let entries = statement.entries.filter { $0.amount.currency.code == code }
      for (name, value) in FormatFixtures.sums(entries) { facts["\(code) \(name)"] = value }
    }
    return facts
  }

  @Test(
    "A file read twice gives equal results, and cut anywhere it is refused, not half kept",
    .enabled(if: folder != nil, "the shared camt fixtures are absent"))
  func cutFilesAreRefused() throws {
    let folder = try #require(Self.folder)
    for name in try FormatFixtures.names(in: folder) {
      let file = try FormatFixtures.file(folder.appending(path: name))
      let first = readStatements(file: file)
      let second = readStatements(file: file)
      #expect(first.statements == second.statements && first.issues == second.issues)
      let body = file.bytes.lastIndex(of: UInt8(ascii: "<")) ?? 0
      for step in 0..<40 {
        let length = body * step / 40
        let cut = FormatFixtures.input(Array(file.bytes[..<length]), name: name)
        #expect(throws: FileRefusal.self, "\(name) cut at \(length)") {
          try CAMT053().read(cut, options: ReadingOptions(), into: CollectingSink())
        }
      }
    }
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of entries kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "camt.053"))
  func badInput(_ item: FormatCases.Case) throws { try FormatCases.check(item) }
}
