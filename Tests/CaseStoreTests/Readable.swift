import Postgres
import TestSupport

extension ThrowAwayDatabase {
  /// Whatever the program's role can select at all, table by table and column by column.
  func everythingReadable() async throws -> String {
    let connection = try await Connection.open(app)
    return try await connection.perform { session in
      let columns = try session.query(
        """
        select table_schema || '.' || table_name, column_name from information_schema.column_privileges
        where grantee = 'moneytrail_app' and privilege_type = 'SELECT'
          and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2
        """
      ) { (try $0.get(0, as: String.self), try $0.get(1, as: String.self)) }
      return try columns.flatMap { table, column in
        try session.query(
          Query(name: "read", text: "select coalesce(\(column)::text, '') from \(table)")
        ) { try $0.get(0, as: String.self) }
      }.joined(separator: "\n")
    }
  }
}
