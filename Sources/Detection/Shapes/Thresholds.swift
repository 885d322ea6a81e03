import CaseModel
import Legislation

/// The cash reporting threshold of the law, asked once for each currency and day.
struct Thresholds {
  let law: Law
  private var known: [Currency: [CivilDate: LegalAmount?]] = [:]

  init(_ law: Law) { self.law = law }

  mutating func threshold(in currency: Currency, on day: CivilDate) -> LegalAmount? {
    if let amount = known[currency]?[day] { return amount }
    let amount = law.cashReportingThreshold(in: currency, on: day)
    known[currency, default: [:]][day] = .some(amount)
    return amount
  }
}
