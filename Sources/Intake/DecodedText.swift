import CaseModel

/// A file's text as UTF-8, and how it was found.
///
/// Order of formats.md §3.3: byte order mark, declared encoding if it decodes, UTF-8 strict, the
/// profile's encoding, then Windows-1252 with a warning. Bytes that do not decode are never replaced
/// silently: they stand in the text as `\xNN`, and `undecodable` says where, so that the record around
/// them can be quarantined.
public struct DecodedText: Sendable {
  /// Where the text is: the file's own bytes, or what was made of them.
  enum Storage: Sendable {
    case file(InputFile, from: Int)
    case memory([UInt8])
    case held(HeldBytes)
  }
  private let storage: Storage
  public let encoding: TextEncoding
  /// True when nothing named the encoding and Windows-1252 was assumed.
  public let isGuessed: Bool
  /// Offsets in the text of the `\xNN` marks, ascending. Empty in a sound file.
  public let undecodable: [Int]
  /// Offset in the text of the first character beyond ASCII when the encoding is guessed.
  public let firstGuessed: Int?
  /// Added to an offset in the text gives the offset in the file; nil when the text was transcoded.
  public let fileOffsetBase: Int?

  /// The file's text.
  /// - Parameters:
  ///   - declared: named by the file itself (XML, OFX). Wins if the bytes decode in it.
  ///   - fallback: named by the profile or the format; used when the bytes are not UTF-8.
  ///   - scratch: where a long text that has to be decoded is kept; nil: in memory.
  /// - Throws: `FileRefusal` (`E-ENC`) for UTF-16 without a byte order mark and for a declared
  ///   encoding that the bytes contradict.
  /// - Complexity: O(*n*) in the bytes; sound UTF-8 is not copied.
  public init(
    of file: InputFile, declared: TextEncoding? = nil, fallback: TextEncoding? = nil,
    scratch: (any Scratch)? = nil
  ) throws {
    self = try file.withBytes { raw in
      try TextDecoder(
        raw: raw, name: file.name, declared: declared, fallback: fallback, scratch: scratch,
        passed: file.passed
      ).text { .file(file, from: $0) }
    }
    file.passed(0)
  }

  init(
    _ raw: [UInt8], name: String, declared: TextEncoding? = nil, fallback: TextEncoding? = nil
  ) throws {
    self = try raw.withUnsafeBufferPointer { buffer in
      try TextDecoder(
        raw: buffer, name: name, declared: declared, fallback: fallback, scratch: nil,
        passed: { _ in }
      ).text { .memory($0 == 0 ? raw : Array(raw[$0...])) }
    }
  }

  init(
    _ storage: Storage, encoding: TextEncoding, isGuessed: Bool = false, undecodable: [Int] = [],
    firstGuessed: Int? = nil, fileOffsetBase: Int? = nil
  ) {
    self.storage = storage
    self.encoding = encoding
    self.isGuessed = isGuessed
    self.undecodable = undecodable
    self.firstGuessed = firstGuessed
    self.fileOffsetBase = fileOffsetBase
  }

  /// The text as an array: valid UTF-8, without byte order mark.
  /// - Complexity: O(*n*) and as much memory for a text that lies elsewhere.
  public var bytes: [UInt8] {
    if case .memory(let bytes) = storage { return bytes }
    if case .file(let file, from: 0) = storage { return file.bytes }
    return withBytes { Array($0) }
  }

  /// Calls `body` with the text in place: valid UTF-8, without byte order mark.
  public func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    switch storage {
    case .memory(let bytes): return try bytes.withUnsafeBufferPointer(body)
    case .held(let held): return try held.withBytes(body)
    case .file(let file, let from):
      return try file.withBytes { try body(UnsafeBufferPointer(rebasing: $0[from...])) }
    }
  }

  /// Says that the text before a place was read and is not needed soon.
  public func passed(_ offset: Int) {
    switch storage {
    case .memory: break
    case .held(let held): held.passed(offset)
    case .file(let file, let from): file.passed(from + offset)
    }
  }

  /// The 1-based physical line of an offset in the text; CR, LF and CRLF each end a line.
  /// - Complexity: O(*n*) in the offset.
  public func line(at offset: Int) -> Int {
    withBytes { bytes in
      let before = UnsafeBufferPointer(rebasing: bytes[..<min(offset, bytes.count)])
      let next = before.count < bytes.count ? bytes[before.count] : 0
      return 1 + TextTraits.lineEnds(before, next: next)
    }
  }
}
