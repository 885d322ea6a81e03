/// A movement that a document claims and that is no booked line of an account: a payment message, a
/// reported transaction, a cash declaration, a remittance, a hawala line, a transfer on a chain.
///
/// Evidence beside the entries: it is linked to them by matching and never adds money (formats.md §2).
/// What Intake makes and the store keeps; nothing in it is inferred.
public struct PaymentRecord: Hashable, Sendable, Codable {
  public var locator: Locator
  public var byteOffset: Int64?
  /// `instruction`, `report` or `declared`; `info` for a record about another one (status, return, NAK).
  public var kind: EntryKind
  /// The record type, as its format names it: `mt103`, `pacs.008`, `goaml.transaction`, `remittance` …
  public var recordType: String
  /// What the record says became of the movement, in its own word: `paid`, `cancelled`, `NAK`, `returned`.
  public var status: String?
  /// The amounts by role, in file order. Empty only where the record speaks of no amount: a status, a
  /// text message, an activity report, the head of a report.
  public var amounts: [StatedAmount]
  /// The rate as printed; never computed.
  public var exchangeRate: String?
  /// The day of execution or settlement, and the day of value, as far as stated.
  public var executedOn: CivilDate?
  public var valueOn: CivilDate?
  /// Seconds since midnight at the place the record names.
  public var timeOfDay: Int32?
  /// Minutes east of UTC, when the record states them. A day is never shifted by it.
  public var utcOffsetMinutes: Int16?
  public var channel: Channel
  /// Who took part, in the order of the chain from the originator to the beneficiary.
  public var parties: [PaymentParty]
  public var purpose: String?
  /// References by name: `sender`, `related`, `uetr`, `end-to-end`, `instruction`, `message`, `transaction`,
  /// `mandate`, `tx-hash`, `control-number` …
  public var references: [String: String]
  /// Who bears the charges, as the record says: `OUR`, `SHA`, `BEN`, `DEBT`, `CRED`, `SHAR`, `SLEV`.
  public var chargeBearer: String?
  /// What else the record states, by the format's own names, so that nothing read is lost.
  public var details: [String: String]
  /// What tells this record from every other of its kind in any store: hexadecimal SHA-256, set by Intake.
  public var key: String

  public init(
    locator: Locator, byteOffset: Int64? = nil, kind: EntryKind, recordType: String,
    status: String? = nil, amounts: [StatedAmount], exchangeRate: String? = nil,
    executedOn: CivilDate? = nil, valueOn: CivilDate? = nil, timeOfDay: Int32? = nil,
    utcOffsetMinutes: Int16? = nil, channel: Channel = .unknown, parties: [PaymentParty] = [],
    purpose: String? = nil, references: [String: String] = [:], chargeBearer: String? = nil,
    details: [String: String] = [:], key: String = ""
  ) {
    self.locator = locator
    self.byteOffset = byteOffset
    self.kind = kind
    self.recordType = recordType
    self.status = status
    self.amounts = amounts
    self.exchangeRate = exchangeRate
    self.executedOn = executedOn
    self.valueOn = valueOn
    self.timeOfDay = timeOfDay
    self.utcOffsetMinutes = utcOffsetMinutes
    self.channel = channel
    self.parties = parties
    self.purpose = purpose
    self.references = references
    self.chargeBearer = chargeBearer
    self.details = details
    self.key = key
  }

  /// The amount by its role; the first when a role comes twice.
  public func amount(_ role: StatedAmount.Role) -> Money? {
    amounts.first { $0.role == role }?.amount
  }
}

/// One amount of a payment record and what it is. Unsigned unless the record itself signs it.
public struct StatedAmount: Hashable, Sendable, Codable {
  public enum Role: String, Sendable, Codable, CaseIterable {
    /// Moved between institutions.
    case settled
    /// First ordered, before exchange and charges.
    case instructed
    /// What the sender gave and the receiver got, where a record states both sides.
    case sent, received
    /// Taken by somebody on the way.
    case senderCharge = "sender-charge"
    case receiverCharge = "receiver-charge"
    case fee, tax
    /// Reported or declared, whatever became of it.
    case reported, declared
    /// The equivalent that the record states in another currency.
    case equivalent
    case balance
  }
  public let role: Role
  public let amount: Money
  public init(_ role: Role, _ amount: Money) {
    self.role = role
    self.amount = amount
  }
}

/// One party or institution of a payment record, as stated.
public struct PaymentParty: Hashable, Sendable, Codable {
  public enum Role: String, Sendable, Codable, CaseIterable {
    case ultimateOriginator = "ultimate-originator"
    case originator
    case originatorBank = "originator-bank"
    /// The institution that sent the message, and the one it was sent to.
    case sender, receiver
    case previousInstructing = "previous-instructing"
    case correspondent
    case intermediary
    case beneficiaryBank = "beneficiary-bank"
    case beneficiary
    case ultimateBeneficiary = "ultimate-beneficiary"
    /// Who carried out, declared, carried or reported it.
    case conductor, declarant, carrier, reporter, agent
    case signatory, merchant, other
  }
  public var role: Role
  public var name: String?
  public var accountText: String?
  public var accountKey: AccountKey?
  /// Name, BIC or national code of the party's institution, as stated.
  public var institution: String?
  /// Identifiers by scheme: `bic`, `lei`, `passport`, `tax`, `br-cpf`, `address`, `iban` …
  public var identifiers: [String: String]
  public var address: String?
  /// ISO 3166 alpha-2 as stated for the party, never derived.
  public var country: String?
  /// The `id` of the `StatedEntity` of the same file that describes the party.
  public var entity: String?

  public init(
    _ role: Role, name: String? = nil, accountText: String? = nil, accountKey: AccountKey? = nil,
    institution: String? = nil, identifiers: [String: String] = [:], address: String? = nil,
    country: String? = nil, entity: String? = nil
  ) {
    self.role = role
    self.name = name
    self.accountText = accountText
    self.accountKey = accountKey
    self.institution = institution
    self.identifiers = identifiers
    self.address = address
    self.country = country
    self.entity = entity
  }
}
