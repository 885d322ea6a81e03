import CaseModel

/// Hands the tags of an OFX 1 file to the reader.
///
/// OFX 1 is SGML without its document type: the end tag of an element with text may be missing, an
/// element may be empty, self-closed or closed, and case varies. A tag followed by text is an element
/// that ends with the text; a tag followed by a tag is an aggregate if it is a known one or the file
/// closes that name somewhere, else an empty element.
struct OFXScanner {
  private let text: DecodedText
  private let desk: ReadingDesk
  private var position: Int
  /// Names that have an end tag anywhere in the file.
  private let closed: Set<String>
  /// Elements that hold text in every version, so that an empty one is never taken for an aggregate.
  private static let leaves: Set<String> = [
    "ACCTID", "ACCTTYPE", "BALAMT", "BANKID", "BRANCHID", "BROKERID", "CHECKNUM", "CHKNUM", "CODE",
    "CORRECTACTION", "CORRECTFITID", "CURDEF", "CURRATE", "CURSYM", "DTASOF", "DTAVAIL", "DTEND",
    "DTPOSTED", "DTSERVER", "DTSTART", "DTUSER", "FID", "FITID", "LANGUAGE", "MEMO", "MESSAGE",
    "NAME", "ORG", "REFNUM", "SEVERITY", "SIC", "SRVRTID", "TRNAMT", "TRNTYPE", "TRNUID",
  ]

  init(_ text: DecodedText, _ desk: ReadingDesk) {
    self.text = text
    self.desk = desk
    position = Self.start(text.bytes)
    closed = Self.closedNames(text.bytes)
  }

  /// - Throws: `FileRefusal` when elements nest beyond the limit or the file holds no tag.
  mutating func read(into reader: OFXReader) throws {
    let bytes = text.bytes
    guard position < bytes.count else {
      throw desk.refusal(
        "E-HEADER", .line(1), "no element OFX", "an OFX statement; ask for the file again")
    }
    while let tag = nextTag() {
      switch tag.kind {
      case .close: try reader.close(tag.name)
      case .selfClosed:
        try reader.open(tag.name, at: offset(tag.start))
        try reader.close(tag.name)
      case .open:
        let isAggregate =
          OFXReader.aggregates.contains(tag.name)
          || tag.text.isEmpty && !Self.leaves.contains(tag.name) && closed.contains(tag.name)
        try reader.open(tag.name, at: offset(tag.start))
        guard !isAggregate else { continue }
        reader.text(tag.text)
        try reader.close(tag.name)
      }
    }
  }

  private func offset(_ position: Int) -> Int64? {
    text.fileOffsetBase.map { Int64($0 + position) }
  }

  private struct Tag {
    enum Kind { case open, close, selfClosed }
    let kind: Kind
    let name: String
    let start: Int
    /// What stands between the tag and the next one.
    let text: String
  }

  private mutating func nextTag() -> Tag? {
    let bytes = text.bytes
    var start = position
    var end = position
    while true {
      while start < bytes.count, bytes[start] != 0x3C { start += 1 }
      guard start < bytes.count else { return nil }
      end = start + 1
      while end < bytes.count, bytes[end] != 0x3E, bytes[end] != 0x3C, end - start < 256 {
        end += 1
      }
      if end < bytes.count, bytes[end] == 0x3E { break }
      // A stray sign, or a tag that the end of the file cuts.
      start = end
    }
    var inner = bytes[(start + 1)..<end]
    var kind = Tag.Kind.open
    if inner.first == 0x2F {
      kind = .close
      inner = inner.dropFirst()
    } else if inner.last == 0x2F {
      kind = .selfClosed
      inner = inner.dropLast()
    }
    var next = end + 1
    while next < bytes.count, bytes[next] != 0x3C { next += 1 }
    let limit = min(next, end + 1 + desk.options.limits.fieldBytes)
    let text = kind == .open ? Self.decoded(bytes[(end + 1)..<limit]) : ""
    position = next
    let name = String(decoding: inner.prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
    return Tag(kind: kind, name: name, start: start, text: text)
  }

  /// Where `<OFX>` begins; the first tag when there is none.
  private static func start(_ bytes: [UInt8]) -> Int {
    var index = 0
    while index + 5 <= bytes.count {
      if bytes[index] == 0x3C,
        String(decoding: bytes[index..<(index + 5)], as: UTF8.self).uppercased() == "<OFX>"
      {
        return index
      }
      index += 1
    }
    return bytes.count
  }

  private static func closedNames(_ bytes: [UInt8]) -> Set<String> {
    var names: Set<String> = []
    var index = 0
    while index + 2 < bytes.count {
      guard bytes[index] == 0x3C, bytes[index + 1] == 0x2F else {
        index += 1
        continue
      }
      let name = bytes[(index + 2)...].prefix(64).prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x3C }
      names.insert(String(decoding: name, as: UTF8.self).uppercased())
      index += 2 + name.count
    }
    return names
  }

  /// Text without blanks around, with the four references that OFX knows.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self).trimmed
    guard text.utf8.contains(0x26) else { return text }
    var result = ""
    var rest = text[...]
    let references = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " ")]
    while let first = rest.first {
      if first == "&", let found = references.first(where: { rest.hasPrefix($0.0) }) {
        result += found.1
        rest = rest.dropFirst(found.0.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
