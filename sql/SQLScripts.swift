/// The project's SQL by name. The files under `sql/` are the source; Swift only names them.
///
/// Every name used is checked by a test that prepares each query against the migrated schema.
public struct SQLScript: Sendable, Hashable {
  /// The file's name without `.sql`.
  public let name: String
  public let text: String
}

/// A step of the schema: forward only, never edited once applied.
public struct Migration: Sendable, Hashable {
  /// 1, 2, 3 … without a hole.
  public let number: Int
  /// What stands behind the number: `received_file`.
  public let name: String
  public let text: String
}

public enum SQL {
  /// The query of a file under `sql/queries`. An unknown name is a mistake in the program.
  public static func query(_ name: StaticString) -> SQLScript {
    guard let script = byName[String(describing: name)] else {
      preconditionFailure("there is no sql/queries/\(name).sql")
    }
    return script
  }

  /// Every query, sorted by name.
  public static let queries: [SQLScript] = SQLScriptsFiles.all
    .filter { $0.folder == "queries" && $0.name.hasSuffix(".sql") }
    .map { SQLScript(name: String($0.name.dropLast(4)), text: $0.text) }

  /// Every migration in the order of its number.
  public static let migrations: [Migration] = SQLScriptsFiles.all
    .filter { $0.folder == "migrations" && $0.name.hasSuffix(".sql") }
    .map { file in
      let parts = file.name.dropLast(4).split(separator: "_", maxSplits: 1)
      guard parts.count == 2, let number = Int(parts[0]) else {
        preconditionFailure("sql/migrations/\(file.name) is not named 0001_what.sql")
      }
      return Migration(number: number, name: String(parts[1]), text: file.text)
    }
    .sorted { $0.number < $1.number }

  private static let byName: [String: SQLScript] = Dictionary(
    uniqueKeysWithValues: queries.map { ($0.name, $0) })
}
