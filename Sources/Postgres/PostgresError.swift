import CLibpq

/// Something the database, or the way to it, refused.
///
/// `description` names the operation, the code and the server's own sentence. The server's detail
/// can quote stored values (account numbers, names), so it is kept apart and never printed in a log.
public struct PostgresError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was being done: `connect`, or the name of the query.
  public let operation: String
  /// The five-character SQLSTATE; nil when the server was not reached or did not answer.
  public let sqlState: String?
  public let message: String
  public let detail: String?
  public let hint: String?
  public let constraint: String?
  public let table: String?
  /// The connection is gone: server stopped, network cut, session ended by an administrator.
  public let connectionLost: Bool

  public init(
    operation: String, sqlState: String? = nil, message: String, detail: String? = nil,
    hint: String? = nil, constraint: String? = nil, table: String? = nil,
    connectionLost: Bool = false
  ) {
    self.operation = operation
    self.sqlState = sqlState
    self.message = message
    self.detail = detail
    self.hint = hint
    self.constraint = constraint
    self.table = table
    self.connectionLost = connectionLost
  }

  public var description: String {
    let code = sqlState.map { " [\($0)]" } ?? ""
    let named = constraint.map { " (constraint \($0))" } ?? ""
    return "\(operation): \(message)\(code)\(named)"
  }

  /// SQLSTATE 57014: the statement was cancelled.
  public var isCancellation: Bool { sqlState == "57014" }
  /// SQLSTATE 53100: the server's disk is full.
  public var isDiskFull: Bool { sqlState == "53100" }
  /// SQLSTATE 42501: the role may not do this.
  public var isInsufficientPrivilege: Bool { sqlState == "42501" }
}

extension PostgresError {
  /// From a failed result, or from the connection when the result says nothing.
  init(operation: String, result: OpaquePointer?, connection: OpaquePointer) {
    func field(_ letter: Character) -> String? {
      guard let result, let code = letter.asciiValue,
        let text = PQresultErrorField(result, Int32(code))
      else { return nil }
      return String(cString: text)
    }
    let state = field("C")
    let fallback = String(cString: PQerrorMessage(connection))
    // Class 08 and 57P0x: the session has ended, whatever the client library still believes.
    let ended = state.map { $0.hasPrefix("08") || $0.hasPrefix("57P") } ?? false
    self.init(
      operation: operation, sqlState: state,
      message: field("M") ?? Self.oneLine(fallback), detail: field("D"), hint: field("H"),
      constraint: field("n"), table: field("t"),
      connectionLost: ended || PQstatus(connection) != CONNECTION_OK)
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }
      .joined(separator: "; ")
  }
}

/// A value that came back is not what the caller asked for: a mistake between query and reader.
public struct RowError: Error, Sendable, Hashable, CustomStringConvertible {
  public let operation: String
  public let column: String
  public let problem: String

  public init(operation: String, column: String, problem: String) {
    self.operation = operation
    self.column = column
    self.problem = problem
  }

  public var description: String { "\(operation): column \(column): \(problem)" }
}
