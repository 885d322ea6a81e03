import CaseModel
import CaseStore
import Digests
import Foundation
import Postgres
import Testing
import TestSupport

@Suite("Sealing", .enabled(if: ThrowAwayDatabase.isAvailable))
struct SealingTests {
  private let victimAccount = "PL61109010140000071219812874"

  private func matter(_ sheet: ReceivedFile) -> Matter {
    let source = SourceRef(file: sheet.sha256, label: sheet.label, locator: .line(1))
    var stated = Circumstances()
    stated.identifiers = [
      AccountIdentifier(
        account: AccountKey("iban:" + victimAccount), kind: .phone, token: "T-01", source: source)
    ]
    return Matter(
      code: MatterCode("M-1"), title: "Test", profile: "gb", asOf: day("2024-06-01"),
      reportingCurrency: euro, office: "Office",
      persons: [
        Person(
          code: PersonCode("V-03"), isLegalPerson: false, displayName: "V-03",
          roles: [RoleAssignment(role: .victim)], holds: [AccountKey("iban:" + victimAccount)],
          controls: [], isChild: false, source: source),
        Person(
          code: PersonCode("S-01"), isLegalPerson: false, displayName: "S-01",
          roles: [RoleAssignment(role: .suspect)], holds: [AccountKey("iban:" + accountA)],
          controls: [AccountKey("iban:" + victimAccount)], isChild: false, source: source),
      ], counts: [],
      sourceClasses: [
        SourceClass(
          code: SourceClassCode("C-1"), title: "wages", isTainted: true, nature: .obtaining,
          count: nil,
          selector: EntrySelector(accounts: [AccountKey("iban:" + victimAccount)]),
          reason: "paid by Łucja Przykładowa", source: source)
      ], property: [], events: [], facts: [], rates: [], orders: [], nonConvictionGround: nil,
      circumstances: stated, source: source)
  }

  @Test("after sealing, no name, account or phone of a victim is in anything the program can read")
  func sealedStringsAreInvisible() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let texts = [
      "LUCJA PRZYKLADOWA wages", "Przykładowa, Łucja", "to PL61 1090 1014 0000 0712 1981 2874",
      "transfer 1090 1014 0000 0712 1981 2874", "call 0048 600-111-222 or 600111222",
    ]
    let entries = texts.enumerated().map { index, text in
      entry(
        "2024-01-0\(index + 1)", -100, to: victimAccount, name: "łucja  przykładowa",
        purpose: text, line: index + 2, servicer: nil)
    }
    let body = (1...40).map { "line \($0) Lucja Przykladowa \(victimAccount)\n" }.joined()
    try await store.importFile(
      input(
        "Lucja Przykladowa.csv", [statement(accountA, entries)], text: body,
        quarantined: [
          QuarantinedRow(
            locator: .line(9), code: "E", reason: "x", raw: "Przykladowa Lucja;\(victimAccount)")
        ]))
    try await store.importFile(
      input("own.csv", [statement(victimAccount, [entry("2024-01-01", 100, line: 2)])]))
    let before = try await store.entries()
    #expect(before.first?.purpose == texts[0])

    let bytes = Array("case sheet".utf8)
    let sheet = ReceivedFile(
      sha256: ContentHash(of: bytes), name: "case.yaml", byteCount: Int64(bytes.count),
      format: "case-sheet", parser: "case-sheet 1")
    try await store.saveMatter(matter(sheet), sheet: sheet, bytes: bytes, program: "test")
    try await store.saveSealed(
      [
        SealedIdentity(person: PersonCode("V-03"), kind: .name, value: "Łucja Przykładowa"),
        SealedIdentity(person: PersonCode("V-03"), kind: .phone, value: "+48 600 111 222"),
      ], matter: MatterCode("M-1"), sheetName: "sealed.yaml", bytes: Array("sealed".utf8))

    let file = try await store.caseFile(matter: MatterCode("M-1"))
    let purposes = file.entries.filter { $0.amount.isNegative }.compactMap(\.purpose)
    #expect(
      purposes == [
        "V-03 wages", "V-03", "to account of V-03", "transfer account of V-03",
        "call V-03 or V-03",
      ])
    #expect(file.files.map(\.name).contains("V-03.csv"))
    let account = file.accounts.first { $0.holder == PersonCode("V-03") }
    #expect(account?.displayName == "account of V-03")
    #expect(account?.controller == PersonCode("S-01"))
    #expect(account?.key == AccountKey("protected:M-1/V-03/1"))
    #expect(file.matter.sourceClasses[0].selector.accounts == [AccountKey("protected:M-1/V-03/1")])
    #expect(
      file.matter.circumstances?.identifiers.map(\.account) == [
        AccountKey("protected:M-1/V-03/1")
      ])
    #expect(file.matter.sourceClasses[0].reason == "paid by V-03")

    // Whatever the role can select at all, table by table and column by column.
    let readable = try await database.everythingReadable()
    #expect(readable.count > 1_000)
    for needle in ["przyk", "lucja", "łucja", "1090101400000712", "600111222", "600-111"] {
      #expect(!readable.lowercased().contains(needle), "\(needle) can be read")
    }
    let explained = try await store.explain(file.entries.first { $0.amount.isNegative }?.key ?? "")
    #expect(explained.places.map(\.text) == ["line 2 V-03 account of V-03"])
  }

  @Test(
    "unrelated words and longer numbers are left alone, and nothing sealed leaves texts untouched")
  func othersAreLeftAlone() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    #expect(try await store.masked("Anna Nowak") == "Anna Nowak")
    try await store.saveSealed(
      [
        SealedIdentity(person: PersonCode("V-01"), kind: .name, value: "Ana Test"),
        SealedIdentity(person: PersonCode("V-01"), kind: .account, value: "123456789"),
        SealedIdentity(person: PersonCode("V-02"), kind: .name, value: "Jörg O'Muster"),
      ], matter: MatterCode("M"), sheetName: "s", bytes: [1])
    #expect(try await store.masked("Diana Tester 51234567890") == "Diana Tester 51234567890")
    #expect(try await store.masked("TEST, ANA 123 456 789") == "V-01 account of V-01")
    #expect(try await store.masked("Joerg OMuster / JORG O’MUSTER") == "V-02 / V-02")
  }

  @Test("a pseudonym that is no plain text is refused, and an identity never prints itself")
  func identitiesKeepQuiet() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let odd = SealedIdentity(
      person: PersonCode("V-01"), kind: .name, value: "Secret Person", replacement: "a\\1\"b")
    await #expect(throws: StoreError.self) {
      try await store.saveSealed([odd], matter: MatterCode("M"), sheetName: "s", bytes: [1])
    }
    #expect(!"\(odd)".contains("Secret"))
    var dumped = ""
    dump(odd, to: &dumped)
    #expect(!dumped.contains("Secret"))
  }
}
