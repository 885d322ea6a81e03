import CaseModel

/// IBANs derived from national account numbers, where the country's own rule gives the check digits.
enum NationalAccount {
  /// Spain: bank, branch and account of a CCC without its two control digits, which are computed.
  ///
  /// Source: Consejo Superior Bancario, Código Cuenta Cliente: weights 1 2 4 8 5 10 9 7 3 6 from the
  /// left, eleven minus the remainder, 10 written as 1 and 11 as 0.
  static func spanish(bank: String, branch: String, account: String) -> String? {
    let (first, second) = (digits("00" + bank + branch), digits(account))
    guard let first, let second, first.count == 10, second.count == 10 else { return nil }
    func control(_ digits: [Int]) -> Int {
      let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]
      let rest = 11 - zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
      return rest == 10 ? 1 : rest == 11 ? 0 : rest
    }
    return iban("ES", bank + branch + "\(control(first))\(control(second))" + account)
  }

  /// France: bank, branch and account of a RIB without its key, which is computed:
  /// 97 − (89 bank + 15 branch + 3 account) mod 97, letters by their column of the telephone table.
  /// Source: CFONB, Relevé d'identité bancaire.
  static func french(bank: String, branch: String, account: String) -> String? {
    guard let b = number(bank, 5), let g = number(branch, 5), let a = number(account, 11) else {
      return nil
    }
    let key = 97 - Int((89 * b + 15 * g + 3 * a) % 97)
    return iban("FR", bank + branch + account.uppercased() + (key < 10 ? "0\(key)" : "\(key)"))
  }

  /// Belgium: twelve digits whose last two are the first ten modulo 97, and 97 for 0.
  /// Nil when the check digits do not hold.
  static func belgian(_ account: String) -> String? {
    guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let base = Int64(account.prefix(10)), let check = Int64(account.suffix(2)),
      check == (base % 97 == 0 ? 97 : base % 97)
    else { return nil }
    return iban("BE", account)
  }

  /// The IBAN of a country's basic account number (ISO 13616-1: 98 − number mod 97).
  static func iban(_ country: String, _ basic: String) -> String? {
    var remainder = 0
    for byte in (basic + country + "00").uppercased().utf8 {
      switch byte {
      case 0x30...0x39: remainder = (remainder * 10 + Int(byte - 0x30)) % 97
      case 0x41...0x5A: remainder = (remainder * 100 + Int(byte - 0x41) + 10) % 97
      default: return nil
      }
    }
    let check = 98 - remainder
    return AccountNumber.iban(country + (check < 10 ? "0\(check)" : "\(check)") + basic)
  }

  private static func digits(_ text: String) -> [Int]? {
    var result: [Int] = []
    for byte in text.utf8 {
      guard (0x30...0x39).contains(byte) else { return nil }
      result.append(Int(byte - 0x30))
    }
    return result
  }

  private static func number(_ text: String, _ length: Int) -> Int64? {
    guard text.utf8.count == length else { return nil }
    var value: Int64 = 0
    for byte in text.uppercased().utf8 {
      switch byte {
      case 0x30...0x39: value = value * 10 + Int64(byte - 0x30)
      // A to I stand for 1 to 9, J to R for 1 to 9, S to Z for 2 to 9.
      case 0x41...0x49: value = value * 10 + Int64(byte - 0x40)
      case 0x4A...0x52: value = value * 10 + Int64(byte - 0x49)
      case 0x53...0x5A: value = value * 10 + Int64(byte - 0x51)
      default: return nil
      }
    }
    return value
  }
}
