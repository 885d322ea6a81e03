import CaseModel
import Digests
import Foundation
import Intake
import TestSupport
import Testing

/// Third-party statements with what two other readers found in them, and the listed differences.
enum FormatFixtures {
  /// One statement's facts, by name, as text, so that both sides can be compared and listed.
  typealias Facts = [String: String]

  /// This target's own statements and lists.
  static let samples = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Statements")

  static func file(_ url: URL) throws -> InputFile {
    let bytes = [UInt8](try Data(contentsOf: url))
    return input(bytes, name: url.lastPathComponent)
  }

  static func input(_ bytes: [UInt8], name: String) -> InputFile {
    InputFile(name: name, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  /// The names of a fixture folder's files, sorted.
  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0 != "README.md" && $0 != "expected.json" }.sorted()
  }

  /// `file | place | fact | reason`, without the reason; lines that begin with # are comments.
  static func listedDifferences(_ name: String) throws -> Set<String> {
    let url = samples.appending(path: name + "/fixture-differences.txt")
    let text = try String(contentsOf: url, encoding: .utf8)
    var listed: Set<String> = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(parts.count == 4 && !parts[3].isEmpty, "each difference has a reason: \(line)")
      listed.insert(parts[0..<3].joined(separator: " | "))
    }
    return listed
  }

  /// Facts that differ, as `file | place | fact`.
  static func differences(
    _ file: String, expected: [Facts], found: [Facts]
  ) -> [(place: String, text: String)] {
    var result: [(String, String)] = []
    if expected.count != found.count {
      result.append(("\(file) | file | statements", "\(expected.count) ≠ \(found.count)"))
    }
    for (index, pair) in zip(expected, found).enumerated() {
      for name in pair.0.keys.sorted() where pair.0[name] != pair.1[name] {
        result.append(
          (
            "\(file) | \(index + 1) | \(name)",
            "\(pair.0[name] ?? "") ≠ \(pair.1[name] ?? "nothing")"
          ))
      }
    }
    return result
  }

  static func text(_ balance: StatedBalance?) -> String {
    balance.map { "\($0.amount) \($0.date.map(\.description) ?? "")" } ?? "none"
  }

  /// A balance of expected.json in the same form.
  static func text(_ balance: [String: Any]?) throws -> String {
    guard let balance else { return "none" }
    let code = try #require(balance["currency"] as? String)
    let currency = try #require(Currency(iso: code))
    let amount = try #require(balance["amount"] as? String)
    let money = try #require(Money(amount, in: currency))
    return "\(money) \(balance["date"] as? String ?? "")"
  }

  static func string(_ value: Any?) -> String {
    switch value {
    case let text as String: text
    case let number as NSNumber: number.stringValue
    default: "none"
    }
  }

  static func json(_ url: URL) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
  }

  /// Counts and sums over all entries of one currency.
  static func sums(_ entries: [StatementEntry]) -> Facts {
    let credits = entries.filter { !$0.amount.isNegative }.map(\.amount.minorUnits)
    let debits = entries.filter(\.amount.isNegative).map { -$0.amount.minorUnits }
    return [
      "credit_count": "\(credits.count)", "credit_sum_minor": "\(credits.reduce(0, +))",
      "debit_count": "\(debits.count)", "debit_sum_minor": "\(debits.reduce(0, +))",
    ]
  }

  static func reconciles(_ statement: Statement) -> String {
    switch statement.status {
    case .reconciled: "true"
    case .unreconciled: statement.difference == nil ? "none" : "false"
    case .incomplete, .noBalances, .notApplicable: "none"
    }
  }
}

/// The bad input of `malformed/make_malformed.py`, made once into a folder of its own.
enum FormatCases {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String]
    let outcome: String
    let code: String?
    let place: String?
    let kept: Int
    var testDescription: String { name }
  }

  static let folder: URL? = {
    guard let script = SharedMaterial.url("fixtures/malformed/make_malformed.py") else {
      return nil
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "moneytrail-formats-\(ProcessInfo.processInfo.processIdentifier)")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path, folder.path]
    process.standardOutput = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? folder : nil
  }()

  static func cases(of format: String) -> [Case] {
    guard let folder,
      let data = try? Data(contentsOf: folder.appending(path: "cases.json")),
      let object = try? JSONSerialization.jsonObject(with: data)
    else { return [] }
    let list =
      object as? [[String: Any]] ?? (object as? [String: Any])?["cases"] as? [[String: Any]] ?? []
    return list.compactMap { item in
      guard item["format"] as? String == format, let name = item["case"] as? String,
        let files = item["files"] as? [String], let outcome = item["outcome"] as? String,
        let kept = item["transactions_kept"] as? Int, !name.hasPrefix("dup-")
      else { return nil }
      return Case(
        name: name, files: files, outcome: outcome, code: item["code"] as? String,
        place: item["where"] as? String, kept: kept)
    }
  }

  /// Reads a case's files and compares outcome, code, place and the number of entries kept.
  static func check(_ item: Case) throws {
    let folder = try #require(folder)
    let results = try item.files.map { name in
      readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
    }
    let kept = results.flatMap(\.statements).reduce(0) { $0 + $1.entries.count }
    #expect(kept == item.kept)
    let issues = results.flatMap(\.issues)
    #expect(results.contains { $0.isRefused } == (item.outcome == "reject-file"))
    switch item.outcome {
    case "accept": #expect(issues.allSatisfy { $0.severity == .note }, "\(issues)")
    case "accept-warn": #expect(issues.allSatisfy { $0.severity != .error }, "\(issues)")
    default: #expect(issues.contains { $0.severity == .error })
    }
    // A chain of several files is checked where files meet, not by a format.
    guard let code = item.code, let place = item.place, item.files.count == 1 else { return }
    #expect(
      issues.contains { $0.code == code && $0.locator.text.contains(place) },
      "\(code) at \(place); found \(issues.map(\.description))")
    for result in results {
      let again = readStatements(
        file: try FormatFixtures.file(folder.appending(path: result.file)))
      #expect(again.statements == result.statements)
      #expect(again.issues == result.issues)
    }
  }
}
