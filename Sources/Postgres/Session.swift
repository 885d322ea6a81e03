import CLibpq

/// What can be done with a connection while one holds it: plain, blocking, in order.
///
/// Lives on the connection's own serial queue, inside `Connection.perform`, and must not leave it.
public final class Session {
  let connection: OpaquePointer
  private let isCancelled: () -> Bool
  private var depth = 0

  init(connection: OpaquePointer, isCancelled: @escaping () -> Bool) {
    self.connection = connection
    self.isCancelled = isCancelled
  }

  /// - Throws: `CancellationError` once the surrounding task was cancelled.
  public func checkCancellation() throws {
    if isCancelled() { throw CancellationError() }
  }

  /// Runs a statement and reads its rows.
  /// - Throws: `PostgresError`, `RowError`, or what `row` throws.
  public func query<T>(
    _ query: Query, _ values: [SQLValue] = [], row: (Row) throws -> T
  ) throws -> [T] {
    let result = try run(query, values)
    defer { PQclear(result) }
    let count = PQntuples(result)
    var rows: [T] = []
    rows.reserveCapacity(Int(count))
    for index in 0..<count {
      rows.append(try row(Row(result: result, index: index, operation: query.name)))
    }
    return rows
  }

  /// The first row, or nil when there is none.
  public func first<T>(
    _ query: Query, _ values: [SQLValue] = [], row: (Row) throws -> T
  ) throws -> T? {
    try self.query(query, values, row: row).first
  }

  /// Runs a statement. Returns the rows it touched (0 for statements that touch none).
  @discardableResult
  public func execute(_ query: Query, _ values: [SQLValue] = []) throws -> Int {
    let result = try run(query, values)
    defer { PQclear(result) }
    return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  /// Runs several statements without parameters, as one migration file holds them.
  public func script(_ query: Query) throws {
    try checkCancellation()
    guard PQsendQuery(connection, query.text) == 1 else { throw failure(query.name, nil) }
    try drain(query.name)
  }

  /// Checks that the server can prepare the statement. Returns the number of its parameters.
  public func prepare(_ query: Query) throws -> Int {
    let prepared = PQprepare(connection, "", query.text, 0, nil)
    defer { PQclear(prepared) }
    guard PQresultStatus(prepared) == PGRES_COMMAND_OK else {
      throw failure(query.name, prepared)
    }
    let described = PQdescribePrepared(connection, "")
    defer { PQclear(described) }
    guard PQresultStatus(described) == PGRES_COMMAND_OK else {
      throw failure(query.name, described)
    }
    return Int(PQnparams(described))
  }

  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  public func transaction<T>(_ begin: Query = "begin", _ body: () throws -> T) throws -> T {
    precondition(depth == 0, "a transaction inside a transaction")
    try execute(begin)
    depth += 1
    defer { depth -= 1 }
    do {
      let value = try body()
      try execute("commit")
      return value
    } catch {
      // The first error is the one that says why; a failing rollback means the session is gone,
      // and then the server has rolled back by itself.
      _ = PQexec(connection, "rollback").map { PQclear($0) }
      throw error
    }
  }

  // MARK: Running

  private func run(_ query: Query, _ values: [SQLValue]) throws -> OpaquePointer {
    try checkCancellation()
    var buffer: [UInt8] = []
    var ranges: [(start: Int, count: Int)?] = []
    for value in values {
      let start = buffer.count
      ranges.append(value.encode(into: &buffer) ? (start, buffer.count - start) : nil)
    }
    buffer.append(0)  // so that an empty value still has an address
    let types = values.map(\.typeID)
    let lengths = ranges.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: values.count)
    let result = buffer.withUnsafeBytes { bytes in
      let pointers = ranges.map { range in
        range.flatMap {
          bytes.baseAddress?.advanced(by: $0.start).assumingMemoryBound(to: CChar.self)
        }
      }
      return PQexecParams(
        connection, query.text, Int32(values.count), types, pointers, lengths, formats, 1)
    }
    guard let result else { throw failure(query.name, nil) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
    default:
      defer { PQclear(result) }
      throw failure(query.name, result)
    }
  }

  /// Reads results until there are none left, or the connection would stay unusable. Throws the
  /// first failure met. Returns the rows touched by the last statement.
  @discardableResult
  func drain(_ operation: String) throws -> Int {
    var first: (any Error)?
    var touched = 0
    while let result = PQgetResult(connection) {
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        touched = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
      case PGRES_COPY_IN:
        // Only met when a COPY is abandoned half way: end it so that the server can answer.
        _ = PQputCopyEnd(connection, "abandoned")
      case PGRES_COPY_OUT, PGRES_COPY_BOTH:
        var row: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(connection, &row, 0) > 0 { PQfreemem(row) }
      default:
        if first == nil { first = failure(operation, result) }
      }
      PQclear(result)
      if PQstatus(connection) != CONNECTION_OK { break }
    }
    if let first { throw first }
    return touched
  }

  /// The error of a failed result; a server-side cancellation of our own making is a `CancellationError`.
  func failure(_ operation: String, _ result: OpaquePointer?) -> any Error {
    let error = PostgresError(operation: operation, result: result, connection: connection)
    return error.isCancellation && isCancelled() ? CancellationError() : error
  }
}
