/// A device, telephone, mailbox, address or network address seen with an account, by its token.
public struct AccountIdentifier: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case device, phone, email, address, ip
  }
  public var account: AccountKey
  public var kind: Kind
  /// Stands for the identifier, the same wherever it was seen; never the identifier itself.
  public var token: String
  public var source: SourceRef

  public init(account: AccountKey, kind: Kind, token: String, source: SourceRef) {
    self.account = account
    self.kind = kind
    self.token = token
    self.source = source
  }
}

/// Persons on record as one household, with the accounts they hold.
public struct Household: Hashable, Sendable, Codable {
  public var members: [PartyCode]
  public var accounts: [AccountKey]
  public var source: SourceRef

  public init(members: [PartyCode], accounts: [AccountKey], source: SourceRef) {
    self.members = members
    self.accounts = accounts
    self.source = source
  }
}

/// A company, office or shop, and what it is to the records.
public struct Body: Hashable, Sendable, Codable {
  public enum Role: String, Sendable, Codable, CaseIterable {
    case company, remitter, agent, landlord, utility
    case payrollAgent = "payroll-agent", taxOffice = "tax-office", tradeInput = "trade-input"
  }
  /// Leave to do a business, from the register that grants it.
  public struct Licence: Hashable, Sendable, Codable {
    public var register: String
    public var from: CivilDate
    /// Nil while it stands.
    public var until: CivilDate?
    public init(register: String, from: CivilDate, until: CivilDate?) {
      self.register = register
      self.from = from
      self.until = until
    }
    public func holds(on day: CivilDate) -> Bool { from <= day && until.map { day <= $0 } ?? true }
  }
  /// May equal the code of a legal person of the matter: then they are one.
  public var code: PartyCode
  public var roles: [Role]
  public var accounts: [AccountKey]
  public var formedOn: CivilDate?
  public var capital: Money?
  /// A token: equal tokens are one address.
  public var address: String?
  public var place: PlaceCode?
  public var isOffshore: Bool
  public var licence: Licence?
  /// The trades it sells inputs of, such as `sexual-exploitation`; for the role `trade-input`.
  public var trades: [String]
  public var source: SourceRef

  public init(
    code: PartyCode, roles: [Role], accounts: [AccountKey], formedOn: CivilDate? = nil,
    capital: Money? = nil, address: String? = nil, place: PlaceCode? = nil,
    isOffshore: Bool = false, licence: Licence? = nil, trades: [String] = [], source: SourceRef
  ) {
    self.code = code
    self.roles = roles
    self.accounts = accounts
    self.formedOn = formedOn
    self.capital = capital
    self.address = address
    self.place = place
    self.isOffshore = isOffshore
    self.licence = licence
    self.trades = trades
    self.source = source
  }
}

/// What joins two parties, and in which days.
public struct Tie: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case director, shareholder, signatory, owner = "beneficial-owner"
    case agency, family, employment, client
    /// Whether `by` directs `of` through it.
    public var isControl: Bool {
      switch self {
      case .director, .shareholder, .signatory, .owner: true
      case .agency, .family, .employment, .client: false
      }
    }
  }
  public var by: PartyCode
  public var of: PartyCode
  public var kind: Kind
  /// Nil: not stated, and taken as before all records; nil at the end: it stands.
  public var from: CivilDate?
  public var until: CivilDate?
  public var source: SourceRef

  public init(
    by: PartyCode, of: PartyCode, kind: Kind, from: CivilDate?, until: CivilDate?,
    source: SourceRef
  ) {
    self.by = by
    self.of = of
    self.kind = kind
    self.from = from
    self.until = until
    self.source = source
  }

  public func holds(on day: CivilDate) -> Bool {
    from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
  }
}
