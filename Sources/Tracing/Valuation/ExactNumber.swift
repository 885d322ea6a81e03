// Exact fractions for valuation formulas: multiplied first, divided and rounded once at the end.

import CaseModel

/// A product of decimals as numerator over denominator, in 128 bits; nil results mean overflow.
struct ExactNumber: Hashable, Sendable {
  let numerator: Int128
  /// Positive.
  let denominator: Int128

  init(_ numerator: Int128, over denominator: Int128 = 1) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ decimal: DecimalNumber) {
    self.init(Int128(decimal.digits), over: decimal.denominator)
  }

  func times(_ other: ExactNumber) -> ExactNumber? {
    let (top, overflow) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (bottom, overflow2) = denominator.multipliedReportingOverflow(by: other.denominator)
    return overflow || overflow2 ? nil : ExactNumber(top, over: bottom)
  }

  func plus(_ other: ExactNumber) -> ExactNumber? {
    let (a, overflow) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (b, overflow2) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (bottom, overflow3) = denominator.multipliedReportingOverflow(by: other.denominator)
    let (top, overflow4) = a.addingReportingOverflow(b)
    return overflow || overflow2 || overflow3 || overflow4 ? nil : ExactNumber(top, over: bottom)
  }

  func minus(_ other: ExactNumber) -> ExactNumber? {
    plus(ExactNumber(-other.numerator, over: other.denominator))
  }

  /// Whole minor units of a currency, rounded once.
  func money(in currency: Currency, _ rounding: Rounding) -> Money? {
    let (top, overflow) = numerator.multipliedReportingOverflow(
      by: Int128(currency.minorUnitsPerMajor))
    guard !overflow, let units = Int64(exactly: rounding.quotient(top, by: denominator)) else {
      return nil
    }
    return Money(minorUnits: units, currency: currency)
  }
}

/// `amount × numerator ÷ denominator`, rounded once; nil when it leaves 64 bits.
func scaled(
  _ amount: Int64, by numerator: Int64, over denominator: Int64, _ rounding: Rounding
) -> Int64? {
  Int64(
    exactly: rounding.quotient(
      Int128(amount) * Int128(numerator), by: Int128(denominator)))
}
