// Cuts a SWIFT MT940, MT942 or MT950 file into its fields, as real files write them.

/// One field: its tag, where it stands, and its lines without line ends.
struct MTField {
  /// `61`, `86`, `60F`, `NS`.
  let tag: String
  /// Physical line of the tag, 1-based.
  let line: Int
  /// Offset of the tag in the decoded text.
  let offset: Int
  /// The first line without the tag, then the continuation lines; trailing spaces kept.
  var lines: [String]
  /// Last physical line that belongs to the field.
  var lastLine: Int
  /// True when a line end follows the field's last line.
  var isClosed: Bool
  /// True when lines were left out because of the field limit.
  var isCut = false

  /// The field as it stands in the file.
  var raw: String { ":\(tag):" + lines.joined(separator: "\n") }
  /// The first line, without spaces around it.
  var head: String { Self.trimmed(lines.first ?? "") }

  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { $0.value > 32 }),
      let last = scalars.lastIndex(where: { $0.value > 32 })
    else { return "" }
    return String(scalars[first...last])
  }
}

/// What the scanner finds, in file order.
enum MTToken {
  case field(MTField)
  /// The end of a message: `-`, `-}`, or the start of the next envelope.
  case separator(line: Int)
  /// `{2:I940…}`: the message type that the envelope names, `940`.
  case messageType(String)
}

/// Scans a decoded file into fields.
///
/// Tolerates what formats.md §4.2 lists: text before the first tag, blank lines, any line end or none
/// at the end, envelope blocks, `-` and `-}` and `-XXX` separators, unknown tags inside free text, a
/// colon parted from its tag, control characters around lines.
struct MTScanner {
  /// Tags with a meaning here. Any other `:xx:` at the start of a line is text of the field before it.
  static let tags: Set<String> = [
    "20", "21", "25", "25P", "28", "28C", "60F", "60M", "61", "86", "62F", "62M", "64", "65", "65F",
    "13", "13D", "34F", "90C", "90D", "NS", "940", "942", "950",
  ]

  private let text: [UInt8]
  private let limits: ReadingOptions.Limits
  private(set) var tokens: [MTToken] = []
  private(set) var lineCount = 0
  private var bytesInField = 0

  init(_ text: [UInt8], limits: ReadingOptions.Limits) {
    self.text = text
    self.limits = limits
    scan()
    tokens = Self.withoutFalseStarts(tokens)
  }

  private mutating func scan() {
    var position = 0
    while position < text.count {
      var end = position
      while end < text.count, text[end] != 10, text[end] != 13 { end += 1 }
      var next = end
      if next < text.count {
        next += text[next] == 13 && next + 1 < text.count && text[next + 1] == 10 ? 2 : 1
      }
      lineCount += 1
      // A lone colon at a line's end is the start of the tag on the next line.
      if end - position == 1, text[position] == UInt8(ascii: ":"), next < text.count,
        tag(in: text[next...], afterColon: false) != nil
      {
        position = next
        var tagEnd = next
        while tagEnd < text.count, text[tagEnd] != 10, text[tagEnd] != 13 { tagEnd += 1 }
        lineCount += 1
        line(text[next..<tagEnd], offset: next, isClosed: tagEnd < text.count, bareTag: true)
        position = tagEnd
        if position < text.count {
          position +=
            text[position] == 13 && position + 1 < text.count && text[position + 1] == 10
            ? 2 : 1
        }
        continue
      }
      line(text[position..<end], offset: position, isClosed: end < text.count)
      position = next
    }
  }

  private mutating func line(
    _ raw: ArraySlice<UInt8>, offset: Int, isClosed: Bool, bareTag: Bool = false
  ) {
    var bytes = raw
    var offset = offset
    while let first = bytes.first, first < 32, first != 9 {
      bytes = bytes.dropFirst()
      offset += 1
    }
    while let last = bytes.last, last < 32, last != 9 { bytes = bytes.dropLast() }
    guard let first = bytes.first else { return }
    if first == UInt8(ascii: "{") {
      if !envelope(bytes, offset: offset, isClosed: isClosed) { append(bytes, isClosed: isClosed) }
    } else if first == UInt8(ascii: "-"), Self.isSeparator(bytes) {
      tokens.append(.separator(line: lineCount))
      if let next = Self.find("{1:", in: bytes) {
        _ = envelope(bytes[next...], offset: offset, isClosed: isClosed)
      }
    } else if let (name, rest) = tag(in: bytes, afterColon: !bareTag), Self.tags.contains(name) {
      bytesInField = rest.count
      tokens.append(
        .field(
          MTField(
            tag: name, line: lineCount, offset: offset,
            lines: [String(decoding: rest, as: UTF8.self)], lastLine: lineCount,
            isClosed: isClosed)))
    } else {
      append(bytes, isClosed: isClosed)
    }
  }

  /// Adds a line to the field before it; text before the first tag or after a separator is no field.
  private mutating func append(_ bytes: ArraySlice<UInt8>, isClosed: Bool) {
    guard case .field(var field)? = tokens.last else { return }
    bytesInField += bytes.count
    field.lastLine = lineCount
    field.isClosed = isClosed
    if bytesInField <= limits.fieldBytes {
      tokens.removeLast()
      field.lines.append(String(decoding: bytes, as: UTF8.self))
    } else {
      tokens.removeLast()
      field.isCut = true
    }
    tokens.append(.field(field))
  }

  /// `{1:…}{2:I940…}{4:`: the type is kept, the rest left aside. False when it is no envelope.
  private mutating func envelope(
    _ bytes: ArraySlice<UInt8>, offset: Int, isClosed: Bool
  ) -> Bool {
    guard bytes.count >= 3, bytes[bytes.startIndex + 2] == UInt8(ascii: ":"),
      (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(bytes[bytes.startIndex + 1])
        || bytes[bytes.startIndex + 1] == UInt8(ascii: "S")
    else { return false }
    if bytes[bytes.startIndex + 1] == UInt8(ascii: "1") {
      tokens.append(.separator(line: lineCount))
    }
    if let block = Self.find("{2:", in: bytes), block + 7 <= bytes.endIndex {
      let type = String(decoding: bytes[(block + 4)..<(block + 7)], as: UTF8.self)
      tokens.append(.messageType(type))
    }
    if let body = Self.find("{4:", in: bytes), body + 3 < bytes.endIndex {
      line(bytes[(body + 3)...], offset: offset + body + 3 - bytes.startIndex, isClosed: isClosed)
    }
    return true
  }

  /// `:61:` and what follows it; a tag is two or three letters or digits.
  private func tag(
    in bytes: ArraySlice<UInt8>, afterColon: Bool
  ) -> (String, ArraySlice<UInt8>)? {
    var index = bytes.startIndex
    if afterColon {
      guard bytes.first == UInt8(ascii: ":") else { return nil }
      index += 1
    }
    let start = index
    while index < bytes.endIndex, index - start < 3,
      (48...57).contains(bytes[index]) || (65...90).contains(bytes[index])
    { index += 1 }
    guard index - start >= 2, index < bytes.endIndex, bytes[index] == UInt8(ascii: ":") else {
      return nil
    }
    return (String(decoding: bytes[start..<index], as: UTF8.self), bytes[(index + 1)...])
  }

  /// `-`, `-}` and what follows it, `-XXX` (ING).
  private static func isSeparator(_ bytes: ArraySlice<UInt8>) -> Bool {
    let rest = bytes.dropFirst()
    return rest.isEmpty || rest.first == UInt8(ascii: "}")
      || rest.allSatisfy { $0 == UInt8(ascii: "X") || $0 == 32 }
  }

  private static func find(_ mark: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let mark = Array(mark.utf8)
    guard bytes.count >= mark.count else { return nil }
    return (bytes.startIndex...(bytes.endIndex - mark.count)).first {
      bytes[$0..<($0 + mark.count)].elementsEqual(mark)
    }
  }

  /// A wrapped line of free text can begin with `:20:`. A statement's first field is followed by one of
  /// its other header fields; where it is not, the line is put back into the text it was cut from.
  private static func withoutFalseStarts(_ tokens: [MTToken]) -> [MTToken] {
    let afterReference: Set<String> = [
      "21", "25", "25P", "28", "28C", "13", "13D", "34F", "NS", "60F", "60M", "20",
    ]
    var result: [MTToken] = []
    for (index, token) in tokens.enumerated() {
      if case .field(let field) = token, field.tag == "20", case .field(var before)? = result.last,
        before.tag == "86", index + 1 < tokens.count, case .field(let next) = tokens[index + 1],
        !afterReference.contains(next.tag)
      {
        before.lines.append(":20:" + (field.lines.first ?? ""))
        before.lines += field.lines.dropFirst()
        before.lastLine = field.lastLine
        before.isClosed = field.isClosed
        result[result.count - 1] = .field(before)
      } else {
        result.append(token)
      }
    }
    return result
  }
}
