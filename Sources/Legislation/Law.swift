// The law of one jurisdiction as values: what a profile file states, ready to be asked by name and
// day. Reading a file is in LawReader.swift, the questions are in Law+Questions.swift.

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
  /// False for a drafting frame that no court applies as it stands.
  public let isLaw: Bool
  /// The named lawyer who signed the profile; nil while nobody has.
  public let verifiedBy: String?
  public let verifiedOn: CivilDate?
  /// The last day of the signature.
  public let expires: CivilDate?
  /// How sure the first days of application are, in a sentence.
  public let datesNote: String
  /// What a reader of any draft under the profile must know.
  public let notes: [String]
  let amounts: [String: [DatedAmount]]
  let rules: [LegalRule]

  struct DatedAmount: Sendable {
    let from: CivilDate
    let amount: Money
    let citation: Citation
  }

  init(
    profile: String, title: String, version: String, text: String, isLaw: Bool,
    verifiedBy: String?, verifiedOn: CivilDate?, expires: CivilDate?, datesNote: String,
    notes: [String], rules: [LegalRule]
  ) {
    self.profile = profile
    self.title = title
    self.version = version
    self.text = text
    self.isLaw = isLaw
    self.verifiedBy = verifiedBy
    self.verifiedOn = verifiedOn
    self.expires = expires
    self.datesNote = datesNote
    self.notes = notes
    self.rules = rules
    var amounts: [String: [DatedAmount]] = [:]
    for rule in rules where rule.section == .amounts {
      for value in rule.values {
        guard let amount = value.amount else { continue }
        amounts[rule.subject ?? rule.name, default: []].append(
          DatedAmount(from: value.from, amount: amount, citation: value.citation))
      }
    }
    self.amounts = amounts
  }

  /// Whether a named lawyer's signature covers a day. No profile may be used for a filing without
  /// it (confiscation.md, opening).
  public func isSigned(on day: CivilDate) -> Bool {
    guard verifiedBy != nil, let signed = verifiedOn, signed <= day else { return false }
    return expires.map { day <= $0 } ?? true
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
    amount("cash-reporting-threshold", in: currency, on: day)
  }

  /// The named amount of law in a currency on a day; nil when the profile has none then.
  public func amount(_ name: String, in currency: Currency, on day: CivilDate) -> LegalAmount? {
    let candidates = amounts[name] ?? []
    let valid = candidates.filter { $0.amount.currency == currency && $0.from <= day }
    guard let latest = valid.max(by: { $0.from < $1.from }) else { return nil }
    return LegalAmount(amount: latest.amount, citation: latest.citation)
  }

  /// A law made of values, for tests and for files without a jurisdiction.
  public init(
    profile: String, title: String, version: String,
    cashReportingThresholds: [(from: CivilDate, amount: Money, citation: Citation)]
  ) {
    self.init(
      profile: profile, title: title, version: version, text: "", isLaw: false, verifiedBy: nil,
      verifiedOn: nil, expires: nil, datesNote: "", notes: [],
      rules: cashReportingThresholds.enumerated().map { index, threshold in
        LegalRule(
          section: .amounts, name: "threshold-\(index)", track: nil,
          subject: "cash-reporting-threshold",
          values: [
            LegalRule.Value(
              from: threshold.from, citation: threshold.citation, amount: threshold.amount)
          ])
      })
  }
}
