// The valuation rules that the open examples do not show, worked by hand.

import CaseModel
import Testing

@testable import Tracing

@Suite("Valuation rules")
struct ValuationTests {
  private let usd = Currency(asset: "USD", exponent: 2)
  private func usd(_ text: String) -> Money { Money(text, in: usd) ?? .zero(usd) }
  private func number(_ text: String) -> DecimalNumber {
    DecimalNumber(text) ?? DecimalNumber(digits: 0, scale: 0)
  }
  private func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }

  @Test("equity in a mortgaged home is shared by who paid capital")
  func mortgaged() throws {
    let home = try #require(
      MortgagedPurchase(
        valueNow: usd("300000.00"), mortgageNow: usd("120000.00"), taintedCapital: usd("40000.00"),
        cleanCapital: usd("20000.00")))
    #expect(home.equity == usd("180000.00"))
    #expect(home.taintedShare == usd("120000.00"))
    #expect(home.charge == usd("40000.00"))
  }

  @Test("the benefit is the greater of the indexed value and the value now, rounded half up once")
  func indexed() throws {
    let value = try #require(
      BenefitValue(
        valueWhenObtained: usd("1000.00"), indexThen: number("106.5"), indexNow: number("131.2"),
        valueNow: usd("900.00")))
    #expect(value.indexed == usd("1231.92"))  // 1000 × 131.2 ÷ 106.5 = 1231.924…
    #expect(value.benefit == value.indexed)
  }

  @Test("nobody is paid more than the award")
  func awardsCap() throws {
    let shares = try #require(
      VictimShares(available: usd("100.00"), awards: [usd("30.00"), usd("20.00")]))
    #expect(shares.shares == [usd("30.00"), usd("20.00")])
  }

  @Test("a year before 29 February is 28 February, and both days count")
  func leapWindow() throws {
    let window = try #require(
      FungibleWindow(
        deposits: [
          .init(date: day("2023-02-28"), amount: usd("1.00")),
          .init(date: day("2023-02-27"), amount: usd("2.00")),
          .init(date: day("2024-02-29"), amount: usd("4.00")),
        ], actionDate: day("2024-02-29"), balanceAtAction: usd("9.00")))
    #expect(window.eligible == usd("5.00"))
    #expect(window.outsideWindow == usd("2.00"))
  }

  @Test("a short day earns its own hours and no negative overtime")
  func shortDay() throws {
    let labour = try #require(
      UnpaidLabour(
        days: number("3"), hoursPerDay: number("6.5"), normalHours: number("8"),
        rate: number("4.005"), overtimeFactor: number("1.5"), paidToAccount: usd("0.00"),
        sweptByController: usd("0.00")))
    #expect(labour.due == usd("78.10"))  // 3 × 6.5 × 4.005 = 78.0975
  }
}
