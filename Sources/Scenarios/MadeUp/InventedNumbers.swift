// Account numbers with right check digits at banks that do not exist: no bank code of Germany begins
// with 9, no sort code with 00-00, no Polish bank has the number 9990. BICs carry `0` in the eighth
// place, which marks a test code (ISO 9362).

enum InventedNumbers {
  static func german(_ account: Int, bank: String) -> String {
    iban("DE", bank + padded(account, 10))
  }

  static func british(_ account: Int, bank: String, sortCode: String) -> String {
    iban("GB", bank + sortCode + padded(account, 8))
  }

  /// `bank` has seven digits; the eighth is their check digit.
  static func polish(_ account: Int, bank: String) -> String {
    let weights = [3, 9, 7, 1, 3, 9, 7]
    let sum = zip(bank.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
    return iban("PL", bank + String((10 - sum % 10) % 10) + padded(account, 16))
  }

  /// Check digits by ISO 7064, mod 97-10.
  static func iban(_ country: String, _ national: String) -> String {
    var remainder = 0
    for byte in (national + country + "00").utf8 {
      remainder =
        byte < 0x41
        ? (remainder * 10 + Int(byte - 0x30)) % 97 : (remainder * 100 + Int(byte - 0x41) + 10) % 97
    }
    return country + padded(98 - remainder, 2) + national
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
