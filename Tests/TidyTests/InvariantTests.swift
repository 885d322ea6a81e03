import Foundation
import Testing

@Suite("The source tree keeps its promises")
struct InvariantTests {
  /// Files that may speak of floating point, and why.
  static let floatingPointAllowed = [
    "Sources/Publishing/WorkbookNumber.swift",  // a cell's number is a double by the file format
    "Sources/Intake/Workbooks/BinaryNumber.swift",  // and is read as one from old workbooks
  ]

  @Test("no floating point on the way from a statement to a document")
  func noFloat() throws {
    for file in SourceTree.files(below: "Sources", suffix: ".swift") {
      if Self.floatingPointAllowed.contains(file) { continue }
      for (number, code) in try SourceTree.codeLines(
        file, holding: ["Double", "Float", "Decimal"])
      where code.contains(/\b(Double|Float|Float16|Float80|CGFloat|Decimal|NSDecimalNumber)\b/) {
        Issue.record("\(file):\(number) uses floating point or Decimal: \(code)")
      }
    }
  }

  @Test("no clock, random number or fresh identifier between the statement and the document")
  func noClock() throws {
    let stages = [
      "Amounts", "CaseModel", "Digests", "Legislation", "Intake", "TrailGraph", "Detection",
      "Tracing", "Confiscation", "Dossier", "Identity", "Linking", "Exchange", "Scenarios",
    ]
    for stage in stages {
      for file in SourceTree.files(below: "Sources/" + stage, suffix: ".swift") {
        for (number, code) in try SourceTree.codeLines(
          file,
          holding: ["Date", "random", "UUID", "Clock", "Random", ".current", "ProcessInfo"])
        where code.contains(
          /\bDate\(\)|\.random\(|UUID\(\)|ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|Locale\.current|TimeZone\.current|ProcessInfo/
        ) {
          Issue.record("\(file):\(number) depends on the moment or the machine: \(code)")
        }
      }
    }
  }

  @Test("no forced try, no forced unwrap that the linter would miss, no fatalError on input")
  func noForce() throws {
    for file in SourceTree.files(below: "Sources", suffix: ".swift") {
      for (number, code) in try SourceTree.codeLines(file, holding: ["try!", "as!", "fatalError"])
      where code.contains(/\btry!|\bas!|\bfatalError\(/) {
        Issue.record("\(file):\(number): \(code)")
      }
    }
  }

  @Test("each target's folder says what it owns")
  func readmes() throws {
    for folder in SourceTree.folders(in: "Sources")
    where !["Amounts", "CaseModel", "Digests", "catalogue-listing"].contains(folder)
      && !folder.hasPrefix("C") || ["CaseStore", "Confiscation"].contains(folder)
    {
      let text = try SourceTree.text("Sources/\(folder)/README.md")
      #expect(text.count > 200, "Sources/\(folder)/README.md says too little")
    }
  }

  @Test("a query file holds one statement and opens with what it is for")
  func queries() throws {
    let files = SourceTree.files(below: "sql/queries", suffix: ".sql")
    #expect(!files.isEmpty)
    for file in files {
      let text = try SourceTree.text(file)
      #expect(text.hasPrefix("-- "), "\(file) opens without a comment")
      let code = text.components(separatedBy: "\n").filter { !$0.hasPrefix("--") }
        .joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
      let body = code.replacing(/(?s)\$\$.*?\$\$/, with: "$$").replacing(/'([^']|'')*'/, with: "''")
      let statements = body.split(separator: ";").filter {
        !$0.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty
      }
      #expect(statements.count == 1, "\(file) holds \(statements.count) statements")
    }
  }

  @Test("migrations are numbered without gaps")
  func migrations() throws {
    let numbers = SourceTree.files(below: "sql/migrations", suffix: ".sql").compactMap {
      Int($0.split(separator: "/").last?.prefix(4) ?? "")
    }
    #expect(!numbers.isEmpty)
    #expect(numbers == Array(1...max(1, numbers.count)))
  }

  @Test("every detector has a guilty and an innocent case and says what innocence looks like")
  func detectorProofs() throws {
    let detectors = SourceTree.files(below: "Sources/Detection/Catalogue", suffix: ".swift")
    #expect(detectors.count >= 5)
    for file in detectors {
      #expect(try SourceTree.text(file).contains("innocentExplanations"), "\(file)")
      let name = String(file.split(separator: "/").last?.dropLast(6) ?? "")
      let cases = SourceTree.files(below: "Tests/DetectionTests/Cases/" + name, suffix: ".trail")
      #expect(cases.contains { $0.contains("guilty") }, "\(name) has no guilty case")
      #expect(cases.contains { $0.contains("innocent") }, "\(name) has no innocent case")
    }
  }

  @Test("every tracing method cites its authority")
  func methodProofs() throws {
    let methods = SourceTree.files(below: "Sources/Tracing/Catalogue", suffix: ".swift")
    #expect(methods.count >= 3)
    for file in methods {
      #expect(try SourceTree.text(file).contains(/Law:|authorit/), "\(file) cites nothing")
    }
  }

  @Test("every bank layout has a sample beside its tests")
  func profileProofs() throws {
    for file in SourceTree.files(below: "Sources/Intake/Profiles", suffix: ".yaml") {
      let name = String(file.split(separator: "/").last?.dropLast(5) ?? "")
      let samples = SourceTree.files(below: "Tests/IntakeTests/Statements/" + name, suffix: "")
      #expect(!samples.isEmpty, "the profile \(name) has no sample under Statements/\(name)")
    }
  }

  @Test("what is built or fetched is never committed")
  func ignored() throws {
    let ignore = try SourceTree.text(".gitignore").components(separatedBy: "\n")
    #expect(ignore.contains(".build*"))
    #expect(ignore.contains("Package.resolved"))
  }
}
