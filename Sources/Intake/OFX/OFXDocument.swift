import CaseModel

/// Hands the elements of an OFX 2 document to the reader.
enum OFXDocument {
  /// - Throws: `FileRefusal` for XML that is not well formed, has a document type or breaks a limit.
  static func read(
    _ file: InputFile, _ options: ReadingOptions, into reader: OFXReader
  ) throws {
    let bytes = try content(file, reader.desk)
    do {
      try XMLPull.read(bytes, limits: options.limits) { pull in
        while true {
          switch try pull.next() {
          case .start(let name): try reader.open(name.uppercased(), at: nil)
          case .text(let text): reader.text(text)
          case .end(let name): try reader.close(name.uppercased())
          case .finished: return
          }
        }
      }
    } catch let refusal as XMLRefusal {
      throw FileRefusal([
        Issue(
          .error, refusal.code, file: file.name, at: .line(refusal.line), found: refusal.found,
          expected: refusal.expected)
      ])
    }
  }

  /// The document as UTF-8, its XML declaration blanked: files declare encodings that they are not in
  /// (`utf-16` over plain bytes, `USASCII`), which a reader of XML must refuse. The line numbers stay.
  private static func content(_ file: InputFile, _ desk: ReadingDesk) throws -> [UInt8] {
    let named = declaredName(file)
    let declared = named.flatMap { TextEncoding(named: $0) }
    let isWide = declared == .utf16LittleEndian || declared == .utf16BigEndian
    let text = try DecodedText(of: file, declared: isWide ? nil : declared)
    try desk.reportEncoding(text)
    if let named, declared == nil || (isWide && text.encoding == .utf8) {
      try desk.warn(
        "W-ENC", .line(1), "the declared encoding '\(named)', which the bytes are not in",
        "the right name; the file is read as \(text.encoding.rawValue)")
    }
    var bytes = text.bytes
    let start = bytes.prefix { [9, 10, 13, 32].contains($0) }.count
    guard bytes[start...].starts(with: Array("<?xml".utf8)) else { return bytes }
    var index = start
    while index + 1 < bytes.count,
      !(bytes[index] == 0x3F && bytes[index + 1] == 0x3E && index > start + 1)
    {
      if bytes[index] != 10, bytes[index] != 13 { bytes[index] = 0x20 }
      index += 1
    }
    for end in index..<min(index + 2, bytes.count) { bytes[end] = 0x20 }
    return bytes
  }

  private static func declaredName(_ file: InputFile) -> String? {
    let head = file.withBytes { String(decoding: $0.prefix(256), as: UTF8.self) }
    guard let end = head.split(separator: ">", maxSplits: 1).first, end.contains("<?xml") else {
      return nil
    }
    let parts = end.split(separator: "=").map(String.init)
    for (index, part) in parts.enumerated().dropLast() where part.hasSuffix("encoding") {
      let value = parts[index + 1].trimmed
      return value.dropFirst().split { $0 == "\"" || $0 == "'" }.first.map(String.init)
    }
    return nil
  }
}
