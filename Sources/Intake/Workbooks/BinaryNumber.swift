// The one place of the intake where a binary floating-point number is met: old workbooks (BIFF) store
// nothing else. It becomes decimal text at once and is never reckoned with.

/// A number as IEEE 754 binary64, as old workbooks store it.
enum BinaryNumber {
  /// The shortest decimal that reads back as the same number, without exponent; nil for what is no
  /// number.
  static func plain(bits: UInt64) -> String? {
    let number = Double(bitPattern: bits)
    return number.isFinite ? StoredNumber.plain(number.description) : nil
  }
}
