// The dated rates of a matter, ready to be asked for a day. Without a rate nothing is converted.

import CaseModel

/// Rates into one currency by day.
struct RateBook {
  /// An amount with the rate that converted it.
  struct Conversion {
    let amount: Money
    let rate: DatedRate
    /// Days the rate lies before the day asked for.
    let daysBefore: Int

    /// `at 35.1234 THB for 1 USD of 2024-01-15 (official, Bank of …)`.
    var note: String {
      let (rate, date) = (self.rate.rate, self.rate.date)
      let age =
        daysBefore == 0
        ? "" : ", the nearest earlier rate, \(daysBefore) day\(daysBefore == 1 ? "" : "s") before"
      return "\(rate.value.text) \(rate.quote) for 1 \(rate.base) of \(date)"
        + " (\(rate.kind.rawValue), \(rate.source))\(age)"
    }
  }

  let target: Currency
  /// How many days back a rate may lie.
  let days: Int
  private let best: [Currency: [CivilDate: DatedRate]]

  /// - Parameter days: from the profile, `conversion-days`.
  init(_ rates: [DatedRate], into target: Currency, days: Int) {
    self.target = target
    self.days = days
    var best: [Currency: [CivilDate: DatedRate]] = [:]
    for rate in rates {
      let other: Currency
      if rate.rate.base == target {
        other = rate.rate.quote
      } else if rate.rate.quote == target {
        other = rate.rate.base
      } else {
        continue
      }
      if let known = best[other]?[rate.date], !Self.precedes(rate, known) { continue }
      best[other, default: [:]][rate.date] = rate
    }
    self.best = best
  }

  /// An executed rate goes before an official one, that before any other; then by source.
  /// Source: confiscation.md §3 rule 9.
  private static func precedes(_ a: DatedRate, _ b: DatedRate) -> Bool {
    func rank(_ kind: ExchangeRate.Kind) -> Int {
      switch kind {
      case .executed: 0
      case .official: 1
      case .other: 2
      }
    }
    let (first, second) = (rank(a.rate.kind), rank(b.rate.kind))
    if first != second { return first < second }
    if a.rate.source != b.rate.source {
      return a.rate.source.utf8.lexicographicallyPrecedes(b.rate.source.utf8)
    }
    return a.source < b.source
  }

  /// Converts an amount at the rate of a day, else at the nearest earlier one within `days`;
  /// rounded half up, once. Nil when there is none.
  func convert(_ amount: Money, on day: CivilDate) -> Conversion? {
    guard let rates = best[amount.currency] else { return nil }
    for back in 0...days {
      guard let rate = rates[day.adding(days: -back)] else { continue }
      guard let converted = rate.rate.convert(amount, rounding: .halfUp) else { return nil }
      return Conversion(amount: converted, rate: rate, daysBefore: back)
    }
    return nil
  }
}
