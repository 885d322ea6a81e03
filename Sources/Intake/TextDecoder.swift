import CaseModel

/// Makes UTF-8 of a file's bytes, in one pass and without holding them.
struct TextDecoder {
  let raw: UnsafeBufferPointer<UInt8>
  let name: String
  let declared: TextEncoding?
  let fallback: TextEncoding?
  let scratch: (any Scratch)?
  let passed: (Int) -> Void

  /// From here on a decoded text is kept outside of memory, if there is such a place.
  private static let longText = 16 << 20

  /// - Parameter own: the file's bytes from an offset on, as they are.
  func text(_ own: (Int) -> DecodedText.Storage) throws -> DecodedText {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) { return try utf8(from: 3, own) }
    if isUTF32 {
      throw FileRefusal([
        Issue(
          .error, "E-ENC", file: name, at: Locator(text: "byte 0", ordinal: 0),
          found: "three of four bytes are NUL, as in UTF-32, which is not read",
          expected: "UTF-8; convert the file, or ask for it in UTF-8")
      ])
    }
    if raw.starts(with: [0xFF, 0xFE]) { return try utf16(.utf16LittleEndian) }
    if raw.starts(with: [0xFE, 0xFF]) { return try utf16(.utf16BigEndian) }
    if let guess = looksLikeUTF16() {
      throw FileRefusal([
        Issue(
          .error, "E-ENC", file: name, at: Locator(text: "byte 0", ordinal: 0),
          found: "every other byte is NUL and there is no byte order mark: the text looks like "
            + guess.rawValue,
          expected: "UTF-8, or a byte order mark; convert the file or state the encoding")
      ])
    }
    guard let invalid = UTF8Check.firstInvalid(raw, passed: passed) else {
      return DecodedText(own(0), encoding: .utf8, fileOffsetBase: 0)
    }
    if let declared {
      if declared != .utf8 { return try singleByte(declared, guessed: false) }
      let line = 1 + raw[..<invalid].count { $0 == 10 }
      throw FileRefusal([
        Issue(
          .error, "E-ENC", file: name, at: .line(line),
          found: "bytes that are not UTF-8, although the file declares UTF-8",
          expected: "the declared encoding")
      ])
    }
    if let fallback, fallback.upperHalf != nil { return try singleByte(fallback, guessed: false) }
    if UTF8Check.hasMultibyte(raw) { return try utf8(from: 0, own) }
    return try singleByte(.windows1252, guessed: true)
  }

  /// UTF-8, perhaps with some broken places, each written as `\xNN`.
  private func utf8(from base: Int, _ own: (Int) -> DecodedText.Storage) throws -> DecodedText {
    let text = UnsafeBufferPointer(rebasing: raw[base...])
    guard UTF8Check.firstInvalid(text) != nil else {
      return DecodedText(own(base), encoding: .utf8, fileOffsetBase: base)
    }
    return try made(.utf8) { out in
      var index = 0
      while index < text.count {
        let length = UTF8Check.length(text, index)
        if length == 0 {
          try out.appendEscaped(text[index])
          index += 1
        } else {
          for place in index..<(index + length) { try out.append(text[place]) }
          index += length
        }
      }
    }
  }

  private func singleByte(_ encoding: TextEncoding, guessed: Bool) throws -> DecodedText {
    let upper = encoding.upperHalf ?? []
    return try made(encoding, isGuessed: guessed) { out in
      for byte in raw {
        if byte < 0x80 {
          try out.append(byte)
          continue
        }
        out.noteForeign()
        let value = upper[Int(byte) - 0x80]
        if value == 0 { try out.appendEscaped(byte) } else { try out.append(scalar: UInt32(value)) }
      }
    }
  }

  private func utf16(_ encoding: TextEncoding) throws -> DecodedText {
    func unit(_ at: Int) -> UInt32 {
      let (a, b) = (UInt32(raw[at]), UInt32(raw[at + 1]))
      return encoding == .utf16LittleEndian ? a | b << 8 : a << 8 | b
    }
    return try made(encoding) { out in
      var index = 2
      while index + 1 < raw.count {
        let value = unit(index)
        if (0xD800...0xDBFF).contains(value), index + 3 < raw.count,
          (0xDC00...0xDFFF).contains(unit(index + 2))
        {
          try out.append(scalar: 0x10000 + (value - 0xD800) << 10 + (unit(index + 2) - 0xDC00))
          index += 4
        } else if (0xD800...0xDFFF).contains(value) {
          try out.appendEscaped(raw[index])
          try out.append(escaped: raw[index + 1])
          index += 2
        } else {
          try out.append(scalar: value)
          index += 2
        }
      }
      if index < raw.count { try out.appendEscaped(raw[index]) }
    }
  }

  /// Runs a decoder into memory or, for a long text, into the scratch room.
  private func made(
    _ encoding: TextEncoding, isGuessed: Bool = false, _ decode: (TextOutput) throws -> Void
  ) throws -> DecodedText {
    let writer = raw.count > Self.longText ? try scratch?.begin() : nil
    let out = TextOutput(writer, expected: raw.count + raw.count / 16)
    try decode(out)
    return DecodedText(
      try out.finish(), encoding: encoding, isGuessed: isGuessed, undecodable: out.undecodable,
      firstGuessed: isGuessed ? out.firstForeign : nil)
  }

  /// By its mark, or by its NUL bytes where it has none: bank texts stay below U+10000.
  private var isUTF32: Bool {
    if raw.starts(with: [0xFF, 0xFE, 0, 0]) || raw.starts(with: [0, 0, 0xFE, 0xFF]) {
      return true
    }
    let head = raw.prefix(256)
    guard head.count >= 16 else { return false }
    var nul = [0, 0, 0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { nul[index % 4] += 1 }
    let quarter = head.count / 4
    return nul[1] >= quarter && nul[2] >= quarter && (nul[0] >= quarter) != (nul[3] >= quarter)
  }

  private func looksLikeUTF16() -> TextEncoding? {
    let head = raw.prefix(256)
    guard head.count >= 4 else { return nil }
    var even = 0
    var odd = 0
    for (index, byte) in head.enumerated() where byte == 0 {
      if index % 2 == 0 { even += 1 } else { odd += 1 }
    }
    if even * 10 >= head.count * 4, odd * 20 < head.count { return .utf16BigEndian }
    if odd * 10 >= head.count * 4, even * 20 < head.count { return .utf16LittleEndian }
    return nil
  }
}

/// Takes decoded text byte by byte, in memory or on to a writer, and notes the places to speak of.
private final class TextOutput {
  private static let pieceBytes = 1 << 20
  private let writer: (any ScratchWriter)?
  private var bytes: [UInt8] = []
  private var written = 0
  private(set) var undecodable: [Int] = []
  /// Where the first character beyond ASCII stands.
  private(set) var firstForeign: Int?

  init(_ writer: (any ScratchWriter)?, expected: Int) {
    self.writer = writer
    bytes.reserveCapacity(writer == nil ? expected : Self.pieceBytes + 64)
  }

  private var count: Int { written + bytes.count }

  func append(_ byte: UInt8) throws {
    bytes.append(byte)
    if writer != nil, bytes.count >= Self.pieceBytes { try flush() }
  }

  func append(scalar value: UInt32) throws {
    guard let scalar = Unicode.Scalar(value) else { return }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { try append(byte) }
  }

  /// Writes a byte that does not decode as `\xNN`, and notes the place.
  func appendEscaped(_ byte: UInt8) throws {
    undecodable.append(count)
    try append(escaped: byte)
  }

  func append(escaped byte: UInt8) throws {
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]] { try append(byte) }
  }

  func noteForeign() {
    if firstForeign == nil { firstForeign = count }
  }

  func finish() throws -> DecodedText.Storage {
    guard let writer else { return .memory(bytes) }
    try flush()
    return .held(try writer.finish())
  }

  private func flush() throws {
    guard let writer, !bytes.isEmpty else { return }
    try bytes.withUnsafeBytes { try writer.append($0) }
    written += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }
}
