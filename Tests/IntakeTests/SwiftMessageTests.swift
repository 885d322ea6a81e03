import CaseModel
import Intake
import Testing

@Suite("SWIFT payment messages made for these tests")
struct SwiftMessageTests {
  static func batch() throws -> ReadResult {
    let url = FormatFixtures.samples.appending(path: "swift/batch.rje")
    return readStatements(file: try FormatFixtures.file(url))
  }

  static func reading(_ text: String) -> ReadResult {
    readStatements(file: Given.file(text, name: "given.fin"))
  }

  @Test("A cover names the customers underneath and points to its MT103 by reference and UETR")
  func coverPointsToItsPayment() throws {
    let payments = try Self.batch().payments
    let wire = try #require(payments.first { $0.recordType == "mt103" })
    let cover = try #require(payments.first { $0.recordType == "mt202cov" })
    #expect(cover.references["related"] == wire.references["sender"])
    #expect(cover.references["uetr"] == wire.references["uetr"])
    func account(_ record: PaymentRecord, _ role: PaymentParty.Role) -> AccountKey? {
      record.parties.first { $0.role == role }?.accountKey
    }
    #expect(account(cover, .ultimateOriginator) == account(wire, .originator))
    #expect(account(cover, .ultimateBeneficiary) == account(wire, .beneficiary))
    let roles = cover.parties.map(\.role)
    #expect(roles.first == .ultimateOriginator && roles.last == .ultimateBeneficiary)
  }

  @Test("A message that the network refused is no instruction, wherever its answer stands")
  func refusedMessages() {
    let message = """
      {1:F01ALPHDEFFAXXX0001000013}{2:I103BETAGB2LXXXXN}{4:
      :20:X-1
      :32A:240304USD500,
      :50K:A
      :59:B
      -}
      """
    let answer = "{1:F21ALPHDEFFAXXX0001000013}{4:{177:2403041020}{451:1}{405:T27}}"
    for text in [answer + message, answer + "\n$\n" + message, message + "\n$\n" + answer] {
      let result = Self.reading(text)
      #expect(result.payments.map(\.status) == ["NAK"], "\(text)")
      #expect(result.payments.map(\.kind) == [.info])
      #expect(result.payments.first?.details["nak-reason"] == "T27")
    }
    let other = answer.replacing("1000013", with: "1000014")
    let apart = Self.reading(other + message)
    #expect(apart.payments.map(\.recordType) == ["swift.ack", "mt103"])
    #expect(apart.payments.map(\.kind) == [.info, .instruction])
  }

  @Test("A statement between payments is read as a statement, whichever comes first")
  func mixedBatches() {
    let statement = """
      {1:F01ALPHDEFFAXXX0001000020}{2:O9400700240305ALPHDEFFAXXX00010000142403050701N}{4:
      :20:S-5
      :25:DE89370400440532013000
      :28C:5/1
      :60F:C240304EUR30000,00
      :61:2403040304D23000,00NTRFX//S1
      :62F:C240304EUR7000,00
      -}
      """
    let payment = """
      {1:F01ALPHDEFFAXXX0001000021}{2:I202BETAGB2LXXXXN}{4:
      :20:X-2
      :21:X-1
      :32A:240304USD500,
      :58A:BETAGB2LXXX
      -}
      """
    for text in [statement + "\n" + payment, payment + "\n$\n" + statement] {
      let result = Self.reading(text)
      #expect(result.payments.map(\.recordType) == ["mt202"])
      #expect(result.statements.map(\.entries.count) == [1])
      #expect(result.statements.map(\.status) == [.reconciled])
      #expect(result.recordsRead == 2 && !result.hasErrors)
    }
    let first = Self.reading(statement).statements.first?.entries.first?.transactionKey
    let mixed = Self.reading(payment + "\n$\n" + statement)
    #expect(mixed.statements.first?.entries.first?.transactionKey == first)
  }

  @Test("A text cut by the line width is joined, one ended by its writer is not")
  func remittanceLines() {
    let full = String(repeating: "X", count: 34) + "Y"
    let result = Self.reading(
      ":20:A\n:32A:240304EUR1,\n:50K:P\n:59:Q\n:70:\(full)\nZ\nEND\n-\n")
    #expect(result.payments.first?.purpose == full + "Z END")
  }

  @Test("One unusable message is set aside and the others are kept; alone it refuses the file")
  func unusableMessages() {
    let bad = ":20:A\n:32A:240304EUR1.5\n:50K:P\n:59:Q\n-\n"
    let good = ":20:B\n:32A:240304EUR1,5\n:50K:P\n:59:Q\n-\n"
    for text in [bad + good, good + bad] {
      let result = Self.reading(text)
      #expect(result.payments.map { $0.references["sender"] } == ["B"])
      #expect(result.quarantined.map(\.code) == ["E-AMOUNT"] && !result.isRefused)
    }
    let alone = Self.reading(bad)
    #expect(alone.isRefused && alone.issues.map(\.code) == ["E-AMOUNT"])
  }

  @Test("A message of a type that is not read is named and kept, never dropped")
  func otherTypes() {
    let credit = "{1:F01ALPHDEFFAXXX0001000021}{2:I700BETAGB2LXXXXN}{4:\n:27:1/1\n-}"
    let good = "\n$\n{1:F01ALPHDEFFAXXX0001000022}{2:I199BETAGB2LXXXXN}{4:\n:20:A\n:79:TEXT\n-}"
    let result = Self.reading(credit + good)
    #expect(result.quarantined.map(\.code) == ["E-FORMAT"])
    #expect(result.quarantined.first?.raw.contains(":27:1/1") == true)
    #expect(result.payments.map(\.purpose) == ["TEXT"])
  }
}

@Suite("ISO 20022 payment messages made for these tests")
struct ISOPaymentTests {
  @Test("Statements and payments in one envelope are both read")
  func mixedEnvelope() throws {
    func body(_ path: String) throws -> String {
      let url = FormatFixtures.samples.appending(path: path)
      let text = String(decoding: try FormatFixtures.file(url).bytes, as: UTF8.self)
      let start = try #require(text.firstRange(of: "?>"))
      return String(text[start.upperBound...])
    }
    let statement = try body("camt.053/clean.xml")
    let payment = try body("pacs.009/cover.xml")
    let alone = readStatements(file: Given.file(statement, name: "a.xml"))
    for parts in [[statement, payment], [payment, statement]] {
      let text = "<Envelope>" + parts.joined() + "</Envelope>"
      let result = readStatements(file: Given.file(text, name: "both.xml"))
      #expect(result.payments.map(\.recordType) == ["pacs.009.cov"])
      #expect(result.statements.map(\.entries.count) == alone.statements.map(\.entries.count))
      #expect(result.statements.map(\.status) == alone.statements.map(\.status))
    }
  }
}
