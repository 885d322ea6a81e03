import CLibpq

/// One row of a result, read by column position with the type the caller expects.
///
/// Valid only inside the closure it is handed to. All values travel in binary form.
public struct Row {
  let result: OpaquePointer
  let index: Int32
  /// The name of the query.
  public let operation: String

  /// - Throws: `RowError` when the value is null or of another type.
  public func get<T: SQLReadable>(_ column: Int, as type: T.Type = T.self) throws -> T {
    guard let value = try getIfPresent(column, as: type) else {
      throw error(column, "is null")
    }
    return value
  }

  /// Nil for a null.
  /// - Throws: `RowError` when the value is of another type.
  public func getIfPresent<T: SQLReadable>(_ column: Int, as type: T.Type = T.self) throws -> T? {
    let column32 = Int32(column)
    guard column >= 0, column32 < PQnfields(result) else { throw error(column, "is not there") }
    guard PQgetisnull(result, index, column32) == 0 else { return nil }
    guard let start = PQgetvalue(result, index, column32) else { return nil }
    let bytes = UnsafeRawBufferPointer(
      start: start, count: Int(PQgetlength(result, index, column32)))
    guard let value = T(binary: bytes, type: PQftype(result, column32)) else {
      throw error(column, "is not a \(T.self) (type \(PQftype(result, column32)))")
    }
    return value
  }

  private func error(_ column: Int, _ problem: String) -> RowError {
    let name = PQfname(result, Int32(column)).map { String(cString: $0) } ?? String(column)
    return RowError(operation: operation, column: name, problem: problem)
  }
}

/// A Swift type that can be read from PostgreSQL's binary form.
public protocol SQLReadable {
  /// Nil when the type does not fit. `bytes` are only valid during the call.
  init?(binary bytes: UnsafeRawBufferPointer, type: UInt32)
}

extension Bool: SQLReadable {
  public init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
    guard type == TypeID.bool, bytes.count == 1 else { return nil }
    self = bytes[0] != 0
  }
}

extension Int64: SQLReadable {
  /// From any PostgreSQL integer: widening loses nothing.
  public init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
    switch (type, bytes.count) {
    case (TypeID.int8, 8): self = bytes.bigEndian(at: 0)
    case (TypeID.int4, 4): self = Int64(bytes.bigEndian(at: 0) as Int32)
    case (TypeID.int2, 2): self = Int64(bytes.bigEndian(at: 0) as Int16)
    default: return nil
    }
  }
}

extension Int32: SQLReadable {
  public init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
    switch (type, bytes.count) {
    case (TypeID.int4, 4): self = bytes.bigEndian(at: 0)
    case (TypeID.int2, 2): self = Int32(bytes.bigEndian(at: 0) as Int16)
    default: return nil
    }
  }
}

extension String: SQLReadable {
  public init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
    switch type {
    case TypeID.text, TypeID.varchar, TypeID.bpchar, TypeID.name, TypeID.json:
      self = String(decoding: bytes, as: UTF8.self)
    case TypeID.jsonb:
      guard bytes.first == 1 else { return nil }
      self = String(decoding: bytes.dropFirst(), as: UTF8.self)
    default: return nil
    }
  }
}

extension [UInt8]: SQLReadable {
  public init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
    guard type == TypeID.bytea || type == TypeID.uuid else { return nil }
    self = Array(bytes)
  }
}

/// A day as its number of days since 1970-01-01.
public struct DayNumber: SQLReadable, Sendable, Hashable {
  public let value: Int32
  public init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
    guard type == TypeID.date, bytes.count == 4 else { return nil }
    let (sum, overflow) = (bytes.bigEndian(at: 0) as Int32).addingReportingOverflow(
      postgresEpochDays)
    guard !overflow else { return nil }  // PostgreSQL's infinity
    value = sum
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  func bigEndian<T: FixedWidthInteger>(at offset: Int) -> T {
    T(bigEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
  }
}
