// The first tags of a file, for recognition only.

/// Which elements a file opens first, by local name, as far as its first bytes show.
struct XMLHead {
  /// True when the file begins like XML.
  let isXML: Bool
  /// Local names of the first start tags, in order, at most 200.
  let names: [String]

  /// - Complexity: O(*n*) in the bytes up to the 200th tag; nothing for a file that is no XML.
  init(_ head: ArraySlice<UInt8>) {
    let first = head.first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    isXML = first == UInt8(ascii: "<")
    var names: [String] = []
    var index = isXML ? head.startIndex : head.endIndex
    while index < head.endIndex, names.count < 200 {
      defer { index += 1 }
      guard head[index] == UInt8(ascii: "<") else { continue }
      var start = index + 1
      var end = start
      while end < head.endIndex, Self.isNameByte(head[end]) {
        if head[end] == UInt8(ascii: ":") { start = end + 1 }
        end += 1
      }
      if end > start { names.append(String(decoding: head[start..<end], as: UTF8.self)) }
      index = max(index, end - 1)
    }
    self.names = names
  }

  /// The root element's local name.
  var root: String? { names.first }

  /// Letters, digits, `.`, `-`, `_`, `:` and everything beyond ASCII.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x80...: true
    default: false
    }
  }
}
