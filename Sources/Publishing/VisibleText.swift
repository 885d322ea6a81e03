// Untrusted text made safe to look at: nothing in it can hide, reorder or break a line.

/// Text from records, as it may stand on a page.
enum VisibleText {
  /// Control, direction-changing and unassigned characters shown as `⟨U+202E⟩`; line breaks and
  /// tabs become spaces. Text with right-to-left letters is isolated, so that it cannot reorder an
  /// amount beside it.
  /// Account numbers of the form of ISO 13616 are set in groups of four, as that standard prints them.
  static func of(_ record: String) -> String {
    let text = grouped(record)
    var result = ""
    var isRightToLeft = false
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control:
        if scalar == "\n" || scalar == "\t" || scalar == "\r" {
          result += " "
        } else {
          result += name(scalar)
        }
      case .format where scalar.value == 0x200C || scalar.value == 0x200D || scalar.value == 0xAD:
        result.unicodeScalars.append(scalar)
      case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        result += name(scalar)
      default:
        if isRightToLeftLetter(scalar) { isRightToLeft = true }
        result.unicodeScalars.append(scalar)
      }
    }
    return isRightToLeft ? "\u{2068}" + result + "\u{2069}" : result
  }

  /// Two capitals, two digits and 11 to 30 more capitals or digits, standing alone.
  private static func grouped(_ text: String) -> String {
    guard text.utf8.count >= 15 else { return text }
    var result = ""
    var token: [Character] = []
    func isPart(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber)
    }
    func flush() {
      let isNumber =
        (15...34).contains(token.count)
        && token[0...1].allSatisfy { ("A"..."Z").contains($0) }
        && token[2...3].allSatisfy { ("0"..."9").contains($0) }
        && token.allSatisfy { ("A"..."Z").contains($0) || ("0"..."9").contains($0) }
      for (place, character) in token.enumerated() {
        if isNumber, place > 0, place % 4 == 0 { result.append(" ") }
        result.append(character)
      }
      token = []
    }
    for character in text {
      if isPart(character) {
        token.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }

  /// As `of`, with places to break inside tokens of more than 20 characters, for narrow cells.
  static func breakable(_ text: String) -> String {
    var result = ""
    var length = 0
    for character in of(text) {
      result.append(character)
      length = character == " " || character == "\u{A0}" || character == "-" ? 0 : length + 1
      if length > 0, length % 10 == 0, isLongToken(text) { result += "\u{200B}" }
    }
    return result
  }

  private static func isLongToken(_ text: String) -> Bool {
    text.split(whereSeparator: { $0 == " " || $0 == "-" }).contains { $0.count > 20 }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + "⟩"
  }

  /// Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
  private static func isRightToLeftLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }
}
