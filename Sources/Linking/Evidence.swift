/// The kinds of evidence a link can rest on, strongest first. The order is the order in which links are
/// found: what stronger evidence joined is out of reach of weaker evidence.
///
/// The ranking is our own. It follows what identifies a payment in the trade: a person who looked; the
/// payment message itself; the UETR, unique to one payment by the SWIFT gpi rules; a reference together
/// with an account; accounts alone. Names identify nobody (formats.md §7.3) and only ever propose.
public enum Evidence: Int, Sendable, CaseIterable, Comparable {
  /// A person accepted it.
  case person = 0
  /// Both legs are matched to one payment message.
  case message
  /// One UETR.
  case uetr
  /// One reference, and an account that the other side names.
  case referenceAndAccount
  /// One reference long enough to be no accident; where the record names no account.
  case reference
  /// One batch reference, whole groups with equal sums.
  case batchReference
  /// Each side names the account of the other.
  case bothAccounts
  /// One side names the account of the other, which names nobody.
  case oneAccount
  /// Accounts agree, and a stated original amount or rate.
  case exchange
  /// Accounts agree, and declared charges.
  case charges
  /// All legs of a day that name an account add up to one leg of it.
  case batchDay
  /// Account, amount and the very day, where neither record knows another account.
  case accountAndDay
  /// Here the evidence ends that can match without a person. Accounts agree, four or five days apart.
  case lateAccount
  /// Accounts agree, and a stated original amount that the printed rate does not lead to.
  case doubtfulExchange
  /// A reference alone, or one whose accounts disagree.
  case looseReference
  /// Some of the legs that name an account add up to one leg of it.
  case batchSubset
  /// The name of the other side is the name of the account's owner.
  case name
  /// One account, booking day and signed amount, in two files that have no such line in common.
  case repeatedLine

  /// True when the only choice under this evidence is a match without a person.
  public var canMatch: Bool { self < .lateAccount }
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The word that stands in records and lists.
  public var word: String {
    switch self {
    case .person: "a person's decision"
    case .message: "one payment message"
    case .uetr: "one UETR"
    case .referenceAndAccount: "one reference and an account named"
    case .reference: "one reference"
    case .batchReference: "one batch reference"
    case .bothAccounts: "each names the account of the other"
    case .oneAccount: "one names the account of the other"
    case .exchange: "accounts, and a stated exchange"
    case .charges: "accounts, and declared charges"
    case .batchDay: "all legs of a day add up"
    case .accountAndDay: "account, amount and day"
    case .lateAccount: "accounts, beyond the settlement window"
    case .doubtfulExchange: "accounts, and an exchange that does not add up"
    case .looseReference: "a reference without an account"
    case .batchSubset: "some legs add up"
    case .name: "names"
    case .repeatedLine: "one account, day and amount in two files"
    }
  }
}

extension Evidence: Codable {
  /// The name under which records keep it.
  public var name: String { String(describing: self) }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let known = Self.allCases.first(where: { $0.name == text }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no kind of evidence: \(text)"))
    }
    self = known
  }
  public func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    try single.encode(name)
  }
}
