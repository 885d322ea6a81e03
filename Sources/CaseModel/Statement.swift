/// A balance that a statement states.
public struct StatedBalance: Hashable, Sendable, Codable {
  public let amount: Money
  /// Nil when the record states no day.
  public let date: CivilDate?
  /// True for a balance carried from page to page (MT940 60M/62M), not an opening or closing one.
  public let isInterim: Bool

  public init(amount: Money, date: CivilDate?, isInterim: Bool = false) {
    self.amount = amount
    self.date = date
    self.isInterim = isInterim
  }
}

/// Whether a statement's own figures agree (formats.md §3.5): opening + booked entries = closing.
public enum ReconciliationStatus: String, Sendable, Codable, CaseIterable {
  case reconciled
  /// The figures are there and do not agree; `Statement.difference` says by how much.
  case unreconciled
  /// Cut off, or a closing balance is missing where the format has one.
  case incomplete
  /// The format states no balances.
  case noBalances = "no-balances"
  /// Not a statement of booked entries (intraday report, notification).
  case notApplicable = "not-applicable"
}

/// One account, one period, one sequence number inside a received file, as read.
///
/// What Intake makes and the store keeps. Entries stay in file order.
public struct Statement: Hashable, Sendable, Codable {
  /// The account as the record states it, and its canonical key.
  public var accountText: String
  public var accountKey: AccountKey
  public var currency: Currency?
  public var ownerName: String?
  public var institution: String?
  public var reference: String?
  /// The statement's own number, such as `65/1`.
  public var number: String?
  public var opening: StatedBalance?
  public var closing: StatedBalance?
  public var entries: [StatementEntry]
  public var locator: Locator
  /// opening + Σ booked entries − closing (formats.md §3.5); nil when a balance is missing.
  public var difference: Money?
  public var status: ReconciliationStatus

  public init(
    accountText: String, accountKey: AccountKey, currency: Currency?, ownerName: String? = nil,
    institution: String? = nil, reference: String? = nil, number: String? = nil,
    opening: StatedBalance? = nil, closing: StatedBalance? = nil, entries: [StatementEntry] = [],
    locator: Locator, difference: Money? = nil, status: ReconciliationStatus = .noBalances
  ) {
    self.accountText = accountText
    self.accountKey = accountKey
    self.currency = currency
    self.ownerName = ownerName
    self.institution = institution
    self.reference = reference
    self.number = number
    self.opening = opening
    self.closing = closing
    self.entries = entries
    self.locator = locator
    self.difference = difference
    self.status = status
  }
}

/// What kind of record an entry is. Only `booked` entries move money (formats.md §2).
public enum EntryKind: String, Sendable, Codable, CaseIterable {
  case booked, pending, info, future, instruction, report, declared
}

/// How money moved, as far as the record says. Closed list of typologies.md §1.
public enum Channel: String, Sendable, Codable, CaseIterable {
  case cashDeposit = "cash_deposit"
  case cashWithdrawal = "cash_withdrawal"
  case atmWithdrawal = "atm_withdrawal"
  case cardPresent = "card_present"
  case cardOnline = "card_online"
  case transferDomestic = "transfer_domestic"
  case transferInternational = "transfer_international"
  case p2p
  case remittanceSend = "remittance_send"
  case remittanceReceive = "remittance_receive"
  case cheque
  case prepaidLoad = "prepaid_load"
  case cryptoIn = "crypto_in"
  case cryptoOut = "crypto_out"
  case loanOut = "loan_out"
  case loanRepay = "loan_repay"
  case payroll, fee, interest, unknown

  /// The number the trail keeps: the position in this list. Never reordered, only appended to.
  public var number: UInt8 { UInt8(Self.allCases.firstIndex(of: self) ?? Self.allCases.count - 1) }
  public init(number: UInt8) {
    self = Int(number) < Self.allCases.count ? Self.allCases[Int(number)] : .unknown
  }
}

/// The other side of an entry, as the record names it. Nothing is inferred.
public struct Counterparty: Hashable, Sendable, Codable {
  public var name: String?
  public var accountText: String?
  public var accountKey: AccountKey?
  public var agent: String?

  public init(
    name: String? = nil, accountText: String? = nil, accountKey: AccountKey? = nil,
    agent: String? = nil
  ) {
    self.name = name
    self.accountText = accountText
    self.accountKey = accountKey
    self.agent = agent
  }
  public var isEmpty: Bool { name == nil && accountText == nil && agent == nil }
}

/// One line of one account, as read from a statement.
public struct StatementEntry: Hashable, Sendable, Codable {
  public var locator: Locator
  public var byteOffset: Int64?
  /// Signed: positive is money into the account.
  public var amount: Money
  public var bookedOn: CivilDate?
  public var valueOn: CivilDate?
  /// Time of day in seconds, when the record states one.
  public var timeOfDay: Int32?
  public var kind: EntryKind
  public var channel: Channel
  public var isReversal: Bool
  public var counterparty: Counterparty
  public var purpose: String?
  /// References by name: `servicer`, `end-to-end`, `uetr`, `customer`, `mandate`, `bank-code` …
  public var references: [String: String]
  /// The amount first ordered, when it differs in currency, and the rate the bank used.
  public var originalAmount: Money?
  public var exchangeRate: String?
  /// The balance after this entry, when the record states it.
  public var balanceAfter: Money?
  /// The key that tells this entry from every other of its account (formats.md §3.6), with the
  /// occurrence number among identical contents of a day. Hexadecimal SHA-256, set by Intake.
  public var transactionKey: String

  public init(
    locator: Locator, byteOffset: Int64? = nil, amount: Money, bookedOn: CivilDate?,
    valueOn: CivilDate? = nil, timeOfDay: Int32? = nil, kind: EntryKind = .booked,
    channel: Channel = .unknown, isReversal: Bool = false,
    counterparty: Counterparty = Counterparty(), purpose: String? = nil,
    references: [String: String] = [:], originalAmount: Money? = nil, exchangeRate: String? = nil,
    balanceAfter: Money? = nil, transactionKey: String = ""
  ) {
    self.locator = locator
    self.byteOffset = byteOffset
    self.amount = amount
    self.bookedOn = bookedOn
    self.valueOn = valueOn
    self.timeOfDay = timeOfDay
    self.kind = kind
    self.channel = channel
    self.isReversal = isReversal
    self.counterparty = counterparty
    self.purpose = purpose
    self.references = references
    self.originalAmount = originalAmount
    self.exchangeRate = exchangeRate
    self.balanceAfter = balanceAfter
    self.transactionKey = transactionKey
  }
}
