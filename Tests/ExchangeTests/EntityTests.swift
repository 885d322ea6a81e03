import CaseModel
import Foundation
import Testing

@testable import Exchange

@Suite("FollowTheMoney lines")
struct EntityTests {
  struct Line: Decodable {
    let id: String
    let schema: String
    let properties: [String: [String]]
    let datasets: [String]
  }

  static func lines(_ name: String) throws -> [Line] {
    let files = try MadeUpRecord.files(FollowTheMoney())
    return try MadeUpRecord.need(files[name]).bytes.split(separator: 10).map {
      try JSONDecoder().decode(Line.self, from: Data($0))
    }
  }

  @Test("Each movement is one payment with its exact amount, its parties, accounts and proof")
  func payments() throws {
    let lines = try Self.lines("case.ftm.json")
    let byID = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0) })
    let payments = lines.filter { $0.schema == "Payment" }
    #expect(payments.count == 11)
    for payment in payments {
      for side in ["payer", "beneficiary"] {
        let party = try #require(byID[payment.properties[side]?.first ?? ""])
        #expect(["LegalEntity", "Person"].contains(party.schema))
      }
      for proof in payment.properties["proof"] ?? [] { #expect(byID[proof]?.schema == "Document") }
      #expect(payment.properties["proof"]?.isEmpty == false)
      #expect(payment.properties["amount"]?.first?.wholeMatch(of: /\d+(\.\d+)?/) != nil)
    }
    let pair = try #require(payments.first { $0.properties["recordId"]?.count == 2 })
    #expect(pair.properties["amount"] == ["50.00"])
    #expect(pair.properties["description"]?.contains("read at PX-001 line 21") == true)
    #expect(byID[pair.properties["beneficiaryAccount"]?.first ?? ""]?.schema == "BankAccount")
  }

  @Test("Stated entities keep their relations; several records of one id are one entity")
  func stated() throws {
    let lines = try Self.lines("records.ftm.json")
    let ownership = try #require(lines.first { $0.schema == "Ownership" })
    let company = try #require(lines.first { $0.schema == "Company" })
    #expect(ownership.properties["asset"] == [company.id])
    #expect(ownership.properties["startDate"] == ["2020-01-01"])
    #expect(lines.count { $0.schema == "Company" } == 1)
    #expect(company.properties["name"]?.count == 2)
    #expect(!lines.contains { $0.schema == "NoSuchKind" })
    let person = try #require(lines.first { $0.schema == "Person" })
    #expect(
      person.properties["notes"]?.contains("made-up:remark: kept under the format's own name")
        == true)
  }

  @Test("A payment order is told apart from booked money and names its protected party by a token")
  func orders() throws {
    #expect(
      try !Self.lines("case.ftm.json").contains {
        $0.properties["summary"]?.first?.contains("mt103") == true
      })
    let lines = try Self.lines("records.ftm.json")
    let order = try #require(lines.first { $0.schema == "Payment" })
    #expect(order.properties["summary"] == ["instruction, mt103: not proof of booking; status ACK"])
    #expect(order.properties["amount"] == ["1234.56"])
    // The beneficiary's account is one of the case: the same name in both files.
    let known = Set(try Self.lines("case.ftm.json").filter { $0.schema == "BankAccount" }.map(\.id))
    #expect(known.contains(order.properties["beneficiaryAccount"]?.first ?? ""))
  }
}
