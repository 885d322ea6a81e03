// Field 86, information to the account owner: who, what for, and which references.

/// What field 86 says, taken apart as far as its structure allows. The raw text is kept beside it.
struct MTInformation {
  enum Structure: String {
    /// `166?00…?20…?32…` and its variants with `>`, `<20>`, `^`, `~`.
    case codes
    /// `/EREF/…/IBAN/…/NAME/…`.
    case keys
    /// Field NS with two-digit lines.
    case numbered
    case free
  }

  var structure = Structure.free
  /// The business transaction code at the start of a German field, three digits.
  var code: String?
  /// The bank's own words for the kind of transaction.
  var bookingText: String?
  var name: String?
  var account: String?
  var agent: String?
  var purpose: String?
  var references: [String: String] = [:]

  /// Reads the field's lines as they stand in the file.
  /// - Parameter ownAccount: The statement's account, which is never taken for the other side.
  init(_ lines: [String], ownAccount: AccountNumberText) {
    let closed = lines.joined()
    if let parts = MTCodedText(closed) {
      take(parts, ownAccount)
    } else if let pairs = MTKeyedText(Self.wrapped(lines)) {
      take(pairs)
    } else {
      purpose = Self.collapsed(lines.joined(separator: " "))
      if let found = IBANSearch.first(in: lines, except: ownAccount) { account = found }
    }
    if let account, ownAccount.isSame(as: account) { self.account = nil }
  }

  /// Field NS after a statement line: 01 to 14 purpose, 15 and 16 name, 17 booking text.
  ///
  /// Source: the layout is not part of SWIFT's standard; the codes are those met in German and
  /// Hungarian files. Other codes stay in the raw text.
  init(numbered lines: [String]) {
    structure = .numbered
    var purposes: [String] = []
    var names: [String] = []
    for line in lines {
      guard let code = Int(line.prefix(2)), line.count > 2 else { continue }
      let text = MTField.trimmed(String(line.dropFirst(2)))
      switch code {
      case 1...14: purposes.append(text)
      case 15, 16: names.append(text)
      case 17: bookingText = text
      default: break
      }
    }
    purpose = Self.collapsed(purposes.joined(separator: " "))
    name = Self.collapsed(names.joined(separator: names.count > 1 ? "" : " "))
  }

  private mutating func take(_ parts: MTCodedText, _ own: AccountNumberText) {
    structure = .codes
    code = parts.code
    bookingText = Self.collapsed(parts.text(0...0))
    name = Self.collapsed(parts.text(32...33))
    agent = Self.collapsed(parts.text(30...30))
    account = Self.collapsed(parts.text(31...31)) ?? Self.collapsed(parts.text(38...38))
    if let journal = Self.collapsed(parts.text(10...10)) { references["journal"] = journal }
    let tags = MTTaggedText(parts.pieces(20...29) + parts.pieces(60...63))
    purpose = Self.collapsed(tags.purpose)
    for (tag, reference) in Self.referenceNames {
      if let value = tags[tag].flatMap(Self.collapsed) { references[reference] = value }
    }
    if account == nil, let stated = tags["IBAN"] {
      account = IBANSearch.first(in: [stated], except: own)
    }
    if agent == nil, let stated = tags["BIC"] {
      let word = stated.filter { !$0.isWhitespace }
      if AccountNumber.isBIC(word) { agent = word }
    }
  }

  private mutating func take(_ pairs: MTKeyedText) {
    structure = .keys
    bookingText = pairs["TRTP"]
    account = pairs["IBAN"] ?? pairs["BBAN"]
    agent = pairs["BIC"]
    name = pairs["NAME"]
    if let side = pairs["CNTP"] {
      // ING: account/BIC/name/city.
      let parts = side.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if account == nil, let text = parts.first.flatMap(Self.collapsed) { account = text }
      if agent == nil, parts.count > 1 { agent = Self.collapsed(parts[1]) }
      if name == nil, parts.count > 2 { name = Self.collapsed(parts[2]) }
    }
    if name == nil { name = pairs["ORDP"] ?? pairs["BENM"] }
    purpose = pairs["REMI"].flatMap { Self.collapsed(Self.withoutRemittanceType($0)) }
    for (tag, reference) in Self.referenceNames {
      if let value = pairs[tag].flatMap(Self.collapsed) { references[reference] = value }
    }
  }

  /// Tags of both structures and the names their values get.
  private static let referenceNames: [(String, String)] = [
    ("EREF", "end-to-end"), ("KREF", "customer-reference"), ("MREF", "mandate"),
    ("MARF", "mandate"), ("CRED", "creditor-id"), ("CSID", "creditor-id"), ("DEBT", "debtor-id"),
    ("ABWA", "ultimate-debtor"), ("ABWE", "ultimate-creditor"), ("ULTD", "ultimate-debtor"),
    ("ULTB", "ultimate-creditor"), ("PREF", "payment-information"), ("PURP", "purpose-code"),
    ("RTRN", "return-reason"), ("TRCD", "transaction-code"), ("ISDT", "interest-date"),
    ("OAMT", "original-amount"), ("COAM", "charges-amount"),
  ]

  /// `USTD//text/` and `STRD/CUR/reference/`: the remittance without its type.
  private static func withoutRemittanceType(_ text: String) -> String {
    var rest = Substring(text)
    if rest.hasPrefix("USTD//") { rest = rest.dropFirst(6) }
    while rest.last == "/" { rest = rest.dropLast() }
    return String(rest)
  }

  /// Lines of a wrapped field as one text: a full line goes on without a space, a short one with one.
  static func wrapped(_ lines: [String]) -> String {
    var result = ""
    for (index, line) in lines.enumerated() {
      if index > 0, lines[index - 1].unicodeScalars.count < 60, !line.hasPrefix("/"),
        !result.hasSuffix(" ")
      {
        result += " "
      }
      result += line
    }
    return result
  }

  /// White space collapsed, nil when nothing is left.
  static func collapsed(_ text: String) -> String? {
    let words = text.split { $0.isWhitespace }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

/// The text of an account number, to recognise the own account on the other side.
struct AccountNumberText {
  let text: String
  let digits: String

  init(_ text: String) {
    self.text = text
    digits = Self.plain(text)
  }

  /// True when both are the same account: equal letters and digits, or one IBAN of the other number.
  func isSame(as other: String) -> Bool {
    let plain = Self.plain(other)
    return !plain.isEmpty && plain == digits
  }

  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.uppercased().unicodeScalars.filter {
          ("0"..."9").contains($0) || ("A"..."Z").contains($0)
        }))
  }
}

/// Finds account numbers in free text by their check digits.
enum IBANSearch {
  /// The first valid IBAN that is not the own account. Looks at the text with and without its spaces
  /// and line breaks, because banks print IBANs in groups and wrap them.
  /// - Complexity: O(*n*) in the text, times the longest IBAN.
  static func first(in lines: [String], except own: AccountNumberText) -> String? {
    let text = Array(lines.joined(separator: " ").utf8.prefix(4096))
    var position = 0
    while position + 15 <= text.count {
      defer { position += 1 }
      let before = position > 0 ? text[position - 1] : 32
      guard isLetter(text[position]), isLetter(text[position + 1]), isDigit(text[position + 2]),
        isDigit(text[position + 3]), !isLetter(before), !isDigit(before)
      else { continue }
      var compact: [UInt8] = []
      var index = position
      while index < text.count, compact.count < 34 {
        let byte = text[index]
        if isLetter(byte) || isDigit(byte) {
          compact.append(byte)
        } else if byte != 32 {
          break
        }
        index += 1
        guard compact.count >= 15 else { continue }
        let candidate = String(decoding: compact, as: UTF8.self)
        if let iban = AccountNumber.iban(candidate), !own.isSame(as: iban) { return iban }
      }
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
