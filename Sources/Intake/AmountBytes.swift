/// Reads the amounts of one form straight from bytes, as far as they are plain: an optional leading sign,
/// ASCII digits, groups of three, one decimal sign, no more decimals than the currency has.
///
/// Holds the form as plain numbers, so that a million amounts cost no look-up. Whatever it does not read
/// is left to `AmountText`, which says what is wrong; what it reads, `AmountText` reads alike (tested).
struct AmountBytes {
  /// The decimal sign; 0 when the form has none, or one beyond ASCII.
  private let decimal: UInt8
  /// The group signs of ASCII, bit n for byte n below 64, the rest from 64 on.
  private let groups: (low: UInt64, high: UInt64)
  private let readsSign: Bool
  private let isPlain: Bool

  init(_ form: AmountForm) {
    decimal = form.decimal.flatMap { $0.isASCII ? UInt8($0.value) : nil } ?? 0
    var (low, high): (UInt64, UInt64) = (0, 0)
    for scalar in form.groups where scalar.isASCII {
      if scalar.value < 64 { low |= 1 << scalar.value } else { high |= 1 << (scalar.value - 64) }
    }
    groups = (low, high)
    readsSign = form.signs.contains(.leading)
    isPlain = form.impliedDecimals == 0
  }

  @inline(__always) private func isGroup(_ byte: UInt8) -> Bool {
    byte < 64
      ? groups.low >> UInt64(byte) & 1 != 0
      : byte < 128 && groups.high >> UInt64(byte - 64) & 1 != 0
  }

  /// - Parameter exponent: decimals of the currency.
  /// - Returns: minor units and the explicit sign (+1, −1, 0); nil when `AmountText` has to read it.
  @inline(__always) func read(
    _ bytes: UnsafeBufferPointer<UInt8>, exponent: Int
  ) -> (minorUnits: Int64, sign: Int)? {
    guard isPlain, !bytes.isEmpty, bytes.count <= 22 else { return nil }
    var index = 0
    var sign = 0
    if bytes[0] == 0x2D || bytes[0] == 0x2B {
      guard readsSign else { return nil }
      sign = bytes[0] == 0x2D ? -1 : 1
      index = 1
    }
    var value: Int64 = 0
    var digits = 0
    var decimals = -1
    var group: UInt8 = 0
    var run = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte >= 0x30, byte <= 0x39 {
        value = value &* 10 &+ Int64(byte &- 0x30)
        digits += 1
        run += 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == decimal, decimal != 0, decimals < 0, digits > 0, group == 0 || run == 3 {
        decimals = 0
      } else if decimals < 0, isGroup(byte) {
        guard group == 0 ? run >= 1 && run <= 3 : group == byte && run == 3 else { return nil }
        group = byte
        run = 0
      } else {
        return nil
      }
      // Beyond this the count of minor units might leave 64 bits.
      if digits > 17 { return nil }
    }
    guard digits > 0, decimals >= 0 || group == 0 || run == 3 else { return nil }
    var rest = exponent - max(0, decimals)
    guard rest >= 0, digits + rest <= 17 else { return nil }
    while rest > 0 {
      value = value &* 10
      rest -= 1
    }
    return (sign < 0 ? -value : value, sign)
  }
}
