/// Changes bytes as accidents and attackers do, the same way for the same seed.
struct Mutator {
  private var state: UInt64
  /// Bytes that mean something to some format, and numbers at the edge.
  private static let tokens: [[UInt8]] =
    [
      "\"", "'", ";", ",", "\t", "|", "\r\n", "\r", "\n", "\0", "\u{FEFF}", "<", ">", "</", "/>",
      "<!DOCTYPE a>",
      "&amp;", "&#0;", "]]>", "<![CDATA[", "{", "}", "[", "]", ":", "-}", "{1:", ":61:", ":86:",
      ":62F:", "^",
      "!Type:Bank\n", "88,", "/", "99999999999999999999", "9223372036854775807",
      "-9223372036854775808", "0",
      "-0", "1e9", "NaN", "00000000", "20240230", "0,", ".", "1.234,56", "1,234.56", "+", "(", ")",
      "\u{202E}",
      "\u{0301}", "é", "null", "true", "\\u0000", "\\ud800", "<OFX>", "<STMTTRN>",
      "<Amt Ccy=\"EUR\">", "CR",
    ].map { Array($0.utf8) } + [[0xFF], [0xFE, 0xFF], [0xC3], [0x80], [0xED, 0xA0, 0x80]]

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

  /// One to eight changes; the result is at most `limit` bytes.
  mutating func mutate(_ bytes: [UInt8], with other: [UInt8], limit: Int = 1 << 18) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(8) { change(&bytes, other) }
    if bytes.count > limit { bytes.removeSubrange(limit...) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    let place = below(bytes.count + 1)
    let length = min(1 + below(1 << below(10)), bytes.count - place)
    switch below(11) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
    case 2: bytes.removeSubrange(place..<(place + length))
    case 3: bytes.insert(contentsOf: Array(bytes[place..<(place + length)]), at: place)
    case 4: bytes.insert(contentsOf: Self.tokens[below(Self.tokens.count)], at: place)
    case 5:
      let token = Self.tokens[below(Self.tokens.count)]
      bytes.replaceSubrange(place..<(place + min(token.count, bytes.count - place)), with: token)
    case 6: bytes.removeSubrange(place...)
    case 7 where !other.isEmpty:
      let from = below(other.count)
      let taken = other[from..<min(other.count, from + 1 + below(400))]
      bytes.insert(contentsOf: taken, at: place)
    case 8:
      let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
      if !digits.isEmpty { bytes[digits[below(digits.count)]] = UInt8(0x30 + below(10)) }
    case 9: swapLines(&bytes)
    default: bytes.insert(UInt8(truncatingIfNeeded: next()), at: place)
    }
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count > 2 else { return }
    lines.swapAt(below(lines.count), below(lines.count))
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
