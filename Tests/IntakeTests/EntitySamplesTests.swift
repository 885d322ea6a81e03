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

  @Test("Every register's sample is recognised by its columns and read as written beside it")
  func registers() throws {
    #expect(
      RegisterProfile.all.count == IntakeFiles.all.count { $0.folder == "Registers/Profiles" })
    #expect(RegisterProfile.all.count >= 8)
    for profile in RegisterProfile.all {
      let place = StatementSamplesTests.folder.appending(path: profile.name)
      let result = readStatements(
        file: try Given.file(at: place.appending(path: "sample.csv")),
        options: ReadingOptions(receivedOn: CivilDate(year: 2024, month: 6, day: 30)))
      #expect(result.parser.contains("profile \(profile.name) "), "\(result.parser)")
      try EntityText.compare(result, with: place.appending(path: "expected.txt"))
    }
  }

  @Test("A register's profile can be stated as a text, and a broken one is refused with the reason")
  func statedRegister() throws {
    let profile = """
      record: entity
      name: invented
      space: register/invented
      known-by: [no]
      entities: [{schema: Person, id: [no], properties: {name: who}}]
      """
    let text = "no,who,more\n1,Ada,x\n2,Ben,\n"
    let result = Given.reading(text, profile: profile)
    #expect(result.format == "register" && result.issues.isEmpty, "\(result.issues)")
    #expect(result.entities.map { $0.first("name") } == ["Ada", "Ben"])
    #expect(result.entities.map { $0.first("column:more") } == ["x", nil])
    for (broken, word) in [
      (profile.replacing("Person", with: "Wizard"), "Wizard"),
      (profile.replacing("id: [no], ", with: ""), "'id'"),
      (profile.replacing("space:", with: "spice:"), "spice"),
    ] {
      let issues = Given.reading(text, profile: broken).issues
      #expect(issues.map(\.code) == ["E-PROFILE"])
      #expect(issues.first?.found.contains(word) == true, "\(issues)")
    }
    #expect(Given.reading("who\nAda\n", profile: profile).issues.map(\.code) == ["E-HEADER"])
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
