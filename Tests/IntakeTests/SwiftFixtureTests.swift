import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("SWIFT payment messages of other projects")
struct SwiftFixtureTests {
  static let folder = SharedMaterial.url("fixtures/swift_mt_payments")

  @Test(
    "Every file gives the expected messages: references, amounts, days, parties, remittance",
    .enabled(if: folder != nil, "the shared payment messages are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    var listed = try FormatFixtures.listedDifferences("swift")
    #expect(all.count >= 6)
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let expected = try (facts["messages"] as? [[String: Any]] ?? []).map(Self.expectedFacts)
      let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.format == "swift")
      #expect(result.recordsRead == result.recordsStored + result.quarantined.count)
      let found = result.payments.map(Self.foundFacts)
      for difference in FormatFixtures.differences(name, expected: expected, found: found)
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  static func expectedFacts(_ message: [String: Any]) throws -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    facts["reference"] = FormatFixtures.string(message["reference"])
    if let type = message["type"] as? String { facts["type"] = "mt" + type }
    facts["charges"] = FormatFixtures.string(message["charges"])
    facts["value_date"] = FormatFixtures.string(message["value_date_yymmdd"])
    let field = (message["field_32B"] as? [String])?.first
    let currency = message["currency"] as? String ?? field.map { String($0.prefix(3)) } ?? ""
    let amount = message["amount_raw"] as? String ?? field.map { String($0.dropFirst(3)) } ?? ""
    facts["amount"] = currency + " " + digits(amount)
    for (name, key) in [("ordering", "ordering"), ("beneficiary", "beneficiary")] {
      if let text = message[key] as? String { facts[name] = plain(text) }
    }
    if let text = message["remittance"] as? String { facts["remittance"] = squeezed(text) }
    return facts
  }

  static func foundFacts(_ record: PaymentRecord) -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    facts["reference"] = record.references["sender"]
    facts["type"] = record.recordType
    facts["charges"] = record.chargeBearer ?? "none"
    facts["value_date"] =
      record.valueOn.map {
        $0.description.replacingOccurrences(of: "-", with: "").dropFirst(2).description
      } ?? "none"
    if let amount = record.amounts.first?.amount {
      facts["amount"] =
        amount.currency.code + " "
        + digits(
          amount.decimalText.replacingOccurrences(of: ".", with: ","))
    }
    for (name, role) in [
      ("ordering", PaymentParty.Role.originator), ("beneficiary", .beneficiary),
    ] {
      guard let party = record.parties.first(where: { $0.role == role }) else { continue }
      let lines = [party.accountText.map { "/" + $0 }, party.name, party.address].compactMap { $0 }
      facts[name] = lines.joined(separator: ", ")
    }
    facts["remittance"] = record.purpose.map(squeezed)
    return facts
  }

  /// `3700,` and `3700,00` are one amount: no zeros behind the comma.
  static func digits(_ text: String) -> String {
    var text = text
    while text.contains(","), text.hasSuffix("0") || text.hasSuffix(",") { text.removeLast() }
    return text
  }

  static func plain(_ text: String) -> String {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  static func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  @Test(
    "Bad input has the stated outcome, code, place and number of messages kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "mt103"))
  func badInput(_ item: FormatCases.Case) throws { try MessageCases.check(item) }
}
