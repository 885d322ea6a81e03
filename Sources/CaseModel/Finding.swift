/// One pattern seen, with its proof, its limits and the other side.
///
/// Carries nothing that cannot be recomputed by hand from the entries it lists.
public struct Finding: Hashable, Sendable, Codable {
  /// A parameter or a measure beside its limit. Numbers are exact text with their unit.
  public struct Measure: Hashable, Sendable, Codable {
    public let name: String
    public let value: String
    public let limit: String
    /// value ÷ limit in basis points (10_000 = exactly at the limit), rounded down; nil when the
    /// measure has no ratio.
    public let marginBasisPoints: Int?
    public init(name: String, value: String, limit: String, marginBasisPoints: Int? = nil) {
      self.name = name
      self.value = value
      self.limit = limit
      self.marginBasisPoints = marginBasisPoints
    }
  }
  /// Strength band of typologies.md §4, on the binding measure.
  public enum Strength: String, Sendable, Codable {
    case atThreshold = "at-threshold"
    case clear, strong
    /// Below 1.2 × at threshold, up to 2 × clear, above strong.
    public init(marginBasisPoints: Int) {
      self =
        marginBasisPoints < 12_000 ? .atThreshold : marginBasisPoints <= 20_000 ? .clear : .strong
    }
  }

  /// `ST-01`, and the version of its definition.
  public let detector: String
  public let version: Int
  /// The pattern's name in data exchanged with others: `structuring`, `cycle`, `fan_in` …
  public let kind: String
  public let title: String
  /// One sentence: who paid what to whom when, without names.
  public let sentence: String
  public let parameters: [Measure]
  public let measures: [Measure]
  public let strength: Strength
  /// The entries that show it, in the order of the pattern.
  public let entries: [EntryID]
  /// The accounts in their part: `centre`, `source`, `destination`, `hop` …, in pattern order.
  public let accounts: [Role]
  public let innocentExplanations: [String]
  /// Cautions the data allowed to check, with what was found.
  public let cautionsChecked: [String]
  public let cautionsNotChecked: [String]
  /// Set when a search stopped at a bound: which one, and what was left.
  public let truncation: String?

  public struct Role: Hashable, Sendable, Codable {
    public let account: AccountID
    public let part: String
    public init(account: AccountID, part: String) {
      self.account = account
      self.part = part
    }
  }

  public init(
    detector: String, version: Int, kind: String, title: String, sentence: String,
    parameters: [Measure], measures: [Measure], strength: Strength, entries: [EntryID],
    accounts: [Role], innocentExplanations: [String], cautionsChecked: [String],
    cautionsNotChecked: [String], truncation: String?
  ) {
    self.detector = detector
    self.version = version
    self.kind = kind
    self.title = title
    self.sentence = sentence
    self.parameters = parameters
    self.measures = measures
    self.strength = strength
    self.entries = entries
    self.accounts = accounts
    self.innocentExplanations = innocentExplanations
    self.cautionsChecked = cautionsChecked
    self.cautionsNotChecked = cautionsNotChecked
    self.truncation = truncation
  }
}
