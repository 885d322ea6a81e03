// What may be claimed of property bought with mixed money.

public import CaseModel

/// Property paid for partly with tainted money: a proportionate share, or a charge for the sum.
///
/// share = value now × tainted contribution ÷ price, rounded half up; charge = the lesser of the
/// contribution and the value now; where the profile lets the claimant choose, the greater is
/// elected. Source: confiscation.md §3, `mixed_purchase`; Foskett v McKeown [2001] 1 AC 102.
public struct MixedPurchase: Hashable, Sendable {
  public let share: Money
  public let charge: Money
  public var elected: Money { max(share, charge) }

  /// Nil unless all are of one currency, price and contribution fit (0 ≤ contribution ≤ price,
  /// price > 0), and the value is not negative.
  public init?(price: Money, taintedContribution: Money, valueNow: Money) {
    guard price.currency == taintedContribution.currency, price.currency == valueNow.currency,
      price.minorUnits > 0, !taintedContribution.isNegative, taintedContribution <= price,
      !valueNow.isNegative,
      let share = scaled(
        valueNow.minorUnits, by: taintedContribution.minorUnits, over: price.minorUnits, .halfUp)
    else { return nil }
    self.share = Money(minorUnits: share, currency: price.currency)
    charge = min(taintedContribution, valueNow)
  }

  /// The tainted part of the price in hundredths of a percent, rounded half up: 4_000 is 40.00 %.
  public static func shareBasisPoints(price: Money, taintedContribution: Money) -> Int64? {
    guard price.currency == taintedContribution.currency, price.minorUnits > 0 else { return nil }
    return scaled(taintedContribution.minorUnits, by: 10_000, over: price.minorUnits, .halfUp)
  }
}

/// Property bought with a loan: the equity is shared by who paid capital.
///
/// equity = value now − loan now; capital = deposit + principal repaid, by colour; interest paid buys
/// no capital. tainted share = equity × tainted capital ÷ all capital, rounded half up, at least 0.
/// Source: confiscation.md §3, `mortgaged_purchase`.
public struct MortgagedPurchase: Hashable, Sendable {
  public let equity: Money
  public let taintedCapital: Money
  public let cleanCapital: Money
  public let taintedShare: Money
  public var capital: Money { taintedCapital + cleanCapital }
  public var charge: Money { taintedCapital }
  public var elected: Money { max(taintedShare, charge) }

  /// Nil unless all are of one currency, no capital is negative and some capital was paid.
  public init?(valueNow: Money, mortgageNow: Money, taintedCapital: Money, cleanCapital: Money) {
    guard Set([valueNow, mortgageNow, taintedCapital, cleanCapital].map(\.currency)).count == 1,
      !taintedCapital.isNegative, !cleanCapital.isNegative
    else { return nil }
    let (equity, overflow) = valueNow.minorUnits.subtractingReportingOverflow(
      mortgageNow.minorUnits)
    let (capital, overflow2) = taintedCapital.minorUnits.addingReportingOverflow(
      cleanCapital.minorUnits)
    guard !overflow, !overflow2, capital > 0,
      let share = scaled(
        max(0, equity), by: taintedCapital.minorUnits, over: capital, .halfUp)
    else { return nil }
    self.equity = Money(minorUnits: equity, currency: valueNow.currency)
    self.taintedCapital = taintedCapital
    self.cleanCapital = cleanCapital
    taintedShare = Money(minorUnits: share, currency: valueNow.currency)
  }
}
