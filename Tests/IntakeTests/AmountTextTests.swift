import CaseModel
import Testing

@testable import Intake

struct AmountTextTests {
  static let euro = Currency(iso: "EUR") ?? Currency(asset: "EUR", exponent: 2)
  static let yen = Currency(iso: "JPY") ?? Currency(asset: "JPY", exponent: 0)
  static let dinar = Currency(iso: "KWD") ?? Currency(asset: "KWD", exponent: 3)

  static func read(
    _ text: String, _ form: AmountForm = AmountForm(decimal: "."), _ currency: Currency = euro
  ) -> Result<Int64, AmountFault> {
    do throws(AmountFault) {
      return .success(try AmountText(text, form: form, currency: currency).minorUnits)
    } catch { return .failure(error) }
  }

  @Test(
    "Decimal text becomes minor units exactly",
    arguments: [
      ("12.50", 1250), ("-0.01", -1), ("+7", 700), ("1,234.56", 123_456), ("1 234.5", 123_450),
      ("1'234'567.89", 123_456_789), ("92233720368547758.07", Int64.max),
      ("-92233720368547758.08", Int64.min), ("€ 3.20", 320), ("3.20 EUR", 320), ("- 5.00", -500),
      ("\u{2212}5.00", -500), ("0.0000", 0), ("10.5000", 1050),
    ] as [(String, Int64)])
  func exact(_ text: String, _ minor: Int64) { #expect(Self.read(text) == .success(minor)) }

  @Test(
    "What is no amount is refused with its reason, never rounded",
    arguments: [
      ("", AmountFault.empty), ("1E5", .exponent), ("NaN", .notANumber), ("n/a", .notANumber),
      ("10.005", .tooPrecise), ("10.500", .tooPrecise), ("92233720368547758.08", .outOfRange),
      ("99999999999999999999999999.99", .outOfRange), ("1.234,56", .notANumber),
      ("12,34.00", .notANumber), ("1,2345.00", .notANumber), ("(5.00)", .notANumber),
      ("5.00-", .notANumber), ("$5.00", .symbol), ("5.00 DR", .notANumber), ("1..2", .notANumber),
      ("--1", .notANumber),
    ])
  func refused(_ text: String, _ fault: AmountFault) { #expect(Self.read(text) == .failure(fault)) }

  @Test("Other sign forms are read only where the profile states them")
  func signForms() {
    #expect(Self.read("5.00-", AmountForm(decimal: ".", signs: [.trailing])) == .success(-500))
    #expect(Self.read("(5.00)", AmountForm(decimal: ".", signs: [.parentheses])) == .success(-500))
    #expect(Self.read("5.00 DR", AmountForm(decimal: ".", signs: [.suffix])) == .success(-500))
    #expect(Self.read("5.00 CR", AmountForm(decimal: ".", signs: [.suffix])) == .success(500))
    #expect(Self.read("-5.00", AmountForm(decimal: ".", signs: [])) == .failure(.notANumber))
  }

  @Test("A currency's own decimals rule: yen have none, dinars three")
  func exponents() {
    #expect(Self.read("1500", AmountForm(decimal: "."), Self.yen) == .success(1500))
    #expect(Self.read("1500.5", AmountForm(decimal: "."), Self.yen) == .failure(.tooPrecise))
    #expect(Self.read("12.345", AmountForm(decimal: "."), Self.dinar) == .success(12_345))
  }

  @Test("SWIFT amounts have a comma, may end with it, and know no thousands separator")
  func swift() {
    #expect(Self.read("300,50", .swift) == .success(30_050))
    #expect(Self.read("300,", .swift) == .success(30_000))
    #expect(Self.read("1.000,50", .swift) == .failure(.notANumber))
    #expect(Self.read(",", .swift) == .failure(.notANumber))
  }

  @Test("Decimal commas with points as groups")
  func comma() {
    let form = AmountForm(decimal: ",", groups: ["."])
    #expect(Self.read("2.495,10", form) == .success(249_510))
    #expect(Self.read("1,500", form) == .failure(.tooPrecise))
    #expect(Self.read("1 500,00", form) == .failure(.notANumber))
  }
}
