import CaseModel
import Foundation
import Intake
import Testing

/// Own samples: every file under `Statements/<format>/` with a `.expected.txt` beside it.
@Suite("Statements made for these tests")
struct MT940SampleTests {
  static let samples: [String] = {
    var found: [String] = []
    for format in ["mt940", "mt942", "camt.052", "camt.053", "camt.054"] {
      let folder = FormatFixtures.samples.appending(path: format)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names.sorted() where !name.hasSuffix(".txt") { found.append("\(format)/\(name)") }
    }
    return found
  }()

  @Test("A statement is read into the text beside it", arguments: samples)
  func sampleIsRead(_ path: String) throws {
    let url = FormatFixtures.samples.appending(path: path)
    let result = readStatements(file: try FormatFixtures.file(url))
    let text = Self.text(result)
    let beside = url.deletingPathExtension().appendingPathExtension("expected.txt")
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] == "write" {
      try Data(text.utf8).write(to: beside)
    }
    let expected = try String(contentsOf: beside, encoding: .utf8)
    #expect(text == expected, "\(text)")
  }

  @Test("Every format has a sample of its own")
  func everyFormatHasASample() {
    #expect(Set(Self.samples.map { $0.split(separator: "/")[0] }).count == 5)
  }

  /// What was read, one line a fact, so that a person can compare it with the statement.
  static func text(_ result: ReadResult) -> String {
    var lines = ["format \(result.format)\(result.isRefused ? ", refused" : "")"]
    for statement in result.statements {
      lines.append("")
      lines.append("statement \(statement.number ?? "-") of \(statement.accountText)")
      lines.append("  at \(statement.locator), key \(statement.accountKey)")
      lines.append(
        "  owner \(statement.ownerName ?? "-"), servicer \(statement.institution ?? "-"), "
          + "reference \(statement.reference ?? "-"), currency \(statement.currency?.code ?? "-")")
      for (name, balance) in [("opening", statement.opening), ("closing", statement.closing)] {
        let carried = balance?.isInterim == true ? " carried" : ""
        lines.append("  \(name) \(FormatFixtures.text(balance))\(carried)")
      }
      lines.append(
        "  \(statement.status.rawValue), difference \(statement.difference?.description ?? "-")")
      for entry in statement.entries { lines += Self.lines(entry) }
    }
    lines.append("")
    for record in result.quarantined {
      lines.append("quarantined \(record.locator): \(record.code): \(record.reason)")
    }
    for issue in result.issues { lines.append("\(issue.severity) \(issue)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ entry: StatementEntry) -> [String] {
    var lines = [
      "  \(entry.bookedOn?.description ?? "----------") \(entry.amount) "
        + "\(entry.kind.rawValue)\(entry.isReversal ? " reversal" : "") \(entry.channel.rawValue)"
    ]
    lines.append("    at \(entry.locator), value \(entry.valueOn?.description ?? "-")")
    if let seconds = entry.timeOfDay { lines.append("    time \(seconds) s") }
    let party = entry.counterparty
    if !party.isEmpty {
      lines.append(
        "    other side \(party.name ?? "-"), \(party.accountKey?.text ?? "-"), \(party.agent ?? "-")"
      )
    }
    if let purpose = entry.purpose { lines.append("    purpose \(purpose)") }
    if let original = entry.originalAmount {
      lines.append("    first ordered \(original) at \(entry.exchangeRate ?? "-")")
    }
    for (name, value) in entry.references.sorted(by: { $0.key < $1.key }) {
      let shown = value.replacingOccurrences(of: "\n", with: "¶")
      lines.append("    \(name) = \(shown)")
    }
    return lines
  }
}
