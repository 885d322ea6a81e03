import Foundation

/// The regular expression that finds an identity however banks write it.
///
/// Names: any case, with or without accents (`Łucja`, `LUCJA`), `ö` as `oe`, any spacing, family name
/// first or last. Numbers: any spacing; an IBAN with or without country and check digits; a phone number
/// with or without its country code. PostgreSQL's own syntax ("advanced regular expressions").
enum IdentityPattern {
  static func name(_ value: String) -> String {
    let words = words(value).map(word)
    guard !words.isEmpty else { return literal(value) }
    let gap = #"[\s,.-]+"#
    var orders = [words.joined(separator: gap)]
    if words.count > 1, let last = words.last {
      orders.append(([last] + words.dropLast()).joined(separator: gap))
    }
    return #"(?<![[:alnum:]])(?:"# + orders.joined(separator: "|") + #")(?![[:alnum:]])"#
  }

  /// The words of a name, in the order given.
  static func words(_ value: String) -> [String] {
    value.split { $0.isWhitespace || $0 == "," }.map(String.init)
  }

  /// The part of an account number that no way of writing it leaves out.
  static func accountCore(_ value: String) -> String {
    let characters = value.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return isIBAN(characters.map(String.init)) ? String(characters.dropFirst(4)) : characters
  }

  /// The digits of a telephone number that every way of writing it has.
  static func phoneCore(_ value: String) -> String {
    String(value.filter { $0.isASCII && $0.isNumber }.suffix(9))
  }

  private static func isIBAN(_ characters: [String]) -> Bool {
    characters.count >= 15 && characters.prefix(2).allSatisfy { $0.first?.isLetter == true }
      && characters.dropFirst(2).prefix(2).allSatisfy { $0.first?.isNumber == true }
  }

  /// An account number; country letters and check digits of an IBAN may be missing.
  static func account(_ value: String) -> String {
    let characters = value.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.map(String.init)
    guard characters.count >= 5 else { return literal(value) }
    let gap = #"[\s./-]*"#
    guard isIBAN(characters) else {
      return "(?<![[:alnum:]])" + characters.joined(separator: gap) + "(?![[:alnum:]])"
    }
    let country = characters.prefix(2).joined(separator: gap) + gap
    let check = characters.dropFirst(2).prefix(2).joined(separator: gap) + gap
    return "(?:(?:\(country))?\(check))?" + characters.dropFirst(4).joined(separator: gap)
      + "(?![0-9])"
  }

  static func phone(_ value: String) -> String {
    var digits = value.filter { $0.isASCII && $0.isNumber }.map(String.init)
    if digits.starts(with: ["0", "0"]) { digits.removeFirst(2) }
    guard digits.count >= 6 else { return literal(value) }
    let gap = #"[\s()./-]*"#
    let country = digits.count > 9 ? digits.prefix(digits.count - 9) : []
    let start =
      country.isEmpty
      ? ""
      : #"(?:(?:\+|00)?"# + gap + country.joined(separator: gap) + gap + "(?:0" + gap + ")?|0)?"
    return "(?<![0-9])" + start + digits.dropFirst(country.count).joined(separator: gap)
      + "(?![0-9])"
  }

  /// Any other text, spaces free.
  static func literal(_ value: String) -> String {
    value.split(whereSeparator: \.isWhitespace)
      .map { $0.map { escaped($0) }.joined() }
      .joined(separator: #"\s+"#)
  }

  private static func word(_ word: String) -> String {
    word.map { character in
      character.isLetter || character.isNumber ? letter(character) : #"[\s'’.-]*"#
    }.joined()
  }

  /// One letter in its accented and plain forms.
  private static func letter(_ character: Character) -> String {
    let lower = Character(character.lowercased().first.map(String.init) ?? String(character))
    let special = digraphs[lower]
    let base =
      special?.first.map { Character(String($0)) } ?? Character(plain(lower))
    var forms: [String] = []
    for form in [String(lower), character.uppercased(), String(base)] + (accented[base] ?? [])
    where !forms.contains(form) {
      forms.append(form)
    }
    // Letters and digits only, so that nothing needs escaping; two-letter forms cannot stand in a class.
    let single = forms.count == 1 ? forms[0] : "[" + forms.joined() + "]"
    return special.map { "(?:\(single)|\($0))" } ?? single
  }

  /// The letter without its marks.
  private static func plain(_ character: Character) -> String {
    if let base = strokes[character] { return base }
    let folded = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.filter {
      !$0.properties.generalCategory.isMark
    }
    let text = String(String.UnicodeScalarView(folded))
    return text.isEmpty ? String(character) : String(text.prefix(1))
  }

  private static func escaped(_ character: Character) -> String {
    character.isLetter || character.isNumber ? String(character) : "\\" + String(character)
  }

  /// Letters that no decomposition takes apart.
  private static let strokes: [Character: String] = [
    "ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t",
  ]
  /// Letters that are also written as two.
  private static let digraphs: [Character: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe",
    "þ": "th",
  ]
  private static let accented: [Character: [String]] = {
    let table =
      "aàáâãäåāăą cçćĉċč dďđ eèéêëēĕėęě gĝğġģ hĥħ iìíîïĩīĭįı jĵ kķ lĺļľł nñńņň oòóôõöøōŏő rŕŗř "
      + "sśŝşšș tţťŧț uùúûüũūŭůűų wŵ yýÿŷ zźżž"
    var result: [Character: [String]] = [:]
    for group in table.split(separator: " ") {
      guard let base = group.first else { continue }
      result[base] = group.dropFirst().flatMap { [String($0), $0.uppercased()] }
    }
    return result
  }()
}

extension Unicode.GeneralCategory {
  fileprivate var isMark: Bool {
    self == .nonspacingMark || self == .spacingMark || self == .enclosingMark
  }
}
