import CaseModel
import Foundation
import TestSupport
import Testing

@testable import Intake

@Suite("Ledgers of movements that are no booked lines")
struct LedgerTests {
  static let folder = SharedMaterial.url("fixtures/crypto")

  @Test(
    "Exports of other projects give one record a row",
    .enabled(if: folder != nil, "the shared crypto fixtures are absent"))
  func sharedExports() throws {
    let folder = try #require(Self.folder)
    let all = try FormatFixtures.json(folder.appending(path: "expected.json"))
    #expect(all.count == 7)
    for (name, item) in all.sorted(by: { $0.key < $1.key }) {
      let facts = try #require((item as? [String: Any])?["expected"] as? [String: Any])
      let expected = try #require(facts["transactions"] as? Int)
      let result = readStatements(file: try FormatFixtures.file(folder.appending(path: name)))
      #expect(result.format == "payment-records", "\(name)")
      #expect(result.payments.count + result.entities.count == expected, "\(name) \(result.issues)")
      #expect(result.quarantined.isEmpty, "\(name)")
    }
  }

  @Test("Every embedded record profile is read, and knows its own header")
  func profiles() throws {
    let files = IntakeFiles.all.filter { $0.folder == "Records" && $0.name.hasPrefix("profiles/") }
    #expect(files.count >= 12)
    for file in files {
      let profile = try RecordProfile(text: file.text)
      #expect(file.name == "profiles/\(profile.name).yaml")
      let header = profile.headerRow.map { "\"\($0)\"" }.joined(separator: ",")
      #expect(RecordLibrary.match(ArraySlice((header + "\n").utf8))?.name == profile.name)
    }
    #expect(AssetTable.exponents.count >= 15)
  }

  private static func sample(_ name: String) throws -> ReadResult {
    try NationalSampleTests.result("payment-records/\(name).csv")
  }

  @Test("A cancelled remittance says so, and the same control number twice is flagged")
  func remittances() throws {
    let result = try Self.sample("msb")
    #expect(result.payments.map(\.status) == ["paid", "cancelled", "HELD"])
    #expect(result.payments[0].amount(.sent)?.minorUnits == 95_000)
    #expect(result.payments[0].amount(.received)?.currency.code == "KES")
    #expect(result.issues.contains { $0.code == "W-DUP-ID" && $0.locator.text == "line 4" })
    #expect(result.issues.contains { $0.code == "W-STATUS-CODE" })
    #expect(result.quarantined.map(\.code) == ["E-DATE"])
    #expect(result.statements.isEmpty, "a remittance is no booked line")
  }

  @Test("What one broker owes another is a debt, not a movement of an account")
  func hawala() throws {
    let result = try Self.sample("hawala")
    #expect(result.entities.map(\.schema) == ["Debt", "Debt"])
    #expect(result.entities[0].first("debtor") == "Haus A")
    #expect(result.payments[1].amounts.map(\.role) == [.balance])
    let other = try Self.sample("hawala-hijri")
    #expect(other.payments[0].executedOn == nil)
    #expect(other.payments[0].details["day as written"] == "1445-08-23")
  }

  @Test("A trade has two legs in two assets at one time")
  func trades() throws {
    let result = try Self.sample("exchange")
    let trade = result.payments[1]
    #expect(trade.recordType == "crypto.trade")
    #expect(
      trade.amount(.sent)
        == Money(minorUnits: 490_000, currency: try #require(Currency(iso: "EUR"))))
    #expect(trade.amount(.received)?.minorUnits == 7_812_345)
    #expect(trade.utcOffsetMinutes == 0 && result.payments[2].utcOffsetMinutes == 120)
  }

  @Test("An amount that a count of units cannot hold stays exact text, and is flagged")
  func exactText() throws {
    let result = try Self.sample("exchange")
    #expect(result.payments[4].amount(.received)?.minorUnits == 12_500_000_000)
    #expect(result.payments[5].amounts.isEmpty)
    #expect(result.payments[5].details["received ETH"] == "1.123456789012345678")
    #expect(
      result.payments[6].details["received ETH"] == "12345678901234567890.123456789012345678")
    #expect(result.payments[7].details["received NEWCOIN"] == "7.5")
    let codes = Set(result.issues.map(\.code))
    #expect(codes.isSuperset(of: ["W-AMOUNT-PRECISION", "W-ASSET", "W-ADDRESS"]))
    // Money of a state is never kept as text: the row is set aside.
    #expect(result.quarantined.map(\.code) == ["E-AMOUNT-PRECISION"])
  }

  @Test("A card number is never kept whole, wherever it stands")
  func cards() throws {
    let result = try Self.sample("cards")
    #expect(result.payments[0].parties[0].accountText == "card:411111…1111")
    #expect(result.payments[0].parties[0].accountKey == result.payments[1].parties[0].accountKey)
    let all = NationalSampleTests.records(result) + "\(result.quarantined)\(result.issues)"
    #expect(!all.contains("4111111111111111") && !all.contains("4111 1111 1111 1111"))
    #expect(!all.contains("5500005555555559"))
    #expect(result.quarantined.count == 1)
    #expect(CardNumber("4111-1111-1111-1111")?.masked == "411111…1111")
    #expect(CardNumber("xxxx1111")?.masked == "…1111")
    #expect(CardNumber("Muster") == nil)
  }

  @Test(
    "Addresses are checked by the rules of their chain",
    arguments: [
      ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", CryptoAddress.Check.sound),
      ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", .wrong),
      ("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", .sound),
      ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", .sound),
      ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", .wrong),
      ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", .sound),
      ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", .wrong),
    ])
  func bitcoinAddresses(_ text: String, _ check: CryptoAddress.Check) {
    #expect(CryptoAddress(text, network: "bitcoin").check == check)
  }

  @Test("Chain and address are the key; a wrong address has none")
  func addressKeys() {
    let evm = CryptoAddress("0x52908400098527886E0F7030069857D2E4169EE7", network: "ethereum")
    #expect(evm.check == .structureOnly)
    #expect(evm.key == AccountKey("crypto:evm/0x52908400098527886e0f7030069857d2e4169ee7"))
    #expect(CryptoAddress("0x5290", network: "ethereum").key == nil)
    #expect(CryptoAddress("unknown-form", network: nil).key == nil)
  }

  @Test("A profile that is none is refused with its reason")
  func refusedProfiles() throws {
    for (text, word) in [
      ("{record: payment}", "amounts"), ("{record: payment, surprise: 1}", "surprise"),
      ("{record: other}", "record"),
    ] {
      let result = readStatements(
        file: Given.file("a,b\n1,2\n"), options: ReadingOptions(profile: text))
      #expect(result.isRefused)
      #expect(result.issues.contains { $0.code == "E-PROFILE" && $0.found.contains(word) })
    }
  }
}
