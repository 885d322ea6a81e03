import CaseModel
import Yams

// Typed access to the fields of one mapping of a sheet. Every getter reports what is wrong with its
// field and returns nil, so that one reading finds all mistakes of a file.

/// The fields of one mapping, with the line each stands on.
struct SheetFields {
  let report: SheetReport
  /// What the mapping is, for messages: `person V-01`, `count 2`.
  let what: String
  let line: Int
  private(set) var values: [String: (line: Int, node: Node)] = [:]

  /// - Parameter allowed: the keys of the format; any other is an error that lists them.
  init(_ mapping: Node.Mapping, what: String, allowed: [String], _ report: SheetReport) {
    self.report = report
    self.what = what
    line = mapping.first?.key.mark?.line ?? mapping.mark?.line ?? 1
    for (key, value) in mapping {
      let keyLine = key.mark?.line ?? line
      guard let name = key.scalar?.string, allowed.contains(name) else {
        let shown = report.mayQuote ? " `\(key.scalar?.string ?? "?")`" : ""
        report.error(
          "E-KEY", line: keyLine, "unknown key\(shown) in \(what)",
          "one of: \(allowed.joined(separator: ", "))")
        continue
      }
      values[name] = (keyLine, value)
    }
  }

  /// Nil, with an issue, when the node is no mapping.
  init?(_ node: Node, what: String, allowed: [String], _ report: SheetReport) {
    guard case .mapping(let mapping) = node else {
      report.error(
        "E-TYPE", line: node.mark?.line ?? 1, "\(what) is no mapping", "`key: value` lines")
      return nil
    }
    self.init(mapping, what: what, allowed: allowed, report)
  }

  var source: SourceRef { report.source(line: line) }
  func has(_ key: String) -> Bool { values[key] != nil }
  func line(of key: String) -> Int { values[key]?.line ?? line }

  func missing(_ key: String, _ expected: String) {
    report.error("E-MISSING", line: line, "no `\(key)` in \(what)", expected)
  }

  func wrong(_ code: String, _ key: String, _ text: String?, _ expected: String) {
    let shown = report.mayQuote ? text.map { ": \($0)" } ?? "" : ""
    report.error(code, line: line(of: key), "`\(key)` of \(what)\(shown)", expected)
  }

  // MARK: Scalars

  /// The text of an optional field. Empty text counts as an error, not as absence.
  func optionalText(_ key: String) -> String? {
    guard let (_, node) = values[key] else { return nil }
    guard let text = node.scalar?.string else {
      wrong("E-TYPE", key, nil, "a text")
      return nil
    }
    return checked(text, key)
  }

  func text(_ key: String, _ expected: String = "a text") -> String? {
    guard has(key) else {
      missing(key, expected)
      return nil
    }
    return optionalText(key)
  }

  func checked(_ text: String, _ key: String) -> String? {
    let trimmed = text.drop { $0.isWhitespace }
    if trimmed.isEmpty {
      wrong("E-VALUE", key, nil, "a value; leave the key out when there is none")
      return nil
    }
    let isBad = text.unicodeScalars.contains {
      switch $0.properties.generalCategory {
      case .control: $0 != "\n" && $0 != "\t"
      case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    if isBad {
      wrong("E-VALUE", key, nil, "text without control or direction-changing characters")
      return nil
    }
    return text
  }

  func date(_ key: String) -> CivilDate? {
    guard has(key) else {
      missing(key, "a day as YYYY-MM-DD")
      return nil
    }
    return optionalDate(key)
  }

  func optionalDate(_ key: String) -> CivilDate? {
    guard let text = optionalText(key) else { return nil }
    guard let date = CivilDate(text) else {
      wrong("E-DATE", key, text, "a day that exists, as YYYY-MM-DD")
      return nil
    }
    return date
  }

  /// An amount with its currency: `58000.00 GBP`. No price, value or charge of a sheet is negative.
  func money(_ key: String) -> Money? {
    guard has(key) else {
      missing(key, "an amount and its currency, such as `58000.00 GBP`")
      return nil
    }
    return optionalMoney(key)
  }

  func optionalMoney(_ key: String) -> Money? {
    guard let text = optionalText(key) else { return nil }
    let parts = text.split(separator: " ")
    guard parts.count == 2 else {
      wrong("E-AMOUNT", key, text, "an amount and its currency, such as `58000.00 GBP`")
      return nil
    }
    guard let currency = Currency(iso: parts[1]) else {
      wrong("E-CURRENCY", key, text, "a currency code of ISO 4217")
      return nil
    }
    guard let money = Money(parts[0], in: currency) else {
      let isTooLarge =
        parts[0].allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        && parts[0].prefix { $0 != "." }.drop { $0 == "0" }.count + currency.exponent > 18
      wrong(
        "E-AMOUNT", key, text,
        isTooLarge
          ? "a smaller amount: this one is too large to be computed with"
          : "digits, a point and at most \(currency.exponent) decimals, without grouping")
      return nil
    }
    guard !money.isNegative else {
      wrong("E-AMOUNT", key, text, "an amount that is not negative")
      return nil
    }
    return money
  }

  func optionalDecimal(_ key: String) -> DecimalNumber? {
    guard let text = optionalText(key) else { return nil }
    guard let number = DecimalNumber(text), number.digits >= 0 else {
      wrong("E-AMOUNT", key, text, "a number that is not negative, such as `9999.99`")
      return nil
    }
    return number
  }

  func currency(_ key: String) -> Currency? {
    guard let text = text(key, "a currency code of ISO 4217") else { return nil }
    guard let currency = Currency(iso: text) else {
      wrong("E-CURRENCY", key, text, "a currency code of ISO 4217")
      return nil
    }
    return currency
  }

  func optionalInteger(_ key: String) -> Int? {
    guard let text = optionalText(key) else { return nil }
    guard let number = Int(text), (1...9999).contains(number) else {
      wrong("E-VALUE", key, text, "a whole number from 1 to 9999")
      return nil
    }
    return number
  }

  func integer(_ key: String) -> Int? {
    guard has(key) else {
      missing(key, "a whole number from 1 to 9999")
      return nil
    }
    return optionalInteger(key)
  }

  func optionalFlag(_ key: String) -> Bool? {
    guard let text = optionalText(key) else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default:
      wrong("E-VALUE", key, text, "true or false")
      return nil
    }
  }

  func flag(_ key: String) -> Bool? {
    guard has(key) else {
      missing(key, "true or false")
      return nil
    }
    return optionalFlag(key)
  }

  /// One word of a closed list.
  func choice<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    guard let text = text(key, "one of: \(words)") else { return nil }
    guard let word = Word(rawValue: text) else {
      wrong("E-VALUE", key, text, "one of: \(words)")
      return nil
    }
    return word
  }

  /// A short code: a capital letter, then capitals, digits and dashes, at most 32 in all.
  func code(_ key: String) -> String? {
    guard let text = text(key, "a short code such as `V-01`") else { return nil }
    guard Self.isCode(text) else {
      wrong("E-VALUE", key, text, "a code of capitals, digits and dashes, such as `V-01`")
      return nil
    }
    return text
  }

  /// The code under which an item is known in the rest of the sheet.
  func ownCode(_ kind: String) -> String? {
    guard let code = code("code") else { return nil }
    report.declare(kind, code)
    return code
  }

  static func isCode(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && (text.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false)
      && text.utf8.allSatisfy {
        ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
      }
  }
}
