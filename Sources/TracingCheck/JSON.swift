// A reader of JSON that keeps what matters for money: numbers as written, members in their order.

/// A JSON value. Numbers stay text, so that no amount passes through floating point.
public indirect enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([(name: String, value: JSON)])

  public static func == (left: JSON, right: JSON) -> Bool { left.text == right.text }

  /// Reads one whole document of UTF-8.
  /// - Throws: `Refusal.malformed` with the byte where reading stopped.
  public init(reading bytes: [UInt8]) throws(Refusal) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }

  /// The member of that name; nil when there is none, or it is null.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self,
      let value = members.first(where: { $0.name == name })?.value, value != .null
    else { return nil }
    return value
  }

  /// A string or a number, as written.
  public var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
  public var items: [JSON]? { if case .array(let items) = self { items } else { nil } }
  public var members: [(name: String, value: JSON)]? {
    if case .object(let members) = self { members } else { nil }
  }
  public var flag: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The value written again, without spaces.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): JSON.quoted(text)
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\(JSON.quoted($0.name)):\($0.value.text)" }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var at = 0
  var depth = 0

  mutating func document() throws(Refusal) -> JSON {
    let value = try value()
    skipSpace()
    guard at == bytes.count else { throw wrong("text after the document") }
    return value
  }

  private func wrong(_ what: String) -> Refusal {
    Refusal(.malformed(what), at: "byte \(at)", remedy: "give one whole JSON document")
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ byte: Character) -> Bool {
    guard at < bytes.count, byte.asciiValue == bytes[at] else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(Refusal) -> JSON {
    skipSpace()
    guard at < bytes.count else { throw wrong("the document ends early") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try nested { reader throws(Refusal) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(Refusal) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    default: return try word()
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(Refusal) -> JSON
  ) throws(Refusal) -> JSON {
    guard depth < 100 else { throw wrong("nested too deeply") }
    depth += 1
    at += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  private mutating func array() throws(Refusal) -> JSON {
    var items: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      items.append(try value())
      skipSpace()
      if take("]") { return .array(items) }
      guard take(",") else { throw wrong("a comma or ']' is missing") }
    }
  }

  private mutating func object() throws(Refusal) -> JSON {
    var members: [(name: String, value: JSON)] = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw wrong("a member's name is missing")
      }
      let name = try string()
      guard !members.contains(where: { $0.name == name }) else {
        throw wrong("the member '\(name)' occurs twice")
      }
      skipSpace()
      guard take(":") else { throw wrong("a colon is missing") }
      members.append((name, try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw wrong("a comma or '}' is missing") }
    }
  }

  private mutating func word() throws(Refusal) -> JSON {
    let start = at
    while at < bytes.count,
      !([0x20, 0x09, 0x0A, 0x0D] + Array(",]}:\"[{".utf8)).contains(bytes[at])
    {
      at += 1
    }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      guard let first = word.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first),
        word.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) })
      else { throw wrong("'\(word.prefix(20))' is not a value") }
      return .number(word)
    }
  }

  private mutating func string() throws(Refusal) -> String {
    at += 1
    var result: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: result, as: UTF8.self) else {
          throw wrong("a string is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): result += Array(String(try escape()).utf8)
      case 0..<0x20: throw wrong("a control character in a string")
      default: result.append(byte)
      }
    }
    throw wrong("a string does not end")
  }

  private mutating func escape() throws(Refusal) -> Character {
    guard at < bytes.count else { throw wrong("a string does not end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(UnicodeScalar(byte))
    case UInt8(ascii: "u"):
      let first = try hex()
      guard (0xD800..<0xDC00).contains(first) else { return try character(first) }
      guard take("\\"), take("u") else { throw wrong("half of a surrogate pair") }
      let second = try hex()
      guard (0xDC00..<0xE000).contains(second) else { throw wrong("half of a surrogate pair") }
      return try character(0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00))
    default: throw wrong("an unknown escape")
    }
  }

  private func character(_ code: UInt32) throws(Refusal) -> Character {
    guard let scalar = UnicodeScalar(code) else { throw wrong("not a character") }
    return Character(scalar)
  }

  private mutating func hex() throws(Refusal) -> UInt32 {
    guard at + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw wrong("four hexadecimal digits are missing") }
    at += 4
    return code
  }
}
