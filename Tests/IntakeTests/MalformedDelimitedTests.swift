import CaseModel
import Foundation
import Testing

@testable import Intake

/// Bad delimited input: formats.md §10.2, for the cases whose format is `csv` or `xlsx`.
@Suite(.enabled(if: MalformedCases.isAvailable, "the shared generator or python3 is not here"))
struct MalformedDelimitedTests {
  static func read(_ item: MalformedCases.Case, _ file: InputFile, strict: Bool = false)
    -> ReadResult
  {
    readStatements(
      file: file,
      options: ReadingOptions(
        profile: item.profile, receivedOn: CivilDate(year: 2024, month: 12, day: 31)),
      strict: strict, formats: [Delimited()])
  }

  @Test("Every bad delimited file has the stated outcome, code, place and kept count")
  func everyCase() throws {
    let cases = try MalformedCases.all().filter { $0.format == "csv" && $0.files.count == 1 }
    #expect(cases.count > 45)
    for item in cases {
      let result = Self.read(item, item.files[0])
      let kept = result.statements.reduce(0) { $0 + $1.entries.count }
      let shown = result.issues.prefix(4).map(\.description).joined(separator: " | ")
      #expect(kept == item.kept, "\(item.name): \(shown)")
      #expect(result.isRefused == (item.outcome == "reject-file"), "\(item.name): \(shown)")
      let errors = result.issues.filter { $0.severity == .error }
      switch item.outcome {
      case "accept":
        let other = result.issues.filter { $0.severity != .note }
        #expect(other.isEmpty, "\(item.name): \(shown)")
      case "accept-warn": #expect(errors.isEmpty, "\(item.name): \(shown)")
      case "keep-valid":
        #expect(result.quarantined.count == errors.count, "\(item.name)")
        #expect(!result.quarantined.contains { $0.raw.isEmpty }, "\(item.name)")
      default: break
      }
      guard let code = item.code else { continue }
      let named = result.issues.filter { $0.code == code }
      #expect(!named.isEmpty, "\(item.name): no \(code) in \(shown)")
      if let place = item.place {
        let places = Locator.together(named.map(\.locator)).text
        #expect(places == place, "\(item.name): \(places)")
      }
      #expect(
        result.recordsRead
          == kept + result.quarantined.count + result.skippedRecords || result.isRefused,
        "\(item.name)")
    }
  }

  @Test("In strict mode a file with one bad row is refused whole")
  func strictRefuses() throws {
    for item in try MalformedCases.all() where item.format == "csv" && item.outcome == "keep-valid"
    {
      let result = Self.read(item, item.files[0], strict: true)
      #expect(result.isRefused && result.statements.isEmpty, "\(item.name)")
    }
  }

  @Test("Files that overlap give each transaction one key")
  func overlapsShareKeys() throws {
    let cases = try MalformedCases.all().filter { $0.format == "csv" && $0.files.count > 1 }
    #expect(cases.count == 4)
    for item in cases {
      var keys: Set<String> = []
      for file in item.files {
        for statement in Self.read(item, file).statements {
          keys.formUnion(statement.entries.map { statement.accountKey.text + $0.transactionKey })
        }
      }
      #expect(keys.count == item.kept, "\(item.name)")
    }
  }

  @Test("Every bad workbook and archive has the stated outcome, code, cell and kept count")
  func workbooks() throws {
    let cases = try MalformedCases.all().filter {
      $0.format == "xlsx" || $0.files[0].name.hasSuffix(".zip")
    }
    #expect(cases.count == 9)
    for item in cases {
      let result = readStatements(
        file: item.files[0],
        options: ReadingOptions(
          profile: item.profile, receivedOn: CivilDate(year: 2024, month: 12, day: 31)))
      let kept = result.statements.reduce(0) { $0 + $1.entries.count }
      let shown = result.issues.prefix(4).map(\.description).joined(separator: " | ")
      #expect(kept == item.kept, "\(item.name): \(shown)")
      #expect(result.isRefused == (item.outcome == "reject-file"), "\(item.name): \(shown)")
      let errors = result.issues.filter { $0.severity == .error }
      switch item.outcome {
      case "accept": #expect(result.issues.allSatisfy { $0.severity == .note }, "\(shown)")
      case "accept-warn": #expect(errors.isEmpty, "\(item.name): \(shown)")
      case "keep-valid": #expect(result.quarantined.count == errors.count, "\(item.name)")
      default: #expect(errors.count == 1, "\(item.name): \(shown)")
      }
      let named = result.issues.filter { $0.code == item.code }
      #expect(
        named.isEmpty == (item.code == nil), "\(item.name): no \(item.code ?? "") in \(shown)")
      if let place = item.place {
        #expect(named.map(\.locator.text) == [place], "\(item.name): \(shown)")
      }
    }
  }

  @Test(
    "Files of every other format are refused by the delimited reader or said to be unreadable, never a crash"
  )
  func otherFormatsNeverCrash() throws {
    for item in try MalformedCases.all() where !["csv", "xlsx"].contains(item.format) {
      for file in item.files {
        let result = readStatements(file: file)
        #expect(!result.issues.contains { $0.code == "E-INTERNAL" }, "\(item.name)")
      }
    }
  }
}
