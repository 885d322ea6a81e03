/// The canonical identity of an account, as far as records state it (formats.md §7.1).
///
/// Never the number alone: an account without IBAN carries the scheme and number of its institution.
/// `iban:DE89370400440532013000`, `local:DE-BLZ/37040044/532013000`, `stated:<institution>/<number>`.
public struct AccountKey: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }
  public var description: String { text }
  public static func < (a: Self, b: Self) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    try single.encode(text)
  }
  /// The IBAN, when the key is one.
  public var iban: String? { text.hasPrefix("iban:") ? String(text.dropFirst(5)) : nil }
}

/// An account at an institution, in one currency.
public struct Account: Hashable, Sendable, Codable {
  public let id: AccountID
  public let key: AccountKey
  public let currency: Currency
  /// As printed to the case team: the number, or the token of a protected holder's account.
  public let displayName: String
  public let institution: String?
  /// Who holds it on paper, and who controls it; pseudonyms, from the matter.
  public let holder: PersonCode?
  public let controller: PersonCode?
  /// True when statements of this account were received, false when it is only named by others.
  public let hasStatements: Bool

  public init(
    id: AccountID, key: AccountKey, currency: Currency, displayName: String,
    institution: String? = nil, holder: PersonCode? = nil, controller: PersonCode? = nil,
    hasStatements: Bool
  ) {
    self.id = id
    self.key = key
    self.currency = currency
    self.displayName = displayName
    self.institution = institution
    self.holder = holder
    self.controller = controller
    self.hasStatements = hasStatements
  }
}
