/// An exact amount of money, counted in the minor unit of one currency.
///
/// Arithmetic that leaves 64 bits, or that mixes currencies, is a mistake in the program and stops it:
/// a wrong figure must never reach a court. Input is checked before it becomes `Money`.
public struct Money: Hashable, Sendable, Codable {
  /// Signed count of minor units: `-1_250` EUR is −12.50 €.
  public let minorUnits: Int64
  public let currency: Currency

  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  public static func zero(_ currency: Currency) -> Money {
    Money(minorUnits: 0, currency: currency)
  }

  public var isZero: Bool { minorUnits == 0 }
  public var isNegative: Bool { minorUnits < 0 }
  public var magnitude: Money {
    precondition(minorUnits != .min, "the magnitude leaves 64 bits")
    return Money(minorUnits: abs(minorUnits), currency: currency)
  }

  /// The decimal text with exactly the currency's decimals and no grouping: `-12.50`.
  public var decimalText: String {
    let digits = String(minorUnits.magnitude)
    let sign = isNegative ? "-" : ""
    guard currency.exponent > 0 else { return sign + digits }
    let padded =
      String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
    let split = padded.index(padded.endIndex, offsetBy: -currency.exponent)
    return sign + padded[..<split] + "." + padded[split...]
  }

  /// For people: grouped by a thin no-break space, a real minus, the code after the number:
  /// `−1 234.50 EUR`. The decimal sign is a point in every language, as in the source records.
  public var text: String { groupedNumber + "\u{A0}" + currency.code }

  /// `text` without the currency code, for columns whose heading names it.
  public var groupedNumber: String {
    let plain = magnitude.decimalText
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    var grouped = ""
    for (offset, digit) in parts[0].enumerated() {
      if offset > 0, (parts[0].count - offset) % 3 == 0 { grouped += "\u{202F}" }
      grouped.append(digit)
    }
    if parts.count > 1 { grouped += "." + parts[1] }
    return (isNegative ? "\u{2212}" : "") + grouped
  }

  public static func + (a: Money, b: Money) -> Money {
    precondition(a.currency == b.currency, "adding two currencies")
    return Money(minorUnits: a.minorUnits + b.minorUnits, currency: a.currency)
  }

  public static func - (a: Money, b: Money) -> Money {
    precondition(a.currency == b.currency, "subtracting two currencies")
    return Money(minorUnits: a.minorUnits - b.minorUnits, currency: a.currency)
  }

  public static prefix func - (a: Money) -> Money {
    Money(minorUnits: 0 - a.minorUnits, currency: a.currency)
  }

  public static func += (a: inout Money, b: Money) { a = a + b }
  public static func -= (a: inout Money, b: Money) { a = a - b }
}

extension Money: CustomStringConvertible {
  public var description: String { decimalText + " " + currency.code }
}

extension Money: Comparable {
  /// Amounts of one currency compare by value; comparing two currencies stops the program.
  public static func < (a: Money, b: Money) -> Bool {
    precondition(a.currency == b.currency, "comparing two currencies")
    return a.minorUnits < b.minorUnits
  }
}

extension Sequence where Element == Money {
  /// The sum, exact through 128 bits in between. Empty sequences have the sum zero of `currency`.
  public func sum(in currency: Currency) -> Money {
    var total: Int128 = 0
    for amount in self {
      precondition(amount.currency == currency, "summing two currencies")
      total += Int128(amount.minorUnits)
    }
    precondition(Int64(exactly: total) != nil, "the sum leaves 64 bits")
    return Money(minorUnits: Int64(total), currency: currency)
  }
}
