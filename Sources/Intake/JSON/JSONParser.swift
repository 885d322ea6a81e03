/// Reads one JSON value after another from bytes, strictly (RFC 8259) and without recursion, so that
/// nesting costs no stack. Of our own making because the library at hand turns numbers into doubles,
/// drops repeated names and needs the whole file at once.
///
/// - Complexity: O(*n*) in the bytes; memory for one value.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let depthLimit: Int
  let fieldLimit: Int
  var offset: Int
  /// Names that came twice in one object of the last value.
  private(set) var repeatedNames: [String] = []

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, from offset: Int = 0,
    limits: ReadingOptions.Limits = ReadingOptions.Limits()
  ) {
    self.bytes = bytes
    self.offset = offset
    depthLimit = limits.jsonDepth
    fieldLimit = limits.fieldBytes
  }

  /// An open list or object.
  private struct Frame {
    let isObject: Bool
    var items: [JSONValue] = []
    var members: [JSONValue.Member] = []
    var name = ""
    var value: JSONValue { isObject ? .object(members) : .array(items) }
  }

  var isAtEnd: Bool { offset >= bytes.count }
  /// The byte that comes next; 0 at the end.
  var next: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  /// Passes over one byte when it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// The value that begins here. `depth` counts the levels that are open around it.
  mutating func value(depth: Int = 0) throws(JSONFault) -> JSONValue {
    repeatedNames = []
    var frames: [Frame] = []
    while true {
      skipSpace()
      var done: JSONValue?
      if next == UInt8(ascii: "{") || next == UInt8(ascii: "["), !isAtEnd {
        guard depth + frames.count < depthLimit else {
          throw JSONFault(
            kind: .depth(limit: depthLimit), offset: offset,
            reason: "lists and objects nested more than \(depthLimit) levels deep")
        }
        let isObject = next == UInt8(ascii: "{")
        offset += 1
        skipSpace()
        frames.append(Frame(isObject: isObject))
        if take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          done = frames.removeLast().value
        } else if isObject {
          frames[frames.count - 1].name = try name()
        }
      } else {
        done = try scalar()
      }
      while let value = done {
        guard !frames.isEmpty else { return value }
        done = try close(value, in: &frames)
      }
    }
  }

  /// Puts a value into the innermost frame. Gives that frame's own value when it ends here.
  private mutating func close(
    _ value: JSONValue, in frames: inout [Frame]
  ) throws(JSONFault) -> JSONValue? {
    let top = frames.count - 1
    if frames[top].isObject {
      frames[top].members.append(.init(name: frames[top].name, value: value))
    } else {
      frames[top].items.append(value)
    }
    skipSpace()
    if take(UInt8(ascii: ",")) {
      if frames[top].isObject {
        skipSpace()
        frames[top].name = try name()
      }
      return nil
    }
    guard take(frames[top].isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw fault(frames[top].isObject ? "a comma or } is missing" : "a comma or ] is missing")
    }
    let frame = frames.removeLast()
    if frame.isObject { note(frame.members) }
    return frame.value
  }

  private mutating func note(_ members: [JSONValue.Member]) {
    var seen: Set<String> = []
    for member in members where !seen.insert(member.name).inserted {
      repeatedNames.append(member.name)
    }
  }

  private mutating func name() throws(JSONFault) -> String {
    guard next == 0x22 else { throw fault("a name in quotes is missing") }
    let name = try text()
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
    return name
  }

  private mutating func scalar() throws(JSONFault) -> JSONValue {
    switch next {
    case 0x22: return .string(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw fault("a value is missing")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONFault) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else { throw fault("a value is missing") }
    }
    return value
  }

  private mutating func digits() throws(JSONFault) {
    let start = offset
    while (0x30...0x39).contains(next) { offset += 1 }
    guard offset > start else { throw fault("a digit is missing") }
  }

  /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`, kept as it stands.
  private mutating func number() throws(JSONFault) -> String {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    guard offset - start <= fieldLimit else { throw tooLong(start) }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<offset]), as: UTF8.self)
  }

  func fault(_ reason: String) -> JSONFault {
    isAtEnd
      ? JSONFault(kind: .truncated, offset: offset, reason: "the text ends inside a value")
      : JSONFault(kind: .syntax, offset: offset, reason: reason)
  }

  func tooLong(_ start: Int) -> JSONFault {
    JSONFault(
      kind: .size(limit: fieldLimit), offset: start,
      reason: "a field of more than \(fieldLimit) bytes")
  }
}
