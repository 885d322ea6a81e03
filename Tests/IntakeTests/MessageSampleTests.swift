import CaseModel
import Foundation
import Intake
import Testing

/// Own samples of messages and reports: files under `Statements/<format>/` with the reading beside them.
@Suite("Messages and reports made for these tests")
struct MessageSampleTests {
  static let formats = [
    "auth.002", "camt.029", "camt.056", "fincen", "goaml", "pacs.002", "pacs.004", "pacs.008",
    "pacs.009", "pain.001", "pain.002", "pain.008", "swift",
  ]

  static let samples: [String] = formats.flatMap { format in
    let folder = FormatFixtures.samples.appending(path: format)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { !$0.hasSuffix(".txt") }.map { "\(format)/\($0)" }
  }

  @Test("A message or report is read into the text beside it", arguments: samples)
  func sampleIsRead(_ path: String) throws {
    let url = FormatFixtures.samples.appending(path: path)
    let options = ReadingOptions(receivedOn: CivilDate(year: 2024, month: 6, day: 30))
    let result = readStatements(file: try FormatFixtures.file(url), options: options)
    let text = Self.text(result)
    let beside = url.deletingPathExtension().appendingPathExtension("expected.txt")
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] != nil {
      try Data(text.utf8).write(to: beside)
    }
    let expected = try String(contentsOf: beside, encoding: .utf8)
    #expect(text == expected, "\(text)")
    let again = readStatements(file: try FormatFixtures.file(url), options: options)
    #expect(again.payments == result.payments && again.entities == result.entities)
  }

  @Test("Every format has a sample of its own")
  func everyFormatHasASample() {
    #expect(Set(Self.samples.map { String($0.prefix { $0 != "/" }) }) == Set(Self.formats))
  }

  /// What was read, one line a fact.
  static func text(_ result: ReadResult) -> String {
    var lines = ["format \(result.format)\(result.isRefused ? ", refused" : "")"]
    lines.append(
      "\(result.recordsRead) records = \(result.recordsStored) stored "
        + "+ \(result.quarantined.count) set aside + \(result.skippedRecords) skipped")
    for payment in result.payments { lines += Self.lines(payment) }
    for entity in result.entities { lines += Self.lines(entity) }
    for statement in result.statements {
      lines.append("")
      lines.append(
        "statement of \(statement.accountKey) with \(statement.entries.count) entries, "
          + statement.status.rawValue)
    }
    lines.append("")
    for record in result.quarantined {
      lines.append("set aside \(record.locator): \(record.code): \(record.reason)")
    }
    for issue in result.issues { lines.append("\(issue.severity) \(issue)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ payment: PaymentRecord) -> [String] {
    var lines = ["", "\(payment.recordType) \(payment.kind.rawValue) at \(payment.locator)"]
    if let status = payment.status { lines.append("  status \(status)") }
    for stated in payment.amounts {
      lines.append("  \(stated.role.rawValue) \(stated.amount)")
    }
    if let rate = payment.exchangeRate { lines.append("  rate \(rate)") }
    if let day = payment.executedOn { lines.append("  executed \(day)") }
    if let day = payment.valueOn { lines.append("  value \(day)") }
    if let seconds = payment.timeOfDay { lines.append("  time \(seconds) s") }
    if payment.channel != .unknown { lines.append("  channel \(payment.channel.rawValue)") }
    for party in payment.parties {
      lines.append("  \(party.role.rawValue): \(party.name ?? "-")")
      if let account = party.accountText {
        lines.append("    account \(account), key \(party.accountKey?.text ?? "-")")
      }
      if let house = party.institution { lines.append("    institution \(house)") }
      if let address = party.address { lines.append("    address \(address)") }
      if let country = party.country { lines.append("    country \(country)") }
      if let entity = party.entity { lines.append("    entity \(entity)") }
      for (name, value) in party.identifiers.sorted(by: { $0.key < $1.key }) {
        lines.append("    \(name) = \(value)")
      }
    }
    if let bearer = payment.chargeBearer { lines.append("  charges \(bearer)") }
    if let purpose = payment.purpose { lines.append("  purpose \(shown(purpose))") }
    for (name, value) in payment.references.sorted(by: { $0.key < $1.key }) {
      lines.append("  ref \(name) = \(value)")
    }
    for (name, value) in payment.details.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(name): \(shown(value))")
    }
    return lines
  }

  private static func lines(_ entity: StatedEntity) -> [String] {
    var lines = ["", "\(entity.schema) \(entity.id) in \(entity.space) at \(entity.locator)"]
    if let day = entity.validFrom { lines.append("  from \(day)") }
    if let day = entity.validUntil { lines.append("  until \(day)") }
    if let day = entity.statedOn { lines.append("  stated \(day)") }
    for (name, values) in entity.properties.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(name) = \(values.map(shown).joined(separator: " | "))")
    }
    return lines
  }

  private static func shown(_ text: String) -> String {
    text.replacingOccurrences(of: "\n", with: "¶")
  }
}

/// The bad input of formats whose records are payments.
enum MessageCases {
  static func check(_ item: FormatCases.Case) throws {
    let folder = try #require(FormatCases.folder)
    for name in item.files {
      let file = try FormatFixtures.file(folder.appending(path: name))
      let result = readStatements(file: file)
      #expect(result.payments.count { $0.recordType != "goaml.report" } == item.kept)
      #expect(result.isRefused == (item.outcome == "reject-file"))
      switch item.outcome {
      case "accept": #expect(result.issues.allSatisfy { $0.severity == .note })
      case "accept-warn": #expect(!result.hasErrors, "\(result.issues)")
      default: #expect(result.hasErrors)
      }
      if let code = item.code, let place = item.place {
        #expect(
          result.issues.contains { $0.code == code && $0.locator.text.contains(place) },
          "\(code) at \(place); found \(result.issues.map(\.description))")
      }
      #expect(readStatements(file: file).payments == result.payments)
    }
  }
}
