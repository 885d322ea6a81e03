import CaseModel
import CaseStore
import Postgres
import Testing
import TestSupport
import TrailGraph

@Suite("Withdrawing an import", .enabled(if: ThrowAwayDatabase.isAvailable))
struct UndoTests {
  @Test(
    "what is left after withdrawals is what the other files alone give, and importing again restores",
    arguments: [UInt64(21), 22, 23])
  func withdrawnIsAsNeverImported(seed: UInt64) async throws {
    var random = RandomFiles(seed: seed)
    let files = random.contents(6).map(\.file)
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    var numbers: [FileID] = []
    for file in files { numbers.append(try await store.importFile(file).file) }
    try await store.pairTransfers()
    let full = try await database.contentDump()
    let fullReadings = try await store.readingDump()

    let gone = Set(random.shuffled(Array(files.indices)).prefix(1 + random.next(3)))
    for index in gone.sorted() {
      try await store.undoImport(file: numbers[index], by: "A. Analyst", reason: "wrong account")
    }
    let other = try await ThrowAwayDatabase.make()
    let rest = try await other.store()
    for index in files.indices where !gone.contains(index) {
      try await rest.importFile(files[index])
    }
    try await rest.pairTransfers()
    let left = try await database.contentDump()
    let alone = try await other.contentDump()
    #expect(Array(left.difference(from: alone)).isEmpty, "seed \(seed)")
    let leftReadings = try await store.readingDump()
    #expect(leftReadings.difference(from: try await rest.readingDump()).isEmpty, "seed \(seed)")
    #expect(left != full)
    #expect(try await store.verify().isSound)

    for index in gone.sorted() {
      #expect(try await store.importFile(files[index]).outcome == .restored)
    }
    try await store.pairTransfers()
    #expect(try await database.contentDump() == full, "seed \(seed)")
    #expect(try await store.readingDump() == fullReadings, "seed \(seed)")
    #expect(try await store.withdrawals().allSatisfy { $0.restoredAt != nil })
  }

  @Test("the report says what no longer counts and what another file still shows")
  func reportsAreExact() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let shared = entry("2024-01-03", -500, to: accountB, line: 3)
    let wire = payment(100, on: "2024-01-02", from: accountA, to: accountB, line: 4)
    let own = payment(200, on: "2024-01-02", from: accountA, to: accountC, line: 5)
    let first = try await store.importFile(
      input(
        "one.csv",
        [
          statement(
            accountA, [entry("2024-01-02", 100, line: 2), shared, entry("2024-01-09", 7, line: 6)])
        ],
        payments: [wire, own], entities: [entity("Person", "P-1", line: 7)]))
    try await store.importFile(
      input("two.csv", [statement(accountA, [shared])], payments: [wire]))
    try await store.importFile(
      input("three.csv", [statement(accountB, [entry("2024-01-03", 500, line: 2)])]))
    #expect(try await store.pairTransfers().added == 1)
    let key = try await store.entries().first { $0.amount == money(100) }?.key ?? ""
    #expect(try await store.explain(key).places.count == 1)

    let report = try await store.undoImport(
      file: first.file, by: "A. Analyst", reason: "wrong customer")
    #expect(report.label == "one.csv")
    #expect((report.statements, report.entriesGone, report.entriesKept) == (1, 2, 1))
    #expect(report.accounts.map(\.displayName) == [accountA])
    #expect(
      report.accounts.first?.gone == Period(first: day("2024-01-02"), last: day("2024-01-09")))
    #expect(report.accounts.first?.hasStatements == true)
    #expect((report.paymentsGone, report.paymentsKept) == (1, 1))
    #expect((report.entitiesGone, report.entitiesKept) == (1, 0))
    #expect((report.transfersBefore, report.transfersAfter) == (1, 1))

    let entries = try await store.entries()
    #expect(entries.map(\.amount.minorUnits) == [-500, 500])
    #expect(entries.first?.source.label == "two.csv")
    #expect(try await store.explain(entries[0].key).places.map(\.source.label) == ["two.csv"])
    await #expect(throws: StoreError.unknownCode(key)) { try await store.explain(key) }
    #expect(try await store.files().map(\.label) == ["three.csv", "two.csv"])
    #expect(try await store.paymentRecords().map(\.record.key) == [wire.key])
    #expect(try await store.statedEntities().isEmpty)
    #expect(try await store.loadTrail().trail.amountMinor == [500])
    let made = try await store.withdrawals()
    #expect(made.map(\.reason) == ["wrong customer"])
    #expect(made.map(\.author) == ["A. Analyst"])
    #expect(made.first?.restoredAt == nil)
  }

  @Test("a withdrawal names who and why, once, and only what was imported; it is evidence itself")
  func refusalsAreNamed() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let file = input("a.csv", [statement(accountA, [entry("2024-01-02", 5, line: 2)])])
    let done = try await store.importFile(file).file
    await #expect(throws: StoreError.unexplainedWithdrawal) {
      try await store.undoImport(file: done, by: " ", reason: "x")
    }
    await #expect(throws: StoreError.unexplainedWithdrawal) {
      try await store.undoImport(file: done, by: "x", reason: "")
    }
    await #expect(throws: StoreError.unknownImport("number 999")) {
      try await store.undoImport(file: FileID(999), by: "x", reason: "y")
    }
    var refused = input("refused.csv", [], text: "refused")
    refused.isRefused = true
    let other = try await store.importFile(refused).file
    await #expect(throws: StoreError.unknownImport("refused.csv")) {
      try await store.undoImport(file: other, by: "x", reason: "y")
    }
    try await store.undoImport(file: done, by: "x", reason: "y")
    await #expect(throws: StoreError.alreadyWithdrawn("a.csv")) {
      try await store.undoImport(file: done, by: "x", reason: "y")
    }
    let connection = try await Connection.open(database.owner)
    await #expect(throws: PostgresError.self) {
      _ = try await connection.perform { try $0.execute("delete from import_withdrawn") }
    }
    #expect(try await store.importFile(file).outcome == .restored)
    #expect(try await store.importFile(file).outcome == .copy)
    try await store.undoImport(file: done, by: "x", reason: "again")
    #expect(try await store.entries().isEmpty)
    #expect(try await store.withdrawals().count == 2)
  }

  @Test(
    "an import is found by its hash, exhibit or name, also those of a copy; several are refused")
  func importsAreNamed() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let file = input(
      "a.csv", [statement(accountA, [entry("2024-01-02", 5, line: 2)])], exhibit: "PX-001")
    let done = try await store.importFile(file)
    var copy = file
    copy.file = ReceivedFile(
      sha256: file.file.sha256, name: "copy.csv", byteCount: file.file.byteCount,
      format: "delimited", exhibit: "PX-009", parser: "p")
    try await store.importFile(copy)
    try await store.importFile(
      input("a.csv", [statement(accountB, [entry("2024-01-02", 6, line: 2)])]))
    let hash = file.file.sha256.hex
    for name in ["PX-001", "PX-009", "copy.csv", String(hash.prefix(8)), hash.uppercased()] {
      #expect(try await store.importedFile(named: name).file == done.file, "\(name)")
    }
    await #expect(throws: StoreError.self) { try await store.importedFile(named: "a.csv") }
    for name in ["PX", String(hash.prefix(7)), "%", ""] {
      await #expect(throws: StoreError.unknownImport(name)) {
        try await store.importedFile(named: name)
      }
    }
  }

  @Test("where nothing was withdrawn, no plan looks at withdrawals or readings row by row")
  func undoCostsNothing() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let entries = (0..<2_000).map { entry("2024-01-02", Int64($0 + 1), line: $0 + 2) }
    let text = (1...2_100).map { "line \($0)\n" }.joined()
    try await store.importFile(input("a.csv", [statement(accountA, entries)], text: text))
    let connection = try await Connection.open(database.app)
    for table in ["v_standing_entry", "v_standing_place", "v_statement", "active_transfer"] {
      let plan = try await connection.perform { session in
        try session.query(
          Query(
            name: "plan", text: "explain (analyze, costs off, timing off) select * from \(table)")
        ) { try $0.get(0, as: String.self) }
      }
      // Decided once before the first row: nothing runs a row, and no withdrawn statement is looked for.
      for line in plan where line.contains("loops=") {
        #expect(line.contains("loops=1)"), "\(table): \(line)")
      }
      for line in plan where line.contains("statement_place_is_unique") {
        #expect(line.contains("never executed"), "\(table): \(line)")
      }
      #expect(plan.contains { $0.contains("InitPlan") }, "\(table)")
    }
  }
}
