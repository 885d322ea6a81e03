// Cuts a file of SWIFT messages: single messages, RJE batches parted by `$`, bare fields.

import CaseModel

/// Walks a decoded file message by message and holds only the one it stands at.
///
/// Source: SWIFT FIN message structure (blocks 1 to 5), RJE file format; tolerances of formats.md §5.1:
/// any line ends, no envelope, acknowledgements before their message, blank lines.
struct SwiftScanner {
  private let text: [UInt8]
  private let fieldBytes: Int
  private var position = 0
  private var line = 1
  /// Lines that belong to no message.
  private(set) var strayLines: [Int] = []

  init(_ text: [UInt8], limits: ReadingOptions.Limits) {
    self.text = text
    fieldBytes = limits.fieldBytes
  }

  /// The next message, nil at the end of the file.
  mutating func next() -> SwiftMessage? {
    while position < text.count {
      let byte = text[position]
      if byte <= 32 || byte == UInt8(ascii: "$") {
        step()
      } else if byte == UInt8(ascii: "{"), blockID(at: position) != nil {
        return envelope()
      } else if tag(at: position) != nil {
        return bare()
      } else {
        if !isSeparatorLine(at: position) { strayLines.append(line) }
        skipLine()
      }
    }
    return nil
  }

  // MARK: Envelopes

  private mutating func envelope() -> SwiftMessage {
    var message = SwiftMessage(line: line, start: position)
    var seen: Set<UInt8> = []
    while position < text.count, let id = blockID(at: position) {
      // A second block 1, or a block 1 after any other, opens the next message.
      if id == UInt8(ascii: "1"), !seen.isEmpty { break }
      seen.insert(id)
      position += 3
      if id == UInt8(ascii: "4") {
        textBlock(&message)
      } else {
        let (content, isClosed) = braced()
        if !isClosed { message.isClosed = false }
        switch id {
        case UInt8(ascii: "1"): message.basic = content
        case UInt8(ascii: "2"): message.application = content
        case UInt8(ascii: "3"): message.user = Self.parts(content)
        default: message.trailers += Self.parts(content)
        }
      }
      message.range = message.range.lowerBound..<position
      while position < text.count, text[position] <= 32 { step() }
    }
    return message
  }

  /// `{1:` to `{5:` and `{S:`.
  private func blockID(at index: Int) -> UInt8? {
    guard index + 2 < text.count, text[index] == UInt8(ascii: "{"),
      text[index + 2] == UInt8(ascii: ":")
    else { return nil }
    let id = text[index + 1]
    return (0x31...0x35).contains(id) || id == UInt8(ascii: "S") ? id : nil
  }

  /// Everything up to the brace that closes the block, inner braces kept.
  private mutating func braced() -> (String, Bool) {
    let start = position
    var depth = 1
    while position < text.count {
      if text[position] == UInt8(ascii: "{") { depth += 1 }
      if text[position] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { break }
      step()
    }
    let content = String(decoding: text[start..<position].prefix(fieldBytes), as: UTF8.self)
    guard position < text.count else { return (content, false) }
    position += 1
    return (content, true)
  }

  /// `{108:…}{121:…}` as names and texts.
  private static func parts(_ content: String) -> [(String, String)] {
    var parts: [(String, String)] = []
    for piece in content.split(separator: "{") {
      let inner = piece.prefix { $0 != "}" }
      guard let colon = inner.firstIndex(of: ":") else { continue }
      parts.append((String(inner[..<colon]), String(inner[inner.index(after: colon)...])))
    }
    return parts
  }

  private mutating func textBlock(_ message: inout SwiftMessage) {
    var index = position
    while index < text.count, text[index] <= 32 { index += 1 }
    if index < text.count, text[index] == UInt8(ascii: "{") {
      let (content, isClosed) = braced()
      message.service = Self.parts(content)
      message.isClosed = isClosed
      return
    }
    let end = endOfText()
    fields(upTo: end.text, into: &message)
    position = end.after
    message.isClosed = end.isClosed
  }

  /// `-}` closes the text. Braces are no characters of its set, so the first one found is it, and a
  /// `{1:` before it is the next message.
  private func endOfText() -> (text: Int, after: Int, isClosed: Bool) {
    var index = position
    while index < text.count {
      if text[index] == UInt8(ascii: "}") {
        let hyphen = index > position && text[index - 1] == UInt8(ascii: "-")
        return (hyphen ? index - 1 : index, index + 1, true)
      }
      if text[index] == UInt8(ascii: "{"), blockID(at: index) == UInt8(ascii: "1") {
        return (index, index, false)
      }
      index += 1
    }
    return (text.count, text.count, false)
  }

  // MARK: Fields

  /// Fields without an envelope, up to a separator line, the next field 20 or an envelope.
  private mutating func bare() -> SwiftMessage {
    var message = SwiftMessage(line: line, start: position)
    var end = position
    var isFirst = true
    while end < text.count {
      if text[end] == UInt8(ascii: "$") || blockID(at: end) != nil || isSeparatorLine(at: end) {
        break
      }
      if !isFirst, tag(at: end)?.name == "20" { break }
      isFirst = false
      while end < text.count, text[end] != 10, text[end] != 13 { end += 1 }
      while end < text.count, text[end] == 10 || text[end] == 13 { end += 1 }
    }
    fields(upTo: end, into: &message)
    message.range = message.range.lowerBound..<end
    return message
  }

  private mutating func fields(upTo end: Int, into message: inout SwiftMessage) {
    var bytes = 0
    while position < end {
      var stop = position
      while stop < end, text[stop] != 10, text[stop] != 13 { stop += 1 }
      if let (name, start) = tag(at: position), start <= stop {
        bytes = stop - start
        message.fields.append(
          SwiftField(tag: name, line: line, lines: [Self.line(text[start..<stop])]))
      } else if stop > position, !message.fields.isEmpty {
        bytes += stop - position
        if bytes <= fieldBytes {
          message.fields[message.fields.count - 1].lines.append(Self.line(text[position..<stop]))
        } else {
          message.isCut = true
        }
      }
      position = stop
      if position < end { step() }
    }
  }

  /// Text without white space at its end and without control characters.
  private static func line(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let last = bytes.last, last <= 32 { bytes = bytes.dropLast() }
    return String(decoding: bytes.filter { $0 >= 32 || $0 == 9 }, as: UTF8.self)
  }

  /// `:20:`, `:32A:` at the start of a line: two digits and at most one letter.
  private func tag(at index: Int) -> (name: String, start: Int)? {
    guard index + 3 < text.count, text[index] == UInt8(ascii: ":"), isDigit(index + 1),
      isDigit(index + 2)
    else { return nil }
    var end = index + 3
    if (0x41...0x5A).contains(text[end]) { end += 1 }
    guard end < text.count, text[end] == UInt8(ascii: ":") else { return nil }
    return (String(decoding: text[(index + 1)..<end], as: UTF8.self), end + 1)
  }

  private func isDigit(_ index: Int) -> Bool { (0x30...0x39).contains(text[index]) }

  /// A line of `-`, `-}` or control characters between messages.
  private func isSeparatorLine(at index: Int) -> Bool {
    guard text[index] == UInt8(ascii: "-") else { return false }
    let rest = text[(index + 1)...].prefix { $0 != 10 && $0 != 13 }
    return rest.isEmpty || rest.allSatisfy { $0 <= 32 || $0 == UInt8(ascii: "}") }
  }

  /// One byte on; CR, LF and CRLF each end a line.
  private mutating func step() {
    let byte = text[position]
    position += 1
    if byte == 10 { line += 1 }
    if byte == 13, position >= text.count || text[position] != 10 { line += 1 }
  }

  private mutating func skipLine() {
    while position < text.count, text[position] != 10, text[position] != 13 { position += 1 }
    if position < text.count { step() }
  }
}
