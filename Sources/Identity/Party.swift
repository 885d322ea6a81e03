import CaseModel

/// What records say of one party at one place: a register's row, a report's person, a statement's owner.
///
/// Nationality, sex, religion and migration status are no part of it and can score nothing.
public struct PartyMention: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, Codable { case person, organisation, unknown }

  /// The same in every store: the record's key, and the place in it when it names several parties.
  public let reference: String
  public let kind: Kind
  /// As written, the first being the record's own main name.
  public let names: [String]
  public let birth: PartialDate?
  public let identifiers: [PartyIdentifier]
  public let phones: [String]
  public let emails: [String]
  /// Postal addresses as written.
  public let addresses: [String]
  /// Where a body is registered, ISO 3166 alpha-2; nil for persons.
  public let jurisdiction: String?

  public init(
    reference: String, kind: Kind, names: [String], birth: PartialDate? = nil,
    identifiers: [PartyIdentifier] = [], phones: [String] = [], emails: [String] = [],
    addresses: [String] = [], jurisdiction: String? = nil
  ) {
    self.reference = reference
    self.kind = kind
    self.names = names
    self.birth = birth
    self.identifiers = identifiers
    self.phones = phones
    self.emails = emails
    self.addresses = addresses
    self.jurisdiction = jurisdiction
  }
}

/// A number that an authority or a register gave, with the scheme it belongs to (formats.md §7.1).
/// Numbers of two schemes are never compared.
public struct PartyIdentifier: Hashable, Sendable, Comparable {
  /// `lei`, `register:gb`, `tax:pl`, `br-cpf`, `passport:de`; `number` when the record names no scheme.
  public let scheme: String
  /// Upper case, letters and digits only.
  public let value: String
  /// True when the scheme identifies alone and the number passed its check digits, if it has any.
  public let isStrong: Bool

  public init(scheme: String, value: String, isStrong: Bool) {
    self.scheme = scheme
    self.value = Self.plain(value)
    self.isStrong = isStrong
  }

  public static func plain(_ value: String) -> String {
    String(value.uppercased().filter { $0.isLetter || $0.isNumber })
  }

  public static func < (a: Self, b: Self) -> Bool {
    a.scheme != b.scheme ? a.scheme < b.scheme : a.value < b.value
  }
}

/// A date of which only the year, or year and month, may be known (formats.md §7.1, birth date).
public struct PartialDate: Hashable, Sendable, CustomStringConvertible {
  public let year: Int
  public let month: Int?
  public let day: Int?

  /// Reads `1984`, `1984-07` or `1984-07-23`; nil for anything else. 1 January is known to stand for
  /// "only the year is known" in many registers, and is kept as the year alone.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, first.utf8.count == 4, let year = Int(first), year > 0 else {
      return nil
    }
    switch parts.count {
    case 1: self.init(year: year, month: nil, day: nil)
    case 2:
      guard let month = Int(parts[1]), (1...12).contains(month) else { return nil }
      self.init(year: year, month: month, day: nil)
    default:
      guard let date = CivilDate(text.prefix(10)) else { return nil }
      let isWeak = date.month == 1 && date.day == 1
      self.init(year: year, month: isWeak ? nil : date.month, day: isWeak ? nil : date.day)
    }
  }

  private init(year: Int, month: Int?, day: Int?) {
    self.year = year
    self.month = month
    self.day = day
  }

  public var description: String {
    guard let month else { return "\(year)" }
    let two = { (n: Int) in n < 10 ? "0\(n)" : "\(n)" }
    return day.map { "\(year)-\(two(month))-\(two($0))" } ?? "\(year)-\(two(month))"
  }
}
