import Amounts
import Testing

@Suite("Money is exact")
struct MoneyTests {
  let eur = Currency(iso: "EUR")
  let jpy = Currency(iso: "JPY")
  let kwd = Currency(iso: "KWD")

  @Test("minor units follow ISO 4217: two decimals, none, three")
  func exponents() throws {
    #expect(try #require(eur).exponent == 2)
    #expect(try #require(jpy).exponent == 0)
    #expect(try #require(kwd).exponent == 3)
    #expect(Currency(iso: "XXX") == nil)
    #expect(Currency(iso: "eur") == nil)
  }

  @Test(
    "decimal text becomes minor units exactly or not at all",
    arguments: [
      ("12.50", 1250), ("-0.01", -1), ("0", 0), ("+7", 700), ("1234.5", 123_450), (".5", 50),
      ("92233720368547758.07", Int64.max),
    ] as [(String, Int64)])
  func reading(text: String, minor: Int64) throws {
    #expect(Money(text, in: try #require(eur))?.minorUnits == minor)
  }

  @Test(
    "text that is no exact amount is refused",
    arguments: [
      "", "-", "1.234", "1,50", "1e3", "NaN", "92233720368547758.08", "1 000", "--1", "1.2.3",
    ])
  func refusing(text: String) throws {
    #expect(Money(text, in: try #require(eur)) == nil)
  }

  @Test("an amount prints with its currency's decimals and reads back")
  func printing() throws {
    let eur = try #require(eur)
    #expect(Money(minorUnits: -5, currency: eur).decimalText == "-0.05")
    #expect(
      Money(minorUnits: 1_234_567_89, currency: eur).groupedNumber == "1\u{202F}234\u{202F}567.89")
    #expect(
      Money(minorUnits: -1000, currency: try #require(jpy)).text == "\u{2212}1\u{202F}000\u{A0}JPY")
    var generator = SplitMix(state: 7)
    for _ in 0..<1000 {
      let money = Money(minorUnits: Int64(bitPattern: generator.next()) / 2, currency: eur)
      #expect(Money(money.decimalText, in: eur) == money)
    }
  }
}

@Suite("Splitting creates and loses nothing")
struct SplitTests {
  @Test("the odd unit goes to the largest remainder, ties to the earlier part")
  func oddUnit() {
    #expect(Split.largestRemainder(100, over: [1, 1, 1]) == [34, 33, 33])
    #expect(Split.largestRemainder(5, over: [3, 3]) == [3, 2])
    #expect(Split.largestRemainder(0, over: []) == [])
    #expect(Split.largestRemainder(7, over: [0, 5, 0]) == [0, 7, 0])
  }

  @Test("parts sum to the whole and stay within a unit of their exact share")
  func sums() {
    var generator = SplitMix(state: 11)
    for _ in 0..<2000 {
      let weights = (0..<Int(generator.next() % 9 + 1)).map { _ in Int64(generator.next() >> 3) + 1
      }
      let whole = Int64(generator.next() >> 1)
      let parts = Split.largestRemainder(whole, over: weights)
      #expect(parts.reduce(Int128(0)) { $0 + Int128($1) } == Int128(whole))
      let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
      for (part, weight) in zip(parts, weights) {
        let down = Int64(Int128(whole) * Int128(weight) / total)
        #expect(part == down || part == down + 1)
      }
    }
  }

  @Test("halves round away from zero")
  func halves() {
    #expect(Rounding.halfUp.quotient(5, by: 2) == 3)
    #expect(Rounding.halfUp.quotient(-5, by: 2) == -3)
    #expect(Rounding.halfUp.quotient(4, by: 3) == 1)
    #expect(Rounding.down.quotient(-5, by: 2) == -2)
  }
}

@Suite("Rates convert once and exactly")
struct ExchangeRateTests {
  @Test("100 000.00 THB at 35.1234 a dollar is 2 847.10 USD (TR-26)")
  func dollars() throws {
    let usd = try #require(Currency(iso: "USD"))
    let thb = try #require(Currency(iso: "THB"))
    let rate = ExchangeRate(
      base: usd, quote: thb, value: try #require(DecimalNumber("35.1234")), kind: .official,
      source: "worked example")
    let amount = Money(minorUnits: 10_000_000, currency: thb)
    #expect(rate.convert(amount, rounding: .halfUp)?.minorUnits == 284_710)
  }

  @Test("an amount of a third currency has no conversion")
  func third() throws {
    let usd = try #require(Currency(iso: "USD"))
    let eur = try #require(Currency(iso: "EUR"))
    let gbp = try #require(Currency(iso: "GBP"))
    let rate = ExchangeRate(
      base: usd, quote: eur, value: DecimalNumber(digits: 9, scale: 1), kind: .other, source: "test"
    )
    #expect(rate.convert(Money(minorUnits: 1, currency: gbp), rounding: .halfUp) == nil)
  }
}

/// Sebastiano Vigna's splitmix64: seeded numbers for property tests.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
