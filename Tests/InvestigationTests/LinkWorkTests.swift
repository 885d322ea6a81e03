import CaseModel
import CaseStore
import Digests
import Investigation
import Linking
import TestSupport
import Testing

@Suite("Links in the store", .enabled(if: ThrowAwayDatabase.isAvailable))
struct LinkWorkTests {
  static let euro = Currency(asset: "EUR", exponent: 2)
  static let (a, b, c) = (
    "DE02100100100000000001", "DE02100100100000000002", "DE02100100100000000003"
  )

  private func file(_ name: String, _ account: String, _ entries: [StatementEntry]) -> ImportInput {
    let bytes = Array((name + "\n" + String(repeating: "a line\n", count: 40)).utf8)
    let statement = Statement(
      accountText: account, accountKey: AccountKey("iban:" + account), currency: Self.euro,
      entries: entries, locator: .line(1))
    return ImportInput(
      file: ReceivedFile(
        sha256: ContentHash(of: bytes), name: name, byteCount: Int64(bytes.count),
        format: "delimited", parser: "delimited 1"),
      bytes: bytes, program: "test 1", statements: [statement], recordsRead: entries.count)
  }

  private func entry(
    _ day: String, _ minor: Int64, to other: String? = nil, line: Int,
    references: [String: String] = [:], kind: EntryKind = .booked
  ) -> StatementEntry {
    StatementEntry(
      locator: .line(line), amount: Money(minorUnits: minor, currency: Self.euro),
      bookedOn: CivilDate(day), kind: kind,
      counterparty: Counterparty(
        accountText: other, accountKey: other.map { AccountKey("iban:" + $0) }),
      references: references,
      transactionKey: ContentHash(of: "\(day) \(minor) \(other ?? "") \(line)").hex)
  }

  private let uetr = ["uetr": "0b6dcd03-5b0c-4c3c-9d0e-2a1f7c9b0e11"]

  /// Two debits of one amount that only a UETR tells apart, a pair with declared charges, an announcement.
  private func files() -> [ImportInput] {
    [
      file(
        "a.csv", Self.a,
        [
          entry("2024-01-02", -500, to: Self.b, line: 2),
          entry("2024-01-02", -500, to: Self.b, line: 3, references: uetr),
          entry(
            "2024-01-05", -1_000, to: Self.c, line: 4,
            references: ["charges-included": "0.50 EUR"]),
        ]),
      file(
        "b.csv", Self.b,
        [
          entry("2024-01-03", 500, line: 2, references: uetr),
          entry("2024-01-03", 500, line: 3), entry("2024-01-04", 500, line: 4),
        ]),
      file(
        "c.csv", Self.c,
        [
          entry("2024-01-05", 950, to: Self.a, line: 2, references: ["servicer": "SV-1-77"]),
          entry(
            "2024-01-05", 950, line: 3, references: ["servicer": "SV-1-77"], kind: .info),
        ]),
    ]
  }

  /// Links and transfers by content, the same in every store.
  private func dump(_ store: Store) async throws -> [String] {
    let keys = Dictionary(
      uniqueKeysWithValues: try await store.entries().map { ($0.id, $0.key) })
    let transfers = try await store.transfers().map {
      "\(keys[$0.debit] ?? "?") \(keys[$0.credit] ?? "?") \($0.reasons)"
    }
    return try await store.links().map {
      "\($0.code) \($0.status) \($0.evidence) \($0.content) \($0.verdict ?? "-")"
    } + transfers
  }

  @Test(
    "links and their transfers are the same for every order of import, and a second run adds nothing"
  )
  func permutations() async throws {
    let files = files()
    var first: [String]?
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]] {
      let store = try await ThrowAwayDatabase.make().store()
      for index in order {
        try await store.importFile(files[index])
        try await store.pairTransfers()
        try await LinkWork(store).find()
      }
      let report = try await LinkWork(store).find()
      #expect(
        [report.added, report.withdrawn, report.transfersAdded, report.transfersWithdrawn] == [
          0, 0, 0, 0,
        ])
      let pairing = try await store.pairTransfers()
      #expect((pairing.added, pairing.withdrawn) == (0, 0))
      let content = try await dump(store)
      #expect(first ?? content == content, "order \(order)")
      first = content
    }
    let links = try #require(first)
    #expect(links.count { $0.contains(" matched uetr ") } == 1)
    #expect(links.count { $0.contains(" matched charges ") } == 1)
    #expect(links.count { $0.contains(" matched referenceAndAccount ") } == 1)
    #expect(links.count { $0.contains(" proposal oneAccount ") } == 2)
    #expect(links.count { $0.contains("same UETR") && !$0.hasPrefix("L-") } == 1)
  }

  /// One account in two formats, the other side's credit, and a third format of one day.
  private func repeatedFiles() -> [ImportInput] {
    [
      file(
        "a.sta", Self.a,
        [
          entry("2024-01-02", -500, to: Self.b, line: 2), entry("2024-01-02", -500, line: 3),
          entry("2024-01-05", 70, line: 4),
        ]),
      file(
        "a.xml", Self.a,
        [entry("2024-01-02", -500, to: Self.b, line: 12), entry("2024-01-05", 70, line: 14)]),
      file("b.csv", Self.b, [entry("2024-01-03", 500, to: Self.a, line: 2)]),
    ]
  }

  @Test(
    "lines that two files word differently count once when a person says so, and again when undone")
  func repeatedLinesCountOnce() async throws {
    var seen: [[String]] = []
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let store = try await ThrowAwayDatabase.make().store()
      for index in order { try await store.importFile(repeatedFiles()[index]) }
      try await store.pairTransfers()
      try await LinkWork(store).find()
      let account = try #require(
        try await store.accounts().first { $0.key == AccountKey("iban:" + Self.a) })
      func state() async throws -> [String] {
        let trail = try await store.loadTrail().trail
        let doubled = try await store.doubledDays().map(\.lines)
        return [
          "\(try await store.entries(of: account.id).map(\.amount.minorUnits).sorted())",
          "\(try await store.entryCounts()[account.id] ?? 0) \(trail.edgeCount) \(doubled)",
          "\(try await store.transfers().count)",
        ]
      }
      let open = try await state()
      #expect(open == ["[-500, -500, -500, 70, 70]", "5 6 [1, 1]", "0"])
      let proposals = try await store.links(kind: "duplicate")
      #expect(proposals.map(\.status) == ["proposal", "proposal"])
      for link in proposals {
        try await store.decide(link: link.identity, .accept, author: "A", reason: "same statement")
      }
      try await LinkWork(store).find()
      let settled = try await state()
      #expect(settled == ["[-500, -500, 70]", "3 3 []", "1"])
      // Nothing changes by matching or pairing again: what is set aside is met again.
      let again = try await LinkWork(store).find()
      #expect((again.added, again.withdrawn) == (0, 0))
      #expect(try await state() == settled)
      #expect(try await store.verify().isSound)
      // The other file goes: what it repeated counts, whoever was set aside.
      let kept = try await store.importedFile(named: "a.xml").file
      try await store.undoImport(file: kept, by: "A", reason: "test")
      #expect(try await state()[0] == "[-500, -500, 70]")
      try await LinkWork(store).find()
      #expect(try await state()[0] == "[-500, -500, 70]")
      try await store.importFile(repeatedFiles()[1])
      try await LinkWork(store).find()
      #expect(try await state() == settled)
      seen.append(settled + (try await dump(store)))
      for link in proposals {
        try await store.decide(link: link.identity, .undo, author: "A", reason: "not sure")
      }
      try await LinkWork(store).find()
      #expect(try await state().prefix(2) == open.prefix(2))
      for link in proposals {
        try await store.decide(link: link.identity, .refuse, author: "A", reason: "two payments")
      }
      try await LinkWork(store).find()
      #expect(try await store.entries(of: account.id).count == 5)
      #expect(try await store.doubledDays().isEmpty)
    }
    #expect(Set(seen).count == 1)
  }

  @Test("a decision makes the transfer, is taken back, and holds before the records are there")
  func decisions() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    for file in files() { try await store.importFile(file) }
    try await LinkWork(store).find()
    let proposal = try #require(try await store.links(status: "proposal").first)
    #expect(try await store.transfers().count == 1)
    try await store.decide(
      link: proposal.identity, .accept, author: "analyst", reason: "call with the bank")
    try await LinkWork(store).find()
    #expect(try await store.link(proposal.code.text).status == "matched")
    #expect(try await store.link(proposal.code.text).verdict == "accept")
    #expect(try await store.transfers().count == 2)
    #expect(try await store.pairTransfers().withdrawn == 0)
    try await store.decide(link: proposal.identity, .undo, author: "analyst", reason: "wrong line")
    try await LinkWork(store).find()
    #expect(try await store.link(proposal.code.text).status == "proposal")
    #expect(try await store.transfers().count == 1)
    #expect(try await store.linkDecisions().map(\.verdict) == [.accept, .undo])

    let other = try await ThrowAwayDatabase.make().store()
    try await other.decide(
      link: proposal.identity, .refuse, author: "analyst", reason: "another payment")
    for file in files().reversed() { try await other.importFile(file) }
    try await other.pairTransfers()
    try await LinkWork(other).find()
    #expect(try await other.link(proposal.code.text).status == "refused")
    // The other of the two is now the only choice.
    #expect(try await other.transfers().count == 2)
    #expect(try await other.pairTransfers().added == 0)
  }

  @Test("a payment record is linked to its booking and never becomes an entry")
  func records() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    for file in files() { try await store.importFile(file) }
    let record = PaymentRecord(
      locator: .line(1), kind: .instruction, recordType: "mt103",
      amounts: [StatedAmount(.settled, Money(minorUnits: 500, currency: Self.euro))],
      executedOn: CivilDate("2024-01-02"), references: uetr, key: String(repeating: "ab", count: 32)
    )
    let before = try await store.entries().count
    let report = try await LinkWork(store).find(records: [record])
    #expect(report.byStatus["matched"] == 5)
    #expect(try await store.links(kind: "message").map(\.status) == ["matched", "matched"])
    #expect(try await store.entries().count == before)
    let legs = try await store.links(kind: "two-legs", status: "matched")
    #expect(legs.map(\.evidence).sorted() == ["charges", "message"])
    await #expect(throws: StoreError.unknownLink("L-000000000000")) {
      try await store.link("L-000000000000")
    }
  }

  @Test("neither a link nor what a person wrote about it names a protected person")
  func sealed() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    var paid = entry("2024-01-02", -500, line: 2, references: ["end-to-end": "FOR ANA TEST 7"])
    paid.counterparty.name = "Ana Test"
    var received = entry("2024-01-02", 500, line: 2, references: ["end-to-end": "for Ana Test 7"])
    received.counterparty.name = "someone"
    try await store.importFile(file("a.csv", Self.a, [paid]))
    try await store.importFile(file("b.csv", Self.b, [received]))
    try await store.saveSealed(
      [SealedIdentity(person: PersonCode("V-01"), kind: .name, value: "Ana Test")],
      matter: MatterCode("M"), sheetName: "s", bytes: [1])
    try await LinkWork(store).find()
    let link = try #require(try await store.links().first)
    #expect(link.evidence == "looseReference")
    try await store.decide(
      link: link.identity, .accept, author: "Ana Test", reason: "asked ANA  TEST herself")
    try await LinkWork(store).find()
    let decisions = try await store.linkDecisions()
    #expect(decisions.map(\.reason) == ["asked V-01 herself"])
    #expect(decisions.map(\.author) == ["V-01"])
    let shown = "\(try await store.links())\(decisions)".lowercased()
    #expect(!shown.contains("ana test"))
    #expect(!shown.contains("someone"))
  }
}
