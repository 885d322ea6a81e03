/// A field of the current row, as a range of the text.
struct FieldSpan {
  var start: Int
  var end: Int
  /// Holds doubled quotes, or text after a closing quote: needs unescaping.
  var hasQuotes: Bool
  var isEmpty: Bool { start == end }
}

/// Walks delimited text row by row without copying it (RFC 4180, with the deviations that banks make:
/// CR, LF and CRLF mixed, any one-byte delimiter, quotes inside unquoted fields as text).
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

  private(set) var offset = 0
  private(set) var line = 1
  /// The current row.
  private(set) var fields: [FieldSpan] = []
  private(set) var rowStart = 0
  private(set) var rowEnd = 0
  private(set) var rowLine = 1
  private(set) var hasStrayQuote = false

  init(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8, columnsMax: Int) {
    self.text = text
    self.delimiter = delimiter
    self.quote = quote
    self.columnsMax = columnsMax
    fields.reserveCapacity(32)
  }

  /// True when the current row has no bytes but white space.
  var isBlank: Bool {
    fields.count == 1
      && (fields[0].start..<fields[0].end).allSatisfy { text[$0] == 0x20 || text[$0] == 9 }
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
    return lines
  }

  /// Moves to the next row. False at the end of the text.
  mutating func next() throws(Fault) -> Bool {
    guard offset < text.count else { return false }
    fields.removeAll(keepingCapacity: true)
    rowStart = offset
    rowLine = line
    hasStrayQuote = false
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
        fields.append(FieldSpan(start: start, end: offset, hasQuotes: false))
      }
      guard fields.count <= columnsMax else { throw .tooManyColumns(line: rowLine) }
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
      fields.append(FieldSpan(start: open, end: offset, hasQuotes: true))
    } else {
      fields.append(FieldSpan(start: open + 1, end: close, hasQuotes: doubled))
    }
  }

  private mutating func endLine() {
    guard offset < text.count else { return }
    if text[offset] == 13, offset + 1 < text.count, text[offset + 1] == 10 { offset += 1 }
    offset += 1
    line += 1
  }

  /// The bytes of a field without spaces around it; empty when the row is too short.
  func trimmed(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column < fields.count else { return UnsafeBufferPointer(rebasing: text[0..<0]) }
    var (start, end) = (fields[column].start, fields[column].end)
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  /// A field's text, spaces around it cut off; nil when there is none.
  func string(_ column: Int) -> String? {
    let bytes = trimmed(column)
    guard !bytes.isEmpty else { return nil }
    guard fields[column].hasQuotes else { return String(decoding: bytes, as: UTF8.self) }
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

  /// The row as it stands in the file.
  var raw: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[rowStart..<rowEnd]) }
}
