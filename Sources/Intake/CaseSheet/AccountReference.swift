import CaseModel

// How a sheet names an account: an IBAN, a canonical key, or a token of the sealed sheet.

enum AccountReference {
  static let expected =
    "an IBAN with right check digits, `local:…`, `stated:…`, or a sealed token such as `sealed:V-04/2`"

  /// The key of an account as written in a sheet; nil when the text is none.
  static func key(_ text: String) -> AccountKey? {
    if text.hasPrefix("local:") || text.hasPrefix("stated:") {
      return text.split(separator: "/").count >= 2 ? AccountKey(text) : nil
    }
    if text.hasPrefix("sealed:") {
      return sealedPerson(text) == nil ? nil : AccountKey(text)
    }
    let number = text.hasPrefix("iban:") ? String(text.dropFirst(5)) : text
    return iban(number).map { AccountKey("iban:" + $0) }
  }

  /// The person a token belongs to: `V-04` for `sealed:V-04/2`.
  static func sealedPerson(_ text: String) -> PersonCode? {
    guard text.hasPrefix("sealed:") else { return nil }
    let parts = text.dropFirst(7).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, SheetFields.isCode(String(parts[0])), let number = Int(parts[1]),
      number >= 1, String(number) == parts[1]
    else { return nil }
    return PersonCode(String(parts[0]))
  }

  /// An IBAN without spaces, upper case, when its check digits are right (ISO 7064, mod 97-10).
  static func iban(_ text: String) -> String? {
    let plain = text.filter { $0 != " " }.uppercased()
    let bytes = Array(plain.utf8)
    func isLetter(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    guard (15...34).contains(bytes.count), isLetter(bytes[0]), isLetter(bytes[1]),
      isDigit(bytes[2]), isDigit(bytes[3]), bytes.allSatisfy({ isLetter($0) || isDigit($0) })
    else { return nil }
    var remainder = 0
    for byte in bytes[4...] + bytes[..<4] {
      remainder =
        isDigit(byte)
        ? (remainder * 10 + Int(byte - 0x30)) % 97 : (remainder * 100 + Int(byte - 0x41) + 10) % 97
    }
    return remainder == 1 ? plain : nil
  }
}

extension SheetFields {
  /// The accounts of a list, each checked. A message never names the number, only its line.
  func accounts(_ key: String) -> [AccountKey] {
    texts(key).compactMap { line, text in
      guard let account = AccountReference.key(text) else {
        report.error("E-ACCOUNT", line: line, "`\(key)` of \(what)", AccountReference.expected)
        return nil
      }
      return account
    }
  }

  func optionalAccount(_ key: String) -> AccountKey? {
    guard let text = optionalText(key) else { return nil }
    guard let account = AccountReference.key(text) else {
      wrong("E-ACCOUNT", key, nil, AccountReference.expected)
      return nil
    }
    return account
  }
}
