import CaseModel
import CaseStore
import Foundation
import Postgres
import Testing
import TestSupport

@Suite("The same files in any order", .enabled(if: ThrowAwayDatabase.isAvailable))
struct PermutationTests {
  /// Seeds that are run here; a failure names its own. `MONEYTRAIL_SEEDS` sets how many.
  private static let seeds: [UInt64] = Array(
    1...(ProcessInfo.processInfo.environment["MONEYTRAIL_SEEDS"].flatMap { UInt64($0) } ?? 4))

  /// Imports runs of files, pairing after each run as the program does.
  private func stored(
    _ runs: [[ImportInput]], in database: ThrowAwayDatabase
  ) async throws -> (store: [String], readings: [String]) {
    let store = try await database.store()
    for run in runs {
      for file in run { try await store.importFile(file) }
      try await store.pairTransfers()
    }
    #expect(try await store.verify().isSound)
    let readings = try await store.readingDump()
    await store.close()
    return (try await database.contentDump(), readings)
  }

  @Test(
    "any permutation in any runs gives the same store: entries, places, words, links, conflicts, records",
    arguments: seeds)
  func permutationsAgree(seed: UInt64) async throws {
    var random = RandomFiles(seed: seed)
    let files = random.contents(6).map(\.file)
    let one = try await stored([files], in: .make())
    #expect(one.store.count > 40)
    for _ in 0..<2 {
      let order = random.shuffled(files)
      let edge = random.next(order.count)
      let runs = [Array(order[..<edge]), Array(order[edge...])]
      let other = try await stored(runs, in: .make())
      #expect(other.store.difference(from: one.store).isEmpty, "seed \(seed)")
      #expect(other.readings.difference(from: one.readings).isEmpty, "seed \(seed)")
    }
  }

  @Test("the sets meet what they are for: other words, contradictions, pairs, overlaps")
  func setsAreHard() async throws {
    var met: [String: Int] = [:]
    for seed in Self.seeds {
      var random = RandomFiles(seed: seed)
      let database = try await ThrowAwayDatabase.make()
      let result = try await stored([random.contents(6).map(\.file)], in: database)
      for line in result.store { met[String(line.prefix { $0 != " " }), default: 0] += 1 }
      met["reading", default: 0] += try await database.count("entry_reading")
      met["further place", default: 0] += try await database.count("entry_place")
    }
    for kind in ["conflict", "transfer", "payment", "entity", "reading", "further place"] {
      #expect(met[kind, default: 0] >= 2, "\(kind): \(met[kind, default: 0])")
    }
  }

  @Test("files cut between days give the same entries, links, conflicts, records and entities")
  func cutsAgree() async throws {
    for seed in Self.seeds {
      var random = RandomFiles(seed: seed)
      let contents = random.contents(5)
      let whole = try await ThrowAwayDatabase.make()
      _ = try await stored([contents.map(\.file)], in: whole)
      let cut = try await ThrowAwayDatabase.make()
      let parts = random.shuffled(contents.flatMap { $0.cut(after: 2 + random.next(6)) })
      _ = try await stored([parts.map(\.file)], in: cut)
      let difference = try await cut.moneyDump().difference(from: whole.moneyDump())
      #expect(difference.isEmpty, "seed \(seed)")
    }
  }

  @Test(
    "two connections that import the same files at once, in opposite orders, make the same store")
  func connectionsTakeTurns() async throws {
    for seed in Self.seeds.prefix(2) {
      var random = RandomFiles(seed: seed)
      let files = random.contents(6).map(\.file)
      let one = try await stored([files], in: .make())
      let database = try await ThrowAwayDatabase.make()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for order in [files, files.reversed()] {
          group.addTask {
            let store = try await database.store()
            for file in order {
              try await store.importFile(file)
              try await store.pairTransfers()
            }
            await store.close()
          }
        }
        try await group.waitForAll()
      }
      let both = try await stored([], in: database)
      #expect(both.store.difference(from: one.store).isEmpty, "seed \(seed)")
      #expect(both.readings.difference(from: one.readings).isEmpty, "seed \(seed)")
    }
  }

  @Test("importing everything twice changes nothing")
  func twiceIsOnce() async throws {
    var random = RandomFiles(seed: 99)
    let files = random.contents(6).map(\.file)
    let database = try await ThrowAwayDatabase.make()
    let once = try await stored([files], in: database)
    let twice = try await stored([random.shuffled(files)], in: database)
    #expect(twice.store == once.store)
    #expect(twice.readings == once.readings)
  }

  @Test("the name and the institution of an account are the same whichever file came first")
  func accountsHaveOneName() async throws {
    func file(_ name: String, _ text: String, _ institution: String?) -> ImportInput {
      var made = statement(accountA, [entry("2024-01-02", 5, to: accountB, purpose: name, line: 2)])
      made.accountText = text
      made.institution = institution
      made.entries[0].counterparty.accountText = text == accountA ? accountB : "DE02 …0002"
      return input(name, [made])
    }
    let files = [
      file("one", accountA, nil), file("two", "DE02 1001 …", "Bank Two"),
      file("three", accountA, "Bank One"),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let store = try await ThrowAwayDatabase.make().store()
      for index in order { try await store.importFile(files[index]) }
      let accounts = try await store.accounts()
      #expect(accounts.map(\.displayName) == ["DE02 1001 …", accountB])
      #expect(accounts.map(\.institution) == ["Bank One", nil])
    }
  }
}

extension ThrowAwayDatabase {
  func count(_ table: String) async throws -> Int {
    let connection = try await Connection.open(admin)
    return try await connection.perform { session in
      Int(
        try session.first(Query(name: "count", text: "select count(*) from \(table)")) {
          try $0.get(0, as: Int64.self)
        } ?? 0)
    }
  }
}
