import CaseModel
import Foundation
import Intake
import Testing

@Suite("MT940 statements made for these tests")
struct MT940ReaderTests {
  static func read(_ text: String, name: String = "given.sta") -> ReadResult {
    readStatements(file: FormatFixtures.input(Array(text.utf8), name: name))
  }

  static func statement(_ body: String, closing: String = ":62F:C240305EUR0,00\n") -> String {
    ":20:S\n:25:37040044/0532013000\n:28C:1\n:60F:C240301EUR0,00\n" + body + closing
  }

  @Test(
    "The mark decides the sign, and a reversed credit takes money out",
    arguments: [
      ("C", Int64(1050), EntryKind.booked, false), ("D", -1050, .booked, false),
      ("RC", -1050, .booked, true), ("RD", 1050, .booked, true), ("EC", 1050, .future, false),
      ("ED", -1050, .future, false), ("CR", 1050, .booked, false), ("DR", -1050, .booked, false),
      ("RCR", -1050, .booked, true), ("RDR", 1050, .booked, true),
    ])
  func markDecidesSign(_ mark: String, _ minor: Int64, _ kind: EntryKind, _ reversal: Bool) throws {
    let result = Self.read(Self.statement(":61:2403010301\(mark)10,5NTRFNONREF\n"))
    let entry = try #require(result.statements.first?.entries.first)
    #expect(entry.amount.minorUnits == minor)
    #expect(entry.kind == kind && entry.isReversal == reversal)
  }

  @Test(
    "The entry date takes the year nearest to the value date, leap days included",
    arguments: [
      ("231230", "0102", "2024-01-02"), ("240102", "1231", "2023-12-31"),
      ("240228", "0229", "2024-02-29"), ("240630", "0630", "2024-06-30"),
    ])
  func entryDateYear(_ value: String, _ entry: String, _ booked: String) throws {
    let result = Self.read(Self.statement(":61:\(value)\(entry)C1,NMSCNONREF\n"))
    #expect(result.statements.first?.entries.first?.bookedOn == CivilDate(booked))
  }

  @Test(
    "An amount that is none is quarantined and the rest is kept",
    arguments: [",", "1,2,3", "1.000,00", "1,005", "99999999999999999999,00", ""])
  func amountThatIsNone(_ amount: String) {
    let body = ":61:2403010301C\(amount)NTRFNONREF\n:61:2403010301D5,00NTRFNONREF\n"
    let result = Self.read(Self.statement(body))
    #expect(result.statements.first?.entries.count == 1)
    #expect(result.quarantined.count == 1)
    #expect(result.quarantined.first?.code.hasPrefix("E-AMOUNT") == true)
    #expect(result.statements.first?.status == .unreconciled)
  }

  @Test("A file cut inside an amount keeps no part of it")
  func cutInsideAmount() {
    let whole = Self.statement(":61:2403010301C300,50NTRFNONREF//B1\n", closing: "")
    let start = whole.utf8.count - "300,50NTRFNONREF//B1\n".utf8.count
    for length in start..<(whole.utf8.count - "RFNONREF//B1\n".utf8.count) {
      let result = Self.read(String(decoding: whole.utf8.prefix(length), as: UTF8.self))
      #expect(result.statements.allSatisfy { $0.entries.isEmpty }, "cut at \(length)")
      #expect(result.issues.contains { $0.code == "E-TRUNC" })
      #expect(result.statements.first?.status == .incomplete)
    }
  }

  @Test("Pages inside one message go on under its header, with carried balances")
  func pagesInsideOneMessage() {
    let result = Self.read(
      Self.statement(":61:2403010301C10,NTRFNONREF\n", closing: "")
        + ":62M:C240302EUR10,00\n:60M:C240302EUR10,00\n:61:2403030303D10,NTRFNONREF\n"
        + ":62F:C240305EUR0,00\n-\n")
    #expect(result.statements.map(\.status) == [.reconciled, .reconciled])
    #expect(Set(result.statements.map(\.accountKey)).count == 1)
    #expect(result.statements.first?.closing?.isInterim == true)
    #expect(result.statements.last?.opening?.isInterim == true)
    #expect(result.statements.last?.closing?.isInterim == false)
  }

  @Test("Statements without an account are kept apart, each an unknown account of its own")
  func statementsWithoutAccount() {
    let page = ":20:S\n:60F:C240301EUR0,00\n:62F:C240301EUR0,00\n-\n"
    let result = Self.read(page + page)
    #expect(Set(result.statements.map(\.accountKey)).count == 2)
    #expect(result.issues.map(\.code) == ["W-NO-ID", "W-NO-ID"])
  }

  @Test("The own account is never taken for the other side")
  func ownAccountIsNoCounterparty() throws {
    let text = """
      :20:S
      :25:DE89370400440532013000
      :60F:C240301EUR0,00
      :61:2403010301C1,00NTRFNONREF
      :86:VON DE89370400440532013000 AN GB29NWBK60161331926819
      :62F:C240301EUR1,00
      """
    let entry = try #require(Self.read(text).statements.first?.entries.first)
    #expect(entry.counterparty.accountKey?.text == "iban:GB29NWBK60161331926819")
    #expect(entry.channel == .transferInternational)
  }

  @Test("Every line is stored or quarantined, whatever the bytes between the tags")
  func everyLineIsAccountedFor() {
    var seed: UInt64 = 20_240_301
    let alphabet = Array(":61:86:62F:20:25:60FCDREUR0123456789,/?>-{}\n\r +NTRFéß".utf8)
    for _ in 0..<300 {
      var bytes = Array(Self.statement("").utf8)
      for _ in 0..<120 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int((seed >> 33) % UInt64(alphabet.count))])
      }
      let result = readStatements(file: FormatFixtures.input(bytes, name: "random.sta"))
      #expect(!result.issues.contains { $0.code == "E-INTERNAL" })
    }
  }
}
