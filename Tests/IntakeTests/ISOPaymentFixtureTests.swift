import CaseModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite("ISO 20022 payment messages of other projects")
struct ISOPaymentFixtureTests {
  static let folder = SharedMaterial.url("fixtures/iso20022_payments")

  @Test(
    "Every file gives the expected message, payments, sums, parties and control figures",
    .enabled(if: folder != nil, "the shared payment messages are absent"))
  func filesGiveTheExpectedFacts() throws {
    let folder = try #require(Self.folder)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    var listed = try FormatFixtures.listedDifferences("pain.001")
    #expect(all.count >= 17)
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let file = try FormatFixtures.file(folder.appending(path: name))
      let result = readStatements(file: file)
      let expected = try Self.expectedFacts(facts)
      let found = Self.foundFacts(result, message: facts["message"] as? String ?? "")
      for difference in FormatFixtures.differences(name, expected: [expected], found: [found])
      where listed.remove(difference.place) == nil {
        Testing.Issue.record("\(difference.place): \(difference.text)")
      }
      #expect(result.statements.isEmpty, "instructions are never booked movements")
    }
    #expect(listed.isEmpty, "listed differences that are none: \(listed.sorted())")
  }

  static func expectedFacts(_ expected: [String: Any]) throws -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    let totals = try #require(expected["totals"] as? [String: Any])
    facts["transactions"] = FormatFixtures.string(totals["transactions"])
    facts["message"] = "recognised"
    for name in ["distinct_ibans", "distinct_party_names", "duplicate_end_to_end_ids", "uetrs"] {
      facts[name] = FormatFixtures.string(expected[name])
    }
    for name in ["ctrl_sum_matches", "nb_matches"] {
      if let value = expected[name] as? Bool { facts[name] = value.description }
    }
    for (code, sums) in expected["by_currency"] as? [String: [String: Any]] ?? [:] {
      facts["\(code) count"] = FormatFixtures.string(sums["count"])
      facts["\(code) sum_minor"] = FormatFixtures.string(sums["sum_minor"])
    }
    return facts
  }

  static func foundFacts(_ result: ReadResult, message: String) -> FormatFixtures.Facts {
    var facts: FormatFixtures.Facts = [:]
    let payments = result.payments.filter { !$0.recordType.contains(/\.(group|batch)$/) }
    facts["transactions"] = "\(payments.count)"
    facts["message"] =
      message.isEmpty || message.contains(result.format + ".") ? "recognised" : result.format
    let parties = payments.flatMap(\.parties)
    facts["distinct_ibans"] =
      "\(Set(parties.compactMap(\.accountText).filter { $0.prefix(2).allSatisfy(\.isLetter) }).count)"
    let customers: Set<PaymentParty.Role> = [.originator, .beneficiary, .other]
    let names = parties.filter { customers.contains($0.role) && $0.identifiers["bic"] == nil }
    facts["distinct_party_names"] = "\(Set(names.compactMap(\.name)).count)"
    let ends = payments.compactMap { $0.references["end-to-end"] }
    facts["duplicate_end_to_end_ids"] = "\(ends.count - Set(ends).count)"
    facts["uetrs"] = "\(payments.count { $0.references["uetr"] != nil })"
    func disagrees(_ name: String) -> Bool {
      result.issues.contains {
        $0.code == "W-CTRL" && $0.locator.text.hasSuffix("GrpHdr/" + name)
      }
    }
    facts["ctrl_sum_matches"] = "\(!disagrees("CtrlSum"))"
    facts["nb_matches"] = "\(!disagrees("NbOfTxs"))"
    for payment in payments {
      guard let stated = payment.amounts.first, stated.role != .equivalent else { continue }
      let code = stated.amount.currency.code
      let count = Int(facts["\(code) count"] ?? "0") ?? 0
      let sum = Int64(facts["\(code) sum_minor"] ?? "0") ?? 0
      facts["\(code) count"] = "\(count + 1)"
      facts["\(code) sum_minor"] = "\(sum + stated.amount.minorUnits)"
    }
    return facts
  }

  @Test(
    "Bad input has the stated outcome, code, place and number of payments kept",
    .enabled(if: FormatCases.folder != nil, "the malformed cases cannot be made"),
    arguments: FormatCases.cases(of: "pain.001"))
  func badInput(_ item: FormatCases.Case) throws { try MessageCases.check(item) }
}
