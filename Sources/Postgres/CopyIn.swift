import CLibpq

extension Session {
  /// Loads rows by binary COPY. `body` writes them; the statement must be `copy … from stdin
  /// (format binary)`.
  ///
  /// - Parameter rowsAtOnce: a new COPY begins after so many rows. A trigger that looks at all new rows of a
  ///   statement holds them until its end, on disk when they are many: a limit keeps them in memory. Only
  ///   in a transaction is the whole still all or nothing.
  /// - Returns: rows loaded, as the server counted them.
  /// - Complexity: one pass; memory is one buffer of 128 KiB whatever the number of rows.
  @discardableResult
  public func copyIn(
    _ query: Query, rowsAtOnce: Int = .max, _ body: (BinaryCopyWriter) throws -> Void
  ) throws -> Int {
    try checkCancellation()
    try beginCopyIn(query)
    let writer = BinaryCopyWriter(session: self, query: query, rowsAtOnce: rowsAtOnce)
    do {
      try body(writer)
      try writer.finish()
    } catch {
      // Tell the server to forget what it got; its own refusal, if it came first, says more.
      _ = PQputCopyEnd(connection, "the rows could not be made")
      do { try drain(query.name) } catch let server as PostgresError {
        if server.sqlState != "57014" && error is PostgresError { throw server }
      } catch {}
      throw error
    }
    return try writer.loaded + endCopyIn(query)
  }

  fileprivate func beginCopyIn(_ query: Query) throws {
    let started = PQexec(connection, query.text)
    defer { PQclear(started) }
    guard PQresultStatus(started) == PGRES_COPY_IN else { throw failure(query.name, started) }
  }

  fileprivate func endCopyIn(_ query: Query) throws -> Int {
    guard PQputCopyEnd(connection, nil) == 1 else {
      let error = failure(query.name, nil)
      _ = try? drain(query.name)
      throw error
    }
    return try drain(query.name)
  }
}

/// Encodes rows in PostgreSQL's binary COPY form into one buffer and sends it when it is full.
///
/// Source: PostgreSQL manual, COPY, "Binary Format". Header of 19 bytes, trailer of a 16-bit −1.
public final class BinaryCopyWriter {
  private static let capacity = 128 << 10
  private let session: Session
  private let query: Query
  private let rowsAtOnce: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var sinceCheck = 0
  private var rows = 0
  /// Rows of the COPYs that ended before the last one.
  fileprivate private(set) var loaded = 0
  private var operation: String { query.name }

  init(session: Session, query: Query, rowsAtOnce: Int) {
    self.session = session
    self.query = query
    self.rowsAtOnce = rowsAtOnce
    buffer = .allocate(byteCount: Self.capacity, alignment: 16)
    begin()
  }

  private func begin() {
    let header: [UInt8] = [
      0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00,  // PGCOPY\n\377\r\n\0
      0, 0, 0, 0, 0, 0, 0, 0,  // flags, length of the header's extension
    ]
    buffer.copyBytes(from: header)
    used = header.count
  }

  deinit { buffer.deallocate() }

  /// Begins a row of `columns` fields; write exactly so many.
  public func row(_ columns: Int) throws {
    try count()
    try reserve(2)
    put(Int16(columns))
  }

  /// A whole row in COPY's binary form, as `CopyRow.encoded` gives it.
  public func row(encoded bytes: UnsafeRawBufferPointer) throws {
    try count()
    try long(bytes)
  }

  @inline(__always) private func count() throws {
    if rows == rowsAtOnce { try beginAnew() }
    rows += 1
  }

  private func beginAnew() throws {
    try finish()
    loaded += try session.endCopyIn(query)
    try session.checkCancellation()
    try session.beginCopyIn(query)
    rows = 0
    begin()
  }

  @inline(__always) public func null() throws {
    try reserve(4)
    put(Int32(-1))
  }

  @inline(__always) public func int64(_ value: Int64) throws {
    try reserve(12)
    put(Int32(8))
    put(value)
  }

  @inline(__always) public func int32(_ value: Int32) throws {
    try reserve(8)
    put(Int32(4))
    put(value)
  }

  @inline(__always) public func int16(_ value: Int16) throws {
    try reserve(6)
    put(Int32(2))
    put(value)
  }

  @inline(__always) public func bool(_ value: Bool) throws {
    try reserve(5)
    put(Int32(1))
    put(UInt8(value ? 1 : 0))
  }

  /// A day as days since 1970-01-01.
  @inline(__always) public func date(_ day: Int32) throws { try int32(day &- postgresEpochDays) }

  /// The head of `bytes`, sixteen of them, as a uuid.
  public func uuid(_ bytes: [UInt8]) throws {
    precondition(bytes.count >= 16, "a uuid has sixteen bytes")
    try reserve(20)
    put(Int32(16))
    bytes.withUnsafeBytes { put($0.prefix(16)) }
  }

  /// A uuid by its two halves, the first bytes in the first.
  @inline(__always) public func uuid(_ halves: (UInt64, UInt64)) throws {
    try reserve(20)
    put(Int32(16))
    put(halves.0)
    put(halves.1)
  }

  public func text(_ value: String) throws {
    var value = value
    try value.withUTF8 { try field(UnsafeRawBufferPointer($0)) }
  }

  public func bytes(_ value: [UInt8]) throws { try value.withUnsafeBytes { try field($0) } }

  /// Bytes that lie elsewhere, sent without being gathered.
  public func bytes(_ value: UnsafeRawBufferPointer) throws { try field(value) }

  /// JSON text for a `jsonb` column.
  public func json(_ value: String) throws {
    var value = value
    try value.withUTF8 { text in
      guard text.count < Int32.max else { throw tooLong() }
      try reserve(5)
      put(Int32(text.count + 1))
      put(UInt8(1))
      try long(UnsafeRawBufferPointer(text))
    }
  }

  public func int64(_ value: Int64?) throws {
    if let value { try int64(value) } else { try null() }
  }
  public func int32(_ value: Int32?) throws {
    if let value { try int32(value) } else { try null() }
  }
  public func date(_ value: Int32?) throws {
    if let value { try date(value) } else { try null() }
  }
  public func text(_ value: String?) throws {
    if let value { try text(value) } else { try null() }
  }

  // MARK: The buffer

  private func field(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count < Int32.max else { throw tooLong() }
    try reserve(4)
    put(Int32(bytes.count))
    try long(bytes)
  }

  /// Writes bytes of any length, sending full buffers on the way.
  private func long(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      if used == Self.capacity { try flush() }
      let piece = rest.prefix(Self.capacity - used)
      put(piece)
      rest = rest.dropFirst(piece.count)
    }
  }

  @inline(__always) private func put(_ value: some FixedWidthInteger) {
    buffer.storeBytes(of: value.bigEndian, toByteOffset: used, as: type(of: value))
    used += MemoryLayout.size(ofValue: value)
  }

  @inline(__always) private func put(_ bytes: Slice<UnsafeRawBufferPointer>) {
    UnsafeMutableRawBufferPointer(rebasing: buffer[used..<(used + bytes.count)])
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
    used += bytes.count
  }

  @inline(__always) private func reserve(_ count: Int) throws {
    if used + count > Self.capacity { try flush() }
  }

  private func flush() throws {
    guard used > 0 else { return }
    try session.checkCancellation()
    guard
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
      PQputCopyData(session.connection, start, Int32(used)) == 1
    else { throw session.failure(operation, nil) }
    used = 0
  }

  func finish() throws {
    try reserve(2)
    put(Int16(-1))
    try flush()
  }

  private func tooLong() -> PostgresError {
    PostgresError(operation: operation, message: "a field is longer than 2 GiB")
  }
}
