import Foundation
import Postgres
import Testing
import TestSupport

@Suite("The libpq edge", .enabled(if: ThrowAwayDatabase.isAvailable))
struct PostgresTests {
  @Test("values of every type come back as they were sent, nulls included")
  func valuesRoundTrip() async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    let rows = try await connection.perform { session in
      try session.query(
        "select $1::bool, $2::int2, $3::int4, $4::int8, $5::text, $6::bytea, $7::date, $8::jsonb, $9::text, $10::int8[], $11::text[] is null, cardinality($12::text[])",
        [
          .bool(true), .int16(-7), .int32(.min), .int64(.max), .text("Zażółć ';drop table x; --"),
          .bytes([0, 255, 10]), .date(-1), .json("{\"a\": 1}"), .null, .int64s([1, -2]), .null,
          .optionalTexts(["a", nil]),
        ]
      ) { row in
        let flag = try row.get(0, as: Bool.self)
        let numbers = try [row.get(1, as: Int64.self), row.get(2), row.get(3), row.get(11)]
        let texts = try [row.get(4, as: String.self), row.get(7)]
        let bytes = try row.get(5, as: [UInt8].self)
        let date = try row.get(6, as: DayNumber.self).value
        let missing = try row.getIfPresent(8, as: String.self)
        let isNull = try row.get(10, as: Bool.self)
        #expect(flag && isNull && missing == nil && date == -1)
        #expect(numbers == [-7, Int64(Int32.min), .max, 2])
        #expect(texts == ["Zażółć ';drop table x; --", "{\"a\": 1}"])
        #expect(bytes == [0, 255, 10])
        for wrong in [8, 99] {
          #expect(throws: RowError.self) { _ = try row.get(wrong, as: String.self) }
        }
        #expect(throws: RowError.self) { _ = try row.get(4, as: Int64.self) }
        return 1
      }
    }
    #expect(rows == [1])
  }

  @Test("an error names state, constraint and operation, and keeps stored values out of its text")
  func errorsAreTyped() async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.perform { session in
        try session.execute("create table t (k text constraint t_key primary key)")
        try session.execute("insert into t values ($1)", [.text("secret-1")])
        try session.execute("insert into t values ($1)", [.text("secret-1")])
      }
    }
    #expect(error?.sqlState == "23505")
    #expect(error?.constraint == "t_key")
    #expect(error?.detail?.contains("secret-1") == true)
    #expect(error.map { !"\($0)".contains("secret-1") } == true)
  }

  @Test("a wrong server gives an error without the password")
  func passwordsStaySecret() async throws {
    let parameters = ConnectionParameters("postgresql://me:hunter2@127.0.0.1:1/none")
    #expect(!"\(parameters)".contains("hunter2"))
    let error = await #expect(throws: PostgresError.self) {
      _ = try await Connection.open(parameters)
    }
    #expect(error?.connectionLost == true)
    #expect(error.map { !"\($0)".contains("hunter2") } == true)
  }

  @Test(
    "binary COPY brings a hundred thousand rows in and out, with nulls and values over the buffer")
  func copyRoundTrips() async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    let big = String(repeating: "ż", count: 300_000)
    let (count, sum, nulls, longest) = try await connection.perform { session in
      try session.execute("create table t (a int8, b int4, c date, d text, e jsonb, f bytea)")
      let loaded = try session.copyIn("copy t from stdin (format binary)") { writer in
        for index in 0..<100_000 {
          try writer.row(6)
          try writer.int64(Int64(index))
          try writer.int32(index % 2 == 0 ? nil : Int32(index))
          try writer.date(Int32(index))
          try writer.text(index == 77 ? big : "row")
          try writer.json("{}")
          try writer.bytes([1, 2])
        }
      }
      #expect(loaded == 100_000)
      var (count, sum, nulls, longest): (Int, Int64, Int, String) = (0, 0, 0, "")
      try session.copyOut("copy (select * from t order by a) to stdout (format binary)") { row in
        sum += try row.int64() ?? -1
        if try row.int32() == nil { nulls += 1 }
        let day = try row.date()
        #expect(day == Int32(count))
        let text = try row.text() ?? ""
        if text.utf8.count > longest.utf8.count { longest = text }
        count += 1
      }
      return (count, sum, nulls, longest)
    }
    #expect((count, sum, nulls) == (100_000, 4_999_950_000, 50_000))
    #expect(longest == big)
  }

  @Test(
    "rows come in by several COPYs of so many each; a wrong row in the last leaves nothing",
    arguments: [1, 3, 5, 10, 11])
  func copyInParts(rowsAtOnce: Int) async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    try await connection.perform { session in
      try session.execute("create table t (a int8 check (a < 10))")
      let loaded = try session.copyIn(
        "copy t from stdin (format binary)", rowsAtOnce: rowsAtOnce
      ) { writer in
        for index in 0..<10 {
          try writer.row(1)
          try writer.int64(Int64(index))
        }
      }
      #expect(loaded == 10)
      #expect(throws: PostgresError.self) {
        try session.transaction {
          try session.copyIn("copy t from stdin (format binary)", rowsAtOnce: rowsAtOnce) {
            writer in
            for index in 0..<11 {
              try writer.row(1)
              try writer.int64(Int64(index))
            }
          }
        }
      }
      let kept = try session.first("select count(*), sum(a)::int8 from t") {
        (try $0.get(0, as: Int64.self), try $0.get(1, as: Int64.self))
      }
      #expect(kept?.0 == 10 && kept?.1 == 45)
    }
  }

  struct Stop: Error {}

  @Test("a COPY abandoned half way leaves the session usable and nothing stored")
  func copyCanBeAbandoned() async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    let left = try await connection.perform { session in
      try session.execute("create table t (a int8)")
      #expect(throws: Stop.self) {
        try session.copyIn("copy t from stdin (format binary)") { writer in
          try writer.row(1)
          try writer.int64(1)
          throw Stop()
        }
      }
      #expect(throws: Stop.self) {
        try session.copyOut(
          "copy (select generate_series(1, 100000)::int8) to stdout (format binary)"
        ) {
          _ in throw Stop()
        }
      }
      return try session.first("select count(*) from t") { try $0.get(0, as: Int64.self) }
    }
    #expect(left == 0)
  }

  @Test("cancelling a task cancels its statement on the server, and the session goes on")
  func cancellationReachesTheServer() async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    let task = Task { try await connection.perform { try $0.execute("select pg_sleep(600)") } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await connection.isUsable())
  }

  @Test("a cancelled task leaves the pool's queue at once, and the others get their turn")
  func waitersCanBeCancelled() async throws {
    let pool = ConnectionPool(try await ThrowAwayDatabase.make(migrated: false).admin, limit: 1)
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let holding = Task {
      try await pool.withSession { session in
        signal.yield()
        try session.execute("select pg_sleep(600)")
      }
    }
    for await _ in started { break }
    let waiter = Task { try await pool.withSession { try $0.execute("select 1") } }
    while await pool.waiting == 0 { await Task.yield() }
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
    #expect(await pool.waiting == 0)
    holding.cancel()
    _ = try? await holding.value
    let one = try await pool.withSession { session in
      try session.first("select 1::int8") { try $0.get(0, as: Int64.self) }
    }
    #expect(one == 1)
  }

  @Test("a session that the server ended is replaced before it is used again")
  func lostSessionsAreReplaced() async throws {
    let parameters = try await ThrowAwayDatabase.make(migrated: false).admin
    let pool = ConnectionPool(parameters, limit: 1)
    let pid = try await pool.withSession { session in
      try session.first("select pg_backend_pid()") { try $0.get(0, as: Int64.self) }
    }
    let other = try await Connection.open(parameters)
    _ = try await other.perform { session in
      try session.query("select pg_terminate_backend($1::int4, 5000)", [.int32(Int32(pid ?? 0))]) {
        try $0.get(0, as: Bool.self)
      }
    }
    let next = try await pool.withSession { session in
      try session.first("select pg_backend_pid()") { try $0.get(0, as: Int64.self) }
    }
    #expect(next != pid)
  }

  @Test("a transaction that throws leaves nothing")
  func transactionsRollBack() async throws {
    let connection = try await Connection.open(ThrowAwayDatabase.make(migrated: false).admin)
    let left = try await connection.perform { session in
      try session.execute("create table t (a int8)")
      #expect(throws: Stop.self) {
        try session.transaction {
          try session.execute("insert into t values (1)")
          throw Stop()
        }
      }
      return try session.first("select count(*) from t") { try $0.get(0, as: Int64.self) }
    }
    #expect(left == 0)
  }
}
