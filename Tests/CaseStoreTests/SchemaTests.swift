import CaseModel
import CaseStore
import Foundation
import Postgres
import SQLScripts
import Testing
import TestSupport

@Suite("The schema", .enabled(if: ThrowAwayDatabase.isAvailable))
struct SchemaTests {
  @Test("migrations run from empty, and a second time do nothing")
  func migrationsRunOnce() async throws {
    let database = try await ThrowAwayDatabase.make(migrated: false)
    let error = await #expect(throws: StoreError.self) { _ = try await database.store() }
    #expect(error == .needsMigration(applied: 0, known: SQL.migrations.count))
    let done = try await Store.migrate(asOwner: database.owner)
    #expect(done.count == SQL.migrations.count)
    #expect(try await Store.migrate(asOwner: database.owner).isEmpty)
    _ = try await database.store()
  }

  @Test("two programs that migrate at once do it once")
  func migrationsTakeTurns() async throws {
    let database = try await ThrowAwayDatabase.make(migrated: false)
    async let first = Store.migrate(asOwner: database.owner)
    async let second = Store.migrate(asOwner: database.owner)
    let steps = try await first.count + second.count
    #expect(steps == SQL.migrations.count)
  }

  @Test("a database with a changed step, or of a newer program, is refused")
  func foreignHistoriesAreRefused() async throws {
    let newer = try await ThrowAwayDatabase.make()
    try await run(newer.owner, "insert into migration values (9999, 'later', sha256(''))")
    let first = await #expect(throws: StoreError.self) { _ = try await newer.store() }
    #expect(
      first
        == .newerThanProgram(
          applied: SQL.migrations.count + 1, known: SQL.migrations.count))
    let changed = try await ThrowAwayDatabase.make()
    try await run(changed.owner, "update migration set sha256 = sha256('') where number = 2")
    await #expect(throws: StoreError.self) { _ = try await changed.store() }
    await #expect(throws: (any Error).self) {
      try await Store.migrate(asOwner: changed.owner)
    }
  }

  @Test("migrations are numbered 1, 2, 3 without a hole")
  func migrationsAreNumbered() {
    #expect(SQL.migrations.map(\.number) == Array(1...SQL.migrations.count))
  }

  @Test("every query can be prepared by the program's role against the migrated schema")
  func queriesPrepare() async throws {
    let database = try await ThrowAwayDatabase.make()
    let connection = try await Connection.open(database.app)
    for script in SQL.queries {
      try await connection.perform { session in
        // Queries over an import's own rows need its temporary table; the rest stands on its own.
        try session.transaction {
          for own in [
            SQL.query("create_incoming"), SQL.query("create_keys"),
            SQL.query("create_incoming_payments"), SQL.query("create_incoming_entities"),
          ]
          where own.name != script.name {
            try session.execute(Query(name: own.name, text: own.text))
          }
          let query = Query(name: script.name, text: script.text)
          let parameters = try session.prepare(query)
          for number in 1...9 where number <= parameters {
            #expect(script.text.contains("$\(number)"), "\(script.name)")
          }
        }
      }
      #expect(script.text.hasPrefix("-- "), "\(script.name) says what it does")
      let statements = script.text.split(separator: ";\n").filter { part in
        part.split(separator: "\n").contains { !$0.hasPrefix("--") && !$0.isEmpty }
      }
      #expect(statements.count == 1 || script.text.contains("$$"), "\(script.name): one statement")
    }
  }

  @Test("every query that Swift names exists, and every query is named")
  func namesMatch() throws {
    var used: Set<String> = []
    for folder in ["CaseStore", "LocalPostgres"] {
      let root = SharedMaterial.checkout.appending(path: "Sources/\(folder)")
      for name in try FileManager.default.contentsOfDirectory(atPath: root.path)
      where name.hasSuffix(".swift") {
        let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        for match in text.matches(of: /(?:sql|SQL\.query)\("([a-z_0-9]+)"\)/) {
          used.insert(String(match.1))
        }
      }
    }
    #expect(used.sorted() == SQL.queries.map(\.name))
  }

  @Test(
    "nobody changes evidence: the program's role may not, the owner and administrator are stopped")
  func evidenceIsAppendOnly() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    try await store.importFile(
      input("a.csv", [statement(accountA, [entry("2024-01-02", 100, line: 2)])]))
    let tables = try await tables(database)
    #expect(tables.count >= 20)
    for table in tables {
      for verb in ["delete from \(table)", "truncate \(table) cascade"] {
        #expect(await state(database.app, verb) == "42501", "\(verb)")
        if table.hasPrefix("sealed.") {
          #expect(await state(database.owner, verb) == "42501", "\(verb)")
        } else {
          #expect(await state(database.owner, verb) == "23001", "\(verb)")
        }
        #expect(await state(database.admin, verb) == "23001", "\(verb)")
      }
    }
    let update = "update entry set amount_minor = 1"
    #expect(await state(database.app, update) == "42501")
    #expect(await state(database.owner, update) == "23001")
    #expect(await state(database.app, "alter table entry disable trigger all") == "42501")
    #expect(await state(database.app, "select content from received_file") == "42501")
    #expect(await state(database.app, "select account_key from account") == "42501")
    #expect(await state(database.app, "select purpose from entry") == "42501")
    #expect(await state(database.app, "select * from sealed.identity") == "42501")
    #expect(await state(database.owner, "select * from sealed.identity") == "42501")
    #expect(await state(database.app, "set role moneytrail_sealed") == "42501")
  }

  @Test("the doctor passes a fresh store and sees a broken privilege")
  func doctorSees() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    #expect(try await store.doctor().filter { !$0.passed } == [])
    try await run(database.owner, "grant update on entry to moneytrail_app")
    let failed = try await store.doctor().filter { !$0.passed }.map(\.name)
    // The append-only trigger still refuses, as a trigger and not as a privilege: an error of its own.
    #expect(failed == ["evidence cannot be changed"])
  }

  private func tables(_ database: ThrowAwayDatabase) async throws -> [String] {
    let connection = try await Connection.open(database.admin)
    return try await connection.perform { session in
      try session.query(
        """
        select n.nspname || '.' || c.relname from pg_trigger t
        join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where t.tgname = 'append_only' order by 1
        """
      ) { try $0.get(0, as: String.self).replacingOccurrences(of: "public.", with: "") }
    }
  }

  private func run(_ parameters: ConnectionParameters, _ text: String) async throws {
    let connection = try await Connection.open(parameters)
    _ = try await connection.perform { try $0.execute(Query(name: "test", text: text)) }
  }

  private func state(_ parameters: ConnectionParameters, _ text: String) async -> String? {
    do {
      try await run(parameters, text)
      return nil
    } catch let error as PostgresError {
      return error.sqlState
    } catch {
      return "\(error)"
    }
  }
}
