import CaseModel
import CaseStore
import Digests
import Postgres
import Testing
import TestSupport

@Suite("Files of one account that overlap", .enabled(if: ThrowAwayDatabase.isAvailable))
struct OverlapTests {
  /// A statement with its days, so that others can overlap it.
  private func march(_ entries: [StatementEntry]) -> Statement {
    statement(accountA, entries, from: "2024-03-01", through: "2024-03-31")
  }

  @Test(
    "one own reference, account and day with two amounts is a conflict that is named, both kept")
  func ownReferenceContradicts() async throws {
    let first = input(
      "one.csv",
      [
        march([
          entry("2024-03-05", -50_025, line: 2, own: "REF0005"), entry("2024-03-06", 7, line: 3),
        ])
      ])
    let second = input(
      "two.csv",
      [
        march([
          entry("2024-03-05", -500_025, line: 2, own: "REF0005"), entry("2024-03-06", 7, line: 3),
        ])
      ])
    for (one, two) in [(first, second), (second, first)] {
      let store = try await ThrowAwayDatabase.make().store()
      #expect(try await store.importFile(one).conflicts == 0)
      let report = try await store.importFile(two)
      #expect((report.stored, report.known, report.conflicts) == (1, 1, 1))
      #expect(try await store.entries().count == 3)
      let issues = try await store.issues(of: report.file).filter { $0.code == "W-CONFLICT" }
      #expect(issues.map(\.locator) == [.line(2)])
      #expect(issues.first?.found.contains("\(one.file.name): line 2 says") == true)
      #expect(report.issues.filter { $0.code == "W-CONFLICT" } == issues)
    }
  }

  @Test("a reference used twice in a file, or on another day, contradicts nothing")
  func sharedReferenceProvesNothing() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let fee = [
      entry("2024-03-05", -900, line: 2, own: "T-1"), entry("2024-03-05", -9, line: 3, own: "T-1"),
      entry("2024-03-07", -70, line: 4, own: "RENT"),
    ]
    try await store.importFile(input("one.csv", [statement(accountA, fee)]))
    let report = try await store.importFile(
      input(
        "two.csv",
        [
          statement(
            accountA,
            [
              entry("2024-03-05", -800, line: 2, own: "T-1"),
              entry("2024-03-08", -71, line: 3, own: "RENT"),
            ])
        ]))
    #expect(report.conflicts == 0)
    #expect(!report.issues.contains { $0.code == "W-CONFLICT" })
  }

  @Test(
    "days that two files tell of in other lines are warned of, with account, file, days and counts")
  func unrecognisedLinesAreNamed() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let one = [
      entry("2024-03-01", -70_000, purpose: "rent", line: 2),
      entry("2024-03-04", -5, purpose: "shop", line: 3),
      entry("2024-03-05", 9, purpose: "gift", line: 4),
    ]
    let first = try await store.importFile(input("one.sta", [march(one)]))
    #expect(first.issues.isEmpty)
    let again = [
      entry("2024-03-01", -70_000, purpose: "RENT MARCH", line: 2),
      entry("2024-03-04", -5, purpose: "SHOP", line: 3),
      entry("2024-03-05", 9, purpose: "gift", line: 4),
      entry("2024-04-01", 1, line: 5),
    ]
    let second = try await store.importFile(input("two.csv", [march(again)]))
    #expect((second.stored, second.known) == (3, 1))
    #expect(second.issues.map(\.code) == ["W-OVERLAP"])
    let found = second.issues.first?.found ?? ""
    #expect(
      found
        == "account \(accountA), 2024-03-01 to 2024-03-04: one.sta tells of these days too; "
        + "2 lines here and 2 there were not recognised as the same, 0 were")
    // The same lines again, and lines of days that nobody tells of, need no word.
    let third = try await store.importFile(
      input("three.csv", [march([one[0], one[1]])], text: "three\n\n\n\n"))
    #expect((third.stored, third.issues.count) == (0, 0))
    let later = statement(accountA, [entry("2024-05-02", 3, line: 2)])
    #expect(try await store.importFile(input("four.csv", [later])).issues.isEmpty)
  }

  @Test("a month whose lines two files word differently is marked, until it is settled")
  func doubledMonthsAreMarked() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    func proven(_ lines: [StatementEntry]) -> Statement {
      var made = statement(
        accountA, lines, opening: 0, closing: lines.reduce(0) { $0 + $1.amount.minorUnits },
        from: "2024-03-01", through: "2024-03-31")
      (made.status, made.difference) = (.reconciled, money(0))
      return made
    }
    func grid() async throws -> [String] {
      try await store.reconciliationGrid().rows.flatMap(\.cells).map {
        "\($0.state.rawValue) \($0.doubledLines)"
      }
    }
    let one = [
      entry("2024-03-01", -7, purpose: "rent", line: 2),
      entry(
        "2024-03-01", -7, purpose: "rent",
        line: 3, occurrence: 2), entry("2024-03-02", 5, purpose: "gift", line: 4),
    ]
    try await store.importFile(input("one.sta", [proven(one)]))
    try await store.importFile(input("same.csv", [proven(Array(one[..<2]))]))
    #expect(try await grid() == ["reconciled 0"])
    let again = [
      entry("2024-03-01", -7, purpose: "RENT", line: 2), one[2],
      entry("2024-03-03", 1, line: 4),
    ]
    try await store.importFile(input("two.xml", [proven(again)]))
    #expect(try await grid() == ["doubled 1"])
    let account = try #require(try await store.accounts().first).id
    #expect(
      try await store.doubledDays() == [
        DoubledDay(account: account, day: day("2024-03-01"), lines: 1)
      ])
  }

  @Test("an account has as many entries as are listed, also where files show them twice")
  func countsAreOfEntries() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let lines = (1...9).map { entry("2024-03-0\($0)", Int64($0), line: $0 + 1) }
    try await store.importFile(input("one.csv", [statement(accountA, Array(lines[..<6]))]))
    try await store.importFile(input("two.csv", [statement(accountA, Array(lines[3...]))]))
    try await store.importFile(input("three.csv", [statement(accountB, [lines[0]])]))
    let accounts = try await store.accounts()
    let counts = try await store.entryCounts()
    #expect(accounts.map { counts[$0.id] } == [9, 1])
    for account in accounts {
      #expect(try await store.entries(of: account.id).count == counts[account.id])
      #expect(try await store.entryCount(of: account.id) == counts[account.id])
    }
    #expect(try await store.entryCount() == 10)
    #expect(try await store.entryCount(from: day("2024-03-02"), through: day("2024-03-04")) == 3)
  }

  @Test(
    "a limit gives the first of what is read without it, of one account, of all, and of some days")
  func limitsCut() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    var random = RandomFiles(seed: 11)
    for file in random.contents(7).map(\.file) { try await store.importFile(file) }
    let all = try await store.entries()
    #expect(all.count > 20)
    let accounts: [AccountID?] = try await store.accounts().map(\.id) + [nil]
    for account in accounts {
      for days in [nil, Period(first: day("2024-01-03"), last: day("2024-01-05"))] {
        let wanted = all.filter { entry in
          (account.map { $0 == entry.account } ?? true)
            && (days.map { ($0.first...$0.last).contains(entry.bookedOn) } ?? true)
        }
        for limit in [1, 4, 100] {
          let read = try await store.entries(
            of: account, from: days?.first, through: days?.last, limit: limit)
          #expect(read == Array(wanted.prefix(limit)))
        }
        #expect(
          try await store.entries(of: account, from: days?.first, through: days?.last) == wanted)
      }
    }
  }
}
