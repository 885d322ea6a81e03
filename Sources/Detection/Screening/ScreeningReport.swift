import CaseModel

/// What `screen` says about a transfers file. Encodes with snake_case keys in a fixed order of findings.
public struct ScreeningReport: Encodable, Sendable, Hashable {
  /// One pattern seen in the file.
  public struct Finding: Encodable, Sendable, Hashable {
    /// The catalogue's row; an `s` behind it marks the variant for screening whole files.
    public let detector: String
    public let version: Int
    public let kind: String
    /// Transfer ids as the file spells them, in the order of the pattern.
    public let transfers: [String]
    /// Accounts as the file spells them: the centre or the first in the chain, then the others.
    public let accounts: [String]
    /// Points: 20 × value ÷ limit of the binding measure, rounded down, at most 100.
    public let score: Int
    /// Whether it would reach an analyst: the score is 20 or more.
    public let reported: Bool
    public let sentence: String
    public let measures: [CaseModel.Finding.Measure]
    public let innocentExplanations: [String]
    public let cautions: [String]

    enum CodingKeys: String, CodingKey {
      case detector, version, kind, transfers, accounts, score, reported, sentence, measures
      case innocentExplanations = "innocent_explanations"
      case cautions
    }

    public func encode(to encoder: any Encoder) throws {
      var keyed = encoder.container(keyedBy: CodingKeys.self)
      try keyed.encode(detector, forKey: .detector)
      try keyed.encode(version, forKey: .version)
      try keyed.encode(kind, forKey: .kind)
      try keyed.encode(transfers, forKey: .transfers)
      try keyed.encode(accounts, forKey: .accounts)
      try keyed.encode(score, forKey: .score)
      try keyed.encode(reported, forKey: .reported)
      try keyed.encode(sentence, forKey: .sentence)
      try keyed.encode(measures.map(EncodedMeasure.init), forKey: .measures)
      try keyed.encode(innocentExplanations, forKey: .innocentExplanations)
      try keyed.encode(cautions, forKey: .cautions)
    }
  }

  /// A detector that could not look, and why.
  public struct NotApplicable: Encodable, Sendable, Hashable {
    public let detector: String
    public let reason: String
  }

  /// A finding reaches an analyst from this score.
  public static let reportingScore = 20

  public let transferCount: Int
  public let accountCount: Int
  /// By time of the first transfer, ties by kind, then the transfers' order in the file.
  public let findings: [Finding]
  /// Searches that stopped at a bound, and which.
  public let truncated: [String]
  public let notApplicable: [NotApplicable]

  enum CodingKeys: String, CodingKey {
    case transferCount = "transfer_count"
    case accountCount = "account_count"
    case findings, truncated
    case notApplicable = "not_applicable"
  }
}

/// A measure with snake_case keys.
private struct EncodedMeasure: Encodable {
  let measure: CaseModel.Finding.Measure
  enum CodingKeys: String, CodingKey {
    case name, value, limit
    case marginBasisPoints = "margin_basis_points"
  }
  func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(measure.name, forKey: .name)
    try keyed.encode(measure.value, forKey: .value)
    try keyed.encode(measure.limit, forKey: .limit)
    try keyed.encodeIfPresent(measure.marginBasisPoints, forKey: .marginBasisPoints)
  }
}
