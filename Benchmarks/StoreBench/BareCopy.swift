import Postgres

/// The floor an import is held against: the very rows it stored, already encoded, by binary COPY into
/// one ordinary table, with or without the indexes and keys that the store's table has.
struct BareCopy {
  private let server: BenchServer
  private let rows: Encoded

  private struct Encoded: Sendable {
    var bytes: [UInt8] = []
    var ends: [Int] = []
  }

  private static let columns = """
    e.id, e.entry_key, e.account, e.counterparty_account, e.amount_minor, e.booked_on, e.value_on,
    e.time_of_day, e.statement, e.position, e.locator_ordinal, e.byte_offset, e.channel, e.kind,
    e.is_reversal, e.locator, e.servicer_reference, e.counterparty_name, e.counterparty_text,
    e.counterparty_agent, e.purpose, e.refs, e.original_minor, e.original_currency, e.exchange_rate,
    e.balance_after_minor
    """

  init(_ server: BenchServer) async throws {
    self.server = server
    let connection = try await Connection.open(server.admin)
    rows = try await connection.perform { session in
      var rows = Encoded()
      try session.copyOut(
        Query(
          name: "bench",
          text: """
            copy (select \(Self.columns) from entry e
              order by e.id) to stdout (format binary)
            """)
      ) { row in
        rows.bytes.append(contentsOf: row.encoded)
        rows.ends.append(rows.bytes.count)
      }
      return rows
    }
  }

  /// The better of two runs, each committed. Seconds.
  func load(indexed: Bool) async throws -> Double {
    var best = Double.infinity
    for _ in 0..<2 {
      try await server.run("drop table if exists bare")
      try await server.run(
        "create table bare as select \(Self.columns) from entry e where false")
      if indexed {
        try await server.run(
          "alter table bare add primary key (id), add unique (account, entry_key)")
        try await server.run("create index on bare (account, booked_on)")
        try await server.run(
          "create index on bare (account, servicer_reference) where servicer_reference is not null")
      }
      try await server.checkpoint()
      let connection = try await Connection.open(server.admin)
      let rows = rows
      let seconds = try await Measure.time {
        try await connection.perform { session in
          try session.copyIn(Query(name: "bench", text: "copy bare from stdin (format binary)")) {
            writer in
            try rows.bytes.withUnsafeBytes { bytes in
              var start = 0
              for end in rows.ends {
                try writer.row(encoded: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                start = end
              }
            }
          }
        }
      }.1
      best = min(best, seconds)
    }
    try await server.run("drop table bare")
    return best
  }
}
