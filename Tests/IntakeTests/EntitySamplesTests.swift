import CaseModel
import Foundation
import Testing

@testable import Intake

/// What was read from files of entities, as text that a colleague can check.
enum EntityText {
  static func text(of result: ReadResult) -> String {
    var lines = Inspection(result).lines
    for statement in result.statements {
      lines.append("\(statement.accountKey) \(statement.ownerName ?? "-")")
      for entry in statement.entries {
        let parts = [
          entry.locator.text, entry.bookedOn?.description ?? "-", entry.amount.description,
          entry.counterparty.name ?? "-", entry.counterparty.accountKey?.text ?? "-",
          entry.purpose ?? "-", entry.balanceAfter?.description ?? "-", pairs(entry.references),
        ]
        lines.append("  " + parts.joined(separator: " | "))
      }
    }
    for payment in result.payments {
      let amounts = payment.amounts.map { "\($0.role.rawValue) \($0.amount)" }
      lines.append(
        "\(payment.locator) \(payment.kind) \(payment.recordType) \(payment.executedOn?.description ?? "-") "
          + amounts.joined(separator: ", "))
      for party in payment.parties {
        lines.append(
          "  \(party.role.rawValue) \(party.name ?? "-") entity \(party.entity ?? "-") "
            + "account \(party.accountKey?.text ?? "-") \(pairs(party.identifiers))")
      }
      lines.append("  \(pairs(payment.references)) \(pairs(payment.details))")
    }
    for entity in result.entities {
      lines.append(
        "\(entity.locator) \(entity.schema) \(entity.space) \(entity.id) "
          + "\(entity.validFrom?.description ?? "") to \(entity.validUntil?.description ?? "")"
          + (entity.statedOn.map { ", stated \($0)" } ?? "") + " [\(entity.key.prefix(12))]")
      for name in entity.properties.keys.sorted() {
        lines.append("  \(name): \((entity.properties[name] ?? []).joined(separator: " | "))")
      }
    }
    for record in result.quarantined {
      lines.append("set aside \(record.locator) \(record.code): \(Issue.escaped(record.raw))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func pairs(_ values: [String: String]) -> String {
    "[" + values.keys.sorted().map { "\($0)=\(values[$0] ?? "")" }.joined(separator: ", ") + "]"
  }

  /// Compares with the text beside the sample; `MONEYTRAIL_GOLDEN` writes it.
  static func compare(_ result: ReadResult, with expected: URL) throws {
    let found = text(of: result)
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] != nil {
      try found.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(
      found == (try? String(contentsOf: expected, encoding: .utf8)),
      "\(expected.deletingLastPathComponent().lastPathComponent)")
    let kept =
      result.statements.reduce(0) { $0 + $1.entries.count } + result.payments.count
      + result.entities.count
    #expect(result.recordsStored == kept)
  }
}

@Suite("Files of entities")
struct EntitySamplesTests {
  @Test(
    "Each format's sample is recognised and read as written beside it",
    arguments: [("ftm", "sample.ftm.json"), ("bods", "sample.json")])
  func sample(_ format: String, _ name: String) throws {
    let place = StatementSamplesTests.folder.appending(path: format)
    let result = readStatements(file: try Given.file(at: place.appending(path: name)))
    #expect(result.format == format)
    try EntityText.compare(result, with: place.appending(path: "expected.txt"))
  }

  @Test("A list of entities, a pretty-printed one and one with a byte order mark give the same")
  func layoutsAgree() throws {
    let lines = """
      {"id":"a","schema":"Person","properties":{"name":["A \\u00e9 \\ud83d\\ude00"]}}
      {"id":"b","schema":"Company","properties":{"name":["B"]}}
      """
    let objects = lines.split(separator: "\n")
    let spread = objects.map { $0.replacing(",\"", with: ",\n  \"") }.joined(separator: "\n")
    let expected = Given.reading(lines).entities.map(\.properties)
    #expect(expected.map { $0["name"] } == [["A é 😀"], ["B"]])
    for text in ["[" + objects.joined(separator: ",") + "]", spread, "\u{FEFF}" + lines] {
      let result = Given.reading(text)
      #expect(result.format == "ftm" && result.issues.isEmpty, "\(result.issues)")
      #expect(result.entities.map(\.properties) == expected)
    }
  }

  @Test("BODS 0.3 and JSON of no known kind are refused with the reason")
  func othersAreRefused() {
    let old = #"[{"statementID":"x","statementType":"personStatement"}]"#
    #expect(Given.reading(old).issues.map(\.code) == ["E-VERSION"])
    #expect(Given.reading(#"[{"amount": 12}]"#).issues.map(\.code) == ["E-FORMAT"])
    #expect(Given.reading(#"[{"statementId":"x","recordType":"#).issues.map(\.code) == ["E-JSON"])
    #expect(Given.reading("[]").issues.map(\.code) == ["W-NO-ROWS"])
  }

  @Test("A name that comes twice in an entity sets it aside: neither value is chosen")
  func repeatedNames() {
    let result = Given.reading(
      """
      {"id":"a","schema":"Company","properties":{"name":["A"]}}
      {"id":"b","id":"c","schema":"Company","properties":{"name":["B"]}}
      """)
    #expect(result.entities.map(\.id) == ["a"])
    #expect(result.quarantined.map(\.code) == ["E-JSON"])
  }
}
