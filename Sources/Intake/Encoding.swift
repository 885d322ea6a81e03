import CaseModel

/// A text encoding that bank files use. UTF-8 first; the rest only when stated or announced.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case latin1 = "ISO-8859-1"
  case latin2 = "ISO-8859-2"
  case latin9 = "ISO-8859-15"
  case windows1250 = "Windows-1250"
  case windows1251 = "Windows-1251"
  case windows1252 = "Windows-1252"
  case windows1257 = "Windows-1257"
  case dos850 = "IBM850"

  /// The encoding that a profile or a declaration names, in the spellings met in files; nil when the
  /// name is not known. ASCII is read as UTF-8, of which it is a part.
  public init?(named name: some StringProtocol) {
    var plain = ""
    for scalar in name.lowercased().unicodeScalars
    where scalar != "-" && scalar != "_" && scalar != " " {
      plain.unicodeScalars.append(scalar)
    }
    switch plain {
    case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
    case "utf16", "utf16le", "ucs2": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "latin1", "iso88591", "88591", "l1": self = .latin1
    case "latin2", "iso88592": self = .latin2
    case "latin9", "iso885915": self = .latin9
    case "cp1250", "windows1250", "1250": self = .windows1250
    case "cp1251", "windows1251", "1251": self = .windows1251
    case "cp1252", "windows1252", "1252", "ansi": self = .windows1252
    case "cp1257", "windows1257", "1257": self = .windows1257
    case "cp850", "ibm850", "850": self = .dos850
    default: return nil
    }
  }

  /// The upper half of a single-byte code page; nil for the Unicode encodings. Latin-1 is its own map.
  var upperHalf: [UInt16]? {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
    case .latin1: (0x80...0xFF).map { UInt16($0) }
    case .latin2: CodePage.latin2
    case .latin9: CodePage.latin9
    case .windows1250: CodePage.windows1250
    case .windows1251: CodePage.windows1251
    case .windows1252: CodePage.windows1252
    case .windows1257: CodePage.windows1257
    case .dos850: CodePage.dos850
    }
  }
}

/// A file's text as UTF-8, and how it was found.
///
/// Order of formats.md §3.3: byte order mark, declared encoding if it decodes, UTF-8 strict, the
/// profile's encoding, then Windows-1252 with a warning. Bytes that do not decode are never replaced
/// silently: they stand in `bytes` as `\xNN`, and `undecodable` says where, so that the record around
/// them can be quarantined.
public struct DecodedText: Sendable {
  /// Valid UTF-8, without byte order mark.
  public let bytes: [UInt8]
  public let encoding: TextEncoding
  /// True when nothing named the encoding and Windows-1252 was assumed.
  public let isGuessed: Bool
  /// Offsets in `bytes` of the `\xNN` marks, ascending. Empty in a sound file.
  public let undecodable: [Int]
  /// Offset in `bytes` of the first character beyond ASCII when the encoding is guessed.
  public let firstGuessed: Int?
  /// Added to an offset in `bytes` gives the offset in the file; nil when the text was transcoded.
  public let fileOffsetBase: Int?

  /// The file's text.
  /// - Parameters:
  ///   - declared: named by the file itself (XML, OFX). Wins if the bytes decode in it.
  ///   - fallback: named by the profile or the format; used when the bytes are not UTF-8.
  /// - Throws: `FileRefusal` (`E-ENC`) for UTF-16 without a byte order mark and for a declared
  ///   encoding that the bytes contradict.
  /// - Complexity: O(*n*) in the bytes; sound UTF-8 is not copied beyond a byte order mark.
  public init(
    of file: InputFile, declared: TextEncoding? = nil, fallback: TextEncoding? = nil
  ) throws {
    try self.init(file.bytes, name: file.name, declared: declared, fallback: fallback)
  }

  init(
    _ raw: [UInt8], name: String, declared: TextEncoding? = nil, fallback: TextEncoding? = nil
  ) throws {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = Self.utf8(Array(raw.dropFirst(3)), base: 3)
      return
    }
    if raw.starts(with: [0xFF, 0xFE]) {
      self = Self.utf16(raw[2...], .utf16LittleEndian)
      return
    }
    if raw.starts(with: [0xFE, 0xFF]) {
      self = Self.utf16(raw[2...], .utf16BigEndian)
      return
    }
    if let guess = Self.looksLikeUTF16(raw) {
      throw FileRefusal([
        Issue(
          .error, "E-ENC", file: name, at: Locator(text: "byte 0", ordinal: 0),
          found: "every other byte is NUL and there is no byte order mark: the text looks like "
            + guess.rawValue,
          expected: "UTF-8, or a byte order mark; convert the file or state the encoding")
      ])
    }
    if UTF8Check.isValid(raw) {
      self.init(
        bytes: raw, encoding: .utf8, isGuessed: false, undecodable: [], firstGuessed: nil,
        fileOffsetBase: 0)
      return
    }
    if let declared {
      if declared != .utf8 {
        self = Self.singleByte(raw, declared, guessed: false)
        return
      }
      let line = 1 + raw[..<(UTF8Check.firstInvalid(raw) ?? 0)].count { $0 == 10 }
      throw FileRefusal([
        Issue(
          .error, "E-ENC", file: name, at: .line(line),
          found: "bytes that are not UTF-8, although the file declares UTF-8",
          expected: "the declared encoding")
      ])
    }
    if let fallback, fallback.upperHalf != nil {
      self = Self.singleByte(raw, fallback, guessed: false)
    } else if UTF8Check.hasMultibyte(raw) {
      self = Self.utf8(raw, base: 0)
    } else {
      self = Self.singleByte(raw, .windows1252, guessed: true)
    }
  }

  private init(
    bytes: [UInt8], encoding: TextEncoding, isGuessed: Bool, undecodable: [Int],
    firstGuessed: Int?, fileOffsetBase: Int?
  ) {
    self.bytes = bytes
    self.encoding = encoding
    self.isGuessed = isGuessed
    self.undecodable = undecodable
    self.firstGuessed = firstGuessed
    self.fileOffsetBase = fileOffsetBase
  }

  /// The 1-based physical line of an offset in `bytes`; CR, LF and CRLF each end a line.
  public func line(at offset: Int) -> Int {
    var line = 1
    var index = 0
    while index < min(offset, bytes.count) {
      if bytes[index] == 10
        || (bytes[index] == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10))
      {
        line += 1
      }
      index += 1
    }
    return line
  }

  /// UTF-8 with some broken places, each written as `\xNN`.
  private static func utf8(_ raw: [UInt8], base: Int) -> DecodedText {
    if UTF8Check.isValid(raw) {
      return DecodedText(
        bytes: raw, encoding: .utf8, isGuessed: false, undecodable: [], firstGuessed: nil,
        fileOffsetBase: base)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count + 64)
    var bad: [Int] = []
    var index = 0
    while index < raw.count {
      let length = UTF8Check.sequenceLength(raw, at: index)
      if length == 0 {
        bad.append(bytes.count)
        bytes += escape(raw[index])
        index += 1
      } else {
        bytes += raw[index..<(index + length)]
        index += length
      }
    }
    return DecodedText(
      bytes: bytes, encoding: .utf8, isGuessed: false, undecodable: bad, firstGuessed: nil,
      fileOffsetBase: nil)
  }

  private static func singleByte(
    _ raw: [UInt8], _ encoding: TextEncoding, guessed: Bool
  ) -> DecodedText {
    let upper = encoding.upperHalf ?? []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count + raw.count / 16)
    var bad: [Int] = []
    var first: Int?
    for byte in raw {
      if byte < 0x80 {
        bytes.append(byte)
        continue
      }
      if first == nil { first = bytes.count }
      let value = upper[Int(byte) - 0x80]
      if value == 0 {
        bad.append(bytes.count)
        bytes += escape(byte)
      } else {
        append(UInt32(value), to: &bytes)
      }
    }
    return DecodedText(
      bytes: bytes, encoding: encoding, isGuessed: guessed, undecodable: bad,
      firstGuessed: guessed ? first : nil, fileOffsetBase: nil)
  }

  private static func utf16(_ raw: ArraySlice<UInt8>, _ encoding: TextEncoding) -> DecodedText {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var bad: [Int] = []
    var index = raw.startIndex
    func unit(_ at: Int) -> UInt32 {
      let (a, b) = (UInt32(raw[at]), UInt32(raw[at + 1]))
      return encoding == .utf16LittleEndian ? a | b << 8 : a << 8 | b
    }
    while index + 1 < raw.endIndex {
      let value = unit(index)
      if (0xD800...0xDBFF).contains(value), index + 3 < raw.endIndex,
        (0xDC00...0xDFFF).contains(unit(index + 2))
      {
        append(0x10000 + (value - 0xD800) << 10 + (unit(index + 2) - 0xDC00), to: &bytes)
        index += 4
      } else if (0xD800...0xDFFF).contains(value) {
        bad.append(bytes.count)
        bytes += escape(raw[index]) + escape(raw[index + 1])
        index += 2
      } else {
        append(value, to: &bytes)
        index += 2
      }
    }
    if index < raw.endIndex {
      bad.append(bytes.count)
      bytes += escape(raw[index])
    }
    return DecodedText(
      bytes: bytes, encoding: encoding, isGuessed: false, undecodable: bad, firstGuessed: nil,
      fileOffsetBase: nil)
  }

  private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(value) else { return }
    bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
  }

  private static func escape(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func looksLikeUTF16(_ raw: [UInt8]) -> TextEncoding? {
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

/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
  static func isValid(_ bytes: [UInt8]) -> Bool { firstInvalid(bytes) == nil }

  /// Offset of the first byte that is not part of a sound sequence.
  static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      let count = buffer.count
      while index < count {
        while index + 8 <= count,
          UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped + index).loadUnaligned(
            as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        { index += 8 }
        guard index < count else { break }
        let length = length(buffer, index)
        if length == 0 { return index }
        index += length
      }
      return nil
    }
  }

  static func hasMultibyte(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] >= 0x80, sequenceLength(bytes, at: index) > 1 { return true }
      index += 1
    }
    return false
  }

  static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
    bytes.withUnsafeBufferPointer { length($0, index) }
  }

  /// Length of the sound sequence that starts here, 0 when there is none.
  private static func length(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int {
    let first = b[i]
    if first < 0x80 { return 1 }
    func tail(_ offset: Int) -> Bool { i + offset < b.count && b[i + offset] & 0xC0 == 0x80 }
    switch first {
    case 0xC2...0xDF: return tail(1) ? 2 : 0
    case 0xE0...0xEF:
      guard tail(1), tail(2) else { return 0 }
      if first == 0xE0, b[i + 1] < 0xA0 { return 0 }
      if first == 0xED, b[i + 1] >= 0xA0 { return 0 }
      return 3
    case 0xF0...0xF4:
      guard tail(1), tail(2), tail(3) else { return 0 }
      if first == 0xF0, b[i + 1] < 0x90 { return 0 }
      if first == 0xF4, b[i + 1] >= 0x90 { return 0 }
      return 4
    default: return 0
    }
  }
}
