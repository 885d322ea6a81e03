import CaseModel
import Foundation
import Testing

@testable import Intake

/// Each mapping profile has a sample of its own and what must be read from it.
struct StatementSamplesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Statements")

  /// The reading as text: the inspection, then one line an entry, then what was set aside.
  static func text(of result: ReadResult) -> String {
    var lines = Inspection(result).lines
    for statement in result.statements {
      lines.append("\(statement.accountKey)")
      for entry in statement.entries {
        let parts = [
          entry.locator.text, entry.bookedOn?.description ?? "-",
          entry.valueOn?.description ?? "-", entry.amount.description, entry.kind.rawValue,
          entry.channel.rawValue, entry.counterparty.name ?? "-",
          entry.counterparty.accountKey?.text ?? entry.counterparty.accountText ?? "-",
          entry.purpose ?? "-", entry.balanceAfter?.description ?? "-",
          String(entry.transactionKey.prefix(12)),
        ]
        lines.append("  " + parts.joined(separator: " | "))
      }
    }
    for record in result.quarantined {
      lines.append("set aside \(record.locator) \(record.code): \(Issue.escaped(record.raw))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("Every profile's sample is recognised by its header and read as written beside it")
  func samples() throws {
    #expect(ProfileLibrary.all.count >= 40)
    #expect(ProfileLibrary.all.count == IntakeFiles.all.count { $0.folder == "Profiles" })
    for profile in ProfileLibrary.all {
      let place = Self.folder.appending(path: profile.name)
      let sample = try Given.file(at: place.appending(path: "sample.csv"))
      let result = readStatements(
        file: sample,
        options: ReadingOptions(
          profile: profile.isMatched ? nil : profile.name,
          receivedOn: CivilDate(year: 2024, month: 6, day: 30)))
      #expect(result.parser.contains("profile \(profile.name) "), "\(result.parser)")
      let found = Self.text(of: result)
      let expected = place.appending(path: "expected.txt")
      if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] != nil {
        try found.write(to: expected, atomically: true, encoding: .utf8)
      }
      #expect(found == (try? String(contentsOf: expected, encoding: .utf8)), "\(profile.name)")
    }
  }
}
