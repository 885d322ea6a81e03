import CaseModel

/// A mapping profile that comes with the program, as `moneytrail profile list` shows it.
public struct ShippedProfile: Sendable, Encodable {
  public let name: String
  public let version: Int
  public let institution: String?
  public let describes: String?
  /// Where the layout was learnt.
  public let source: String?
  /// True when files are recognised by their header; false when the profile must be named.
  public let isMatched: Bool
  public let sha256: String

  enum CodingKeys: String, CodingKey {
    case name, version, institution, describes, source, sha256
    case isMatched = "recognised_by_header"
  }

  /// All of them, by name.
  public static var all: [ShippedProfile] {
    ProfileLibrary.all.map {
      ShippedProfile(
        name: $0.name, version: $0.version, institution: $0.institution, describes: $0.describes,
        source: $0.origin, isMatched: $0.isMatched && !$0.headerRow.isEmpty, sha256: $0.hash.hex)
    }
  }
}
