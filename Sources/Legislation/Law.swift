import CaseModel

/// The law of one jurisdiction as dated, cited data. Code asks by name and day and gets the value
/// together with its citation, which travels into the document.
public struct Law: Sendable {
  /// `gb`, `untoc`.
  public let profile: String
  public let title: String
  public let version: String
  /// The data file as text; its SHA-256 goes into every manifest.
  public let text: String
  let amounts: [String: [DatedAmount]]

  struct DatedAmount: Sendable {
    let from: CivilDate
    let amount: Money
    let citation: Citation
  }
}

/// An amount of law on a day, with its source.
public struct LegalAmount: Hashable, Sendable {
  public let amount: Money
  public let citation: Citation
  public init(amount: Money, citation: Citation) {
    self.amount = amount
    self.citation = citation
  }
}

extension Law {
  /// The cash reporting threshold `R` of the profile in a currency on a day; nil when the profile
  /// has none for that currency and day (then ST-01 is not applicable, typologies.md §1).
  public func cashReportingThreshold(in currency: Currency, on day: CivilDate) -> LegalAmount? {
    let candidates = amounts["cash-reporting-threshold"] ?? []
    let valid = candidates.filter { $0.amount.currency == currency && $0.from <= day }
    guard let latest = valid.max(by: { $0.from < $1.from }) else { return nil }
    return LegalAmount(amount: latest.amount, citation: latest.citation)
  }

  /// A law made of values, for tests and for files without a jurisdiction.
  public init(
    profile: String, title: String, version: String,
    cashReportingThresholds: [(from: CivilDate, amount: Money, citation: Citation)]
  ) {
    self.profile = profile
    self.title = title
    self.version = version
    text = ""
    amounts = [
      "cash-reporting-threshold": cashReportingThresholds.map {
        DatedAmount(from: $0.from, amount: $0.amount, citation: $0.citation)
      }
    ]
  }
}
