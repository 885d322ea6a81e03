import CaseModel

/// Made-up reference rates, one a day, four decimals, the same for one seed.
struct Rates {
  let seed: UInt64

  /// How many pounds one euro buys.
  func euroInPounds(on day: CivilDate) -> ExchangeRate {
    rate(Cast.eur, Cast.gbp, 8_520, day, spread: 45)
  }
  /// How many zloty one pound buys.
  func poundInZloty(on day: CivilDate) -> ExchangeRate {
    rate(Cast.gbp, Cast.pln, 50_450, day, spread: 310)
  }
  /// The rate at which bank D exchanges euro: the middle less one in a hundred.
  func bankRate(on day: CivilDate) -> ExchangeRate {
    let middle = rate(Cast.eur, Cast.pln, 42_980, day, spread: 270)
    return ExchangeRate(
      base: Cast.eur, quote: Cast.pln,
      value: DecimalNumber(digits: middle.value.digits * 99 / 100, scale: 4), kind: .executed,
      source: "Statement of Zmyslony Bank Spoldzielczy (invented), \(day)")
  }

  private func rate(
    _ base: Currency, _ quote: Currency, _ middle: Int64, _ day: CivilDate, spread: Int
  ) -> ExchangeRate {
    var random = SplitMix(seed: seed, stream: "\(base.code)\(quote.code)\(day)")
    return ExchangeRate(
      base: base, quote: quote,
      value: DecimalNumber(digits: middle + Int64(random.int(-spread...spread)), scale: 4),
      kind: .official, source: "Invented Reference Rate Bulletin, \(day)")
  }
}
