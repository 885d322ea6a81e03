/// What a matter states around its records: places, identifiers, bodies, ties, loans, incomes, capacity.
///
/// Comes from the section `circumstances` of the case sheet, so that each item cites its line. Persons are
/// pseudonyms and identifiers are tokens: no number, name or address of anyone stands here. An empty list
/// says that nothing was stated, never that there is nothing. Source: typologies.md §1.
public struct Circumstances: Hashable, Sendable, Codable {
  public var places: [GeoPlace] = []
  public var movements: [PlacedMovement] = []
  public var homes: [AccountHome] = []
  public var identifiers: [AccountIdentifier] = []
  public var households: [Household] = []
  public var bodies: [Body] = []
  public var ties: [Tie] = []
  public var certainties: [EventCertainty] = []
  public var loans: [StatedLoan] = []
  public var incomes: [LawfulSource] = []
  public var purchases: [Purchase] = []
  public var capacities: [CapacitySheet] = []
  public var receipts: [TaintedReceipt] = []
  public var trade = TradeRecords()

  public init() {}

  /// Every account the section names, in its order, with repetition.
  public var accountKeys: [AccountKey] {
    let payments = purchases.flatMap(\.payments) + trade.invoices.flatMap(\.payments)
    let booked = movements.map(\.movement) + loans.map(\.movement) + receipts.map(\.movement)
    return (booked + payments).map(\.account) + homes.map(\.account) + identifiers.map(\.account)
      + households.flatMap(\.accounts) + bodies.flatMap(\.accounts) + capacities.flatMap(\.accounts)
  }
}

/// A person or a body of the matter, by its code.
public enum Party {}
public typealias PartyCode = Code<Party>

/// One booked movement as the sheet names it: the records are searched for it. A movement that stands in the
/// sheet more than once is meant as often.
public struct MovementRef: Hashable, Sendable, Codable {
  public enum Side: String, Sendable, Codable, CaseIterable { case `in`, out }
  public var account: AccountKey
  public var side: Side
  public var day: CivilDate
  /// Positive, in the currency of the account.
  public var amount: Money

  public init(account: AccountKey, side: Side, day: CivilDate, amount: Money) {
    self.account = account
    self.side = side
    self.day = day
    self.amount = amount
  }
}

/// How sure it is that an event took place as the sheet says.
public struct EventCertainty: Hashable, Sendable, Codable {
  public enum Degree: String, Sendable, Codable, CaseIterable { case certain, probable, reported }
  public var event: EventCode
  public var degree: Degree
  public var source: SourceRef

  public init(event: EventCode, degree: Degree, source: SourceRef) {
    self.event = event
    self.degree = degree
    self.source = source
  }
}
