/// A dated rate between two currencies: how many units of `quote` one unit of `base` buys.
///
/// Kept as an exact decimal. A rate always names where it comes from; without a rate nothing is
/// converted. Source: confiscation.md §3 rule 9.
public struct ExchangeRate: Hashable, Sendable, Codable {
  /// Where a rate comes from; an executed rate goes before an official one.
  public enum Kind: String, Sendable, Codable { case executed, official, other }

  public let base: Currency
  public let quote: Currency
  public let value: DecimalNumber
  public let kind: Kind
  /// The publication or record that states the rate.
  public let source: String

  public init(base: Currency, quote: Currency, value: DecimalNumber, kind: Kind, source: String) {
    precondition(value.digits > 0, "a rate is positive")
    precondition(base != quote, "a rate joins two currencies")
    self.base = base
    self.quote = quote
    self.value = value
    self.kind = kind
    self.source = source
  }

  /// Converts an amount of either currency into the other, rounded once as `rounding` says.
  /// Nil when the amount is of a third currency or the result leaves 64 bits.
  public func convert(_ amount: Money, rounding: Rounding) -> Money? {
    let baseUnits = Int128(base.minorUnitsPerMajor)
    let quoteUnits = Int128(quote.minorUnitsPerMajor)
    let result: Int128
    let target: Currency
    if amount.currency == base {
      let (product, overflow) = Int128(amount.minorUnits).multipliedReportingOverflow(
        by: Int128(value.digits))
      let (numerator, overflow2) = product.multipliedReportingOverflow(by: quoteUnits)
      guard !overflow, !overflow2 else { return nil }
      result = rounding.quotient(numerator, by: value.denominator * baseUnits)
      target = quote
    } else if amount.currency == quote {
      let (product, overflow) = Int128(amount.minorUnits).multipliedReportingOverflow(
        by: value.denominator)
      let (numerator, overflow2) = product.multipliedReportingOverflow(by: baseUnits)
      guard !overflow, !overflow2 else { return nil }
      result = rounding.quotient(numerator, by: Int128(value.digits) * quoteUnits)
      target = base
    } else {
      return nil
    }
    guard let minor = Int64(exactly: result) else { return nil }
    return Money(minorUnits: minor, currency: target)
  }
}
