/// A payment that the papers call a loan or a capital injection.
public struct StatedLoan: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable { case loan, capital }
  /// The receipt by the borrower.
  public var movement: MovementRef
  public var kind: Kind
  public var lender: PartyCode
  public var source: SourceRef

  public init(movement: MovementRef, kind: Kind, lender: PartyCode, source: SourceRef) {
    self.movement = movement
    self.kind = kind
    self.lender = lender
    self.source = source
  }
}

/// Lawful means of a party in one calendar year.
public struct LawfulSource: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case income, loan, gift, inheritance, sale
    case openingCash = "opening-cash"
  }
  public var party: PartyCode
  public var year: Int
  public var kind: Kind
  public var amount: Money
  public var source: SourceRef

  public init(party: PartyCode, year: Int, kind: Kind, amount: Money, source: SourceRef) {
    self.party = party
    self.year = year
    self.kind = kind
    self.amount = amount
    self.source = source
  }
}

/// How a property item was paid, as far as booked payments show it.
public struct Purchase: Hashable, Sendable, Codable {
  public var property: PropertyCode
  public var payments: [MovementRef]
  public var source: SourceRef

  public init(property: PropertyCode, payments: [MovementRef], source: SourceRef) {
    self.property = property
    self.payments = payments
    self.source = source
  }
}

/// What a cash business can take in: units (seats, rooms, staff) × rate of a unit and hour × open hours.
public struct CapacitySheet: Hashable, Sendable, Codable {
  public var accounts: [AccountKey]
  public var period: Period
  /// What is counted: `seats`, `rooms`, `staff`.
  public var unit: String
  public var units: Int
  /// What one full unit takes in an open hour.
  public var rate: Money
  /// Open hours, at least one span.
  public var hours: [OpeningHours]
  /// The share of cash in the takings of the same trade, in basis points, and how many businesses it rests on.
  public var peerCashBasisPoints: Int?
  public var peers: Int?
  public var source: SourceRef

  public init(
    accounts: [AccountKey], period: Period, unit: String, units: Int, rate: Money,
    hours: [OpeningHours], peerCashBasisPoints: Int? = nil, peers: Int? = nil, source: SourceRef
  ) {
    self.accounts = accounts
    self.period = period
    self.unit = unit
    self.units = units
    self.rate = rate
    self.hours = hours
    self.peerCashBasisPoints = peerCashBasisPoints
    self.peers = peers
    self.source = source
  }
}

/// Open hours of one weekday, in minutes of the day; closing after midnight is above 1440.
public struct OpeningHours: Hashable, Sendable, Codable {
  /// 1 = Monday … 7 = Sunday.
  public var weekday: Int
  public var opens: Int
  public var closes: Int

  public init(weekday: Int, opens: Int, closes: Int) {
    self.weekday = weekday
    self.opens = opens
    self.closes = closes
  }
}

/// A receipt the case team holds for proceeds of a trade, before anything is traced.
public struct TaintedReceipt: Hashable, Sendable, Codable {
  public var movement: MovementRef
  /// The trade it comes from, such as `sexual-exploitation`.
  public var trade: String
  public var source: SourceRef

  public init(movement: MovementRef, trade: String, source: SourceRef) {
    self.movement = movement
    self.trade = trade
    self.source = source
  }
}
