// A JSON reader that keeps numbers as text and members in order.
//
// Own code, because Foundation's readers turn numbers into floating point on the way and forget the
// order of members, and both decide figures here: "ties to the first listed" (tracing-examples/1).

import CaseModel

/// A JSON value (RFC 8259). Numbers stay the text they were; members keep their order.
indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Hashable, Sendable {
    let key: String
    let value: JSONValue
  }

  /// Reads one value; nothing may follow it.
  /// - Throws: `TracingError.malformed` with the byte where reading stopped.
  init(_ bytes: [UInt8]) throws(TracingError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }

  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text of a string or a number.
  var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  var integer: Int? { text.flatMap { Int($0) } }

  var isTrue: Bool {
    switch self {
    case .bool(let value): value
    case .string(let text): text == "true"
    default: false
    }
  }

  /// As a message shows it: a scalar as written, anything larger by its kind.
  var shown: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array: "a list"
    case .object: "an object"
    }
  }

  var isNull: Bool { self == .null }

  var isObject: Bool { if case .object = self { true } else { false } }
}

private struct JSONReader {
  let bytes: [UInt8]
  var position = 0
  private var depth = 0
  private static let depthMax = 64  // default: examples nest six deep

  init(bytes: [UInt8]) { self.bytes = bytes }

  func failure(_ what: String) -> TracingError {
    let line = bytes.prefix(position).reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    return TracingError(
      .malformed(what), at: "line \(line), byte \(position)",
      remedy: "the file must be JSON in UTF-8")
  }

  mutating func document() throws(TracingError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw failure("text after the end of the value") }
    return value
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func value() throws(TracingError) -> JSONValue {
    skipSpace()
    guard position < bytes.count else { throw failure("the file ends inside a value") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(TracingError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("not a JSON value") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(TracingError) -> String {
    let start = position
    while position < bytes.count,
      (0x30...0x39).contains(bytes[position])
        || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[position])
    {
      position += 1
    }
    guard position > start else { throw failure("not a JSON value") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func enter() throws(TracingError) {
    depth += 1
    guard depth <= Self.depthMax else { throw failure("nested deeper than \(Self.depthMax)") }
    position += 1
    skipSpace()
  }

  /// True when the list ends here.
  private mutating func ends(with close: UInt8, isFirst: Bool) throws(TracingError) -> Bool {
    skipSpace()
    guard position < bytes.count else { throw failure("the file ends inside a list") }
    if bytes[position] == close {
      position += 1
      depth -= 1
      return true
    }
    if !isFirst {
      guard bytes[position] == UInt8(ascii: ",") else { throw failure("a comma is missing") }
      position += 1
      skipSpace()
    }
    return false
  }

  private mutating func elements() throws(TracingError) -> [JSONValue] {
    try enter()
    var elements: [JSONValue] = []
    while !(try ends(with: UInt8(ascii: "]"), isFirst: elements.isEmpty)) {
      elements.append(try value())
    }
    return elements
  }

  private mutating func members() throws(TracingError) -> [JSONValue.Member] {
    try enter()
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    while !(try ends(with: UInt8(ascii: "}"), isFirst: members.isEmpty)) {
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw failure("a member has no name")
      }
      let key = try string()
      guard keys.insert(key).inserted else { throw failure("the member '\(key)' occurs twice") }
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
        throw failure("a colon is missing")
      }
      position += 1
      members.append(.init(key: key, value: try value()))
    }
    return members
  }

  private mutating func string() throws(TracingError) -> String {
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else {
          throw failure("a text is not UTF-8")
        }
        return result
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<0x20: throw failure("a control character inside a text")
      default: text.append(byte)
      }
    }
    throw failure("the file ends inside a text")
  }

  private mutating func escape() throws(TracingError) -> Unicode.Scalar {
    guard position < bytes.count else { throw failure("the file ends inside a text") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"):
      let first = try hex()
      if (0xD800..<0xDC00).contains(first) {
        guard bytes[position...].starts(with: "\\u".utf8) else { throw failure("half a character") }
        position += 2
        let second = try hex()
        guard (0xDC00..<0xE000).contains(second),
          let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half a character") }
        return scalar
      }
      guard let scalar = Unicode.Scalar(first) else { throw failure("half a character") }
      return scalar
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hex() throws(TracingError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw failure("an unknown escape") }
    position += 4
    return value
  }
}
