// Finds a document type declaration before any XML parser sees it.

/// What stands before the first element of an XML file.
enum XMLProlog {
  /// The line of `<!DOCTYPE`, or nil when the prolog has none.
  ///
  /// Walks over the byte order mark, the XML declaration, processing instructions, comments and white
  /// space. Null bytes are passed over, so that UTF-16 reads like ASCII here.
  /// - Complexity: O(*n*) in the prolog's length.
  static func lineOfDoctype(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var scan = Scan(bytes: bytes)
    while let byte = scan.next() {
      guard byte == UInt8(ascii: "<") else { continue }
      switch scan.next() {
      case UInt8(ascii: "?"):
        guard scan.skip(past: Array("?>".utf8)) else { return nil }
      case UInt8(ascii: "!"):
        switch scan.next() {
        case UInt8(ascii: "-"):
          guard scan.skip(past: Array("-->".utf8)) else { return nil }
        default: return scan.line
        }
      default: return nil
      }
    }
    return nil
  }

  /// The bytes of the first start tag with its name, namespaces and all, as ASCII; for recognition.
  static func firstTags(in head: ArraySlice<UInt8>, limit: Int = 4096) -> String {
    String(decoding: head.prefix(limit * 2).filter { $0 != 0 }.prefix(limit), as: UTF8.self)
  }

  private struct Scan {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var line = 1

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> UInt8? {
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == 10 { line += 1 }
        if byte != 0 { return byte }
      }
      return nil
    }

    mutating func skip(past mark: [UInt8]) -> Bool {
      var recent: [UInt8] = []
      while let byte = next() {
        recent.append(byte)
        if recent.count > mark.count { recent.removeFirst() }
        if recent == mark { return true }
      }
      return false
    }
  }
}
