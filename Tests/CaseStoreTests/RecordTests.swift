import CaseModel
import CaseStore
import Digests
import Postgres
import Testing
import TestSupport

@Suite("Payment records and stated entities", .enabled(if: ThrowAwayDatabase.isAvailable))
struct RecordTests {
  private let wire = payment(
    1_250_000, on: "2024-03-04", from: accountA, to: accountB, name: "Example Trading",
    uetr: "97ed4827-7b6f-4491-a06f-b548d5a7512d", purpose: "invoice 7", line: 3)
  private let report = payment(
    900_000, type: "goaml.transaction", kind: .report, on: "2024-03-06", to: accountC,
    details: ["goaml:transmode_code": "E\u{0}F \\ \"g\""], line: 5)
  private let company = entity(
    "Company", "C-1", ["name": ["Example Trading", "Example Trading Ltd"]], from: "2019-05-01",
    line: 7)
  private let held = entity(
    "BankAccount", "A-1", ["iban": ["DE02 1001 0010 0000 0000 03"], "bankName": ["Bank"]], line: 8)
  private let numbered = entity(
    "BankAccount", "A-2",
    ["accountNumber": ["77"], "moneytrail:accountKey": ["stated:Bank X/77"]], line: 9)

  @Test("what was written is what is read: amounts, parties, references, texts of every kind")
  func recordsComeBack() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let done = try await store.importFile(
      input(
        "wires.txt", payments: [wire, report], entities: [company, held, numbered]))
    #expect((done.read, done.stored, done.known) == (5, 5, 0))
    #expect((done.records.paymentsStored, done.records.entitiesStored) == (2, 3))
    let found = try await store.paymentRecords()
    let shown = Dictionary(uniqueKeysWithValues: found.map { ($0.record.key, $0) })
    #expect(shown[wire.key]?.record == wire)
    var escaped = report
    // PostgreSQL text holds no U+0000: it is shown as its escape.
    escaped.details = ["goaml:transmode_code": "E\\u{0}F \\ \"g\""]
    #expect(shown[report.key]?.record == escaped)
    #expect(shown[wire.key]?.places.map(\.label) == ["wires.txt"])
    #expect(shown[wire.key]?.places.map(\.locator) == [.line(3)])
    #expect(found.map(\.record.key) == found.map(\.record.key).sorted())
    let entities = try await store.statedEntities()
    #expect(Set(entities.map(\.entity)) == [company, held, numbered])
    #expect(try await store.statedEntities(schemas: ["Company"]).map(\.entity) == [company])
    #expect(try await store.statedEntities(space: "register", id: "A-1").map(\.entity) == [held])
    let report = try await store.verify()
    #expect(report.isSound)
    #expect(report.records == 5)
  }

  @Test("the same record in two files is one record with two places, in any order")
  func overlapsAreOneRecord() async throws {
    var later = wire
    later.locator = .line(11)
    var again = company
    again.locator = .line(2)
    let files = [
      input("one.txt", payments: [wire], entities: [company]),
      input("two.txt", payments: [later, report], entities: [again, held]),
    ]
    var seen: [[[AnyHashable]]] = []
    for order in [files, files.reversed()] {
      let store = try await ThrowAwayDatabase.make().store()
      var counts = (stored: 0, known: 0)
      for file in order {
        let report = try await store.importFile(file)
        counts.stored += report.stored
        counts.known += report.known
      }
      #expect(counts == (4, 2))
      #expect(try await store.importFile(files[0]).outcome == .copy)
      let found = try await store.paymentRecords()
      #expect(found.first { $0.record.key == wire.key }?.record.locator == .line(3))
      seen.append(
        found.map { [$0.record, $0.places] }
          + (try await store.statedEntities()).map { [$0.entity, $0.places] })
      #expect(try await store.verify().isSound)
    }
    #expect(seen[0] == seen[1])
    #expect(seen[0].count == 4)
  }

  @Test("records are found by kind, type, amount, day, reference and account, a page at a time")
  func recordsAreSearched() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let many = (0..<25).map {
      payment(Int64($0 + 1), type: "pacs.008", on: "2024-04-01", to: accountB, line: $0 + 2)
    }
    try await store.importFile(input("wires.txt", payments: [wire, report] + many))
    func keys(_ set: (inout PaymentSearch) -> Void) async throws -> [String] {
      var search = PaymentSearch()
      set(&search)
      return try await store.paymentRecords(matching: search).map(\.record.key)
    }
    #expect(try await keys { $0.kinds = [.report] } == [report.key])
    #expect(try await keys { $0.recordTypes = ["mt103"] } == [wire.key])
    #expect(try await keys { $0.amount = (euro, 900_000...900_000) } == [report.key])
    #expect(try await keys { $0.amount = (euro, 1...25) }.count == 25)
    #expect(try await keys { $0.amount = (Currency(asset: "USD", exponent: 2), 8...9) } == [])
    #expect(
      try await keys {
        $0.from = day("2024-03-05")
        $0.through = day("2024-03-31")
      } == [report.key])
    let uetr = "97ed4827-7b6f-4491-a06f-b548d5a7512d"
    #expect(try await keys { $0.reference = ("uetr", uetr) } == [wire.key])
    #expect(try await keys { $0.reference = (nil, uetr) } == [wire.key])
    #expect(try await keys { $0.reference = ("end-to-end", uetr) } == [])
    #expect(try await keys { $0.account = AccountKey("iban:" + accountA) } == [wire.key])
    #expect(try await keys { $0.account = AccountKey("iban:" + accountB) }.count == 26)
    var paged: [String] = []
    var pages = 0
    try await store.forEachPaymentRecord(pageSize: 9) {
      paged.append($0.record.key)
      pages += 1
    }
    #expect(pages == 27)
    #expect(paged == (try await keys { _ in }))
    let entities = (0..<7).map { entity("Person", "P-\($0)", line: $0 + 2) }
    try await store.importFile(input("persons.txt", payments: [], entities: entities))
    let first = try await store.statedEntities(limit: 4)
    let second = try await store.statedEntities(after: first.last, limit: 4)
    #expect((first.count, second.count) == (4, 3))
    #expect(Set((first + second).map(\.entity.id)) == Set(entities.map(\.id)))
  }

  @Test("an account that a register states and no statement shows is known to be missing")
  func unseenAccountsAreKnown() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input("register.txt", payments: [], entities: [company, held, numbered]))
    #expect(
      try await store.accountsWithoutStatements().map(\.key.text) == [
        "iban:" + accountC, "stated:Bank X/77",
      ])
    let file = input("c.csv", [statement(accountC, [entry("2024-01-02", 5, line: 2)])])
    let brought = try await store.importFile(file)
    let left = try await store.accountsWithoutStatements()
    #expect(left.map(\.key.text) == ["stated:Bank X/77"])
    #expect(left.first?.records == 1)
    #expect(left.first?.places.map(\.locator) == [.line(9)])
    try await store.undoImport(file: brought.file, by: "A. Analyst", reason: "wrong matter")
    #expect(try await store.accountsWithoutStatements().count == 2)
  }

  @Test("a record without its key, or counted wrongly, stores nothing at all")
  func brokenRecordsRollBack() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    var keyless = wire
    keyless.key = ""
    await #expect(throws: StoreError.self) {
      try await store.importFile(input("bad.txt", payments: [report, keyless]))
    }
    var miscounted = input("bad.txt", payments: [report])
    miscounted.recordsRead += 1
    let miscount = miscounted
    await #expect(throws: StoreError.self) { try await store.importFile(miscount) }
    #expect(try await store.files().isEmpty)
    #expect(try await store.paymentRecords().isEmpty)
  }

  @Test(
    "nothing of a protected person comes out of records and entities; their account is its token")
  func recordsAreMasked() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let victim = "PL61109010140000071219812874"
    let sent = payment(
      100, on: "2024-01-05", from: victim, to: accountA, name: "PRZYKŁADOWA Łucja",
      uetr: "Lucja Przykladowa 1", purpose: "for Lucja Przykladowa",
      details: ["goaml:comments": "call 0048 600-111-222"], line: 2)
    let person = entity(
      "Person", "przykladowa-lucja", ["name": ["Łucja Przykładowa"], "phone": ["600111222"]],
      space: "Lucja Przykladowa", line: 3)
    let account = entity("BankAccount", victim, ["iban": [victim]], line: 4)
    try await store.importFile(input("r.txt", payments: [sent], entities: [person, account]))
    let source = SourceRef(file: ContentHash(of: "sealed"), label: "s", locator: .line(1))
    func sealed(_ kind: SealedEntry.Kind, _ value: String) -> SealedEntry {
      SealedEntry(
        person: PersonCode("V-03"), kind: kind, number: 1, value: value, source: source)
    }
    let sheet = SealedSheet(
      matter: MatterCode("M-1"),
      entries: [
        sealed(.name, "Łucja Przykładowa"), sealed(.phone, "+48 600 111 222"),
        sealed(.account, "iban:" + victim),
      ], source: source)
    try await store.saveSealed(sheet, sheetName: "sealed.yaml", bytes: Array("sealed".utf8))
    let found = try await store.paymentRecords()
    #expect(found.map(\.record.purpose) == ["for V-03"])
    #expect(found.first?.record.parties.first?.accountKey == AccountKey("sealed:V-03/1"))
    #expect(found.first?.record.parties.last?.accountKey == AccountKey("iban:" + accountA))
    #expect(
      try await store.accountsWithoutStatements().map(\.key.text) == ["sealed:V-03/1"])
    var search = PaymentSearch()
    search.account = AccountKey("sealed:V-03/1")
    #expect(try await store.paymentRecords(matching: search).count == 1)
    let readable = try await database.everythingReadable()
    #expect(readable.contains("for V-03"))
    for needle in ["przyk", "lucja", "łucja", "1090101400000712", "600111222", "600-111"] {
      #expect(!readable.lowercased().contains(needle), "\(needle) can be read")
    }
  }
}
