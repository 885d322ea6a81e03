/// A person, a body, an account, a thing or a relation, as one record of one file states it.
///
/// The common shape of party lists, registers, ownership statements and reports. Schema and property
/// names are those of FollowTheMoney (formats.md §8.1), so that nothing is translated twice; what has no
/// property there stands under the format's own name with a prefix, such as `goaml:occupation`.
/// Two records are never one entity because they look alike: joining them is a judgement, kept apart.
public struct StatedEntity: Hashable, Sendable, Codable {
  public var locator: Locator
  /// `Person`, `Company`, `LegalEntity`, `BankAccount`, `Ownership`, `Directorship`, `RealEstate`,
  /// `Vehicle`, `Vessel`, `CryptoWallet`, `Debt` …
  public var schema: String
  /// The space in which `id` tells records apart: a file's hash, a register, a reporting entity. Two files
  /// that share a space speak of the same record when they use the same id.
  public var space: String
  public var id: String
  /// Values as stated, in file order, never empty lists. Relations name entities by id
  /// (`owner`, `asset`, `director`, `organization` …).
  public var properties: [String: [String]]
  /// From when until when the record says it held; nil when it does not say.
  public var validFrom: CivilDate?
  public var validUntil: CivilDate?
  /// The day the record itself was made or published, when stated: later ones speak of later states.
  public var statedOn: CivilDate?
  /// What tells this record from every other in any store: hexadecimal SHA-256 over all of the above but
  /// the locator, set by Intake.
  public var key: String

  public init(
    locator: Locator, schema: String, space: String, id: String,
    properties: [String: [String]] = [:], validFrom: CivilDate? = nil,
    validUntil: CivilDate? = nil, statedOn: CivilDate? = nil, key: String = ""
  ) {
    self.locator = locator
    self.schema = schema
    self.space = space
    self.id = id
    self.properties = properties
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.statedOn = statedOn
    self.key = key
  }

  public func first(_ property: String) -> String? { properties[property]?.first }
}
