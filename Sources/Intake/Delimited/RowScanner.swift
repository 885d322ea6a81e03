import CRowScan

/// Walks delimited text row by row without copying it (RFC 4180, with the deviations that banks make:
/// CR, LF and CRLF mixed, any one-byte delimiter, quotes inside unquoted fields as text).
///
/// Rows without a quote are cut by the marks of 64 bytes at a time; a row with one is walked byte by
/// byte, from its start. Both give the same fields.
///
/// - Complexity: O(*n*) in the bytes over all rows; memory for one row's field ranges.
struct RowScanner {
  enum Fault: Error, Equatable {
    /// A quote that is never closed; the line on which it opens.
    case openQuote(line: Int)
    case tooManyColumns(line: Int)
  }

  let text: UnsafeBufferPointer<UInt8>
  let delimiter: UInt8
  /// 0 when the layout has no quotes.
  let quote: UInt8
  let columnsMax: Int
  /// The current row's fields. The room is shared by plain copies of a scanner; `fork` makes an own one.
  private let buffer: FieldBuffer
  private let room: UnsafeMutablePointer<FieldSpan>
  private let capacity: Int
  private(set) var fieldCount = 0

  private(set) var offset: Int
  private(set) var line: Int
  private(set) var rowStart = 0
  private(set) var rowEnd = 0
  private(set) var rowLine = 1
  private(set) var hasStrayQuote = false

  /// Where the 64 bytes begin whose marks are held; −1 when none are.
  private var block = -1
  private var ends: UInt64 = 0
  private var quotes: UInt64 = 0

  /// - Parameters:
  ///   - offset: where to begin: the start of a row.
  ///   - line: the physical line there, from 1.
  init(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8, columnsMax: Int,
    offset: Int = 0, line: Int = 1
  ) {
    self.text = text
    self.delimiter = delimiter
    self.quote = quote
    self.columnsMax = columnsMax
    self.offset = offset
    self.line = line
    buffer = FieldBuffer(columnsMax: columnsMax)
    room = buffer.room
    capacity = buffer.capacity
  }

  /// A scanner at the same place that walks on its own.
  func fork() -> RowScanner { fork(offset: offset, line: line) }

  /// A scanner of the same text at the start of another row.
  func fork(offset: Int, line: Int) -> RowScanner {
    RowScanner(
      text, delimiter: delimiter, quote: quote, columnsMax: columnsMax, offset: offset, line: line)
  }

  /// The current row.
  var fields: UnsafeBufferPointer<FieldSpan> {
    UnsafeBufferPointer(start: room, count: fieldCount)
  }

  /// Adds a field. What is beyond the room is not kept; the count says that there was more.
  @inline(__always) private mutating func add(_ start: Int, _ end: Int, hasQuotes: Bool) {
    guard fieldCount < capacity else { return }
    room[fieldCount] = FieldSpan(start: start, end: end, hasQuotes: hasQuotes)
    fieldCount += 1
  }

  /// True when the current row has no bytes but white space.
  @inline(__always) var isBlank: Bool { fieldCount == 1 && hasOnlySpace }

  private var hasOnlySpace: Bool {
    var index = room[0].start
    while index < room[0].end {
      if text[index] != 0x20, text[index] != 9 { return false }
      index += 1
    }
    return true
  }

  /// Passes over whole physical lines and gives them back.
  mutating func skipLines(_ count: Int) -> [String] {
    var lines: [String] = []
    for _ in 0..<count where offset < text.count {
      let start = offset
      while offset < text.count, text[offset] != 10, text[offset] != 13 { offset += 1 }
      lines.append(
        String(decoding: UnsafeBufferPointer(rebasing: text[start..<offset]), as: UTF8.self))
      endLine()
    }
    block = -1
    return lines
  }

  /// Moves to the next row. False at the end of the text.
  mutating func next() throws(Fault) -> Bool {
    guard offset < text.count else { return false }
    fieldCount = 0
    rowStart = offset
    rowLine = line
    hasStrayQuote = false
    if block < 0 || offset >= block + 64 { look(from: offset) }
    var start = offset
    while true {
      guard ends != 0 else {
        if quotes >> UInt64(max(0, start - block) & 63) != 0, start < block + 64 {
          return try walk()
        }
        let after = block + 64
        guard after < text.count else {
          return try last(from: start)
        }
        look(from: after)
        continue
      }
      let bit = ends.trailingZeroBitCount
      // A quote between here and the mark: the mark may stand inside quotes.
      if quotes & (ends & (0 &- ends) &- 1) != 0 { return try walk() }
      ends &= ends &- 1
      let place = block + bit
      add(start, place, hasQuotes: false)
      if text[place] == delimiter {
        start = place + 1
        continue
      }
      guard fieldCount <= columnsMax else { throw .tooManyColumns(line: rowLine) }
      rowEnd = place
      offset = place + 1
      line += 1
      if text[place] == 13, offset < text.count, text[offset] == 10 {
        offset += 1
        if offset <= block + 64 { ends &= ends &- 1 } else { block = -1 }
      }
      return true
    }
  }

  /// The last row, which no line end closes.
  private mutating func last(from start: Int) throws(Fault) -> Bool {
    add(start, text.count, hasQuotes: false)
    guard fieldCount <= columnsMax else { throw .tooManyColumns(line: rowLine) }
    rowEnd = text.count
    offset = text.count
    block = -1
    return true
  }

  /// Looks at the 64 bytes from a place on; marks before it, and quotes before it, do not count.
  private mutating func look(from place: Int) {
    block = place
    guard let base = text.baseAddress else {
      (ends, quotes) = (0, 0)
      return
    }
    let marks =
      place + 64 <= text.count
      ? crowscan_64(base + place, delimiter, quote)
      : crowscan_slow(base + place, text.count - place, delimiter, quote)
    ends = marks.ends
    quotes = marks.quotes
  }

  // MARK: Byte by byte

  /// Reads the current row from its start, quotes and all.
  private mutating func walk() throws(Fault) -> Bool {
    block = -1
    offset = rowStart
    fieldCount = 0
    while true {
      if offset < text.count, text[offset] == quote, quote != 0 {
        try quotedField()
      } else {
        let start = offset
        while offset < text.count {
          let byte = text[offset]
          if byte == delimiter || byte == 10 || byte == 13 { break }
          if byte == quote, quote != 0 { hasStrayQuote = true }
          offset += 1
        }
        add(start, offset, hasQuotes: false)
      }
      guard fieldCount <= columnsMax else { throw .tooManyColumns(line: rowLine) }
      if offset < text.count, text[offset] == delimiter {
        offset += 1
        continue
      }
      rowEnd = offset
      endLine()
      return true
    }
  }

  private mutating func quotedField() throws(Fault) {
    let openLine = line
    let open = offset
    offset += 1
    var doubled = false
    while true {
      guard offset < text.count else { throw .openQuote(line: openLine) }
      let byte = text[offset]
      if byte == quote {
        guard offset + 1 < text.count, text[offset + 1] == quote else { break }
        doubled = true
        offset += 2
        continue
      }
      if byte == 10 || (byte == 13 && !(offset + 1 < text.count && text[offset + 1] == 10)) {
        line += 1
      }
      offset += 1
    }
    let close = offset
    offset += 1
    if offset < text.count, text[offset] != delimiter, text[offset] != 10, text[offset] != 13 {
      hasStrayQuote = true
      while offset < text.count, text[offset] != delimiter, text[offset] != 10, text[offset] != 13 {
        offset += 1
      }
      add(open, offset, hasQuotes: true)
    } else {
      add(open + 1, close, hasQuotes: doubled)
    }
  }

  private mutating func endLine() {
    guard offset < text.count else { return }
    if text[offset] == 13, offset + 1 < text.count, text[offset + 1] == 10 { offset += 1 }
    offset += 1
    line += 1
  }

  // MARK: Fields

  /// The bytes of a field without spaces around it; empty when the row is too short.
  @inline(__always) func trimmed(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column >= 0, column < fieldCount, let base = text.baseAddress else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    let field = room[column]
    var (start, end) = (field.start, field.end)
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return UnsafeBufferPointer(start: base + start, count: end - start)
  }

  /// A field's text, spaces around it cut off; nil when there is none.
  func string(_ column: Int) -> String? {
    let bytes = trimmed(column)
    guard !bytes.isEmpty else { return nil }
    guard room[column].hasQuotes else { return String(decoding: bytes, as: UTF8.self) }
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == quote {
        if index + 1 < bytes.count, bytes[index + 1] == quote {
          index += 1
        } else {
          index += 1
          continue
        }
      }
      plain.append(bytes[index])
      index += 1
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// Doubled quotes are still in the bytes of a field.
  @inline(__always) func needsUnescaping(_ column: Int) -> Bool {
    column >= 0 && column < fieldCount && room[column].hasQuotes
  }

  /// The row as it stands in the file.
  var raw: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[rowStart..<rowEnd]) }
}
