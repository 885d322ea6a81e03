/// Check digits of identifiers (formats.md §7.1). Pure; each takes the identifier as stated, without the
/// separators that its own country writes, and says whether it can be one. A valid check digit proves
/// no existence; a wrong one proves a slip.
public enum CheckDigits {
  /// Legal entity identifier: 20 capital letters and digits, ISO 7064 mod 97-10 = 1 (ISO 17442).
  public static func isLEI(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[18...].allSatisfy(isDigit), bytes.allSatisfy(isLetterOrDigit)
    else { return false }
    var remainder = 0
    for byte in bytes {
      let value = value36(byte)
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    return remainder == 1
  }

  /// International securities identification number: two letters, nine letters or digits, Luhn over the
  /// digits of all of them (ISO 6166).
  public static func isISIN(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 12, bytes[..<2].allSatisfy(isLetter), isDigit(bytes[11]),
      bytes.allSatisfy(isLetterOrDigit)
    else { return false }
    let digits = bytes.flatMap { byte -> [Int] in
      let value = value36(byte)
      return value > 9 ? [value / 10, value % 10] : [value]
    }
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let doubled = index % 2 == 1 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// Ship number: seven digits, with or without `IMO` before them; the last is the last digit of the sum
  /// of the others times 7 to 2 (IMO Resolution A.1117(30)).
  public static func isIMO(_ text: some StringProtocol) -> Bool {
    var plain = text.uppercased()[...]
    if plain.hasPrefix("IMO") { plain = plain.dropFirst(3).drop { $0 == " " } }
    guard let digits = digits(plain, count: 7) else { return false }
    return weighted(digits[..<6], [7, 6, 5, 4, 3, 2]) % 10 == digits[6]
  }

  /// Vehicle identification number: 17 letters and digits without I, O and Q (ISO 3779).
  public static func isVINForm(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 17
      && bytes.allSatisfy { isLetterOrDigit($0) && $0 != 0x49 && $0 != 0x4F && $0 != 0x51 }
  }

  /// The check digit of North American and Chinese vehicle numbers, at place 9 (49 CFR 565.15). Others
  /// need not have one: a number that fails this may be sound.
  public static func hasVINCheckDigit(_ text: some StringProtocol) -> Bool {
    guard isVINForm(text) else { return false }
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    // Letters A to H are 1 to 8, J to R 1 to 9, S to Z 2 to 9.
    let letters = Array("0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ".utf8)
    var sum = 0
    for (byte, weight) in zip(text.utf8, weights) {
      guard let place = letters.firstIndex(of: byte) else { return false }
      sum += place % 10 * weight
    }
    let check = sum % 11
    let ninth = Array(text.utf8)[8]
    return ninth == (check == 10 ? 0x58 : 0x30 + UInt8(check))
  }

  /// Brazil, natural person: eleven digits, not all equal; two check digits mod 11 (Receita Federal).
  public static func isCPF(_ text: some StringProtocol) -> Bool {
    guard let digits = digits(text, count: 11), Set(digits).count > 1 else { return false }
    func check(_ count: Int) -> Int {
      let sum = (0..<count).reduce(0) { $0 + digits[$1] * (count + 1 - $1) }
      return sum * 10 % 11 % 10
    }
    return check(9) == digits[9] && check(10) == digits[10]
  }

  /// Brazil, legal person: twelve characters and two check digits mod 11. Letters are allowed from July
  /// 2026 on (Instrução Normativa RFB 2.229/2024: the value of a character is its ASCII code less 48).
  public static func isCNPJ(_ text: some StringProtocol) -> Bool {
    let bytes = text.utf8.filter { ![0x2E, 0x2F, 0x2D].contains($0) }
    guard bytes.count == 14, bytes.allSatisfy(isLetterOrDigit), bytes[12...].allSatisfy(isDigit),
      Set(bytes).count > 1
    else { return false }
    let values = bytes.map { Int($0) - 48 }
    func check(_ count: Int) -> Int {
      let sum = (0..<count).reduce(0) { $0 + values[$1] * ((count - 1 - $1) % 8 + 2) }
      let rest = sum % 11
      return rest < 2 ? 0 : 11 - rest
    }
    return check(12) == values[12] && check(13) == values[13]
  }
}

extension CheckDigits {
  /// Poland, natural person: eleven digits, weights 1 3 7 9, and a possible day of birth (Act of 24
  /// September 2010 on population registration).
  public static func isPESEL(_ text: some StringProtocol) -> Bool {
    guard let digits = digits(text, count: 11) else { return false }
    let sum = weighted(digits[..<10], [1, 3, 7, 9, 1, 3, 7, 9, 1, 3])
    let month = (digits[2] * 10 + digits[3]) % 20
    let day = digits[4] * 10 + digits[5]
    return (10 - sum % 10) % 10 == digits[10] && (1...12).contains(month) && (1...31).contains(day)
  }

  /// Netherlands, natural person: nine digits (eight with a leading zero left out), weights 9 to 2 and
  /// −1, divisible by 11 (elfproef).
  public static func isBSN(_ text: some StringProtocol) -> Bool {
    let padded = text.utf8.count == 8 ? "0" + text : String(text)
    guard let digits = digits(padded, count: 9), digits.contains(where: { $0 > 0 }) else {
      return false
    }
    return weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
  }

  /// Spain, citizens (NIF: eight digits and a letter) and residents (NIE: X, Y or Z, seven digits and a
  /// letter): the letter is the number modulo 23 (Real Decreto 1553/2005; Orden INT/2058/2008).
  public static func isSpanishNIF(_ text: some StringProtocol) -> Bool {
    var bytes = Array(text.utf8)
    guard bytes.count == 9, let last = bytes.last else { return false }
    if let lead = [0x58, 0x59, 0x5A].firstIndex(of: bytes[0]) { bytes[0] = 0x30 + UInt8(lead) }
    guard bytes[..<8].allSatisfy(isDigit) else { return false }
    let number = bytes[..<8].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23] == last
  }

  /// Portugal, taxpayer: nine digits, weights 9 to 2, modulo 11 (Decreto-Lei 14/2013).
  public static func isPortugueseNIF(_ text: some StringProtocol) -> Bool {
    guard let digits = digits(text, count: 9), digits[0] > 0 else { return false }
    let rest = weighted(digits[..<8], [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return digits[8] == (rest < 2 ? 0 : 11 - rest)
  }

  // MARK: Parts

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// 0 to 9, A = 10 to Z = 35 (ISO 7064).
  private static func value36(_ byte: UInt8) -> Int {
    isDigit(byte) ? Int(byte) - 0x30 : Int(byte) - 0x41 + 10
  }

  /// The digits of a text of that many, points and hyphens left out; nil when anything else is there.
  private static func digits(_ text: some StringProtocol, count: Int) -> [Int]? {
    let bytes = text.utf8.filter { ![0x2E, 0x2D].contains($0) }
    guard bytes.count == count, bytes.allSatisfy(isDigit) else { return nil }
    return bytes.map { Int($0) - 0x30 }
  }

  private static func weighted(_ digits: some Sequence<Int>, _ weights: [Int]) -> Int {
    zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
