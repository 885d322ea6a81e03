public import CaseModel

/// One line of one account as the matching sees it. Texts may be masked: the same identity then shows as
/// the same pseudonym, so that masked texts compare as well as plain ones.
public struct Leg: Hashable, Sendable {
  /// The content key of the entry, unique in the input.
  public var key: String
  public var kind: EntryKind
  public var account: AccountKey
  /// The account that the record names as the other side.
  public var counterparty: AccountKey?
  public var counterpartyName: String?
  /// The owner of `account`, as a statement states it.
  public var ownerName: String?
  /// Signed: positive is money into the account.
  public var amount: Money
  public var original: Money?
  /// As printed.
  public var exchangeRate: String?
  public var bookedOn: CivilDate?
  public var valueOn: CivilDate?
  public var isReversal: Bool
  public var isFee: Bool
  public var references: [String: String]
  /// Where the line stands, when another file has a line like it; else empty.
  public var places: [LinePlace]

  public init(
    key: String, kind: EntryKind = .booked, account: AccountKey, counterparty: AccountKey? = nil,
    counterpartyName: String? = nil, ownerName: String? = nil, amount: Money,
    original: Money? = nil, exchangeRate: String? = nil, bookedOn: CivilDate?,
    valueOn: CivilDate? = nil, isReversal: Bool = false, isFee: Bool = false,
    references: [String: String] = [:], places: [LinePlace] = []
  ) {
    self.key = key
    self.kind = kind
    self.account = account
    self.counterparty = counterparty == account ? nil : counterparty
    self.counterpartyName = counterpartyName
    self.ownerName = ownerName
    self.amount = amount
    self.original = original
    self.exchangeRate = exchangeRate
    self.bookedOn = bookedOn
    self.valueOn = valueOn
    self.isReversal = isReversal
    self.isFee = isFee
    self.references = references
    self.places = places
  }

  /// The day that is compared: booking, else value.
  var day: CivilDate? { bookedOn ?? valueOn }
  var isDebit: Bool { amount.isNegative }
  var member: LinkMember { LinkMember(key: .entry(key), amount: amount, day: day) }
}

/// A file that shows a line, and the line's place among those of the file.
public struct LinePlace: Hashable, Sendable {
  /// What tells the file from every other in any store: its hash.
  public let file: String
  /// Grows in the order in which the file, read forward in time, shows its lines.
  public let position: Int

  public init(file: String, position: Int) {
    self.file = file
    self.position = position
  }
}

/// What the matching works on. The order of the arrays changes nothing.
public struct LinkInput: Sendable {
  public var legs: [Leg]
  public var records: [PaymentRecord]
  /// What people decided, by link.
  public var decisions: [LinkIdentity: LinkVerdict]
  public var policy: LinkPolicy

  public init(
    legs: [Leg], records: [PaymentRecord] = [], decisions: [LinkIdentity: LinkVerdict] = [:],
    policy: LinkPolicy = LinkPolicy()
  ) {
    self.legs = legs
    self.records = records
    self.decisions = decisions
    self.policy = policy
  }
}
