import CaseModel

/// What stands before `<OFX>`: `NAME:value` lines, which may be missing, on one line, or wrong.
struct OFXHeader {
  /// The declared encoding, if it is one that is known. `ENCODING:USASCII` with `CHARSET:1252` is the
  /// usual pair; `NONE` and unknown names leave it to the bytes.
  let encoding: TextEncoding?

  init(_ file: InputFile) {
    let head = file.withBytes { String(decoding: $0.prefix(2048), as: UTF8.self) }
    let upper = head.uppercased()
    let end = upper.range(of: "<OFX>")?.lowerBound ?? upper.endIndex
    let header = upper[..<end]
    let charset = Self.value("CHARSET:", header)
    let encoding = Self.value("ENCODING:", header)
    if encoding == "UTF-8" || encoding == "UNICODE" || encoding == "UTF8" {
      // A file that declares UTF-8 and is none is read by its bytes; refusing it would lose it.
      self.encoding = nil
    } else {
      self.encoding = charset.flatMap { TextEncoding(named: $0) }.flatMap { $0 == .utf8 ? nil : $0 }
    }
  }

  /// The value behind a name, up to a blank, a line end or the next name: `CHARSET:1252COMPRESSION:`.
  private static func value(_ name: String, _ header: Substring) -> String? {
    guard let found = header.range(of: name) else { return nil }
    var value = header[found.upperBound...].prefix { !$0.isWhitespace && $0 != "<" }
    for next in ["CHARSET:", "COMPRESSION:", "OLDFILEUID:", "NEWFILEUID:", "SECURITY:"] {
      if let range = value.range(of: next) { value = value[..<range.lowerBound] }
    }
    return value.isEmpty ? nil : String(value)
  }

  /// An XML declaration or the `<?OFX` instruction of version 2 opens the file.
  static func isXML(_ file: InputFile) -> Bool {
    file.withBytes { bytes in
      var start = bytes.prefix(256)[...]
      if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
      let text = start.drop { [9, 10, 13, 32].contains($0) }
      return text.starts(with: Array("<?".utf8))
        || text.starts(with: [0xFE, 0xFF]) || text.starts(with: [0xFF, 0xFE])
    }
  }
}

extension StringProtocol {
  /// The first place of a text, without Foundation.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
