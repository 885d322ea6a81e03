import CaseModel

/// Account numbers, bank codes and the keys made of them (formats.md §7.1). Raw text is kept elsewhere.
public enum AccountNumber {
  /// What is wrong with a text that looks like an IBAN.
  public enum IBANFault: String, Error, Sendable {
    case country = "no country that issues IBANs"
    case length = "wrong length for its country"
    case checksum = "wrong check digits"
    case characters = "characters that an IBAN does not have"
  }

  /// The IBAN without spaces and in capitals, when it is valid: known country, its length,
  /// ISO 7064 mod 97-10 = 1 (ISO 13616-1, SWIFT IBAN Registry).
  public static func iban(_ text: some StringProtocol) -> String? {
    var text = String(text)
    let sound = text.withUTF8 { bytes -> [UInt8]? in
      guard bytes.count >= 15, bytes.count <= 64 else { return nil }
      let plain = compact(bytes)
      return fault(ofCompact: plain) == nil ? plain : nil
    }
    return sound.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Two letters, two digits and at least three letters or digits: meant as an IBAN, if a short one.
  public static func looksLikeIBAN(_ text: some StringProtocol) -> Bool {
    let plain = compact(Array(String(text).utf8))
    guard (7...34).contains(plain.count) else { return false }
    return isLetter(plain[0]) && isLetter(plain[1]) && isDigit(plain[2]) && isDigit(plain[3])
      && plain.allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// Why a text is no IBAN; nil for a valid one.
  public static func ibanFault(_ text: some StringProtocol) -> IBANFault? {
    fault(ofCompact: compact(Array(String(text).utf8)))
  }

  /// 8 or 11 characters, `4!a2!a2!c[3!c]` (ISO 9362).
  public static func isBIC(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 8 || bytes.count == 11 else { return false }
    return bytes[0..<6].allSatisfy(isLetter)
      && bytes[6...].allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// The BIC in its long form: eight characters mean the head office, `XXX`.
  public static func longBIC(_ text: some StringProtocol) -> String? {
    guard isBIC(text) else { return nil }
    return text.utf8.count == 8 ? text + "XXX" : String(text)
  }

  /// The canonical key of an account as stated.
  ///
  /// A valid IBAN → `iban:…`. Otherwise the number with its bank: `bankCode`, or the part before `/`
  /// in `37040044/0532013000`, → `local:<scheme>/<bank>/<number>`. Otherwise the number under the
  /// institution's name, `stated:<institution>/<number>`; never the number alone.
  /// - Parameters:
  ///   - scheme: the bank code's scheme, such as `GB-SORT`; nil when the source does not say.
  ///   - institution: as the file or its profile states it; `unknown` when nothing does, which
  ///     keeps such accounts apart from every account of a named institution.
  public static func key(
    _ text: some StringProtocol, bankCode: String? = nil, scheme: String? = nil,
    institution: String? = nil
  ) -> AccountKey {
    if let iban = iban(text) { return AccountKey("iban:" + iban) }
    return key(withoutIBAN: text, bankCode: bankCode, scheme: scheme, institution: institution)
  }

  /// The same for a text that is known to be no IBAN.
  static func key(
    withoutIBAN text: some StringProtocol, bankCode: String? = nil, scheme: String? = nil,
    institution: String? = nil
  ) -> AccountKey {
    let parts =
      text.utf8.contains(0x2F)
      ? text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true) : []
    var bank = bankCode.map { normalised($0, keepZeros: true) }
    var number = normalised(text, keepZeros: false)
    if bank == nil, parts.count == 2, !text.hasPrefix("/") {
      bank = normalised(parts[0], keepZeros: true)
      number = normalised(parts[1], keepZeros: false)
    }
    if bank == nil, scheme == britishScheme {
      let digits = normalised(text, keepZeros: true)
      if digits.utf8.count == 14, digits.utf8.allSatisfy(isDigit) {
        bank = String(digits.prefix(6))
        number = normalised(digits.dropFirst(6), keepZeros: false)
      }
    }
    if let bank, !bank.isEmpty {
      return AccountKey("local:" + (scheme.map { $0 + "/" } ?? "") + bank + "/" + number)
    }
    let house = institution.map { normalisedName($0) } ?? "unknown"
    return AccountKey("stated:" + (house.isEmpty ? "unknown" : house) + "/" + number)
  }

  /// The national bank code and account number inside an IBAN, where the country's layout is known:
  /// the form in which older formats write the same account. Nil elsewhere.
  public static func national(ofIBAN text: some StringProtocol) -> (bank: String, number: String)? {
    guard let iban = iban(text) else { return nil }
    let digits = Array(iban.utf8)
    guard let layout = IBANRegistry.national[String(iban.prefix(2))] else { return nil }
    func part(_ range: Range<Int>) -> String {
      String(decoding: digits[(range.lowerBound + 4)..<(range.upperBound + 4)], as: UTF8.self)
    }
    return (part(layout.bank), normalised(part(layout.account), keepZeros: false))
  }

  /// British sort codes: six digits, written before the eight of the account number.
  public static let britishScheme = "GB-SORT"

  /// Letters and digits in capitals; leading zeros dropped unless they are part of a bank code.
  static func normalised(_ text: some StringProtocol, keepZeros: Bool) -> String {
    var bytes: [UInt8] = []
    var other = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        if isDigit(byte) || isLetter(byte) || byte == 0x2A { bytes.append(byte) }
        if (0x61...0x7A).contains(byte) { bytes.append(byte - 0x20) }
      } else if scalar.properties.isAlphabetic {
        other.unicodeScalars.append(scalar)
      }
    }
    if !keepZeros {
      let stripped = bytes.drop { $0 == 0x30 }
      if !stripped.isEmpty { bytes = Array(stripped) }
    }
    return String(decoding: bytes, as: UTF8.self) + other
  }

  /// A name inside a key: lower case, runs of other characters as one hyphen.
  static func normalisedName(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        result.unicodeScalars.append(scalar)
      } else if !result.isEmpty, !result.hasSuffix("-") {
        result.append("-")
      }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return result
  }

  private static func compact(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(34)
    for byte in bytes where byte != 0x20 && byte != 0x2D {
      plain.append((0x61...0x7A).contains(byte) ? byte - 0x20 : byte)
    }
    return plain
  }

  private static func fault(ofCompact plain: [UInt8]) -> IBANFault? {
    guard plain.count >= 5, plain.allSatisfy({ isLetter($0) || isDigit($0) }), isLetter(plain[0]),
      isLetter(plain[1]), isDigit(plain[2]), isDigit(plain[3])
    else { return .characters }
    guard let length = IBANRegistry.length(plain[0], plain[1]) else { return .country }
    guard plain.count == length else { return .length }
    var remainder = 0
    for index in plain.indices {
      let byte = plain[(index + 4) % plain.count]
      remainder =
        isDigit(byte)
        ? (remainder * 10 + Int(byte - 0x30)) % 97 : (remainder * 100 + Int(byte - 0x41) + 10) % 97
    }
    return remainder == 1 ? nil : .checksum
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// Lengths and national layouts of IBANs. Source: SWIFT IBAN Registry (ISO 13616), release 99.
enum IBANRegistry {
  private static let text = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 \
    DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 \
    IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 \
    MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 \
    SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
    """

  private static let lengths: [Int] = {
    var table = [Int](repeating: 0, count: 26 * 26)
    for item in text.split(separator: " ") {
      let bytes = Array(item.utf8)
      table[Int(bytes[0] - 0x41) * 26 + Int(bytes[1] - 0x41)] =
        Int(bytes[2] - 0x30) * 10 + Int(bytes[3] - 0x30)
    }
    return table
  }()

  static func length(_ a: UInt8, _ b: UInt8) -> Int? {
    let length = lengths[Int(a - 0x41) * 26 + Int(b - 0x41)]
    return length == 0 ? nil : length
  }

  /// Bank code and account number as offsets behind the check digits.
  static let national: [String: (bank: Range<Int>, account: Range<Int>)] = [
    "AT": (0..<5, 5..<16), "BE": (0..<3, 3..<12), "CH": (0..<5, 5..<17), "CZ": (0..<4, 4..<20),
    "DE": (0..<8, 8..<18), "DK": (0..<4, 4..<14), "EE": (0..<2, 2..<16), "ES": (0..<8, 10..<20),
    "FI": (0..<3, 3..<14), "FR": (0..<10, 10..<21), "GB": (4..<10, 10..<18),
    "IE": (4..<10, 10..<18), "IT": (1..<11, 11..<23), "LI": (0..<5, 5..<17), "LT": (0..<5, 5..<16),
    "LU": (0..<3, 3..<16), "LV": (0..<4, 4..<17), "NL": (0..<4, 4..<14), "NO": (0..<4, 4..<11),
    "PL": (0..<8, 8..<24), "PT": (0..<8, 8..<19), "SE": (0..<3, 3..<20), "SK": (0..<4, 4..<20),
  ]
}
