import CaseModel
import Digests
import Postgres
import SQLScripts

/// The record: everything received, read and decided, in one PostgreSQL database.
///
/// Evidence can be added and read, never changed; the database itself refuses (privileges and
/// triggers under `sql/`). Speaks to it as the least privileged role `moneytrail_app`.
public final class Store: Sendable {
  let pool: ConnectionPool
  let parameters: ConnectionParameters

  /// The oldest server that is known to work.
  public static let serverVersionLeast = 150_000

  /// Opens a store that exists.
  ///
  /// - Parameters:
  ///   - parameters: where it is, as the program's own role.
  ///   - connections: sessions that may be open at a time.
  /// - Throws: `PostgresError` when it cannot be reached; `StoreError` when it is not of this
  ///   program's version.
  public init(connecting parameters: ConnectionParameters, connections: Int = 4) async throws {
    self.parameters = parameters
    pool = ConnectionPool(parameters, limit: connections)
    let applied = try await Self.appliedMigrations(pool)
    try Self.check(applied)
    guard applied.count == SQL.migrations.count else {
      throw StoreError.needsMigration(applied: applied.count, known: SQL.migrations.count)
    }
  }

  /// Ends the store's sessions.
  public func close() async { await pool.close() }

  /// Brings a database to this program's schema, as the role that owns it.
  ///
  /// Each step is a transaction; one program at a time. Does nothing when all steps were applied.
  /// - Returns: the names of the steps applied now.
  /// - Throws: `StoreError.migrationChanged` or `.newerThanProgram` before anything is done.
  @discardableResult
  public static func migrate(asOwner parameters: ConnectionParameters) async throws -> [String] {
    let connection = try await Connection.open(parameters)
    return try await connection.perform { session in
      try session.execute(sql("lock_migrations"))
      defer { _ = try? session.query(sql("unlock_migrations")) { _ in } }
      let version =
        try session.first(sql("health")) { try $0.get(0, as: Int64.self) } ?? 0
      guard version >= serverVersionLeast else {
        throw StoreError.serverTooOld(version: Int(version), least: serverVersionLeast)
      }
      try session.execute(sql("create_migration_table"))
      let applied = try readApplied(session)
      try check(applied)
      var done: [String] = []
      for migration in SQL.migrations.dropFirst(applied.count) {
        try session.transaction {
          try session.script(Query(name: migration.fileName, text: migration.text))
          try session.execute(
            sql("record_migration"),
            [
              .int32(Int32(migration.number)), .text(migration.name),
              .bytes(ContentHash(of: migration.text).bytes),
            ])
        }
        done.append(migration.fileName)
      }
      return done
    }
  }

  struct Applied: Sendable {
    let number: Int
    let name: String
    let sha256: ContentHash
  }

  private static func readApplied(_ session: Session) throws -> [Applied] {
    try session.query(sql("list_migrations")) { row in
      Applied(
        number: Int(try row.get(0, as: Int64.self)), name: try row.get(1), sha256: try row.hash(2))
    }
  }

  static func appliedMigrations(_ pool: ConnectionPool) async throws -> [Applied] {
    do {
      return try await pool.withSession { try readApplied($0) }
    } catch let error as PostgresError where error.sqlState == "42P01" || error.sqlState == "42501"
    {
      return []  // no such table, or nothing granted yet: the first step has not been taken
    }
  }

  /// Applied steps are a beginning of the known ones, byte for byte.
  private static func check(_ applied: [Applied]) throws {
    let known = SQL.migrations
    if applied.count > known.count {
      throw StoreError.newerThanProgram(applied: applied.count, known: known.count)
    }
    for (step, migration) in zip(applied, known) {
      guard step.number == migration.number, step.sha256 == ContentHash(of: migration.text) else {
        throw StoreError.migrationChanged(number: step.number, name: step.name)
      }
    }
  }
}

extension Migration {
  var fileName: String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
  }
}
