import CLibpq

extension Session {
  /// Reads rows by binary COPY; `row` is called once a row with a cursor over its raw fields.
  ///
  /// The statement must be `copy (…) to stdout (format binary)`. When `row` throws, the copy is
  /// cancelled on the server and the connection stays usable.
  public func copyOut(_ query: Query, _ row: (inout CopyRow) throws -> Void) throws {
    try checkCancellation()
    let started = PQexec(connection, query.text)
    guard PQresultStatus(started) == PGRES_COPY_OUT else {
      defer { PQclear(started) }
      throw failure(query.name, started)
    }
    PQclear(started)
    var isFirst = true
    var reading = true
    while reading {
      var data: UnsafeMutablePointer<CChar>?
      let count = PQgetCopyData(connection, &data, 0)
      guard count > 0, let data else {
        if count == -2 {
          let error = failure(query.name, nil)
          _ = try? drain(query.name)
          throw error
        }
        break
      }
      defer { PQfreemem(data) }
      do {
        var bytes = UnsafeRawBufferPointer(start: data, count: Int(count))[...]
        if isFirst {
          // The header comes alone or glued to the first row.
          guard bytes.count >= 19 else { throw malformed(query.name) }
          let whole = UnsafeRawBufferPointer(rebasing: bytes)
          let extra: Int32 = whole.bigEndian(at: 15)
          bytes = bytes.dropFirst(19 + Int(extra))
          isFirst = false
          if bytes.isEmpty { continue }
        }
        guard bytes.count >= 2 else { throw malformed(query.name) }
        let body = UnsafeRawBufferPointer(rebasing: bytes)
        let fields: Int16 = body.bigEndian(at: 0)
        if fields < 0 { continue }  // the trailer
        var cursor = CopyRow(bytes: body, fields: Int(fields), operation: query.name)
        try row(&cursor)
      } catch {
        cancelRunning()
        reading = false
        _ = try? drain(query.name)
        throw error
      }
    }
    try drain(query.name)
  }

  private func malformed(_ operation: String) -> PostgresError {
    PostgresError(operation: operation, message: "the server's binary COPY is malformed")
  }

  private func cancelRunning() {
    guard let cancel = PQgetCancel(connection) else { return }
    defer { PQfreeCancel(cancel) }
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(cancel, &message, 256)
  }
}

/// A cursor over the fields of one row of a binary COPY, in column order.
public struct CopyRow {
  let bytes: UnsafeRawBufferPointer
  public let fields: Int
  let operation: String
  private var offset = 2

  init(bytes: UnsafeRawBufferPointer, fields: Int, operation: String) {
    self.bytes = bytes
    self.fields = fields
    self.operation = operation
  }

  /// The whole row in COPY's binary form, valid during the call only.
  public var encoded: UnsafeRawBufferPointer { bytes }

  /// The next field's raw bytes, valid during the call only; nil for a null.
  @inline(__always)
  public mutating func raw() throws -> UnsafeRawBufferPointer? {
    guard offset + 4 <= bytes.count else { throw short() }
    let count: Int32 = bytes.bigEndian(at: offset)
    offset += 4
    guard count >= 0 else { return nil }
    guard offset + Int(count) <= bytes.count else { throw short() }
    defer { offset += Int(count) }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + Int(count))])
  }

  @inline(__always) public mutating func int64() throws -> Int64? { try integer() }
  @inline(__always) public mutating func int32() throws -> Int32? { try integer() }
  @inline(__always) public mutating func int16() throws -> Int16? { try integer() }

  /// Days since 1970-01-01.
  @inline(__always) public mutating func date() throws -> Int32? {
    try (integer() as Int32?).map { $0 &+ postgresEpochDays }
  }

  public mutating func text() throws -> String? {
    try raw().map { String(decoding: $0, as: UTF8.self) }
  }

  public mutating func byteString() throws -> [UInt8]? { try raw().map { Array($0) } }

  @inline(__always)
  private mutating func integer<T: FixedWidthInteger>() throws -> T? {
    guard let field = try raw() else { return nil }
    guard field.count == MemoryLayout<T>.size else {
      throw PostgresError(
        operation: operation, message: "a field of \(field.count) bytes is no \(T.self)")
    }
    return field.bigEndian(at: 0)
  }

  private func short() -> PostgresError {
    PostgresError(operation: operation, message: "a row ends inside a field")
  }
}
