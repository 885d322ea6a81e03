import CaseModel

/// A card number of which only the first six and the last four digits are ever kept (formats.md §7.1).
struct CardNumber: Hashable {
  /// `411111…1111`.
  let masked: String
  /// The text held all digits.
  let wasWhole: Bool

  /// - Parameter text: The number as the ledger writes it, whole or masked with `*`, `x`, `X`, `•` or `…`.
  init?(_ text: String) {
    let plain = text.unicodeScalars.filter { $0 != " " && $0 != "-" }
    let lead = plain.prefix { ("0"..."9").contains($0) }
    if lead.count == plain.count {
      guard (12...19).contains(plain.count) else { return nil }
      masked = Self.shown(lead.prefix(6), plain.suffix(4))
      wasWhole = true
      return
    }
    let tail = plain.reversed().prefix { ("0"..."9").contains($0) }
    let middle = plain.dropFirst(lead.count).dropLast(tail.count)
    guard tail.count >= 4, middle.allSatisfy({ "*xX•….#".unicodeScalars.contains($0) }) else {
      return nil
    }
    masked = Self.shown(lead.prefix(6), plain.suffix(4))
    wasWhole = lead.count + tail.count > 10
  }

  private static func shown(
    _ lead: some Sequence<Unicode.Scalar>, _ tail: some Sequence<Unicode.Scalar>
  ) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: Array(lead))
    text.append("…")
    text.append(contentsOf: Array(tail))
    return String(text)
  }

  /// Not unique: several cards share the ten digits, so the issuer is part of the key.
  func key(issuer: String?) -> AccountKey {
    AccountKey("card:\(issuer.map { AccountNumber.normalisedName($0) } ?? "unknown")/\(masked)")
  }

  /// A text with each run of 13 to 19 digits that passes the check of ISO/IEC 7812-1 masked, so that a
  /// number that stands in a free text is not kept either.
  static func masking(_ text: String) -> String {
    var result = ""
    var run: [Character] = []
    var digits: [Int] = []
    func flush() {
      if (13...19).contains(digits.count), isSound(digits) {
        let plain = digits.map(String.init)
        // What stood behind the last digit was no part of the number.
        let rest = run.reversed().prefix { !$0.isNumber }.reversed()
        result += plain.prefix(6).joined() + "…" + plain.suffix(4).joined() + String(rest)
      } else {
        result += String(run)
      }
      run = []
      digits = []
    }
    for character in text {
      if character.isASCII, let digit = character.wholeNumberValue {
        run.append(character)
        digits.append(digit)
      } else if character == " " || character == "-", !digits.isEmpty {
        run.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }

  /// Luhn's check digit.
  static func isSound(_ digits: [Int]) -> Bool {
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let value = index % 2 == 0 ? digit : digit * 2
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }
}
