import CaseModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Compares the files of a national format with expected.json, fact by fact.
enum NationalFixtures {
  typealias Facts = FormatFixtures.Facts

  /// Reads every file of a folder and records each difference that the format's list does not explain.
  /// - Parameters:
  ///   - list: the expected statements inside a file's expectation.
  ///   - checks: what else is to hold of a file.
  static func compare(
    _ folder: URL, format: String, profile: (String) -> String? = { _ in nil },
    list: String = "statements", expected: ([String: Any]) throws -> Facts,
    found: (Statement) -> Facts,
    checks: (String, [String: Any], ReadResult) throws -> Void = { _, _, _ in }
  ) throws {
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    #expect(!all.isEmpty)
    var listed = try FormatFixtures.listedDifferences(format)
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let file = try FormatFixtures.file(folder.appending(path: name))
      let options = ReadingOptions(
        profile: profile(name), receivedOn: CivilDate(year: 2026, month: 2, day: 1))
      let result = readStatements(file: file, options: options)
      #expect(
        result.recordsRead
          == result.recordsStored + result.quarantined.count + result.skippedRecords)
      let again = readStatements(file: file, options: options)
      #expect(again.statements == result.statements && again.payments == result.payments)
      let statements = try (facts[list] as? [[String: Any]] ?? []).map(expected)
      let differences = FormatFixtures.differences(
        name, expected: statements, found: result.statements.map(found))
      let isOther = listed.remove("\(name) | file | statements") != nil
      for difference in differences {
        // A file that is cut into other statements has a test of its own.
        if isOther { continue }
        if listed.remove(difference.place) == nil {
          Testing.Issue.record("\(difference.place): \(difference.text)")
        }
      }
      if isOther { #expect(!differences.isEmpty, "\(name) is as expected after all") }
      try checks(name, facts, result)
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  /// Counts and sums in minor units, where expected.json has them.
  static func sums(_ item: [String: Any]) -> Facts {
    var facts: Facts = [:]
    for name in ["credit_count", "credit_sum_minor", "debit_count", "debit_sum_minor"] {
      if let value = item[name] { facts[name] = FormatFixtures.string(value) }
    }
    return facts
  }

  /// A decimal text as an amount, and as itself when the currency cannot hold it.
  static func amount(_ text: Any?, _ code: String?) -> String {
    guard let text = text as? String, !text.isEmpty else { return "none" }
    let currency = code.flatMap { Currency(iso: $0) } ?? .unstated
    guard let amount = try? AmountText(text, form: .xml, currency: currency)
    else { return text }
    return "\(Money(minorUnits: amount.minorUnits, currency: currency))"
  }

  static func amount(_ balance: StatedBalance?) -> String {
    balance.map { "\($0.amount)" } ?? "none"
  }

  /// DDMMYY or YYMMDD as an ISO day; itself when it is none.
  static func day(_ text: Any?, _ form: String) -> String {
    guard let text = text as? String else { return "none" }
    let day = try? DateForm(form)?.read(text, pivot: CenturyPivot(latestYear: 2027)).date
    return (day ?? nil)?.description ?? "none"
  }

  static func day(_ balance: StatedBalance?) -> String {
    balance?.date?.description ?? "none"
  }
}
