import CaseModel
import CaseStore
import Digests
import Foundation
import Investigation
import Legislation
import Postgres
import TestSupport
import Testing

@Suite("Tracing runs as immutable records")
struct TracingRecordTests {
  @Test("A record read back is the record, and its code follows everything that decides a figure")
  func content() throws {
    var small = try SmallMatter()
    func record(
      _ small: SmallMatter, _ method: String? = nil, _ order: SameDayOrder = .bankSequence
    )
      throws -> TracingRecord
    {
      let investigation = try small.investigation(method: method, order: order)
      let (run, table) = try investigation.tracing()
      return try investigation.record(of: run, table)
    }
    let first = try record(small)
    let text = try first.canonicalText()
    let again = try JSONDecoder().decode(TracingRecord.self, from: Data(text.utf8))
    #expect(again == first)
    #expect(try again.canonicalText() == text)
    #expect(try record(small).code() == first.code())
    #expect(try first.code().text.hasPrefix("R-"))
    var codes: [RunCode] = [try first.code()]
    codes.append(try record(small, "fifo").code())
    codes.append(try record(small, nil, .creditsFirst).code())
    small.choose("libr", reason: "Chosen.")
    codes.append(try record(small).code())
    try small.override("BOAT", "rolling_pro_rata")
    codes.append(try record(small).code())
    #expect(Set(codes).count == codes.count)
  }

  @Test("Numbers of a store are not in it: other account and entry numbers, the same code")
  func portable() throws {
    let small = try SmallMatter()
    var other = small
    let account = small.caseFile.accounts[0]
    other.caseFile.accounts = [
      Account(
        id: AccountID(900), key: account.key, currency: account.currency,
        displayName: account.displayName, holder: account.holder, hasStatements: true)
    ]
    other.caseFile.entries = small.caseFile.entries.map { entry in
      let id = EntryID(entry.id.value + 5000)
      return Entry(
        id: id, key: entry.key, account: AccountID(900), amount: entry.amount,
        bookedOn: entry.bookedOn, valueOn: nil, timeOfDay: nil, sequence: entry.sequence,
        channel: entry.channel, isReversal: false, counterpartyAccount: nil, counterpartyName: nil,
        purpose: entry.purpose, statement: entry.statement,
        source: SourceRef(
          file: entry.source.file, label: entry.source.label, locator: entry.source.locator,
          entry: id))
    }
    other.caseFile.statements = small.caseFile.statements.map { one in
      StatementRecord(
        id: one.id, account: AccountID(900), number: one.number, period: one.period,
        opening: one.opening, closing: one.closing, entryCount: one.entryCount, status: one.status,
        difference: nil, source: one.source)
    }
    func code(_ small: SmallMatter) throws -> RunCode {
      let investigation = try small.investigation()
      let (run, table) = try investigation.tracing()
      return try investigation.record(of: run, table).code()
    }
    #expect(try code(small) == code(other))
  }
}

@Suite(
  "Kept runs on PostgreSQL",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct KeptRunTests {
  @Test("One case has one code in every store, and keeping it again changes nothing")
  func oneCode() async throws {
    let one = try await ExampleCase.loaded()
    let other = try await ExampleCase.loaded(.sheetsFirst)
    let code = try one.outcome.record.code()
    #expect(try other.outcome.record.code() == code)
    let kept = try await one.store.tracingRun(code.text)
    #expect(kept.record == one.outcome.record && kept.code == code)
    #expect(try await one.store.saveTracingRun(one.outcome.record) == code)
    let runs = try await one.store.tracingRuns(of: MatterCode("HS-2026-01"))
    #expect(runs.count { $0.code == code } == 1)
    #expect(runs.first { $0.code == code }?.method == "libr")
    #expect(try await one.store.tracingRuns(of: MatterCode("NO-SUCH")).isEmpty)
    #expect(kept.record.columns.count == 15 && !kept.record.sensitivity.isEmpty)
    #expect(kept.record.results.contains { $0.place == "asset A-02" && $0.isTainted })
    await #expect(throws: StoreError.unknownRun("R-000000000000")) {
      _ = try await one.store.tracingRun("R-000000000000")
    }
    await #expect(throws: StoreError.unknownRun("R-00%' or 1=1 --")) {
      _ = try await one.store.tracingRun("R-00%' or 1=1 --")
    }
  }

  @Test("A record under another hash, or changed, is refused; the program reads it masked only")
  func guarded() async throws {
    let database = try await ThrowAwayDatabase.make()
    let store = try await database.store()
    let small = try SmallMatter().investigation()
    let (run, table) = try small.tracing()
    let code = try await CaseWork(store).keepTracing(run, table, of: small)
    #expect(try await store.tracingRuns().map(\.code) == [code])
    func state(_ parameters: ConnectionParameters, _ text: String) async throws -> String? {
      let connection = try await Connection.open(parameters)
      do {
        _ = try await connection.perform { try $0.execute(Query(name: "test", text: text)) }
        return nil
      } catch let error as PostgresError {
        return error.sqlState
      }
    }
    let forged = """
      insert into tracing_run (sha256, record)
      select sha256, replace(record, '"libr"', '"fifo"') from tracing_run
      """
    let wrong = """
      insert into tracing_run (sha256, record)
      values (sha256('x'), '{"matter": "M-1", "ledger": "\(run.ledgerHash)", "method": "libr"}')
      """
    #expect(try await state(database.app, wrong) == "23502")
    #expect(try await state(database.owner, forged) == "23514")
    #expect(try await state(database.app, "select record from tracing_run") == "42501")
    #expect(try await state(database.owner, "update tracing_run set record = ''") == "23001")
    #expect(try await state(database.app, "delete from tracing_run") == "42501")
    #expect(try await state(database.app, "select record from v_tracing_run") == nil)
  }
}
