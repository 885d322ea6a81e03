public import CaseModel

/// Two views of one movement, joined: the two legs of a transfer, a message and its booking, a report and
/// the line it speaks of. A link adds no money; it says which records tell of the same money, and why.
public struct Link: Hashable, Sendable, Codable {
  /// What is joined with what.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The debit of one account and the credit of another.
    case twoLegs = "two-legs"
    /// Several legs on at least one side, with equal sums.
    case batch
    /// A payment message and a booked entry.
    case message
    /// A reported transaction and a booked entry.
    case report
    /// A declared or ledger-keeper's movement and a booked entry.
    case declaration
    /// A pending, announced or informational entry and the booked entry of the same account.
    case notification
    /// Records of several senders about one movement.
    case sameMovement = "same-movement"
    /// A status, return or refusal and the record it answers.
    case reply
    /// A line of an account, and the same line as another file words it. When it is matched, which only a
    /// person does, the line counts once.
    case duplicate
  }

  public enum Status: String, Sendable, Codable, CaseIterable {
    /// The only choice of every member under the strongest evidence there is, or accepted by a person.
    case matched
    /// Possible, and left to a person.
    case proposal
    /// Joined by evidence, and the records cannot both be right: a refused message whose booking is
    /// there, one reference with two amounts. Never counts as executed.
    case contradicted
    /// Refused by a person. Listed, and never counted.
    case refused
  }

  public var kind: Kind
  public var status: Status
  /// Debits, records or announcements; in the order of their keys.
  public var from: [LinkMember]
  /// Credits, entries or originals; in the order of their keys.
  public var to: [LinkMember]
  /// The evidence the link rests on, strongest first.
  public var evidence: Evidence
  /// What was checked and holds, each with a name and the values compared.
  public var constraints: [LinkConstraint]
  /// Declared charges that explain the difference of the amounts.
  public var fees: [Money]
  /// The rate that turns one amount into the other.
  public var rate: RateCheck?
  /// Calendar days between the days compared; nil when a day is not stated.
  public var daysApart: Int?
  /// The most links of the same evidence that one member of this one could be part of; 1 for the only.
  public var choices: Int
  /// False when the search for batches stopped at its bound: there may be further ways to add up.
  public var isExhausted: Bool
  /// Why the link stands as it does, for a reader.
  public var reason: String

  /// What tells the link from every other in any store: its kind and its members' content keys.
  public var identity: LinkIdentity { LinkIdentity(kind, from: from.map(\.key), to: to.map(\.key)) }
}

/// One record of a link.
public struct LinkMember: Hashable, Sendable, Codable {
  /// `entry:` or `record:` and the content key, the same in every store.
  public var key: LinkKey
  /// The amount that was compared, signed as the record signs it.
  public var amount: Money?
  public var day: CivilDate?

  public init(key: LinkKey, amount: Money?, day: CivilDate?) {
    self.key = key
    self.amount = amount
    self.day = day
  }
}

/// The content key of an entry or of a payment record.
public struct LinkKey: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let text: String
  public static func entry(_ key: String) -> LinkKey { LinkKey("entry:" + key) }
  public static func record(_ key: String) -> LinkKey { LinkKey("record:" + key) }
  public init(_ text: String) { self.text = text }
  /// The key of the entry, when it is one.
  public var entryKey: String? { text.hasPrefix("entry:") ? String(text.dropFirst(6)) : nil }
  /// The key of the payment record, when it is one.
  public var recordKey: String? { text.hasPrefix("record:") ? String(text.dropFirst(7)) : nil }
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
}

/// Kind and member keys of a link as one text: what a person's decision is kept under, so that it holds
/// again after every import, in every store.
public struct LinkIdentity: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  /// - Complexity: O(*n* log *n*) in the members.
  public init(_ kind: Link.Kind, from: [LinkKey], to: [LinkKey]) {
    text =
      kind.rawValue + "\n" + from.sorted().map(\.text).joined(separator: " ") + "\n"
      + to.sorted().map(\.text).joined(separator: " ")
  }
  public init(text: String) { self.text = text }
  public var description: String { text }
  public static func < (a: Self, b: Self) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

/// A named condition that holds, with what was compared.
public struct LinkConstraint: Hashable, Sendable, Codable {
  public enum Name: String, Sendable, Codable, CaseIterable {
    case amount, charges, exchange, sign, account, name, window, reference, batch, status, person
    case ownAccount = "own-account"
  }
  public let name: Name
  /// A sentence without identities: what agrees and how.
  public let text: String
  public init(_ name: Name, _ text: String) {
    self.name = name
    self.text = text
  }
}

/// A stated rate and what it makes of an amount.
public struct RateCheck: Hashable, Sendable, Codable {
  /// As printed; nil when only the original amount is stated.
  public var rate: String?
  public var from: Money
  public var to: Money
  /// `from` at the rate, rounded half away from zero to the minor unit; nil without a rate.
  public var computed: Money?
}

/// What a person decided about a link.
public enum LinkVerdict: String, Sendable, Codable, CaseIterable {
  case accept, refuse
}
