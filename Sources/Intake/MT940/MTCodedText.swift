// The three ways in which field 86 is structured: two-digit codes, tags inside a purpose, /KEY/value.

/// `166?00GUTSCHRIFT?20…?32NAME`: a business code, then parts that a mark and two digits begin.
///
/// Source: Deutsche Kreditwirtschaft, DFÜ agreement, annex 3, MT940 field 86. The mark is `?` there;
/// `>`, `^`, `~`, `@` and `<20>` are met in Poland and the Netherlands.
struct MTCodedText {
  let code: String?
  /// Code and text, in the order of the field.
  private let parts: [(code: Int, text: String)]

  /// Nil when the text has not this structure. Line breaks must be taken out before.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < 3, start < bytes.count, Self.isDigit(bytes[start]) { start += 1 }
    guard start == 0 || start == 3, bytes.count > start + 2, "?><^~@".utf8.contains(bytes[start]),
      Self.isDigit(bytes[start + 1]), Self.isDigit(bytes[start + 2])
    else { return nil }
    code = start == 3 ? String(decoding: bytes[..<3], as: UTF8.self) : nil
    let mark = bytes[start]
    let isBracketed = mark == UInt8(ascii: "<")
    var found: [(code: Int, start: Int, end: Int)] = []
    var index = start
    while index + 2 < bytes.count {
      if bytes[index] == mark, let code = Self.code(bytes, index + 1),
        !isBracketed || (index + 3 < bytes.count && bytes[index + 3] == UInt8(ascii: ">"))
      {
        if let last = found.indices.last { found[last].end = index }
        found.append((code, index + (isBracketed ? 4 : 3), bytes.count))
        index += 3
      } else {
        index += 1
      }
    }
    guard !found.isEmpty else { return nil }
    parts = found.map {
      ($0.code, String(decoding: bytes[min($0.start, $0.end)..<$0.end], as: UTF8.self))
    }
  }

  func pieces(_ codes: ClosedRange<Int>) -> [String] {
    parts.filter { codes.contains($0.code) }.map(\.text)
  }

  /// Parts joined as written: the bank cuts at 27 characters, wherever that falls.
  func text(_ codes: ClosedRange<Int>) -> String { pieces(codes).joined() }

  /// Codes of the standard: 00, 10, 20 to 39, 60 to 79. Others are text.
  private static func code(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard isDigit(bytes[index]), isDigit(bytes[index + 1]) else { return nil }
    let code = Int(bytes[index] - 48) * 10 + Int(bytes[index + 1] - 48)
    return code == 0 || code == 10 || (20...39).contains(code) || (60...79).contains(code)
      ? code : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

/// `EREF+… MREF+… SVWZ+…`: SEPA data inside a German purpose, with `+` or `:` behind the tag.
///
/// Source: Deutsche Kreditwirtschaft, DFÜ agreement, annex 3, SEPA data in field 86. A tag counts at
/// the start of a part or behind a space, so that it is not found inside a word.
struct MTTaggedText {
  static let tags = [
    "EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC",
  ]
  private var values: [String: String] = [:]
  /// The stated purpose; without one, the text before the first tag, else all of it.
  let purpose: String

  init(_ pieces: [String]) {
    var bytes: [UInt8] = []
    var starts: Set<Int> = []
    for piece in pieces {
      starts.insert(bytes.count)
      bytes += Array(piece.utf8)
    }
    var marks: [(tag: String, start: Int, value: Int)] = []
    var index = 0
    while index < bytes.count {
      if starts.contains(index) || bytes[index - 1] == 32,
        let tag = Self.tags.first(where: { Self.stands($0, in: bytes, at: index) })
      {
        marks.append((tag, index, index + tag.utf8.count + 1))
        index += tag.utf8.count
      }
      index += 1
    }
    for (number, mark) in marks.enumerated() {
      let end = number + 1 < marks.count ? marks[number + 1].start : bytes.count
      let value = String(decoding: bytes[min(mark.value, end)..<end], as: UTF8.self)
      if values[mark.tag] == nil { values[mark.tag] = value }
    }
    let all = String(decoding: bytes, as: UTF8.self)
    if let stated = values["SVWZ"] {
      purpose = stated
    } else if let first = marks.first, first.start > 0 {
      purpose = String(decoding: bytes[..<first.start], as: UTF8.self)
    } else {
      purpose = all
    }
  }

  subscript(_ tag: String) -> String? { values[tag] }

  private static func stands(_ tag: String, in bytes: [UInt8], at index: Int) -> Bool {
    let end = index + tag.utf8.count
    guard end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: ":")
    else { return false }
    return bytes[index..<end].elementsEqual(tag.utf8)
  }
}

/// `/EREF/…/IBAN/…/NAME/…`: keys between slashes (SWIFT usage of Dutch and other banks).
struct MTKeyedText {
  static let keys: Set<String> = [
    "TRTP", "IBAN", "BBAN", "BIC", "NAME", "REMI", "EREF", "ORDP", "BENM", "CNTP", "CSID", "MARF",
    "ISDT", "TRCD", "PREF", "KREF", "RTRN", "ADDR", "ULTD", "ULTB", "SVCL", "PURP", "OCMT", "CHGS",
    "EXCH", "INIT", "CREF", "SUM", "ACC", "INST", "ID",
  ]
  private var values: [String: String] = [:]

  /// Nil unless the text begins with a key that is known.
  init?(_ text: String) {
    let text = MTField.trimmed(text)
    guard text.hasPrefix("/") else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var key: String?
    var value: [String] = []
    func keep(_ key: String?, _ value: [String], in values: inout [String: String]) {
      guard let key else { return }
      let text = MTField.trimmed(value.joined(separator: "/"))
      let plain = text.hasPrefix("/") ? MTField.trimmed(String(text.drop { $0 == "/" })) : text
      if !plain.isEmpty, values[key] == nil { values[key] = plain }
    }
    for (index, part) in parts.enumerated().dropFirst() {
      let word = MTField.trimmed(part)
      if Self.keys.contains(word), index + 1 < parts.count {
        keep(key, value, in: &values)
        (key, value) = (word, [])
      } else {
        value.append(part)
      }
    }
    keep(key, value, in: &values)
    guard !values.isEmpty else { return nil }
  }

  subscript(_ key: String) -> String? { values[key] }
}
