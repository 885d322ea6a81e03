import CaseModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Third-party bank exports through their profiles: formats.md §10.1.
@Suite(
  .enabled(
    if: SharedMaterial.url("fixtures/tabular/expected.json") != nil,
    "the shared fixtures are not here"))
struct TabularFixturesTests {
  struct Fixture {
    let name: String
    let file: InputFile
    let expected: [String: Any]
    let profile: String
  }

  /// Differences that are meant, with the reason: file, tab, reason.
  static func explained() throws -> [String: String] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "tabular-differences.txt")
    var table: [String: String] = [:]
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    where !line.hasPrefix("#") {
      let parts = line.split(separator: "\t")
      if parts.count == 2 { table[String(parts[0])] = String(parts[1]) }
    }
    return table
  }

  static func all() throws -> [Fixture] {
    guard let folder = SharedMaterial.url("fixtures/tabular") else { return [] }
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let table = try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]] ?? [:]
    return try table.keys.sorted().map { name in
      let expected = table[name]?["expected"] as? [String: Any] ?? [:]
      return Fixture(
        name: name, file: try Given.file(at: folder.appending(path: name)), expected: expected,
        profile: try Given.json(expected["profile"] ?? [:]))
    }
  }

  @Test("Every export gives the expected counts, sums in minor units per currency, and days")
  func everyFixture() throws {
    let explained = try Self.explained()
    var used: Set<String> = []
    let fixtures = try Self.all()
    #expect(fixtures.count == 42)
    for item in fixtures {
      let result = readStatements(
        file: item.file,
        options: ReadingOptions(
          profile: item.profile, receivedOn: CivilDate(year: 2024, month: 1, day: 1)),
        formats: [Delimited()])
      let entries = result.statements.flatMap(\.entries)
      var sums: [String: Inspection.Totals] = [:]
      for entry in entries {
        sums[entry.amount.currency.code, default: .init()].add(entry.amount)
      }
      var differences: [String] = []
      func compare(_ what: String, _ found: Int128, _ wanted: Any?) {
        let wanted = (wanted as? NSNumber)?.int64Value ?? -1
        if found != Int128(wanted) { differences.append("\(what) \(found), not \(wanted)") }
      }
      compare("transactions", Int128(entries.count), item.expected["transactions"])
      compare(
        "rows set aside", Int128(result.quarantined.count),
        item.expected["rows_without_valid_date_or_amount"])
      compare(
        "rows skipped", Int128(result.skippedRecords), item.expected["rows_skipped_by_profile"])
      let wanted = item.expected["by_currency"] as? [String: [String: Any]] ?? [:]
      for (code, figures) in wanted {
        let mine = sums[code == "unstated" ? "XXX" : code] ?? .init()
        compare("\(code) credits", Int128(mine.creditCount), figures["credit_count"])
        compare("\(code) credit sum", mine.creditSumMinor, figures["credit_sum_minor"])
        compare("\(code) debits", Int128(mine.debitCount), figures["debit_count"])
        compare("\(code) debit sum", mine.debitSumMinor, figures["debit_sum_minor"])
      }
      if sums.count != wanted.count { differences.append("currencies \(sums.keys.sorted())") }
      let days = entries.compactMap(\.bookedOn)
      for (what, day) in [("first_date", days.min()), ("last_date", days.max())]
      where day?.description != item.expected[what] as? String {
        differences.append("\(what) \(day?.description ?? "none")")
      }
      let codes = Set(result.issues.map(\.code)).sorted().joined(separator: " ")
      if explained[item.name] != nil {
        used.insert(item.name)
        #expect(!differences.isEmpty, "\(item.name): the explained difference is gone")
      } else {
        #expect(
          differences.isEmpty, "\(item.name): \(differences.joined(separator: "; ")) [\(codes)]")
      }
    }
    #expect(used.count == explained.count)
  }

  @Test("Every export without a profile is read or refused with a reason, and twice the same")
  func withoutProfile() throws {
    for item in try Self.all() {
      let first = readStatements(file: item.file)
      let second = readStatements(file: item.file)
      #expect(first.statements == second.statements, "\(item.name)")
      #expect(first.issues == second.issues, "\(item.name)")
      #expect(!first.isRefused || first.hasErrors, "\(item.name)")
      #expect(!first.issues.contains { $0.code == "E-INTERNAL" }, "\(item.name)")
    }
  }
}
