/// An exact decimal number read from text: `digits × 10^-scale`. Never a floating-point number.
public struct DecimalNumber: Hashable, Sendable, Codable {
  /// The signed digits without the decimal sign: `-1_2345` for −1.2345 with `scale` 4.
  public let digits: Int64
  /// Digits behind the decimal sign, 0 to 18.
  public let scale: Int

  public init(digits: Int64, scale: Int) {
    precondition((0...18).contains(scale), "a scale lies between 0 and 18")
    self.digits = digits
    self.scale = scale
  }

  /// Reads plain decimal text: optional sign, ASCII digits, at most one point. No grouping,
  /// no exponent. Nil when the text is anything else or leaves 64 bits.
  public init?(_ text: some StringProtocol) {
    var value: Int64 = 0
    var scale = 0
    var sawPoint = false
    var sawDigit = false
    var negative = false
    for (offset, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where offset == 0: negative = true
      case UInt8(ascii: "+") where offset == 0: break
      case UInt8(ascii: ".") where !sawPoint: sawPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
        let digit = Int64(byte - UInt8(ascii: "0"))
        let (next, overflow2) =
          negative
          ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
        guard !overflow, !overflow2 else { return nil }
        value = next
        sawDigit = true
        if sawPoint { scale += 1 }
      default: return nil
      }
    }
    guard sawDigit, scale <= 18 else { return nil }
    self.init(digits: value, scale: scale)
  }

  /// 10 to the power of `scale`.
  public var denominator: Int128 {
    var result: Int128 = 1
    for _ in 0..<scale { result *= 10 }
    return result
  }

  /// The number as money, exact or nil: digits beyond the currency's exponent must be zeros.
  public func money(in currency: Currency) -> Money? {
    var value = Int128(digits)
    var difference = currency.exponent - scale
    while difference > 0 {
      value *= 10
      difference -= 1
    }
    while difference < 0 {
      let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
      guard remainder == 0 else { return nil }
      value = quotient
      difference += 1
    }
    guard let minor = Int64(exactly: value) else { return nil }
    return Money(minorUnits: minor, currency: currency)
  }

  public var text: String {
    Money(minorUnits: digits, currency: Currency(asset: "", exponent: scale)).decimalText
  }
}

extension Money {
  /// Reads plain decimal text in a currency: `"1234.50"`. Nil when it is not exact in minor units.
  public init?(_ text: some StringProtocol, in currency: Currency) {
    guard let money = DecimalNumber(text)?.money(in: currency) else { return nil }
    self = money
  }
}
