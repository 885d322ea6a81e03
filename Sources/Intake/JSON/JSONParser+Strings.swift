extension JSONParser {
  /// The string that begins here, its escapes resolved.
  mutating func text() throws(JSONFault) -> String {
    let start = offset
    offset += 1
    let plain = offset
    while offset < bytes.count, bytes[offset] != 0x22, bytes[offset] != 0x5C, bytes[offset] >= 0x20
    {
      offset += 1
    }
    if next == 0x22, !isAtEnd {
      defer { offset += 1 }
      return try checked(UnsafeBufferPointer(rebasing: bytes[plain..<offset]), start)
    }
    var unescaped = Array(bytes[plain..<offset])
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case 0x22:
        offset += 1
        return try unescaped.withUnsafeBufferPointer { buffer -> Result<String, JSONFault> in
          do throws(JSONFault) { return .success(try checked(buffer, start)) } catch {
            return .failure(error)
          }
        }.get()
      case 0x5C: try escape(into: &unescaped)
      case 0..<0x20: throw fault("a control character inside a string")
      default:
        unescaped.append(byte)
        offset += 1
      }
      guard unescaped.count <= fieldLimit else { throw tooLong(start) }
    }
    throw fault("a string without end")
  }

  private func checked(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int
  ) throws(JSONFault) -> String {
    guard text.count <= fieldLimit else { throw tooLong(start) }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw JSONFault(kind: .encoding, offset: start, reason: "bytes that are not UTF-8")
    }
    return string
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
    offset += 1
    let byte = next
    let plain: UInt8
    switch byte {
    case 0x22, 0x5C, 0x2F: plain = byte
    case UInt8(ascii: "b"): plain = 8
    case UInt8(ascii: "f"): plain = 12
    case UInt8(ascii: "n"): plain = 10
    case UInt8(ascii: "r"): plain = 13
    case UInt8(ascii: "t"): plain = 9
    case UInt8(ascii: "u"):
      offset += 1
      var unit = try fourDigits()
      if (0xD800...0xDBFF).contains(unit), take(0x5C), take(UInt8(ascii: "u")) {
        let low = try fourDigits()
        guard (0xDC00...0xDFFF).contains(low) else { throw fault("half of a surrogate pair") }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw fault("half of a surrogate pair") }
      text.append(contentsOf: String(Character(scalar)).utf8)
      return
    default: throw fault("an unknown escape")
    }
    text.append(plain)
    offset += 1
  }

  private mutating func fourDigits() throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      switch next {
      case 0x30...0x39: value = value << 4 + UInt32(next - 0x30)
      case 0x41...0x46: value = value << 4 + UInt32(next - 0x37)
      case 0x61...0x66: value = value << 4 + UInt32(next - 0x57)
      default: throw fault("four hexadecimal digits are missing")
      }
      offset += 1
    }
    return value
  }
}
