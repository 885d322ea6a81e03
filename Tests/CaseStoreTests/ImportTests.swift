import CaseModel
import CaseStore
import Digests
import Postgres
import Testing
import TestSupport
import TrailGraph

@Suite("Importing", .enabled(if: ThrowAwayDatabase.isAvailable))
struct ImportTests {
  private let january = [
    entry("2024-01-02", 100_000, purpose: "wages", line: 2),
    entry("2024-01-02", -5_000, purpose: "rent", line: 3),
    entry("2024-01-02", -5_000, purpose: "rent", line: 4, occurrence: 2),
    entry("2024-01-09", -1_000, purpose: "shop", line: 5),
  ]

  @Test("two equal lines of one file are two entries, and the same bytes again add nothing")
  func reimportIsIdempotent() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let file = input("january.csv", [statement(accountA, january)], exhibit: "PX-001")
    let first = try await store.importFile(file)
    #expect(first.outcome == .imported)
    #expect((first.stored, first.known, first.read) == (4, 0, 4))
    var again = file
    again.file = ReceivedFile(
      sha256: file.file.sha256, name: "copy.csv", byteCount: file.file.byteCount,
      format: "delimited", exhibit: "PX-009", parser: "delimited 1")
    let second = try await store.importFile(again)
    #expect(second.outcome == .copy)
    #expect(second.file == first.file)
    let entries = try await store.entries()
    #expect(entries.map(\.amount.minorUnits) == [100_000, -5_000, -5_000, -1_000])
    #expect(entries.map(\.sequence) == [1, 2, 3, 4])
    #expect(entries[1].source.label == "PX-001")
    #expect(entries[1].source.locator == .line(3))
    #expect(try await store.files().count == 1)
    #expect(try await store.verify().isSound)
  }

  @Test("overlapping files make their union, every place is kept, and the order does not matter")
  func overlapsMakeTheUnion() async throws {
    // The second file shows the ninth whole, with an earlier line the first file did not have yet.
    let later = [
      entry("2024-01-09", -700, purpose: "tram", line: 2),
      entry("2024-01-09", -1_000, purpose: "shop", line: 3),
      entry("2024-01-10", 2_000, purpose: "gift", line: 4),
    ]
    let files = [
      input("january.csv", [statement(accountA, january)]),
      input("later.csv", [statement(accountA, later)]),
    ]
    var seen: [[String]] = []
    for order in [files, files.reversed()] {
      let store = try await ThrowAwayDatabase.make().store()
      var reports: [ImportReport] = []
      for file in order { reports.append(try await store.importFile(file)) }
      #expect(reports.map(\.stored).reduce(0, +) == 6)
      #expect(reports.map(\.known).reduce(0, +) == 1)
      let entries = try await store.entries()
      #expect(
        entries.map(\.amount.minorUnits) == [100_000, -5_000, -5_000, -700, -1_000, 2_000])
      seen.append(
        entries.map { "\($0.key) \($0.sequence) \($0.source.label) \($0.source.locator)" })
      let explained = try await store.explain(entries[4].key)
      #expect(explained.places.map(\.source.label) == ["january.csv", "later.csv"])
      #expect(explained.places.map(\.text) == ["line 5 of january.csv", "line 3 of later.csv"])
      #expect(!explained.places.map(\.hashHolds).contains(false))
      let report = try await store.verify()
      #expect(report.isSound)
      #expect((report.entries, report.places) == (6, 7))
    }
    #expect(seen[0] == seen[1])
  }

  @Test("overlapping files imported at once make no duplicate and no deadlock")
  func concurrentImportsTakeTurns() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await withThrowingTaskGroup(of: ImportReport.self) { group in
      for start in 0..<6 {
        let entries = (start..<(start + 20)).map { index in
          entry(
            "2024-02-01", Int64(index + 1), to: index % 2 == 0 ? accountB : accountC,
            line: index + 2)
        }
        let file = input("part-\(start).csv", [statement(accountA, entries)])
        group.addTask { try await store.importFile(file) }
      }
      var (stored, known) = (0, 0)
      for try await report in group {
        stored += report.stored
        known += report.known
      }
      #expect((stored, known) == (25, 95))
    }
    #expect(try await store.entries().count == 25)
  }

  @Test("a statement written newest first is turned")
  func newestFirstIsTurned() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let entries = [
      entry("2024-01-03", 3, line: 2), entry("2024-01-02", 2, line: 3),
      entry("2024-01-02", 1, line: 4),
    ]
    try await store.importFile(input("down.csv", [statement(accountA, entries)]))
    #expect(try await store.entries().map(\.amount.minorUnits) == [1, 2, 3])
  }

  @Test("counts that do not add up roll everything back")
  func miscountsRollBack() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let bad = input("bad.csv", [statement(accountA, january)], skipped: 1, read: 99)
    await #expect(throws: StoreError.self) { try await store.importFile(bad) }
    #expect(try await store.files().isEmpty)
    #expect(try await store.entries().isEmpty)
    let good = try await store.importFile(input("good.csv", [statement(accountA, january)]))
    #expect(good.stored == 4)
  }

  @Test(
    "quarantined and skipped records are counted and kept; a booked entry without day is quarantined"
  )
  func remainsAreKept() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let report = try await store.importFile(
      input(
        "q.csv", [statement(accountA, january + [entry(nil, 5, line: 9)])],
        quarantined: [
          QuarantinedRow(locator: .line(7), code: "E-DATE", reason: "30 February", raw: "a\0b")
        ], skipped: 2,
        issues: [
          Issue(.warning, "W-X", file: "q.csv", at: .line(1), found: "x", expected: "y")
        ]))
    #expect((report.read, report.stored, report.quarantined, report.skipped) == (8, 4, 2, 2))
    #expect(try await store.issues(of: report.file).map(\.code) == ["W-X", "E-NO-BOOKING-DAY"])
  }

  @Test("a refused file is kept with its issues and may be read again")
  func refusedFilesCanBeReadAgain() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    var file = input(
      "x.csv", [],
      issues: [
        Issue(.error, "E-HEADER", file: "x.csv", at: .line(1), found: "no header", expected: "one")
      ])
    file.isRefused = true
    #expect(try await store.importFile(file).outcome == .refused)
    #expect(try await store.files().count == 1)
    file.isRefused = false
    file.statements = [statement(accountA, january)]
    file.recordsRead = 4
    #expect(try await store.importFile(file).stored == 4)
    #expect(try await store.files().count == 1)
  }

  @Test("pending entries are evidence and never money; their booking stands beside them")
  func pendingIsNotMoney() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input(
        "p.csv",
        [statement(accountA, [entry("2024-01-02", 5, line: 2, kind: .pending)])]))
    #expect(try await store.entries().isEmpty)
    let booked = try await store.importFile(
      input("b.csv", [statement(accountA, [entry("2024-01-02", 5, line: 2)])]))
    #expect(booked.stored == 1)
    #expect(try await store.entries().count == 1)
    #expect(try await store.loadTrail().trail.edgeCount == 1)
  }

  @Test("a bank's reference with two amounts in two files is a conflict, both kept")
  func conflictsAreRecorded() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input("one.csv", [statement(accountA, [entry("2024-01-02", 5, line: 2, servicer: "R1")])]))
    let report = try await store.importFile(
      input("two.csv", [statement(accountA, [entry("2024-01-02", 6, line: 2, servicer: "R1")])]))
    #expect((report.stored, report.conflicts) == (1, 1))
    let sameKey = try await store.importFile(
      input(
        "three.csv",
        [
          statement(accountB, [entry("2024-01-02", 5, line: 2, key: "K")])
        ]))
    #expect(sameKey.conflicts == 0)
    let otherAmount = try await store.importFile(
      input(
        "four.csv",
        [
          statement(accountB, [entry("2024-01-02", 7, line: 2, key: "K")])
        ]))
    #expect((otherAmount.stored, otherAmount.conflicts) == (1, 1))
    #expect(try await store.entries().count == 4)
  }

  @Test(
    "bytes that are not those stated, and files over the limit, are refused before anything is sent"
  )
  func falseBytesAreRefused() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    var file = input("x.csv", [statement(accountA, january)])
    file.bytes.append(0)
    await #expect(throws: StoreError.fileMismatch(name: "x.csv")) {
      try await store.importFile(file)
    }
    var large = input("large.csv", [])
    large.file = ReceivedFile(
      sha256: large.file.sha256, name: "large.csv", byteCount: 1 << 30, format: "delimited",
      parser: "p")
    await #expect(throws: StoreError.self) { try await store.importFile(large) }
  }

  @Test("an import cancelled while it waits stores nothing")
  func cancelledImportsStoreNothing() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let other = try await Connection.open(database.app)
    let file = input("a.csv", [statement(accountA, january)])
    _ = try await other.perform { session in
      try session.execute("select pg_advisory_lock(7209061002)")
    }
    let task = Task { try await store.importFile(file) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    _ = try await other.perform { session in
      try session.execute("select pg_advisory_unlock(7209061002)")
    }
    #expect(try await store.entries().isEmpty)
    #expect(try await store.importFile(file).stored == 4)
  }

  @Test("units outside ISO keep their decimals, and one code cannot have two")
  func unitsKeepTheirDecimals() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    func coin(_ exponent: Int, _ line: Int) -> Statement {
      let unit = Currency(asset: "COIN", exponent: exponent)
      var made = statement(accountA, [])
      made.currency = unit
      made.entries = [entry("2024-01-02", 5, line: line, key: "\(exponent)")]
      made.entries[0].amount = Money(minorUnits: 5, currency: unit)
      return made
    }
    try await store.importFile(input("coin.csv", [coin(8, 2)]))
    #expect(try await store.entries().map(\.amount.decimalText) == ["0.00000005"])
    await #expect(throws: StoreError.currencyMismatch(code: "COIN")) {
      try await store.importFile(input("coin2.csv", [coin(6, 2)]))
    }
  }
}
