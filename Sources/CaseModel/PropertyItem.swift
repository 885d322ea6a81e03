/// One thing or right listed for restraint or confiscation. Source: confiscation.md §1, UNTOC art. 2(d).
public struct PropertyItem: Hashable, Sendable, Codable {
  /// A value of the item, with the day, the method and the record it comes from.
  public struct Valuation: Hashable, Sendable, Codable {
    public var amount: Money
    public var date: CivilDate
    public var method: String
    public var source: SourceRef
    public init(amount: Money, date: CivilDate, method: String, source: SourceRef) {
      self.amount = amount
      self.date = date
      self.method = method
      self.source = source
    }
  }
  public struct Encumbrance: Hashable, Sendable, Codable {
    public var holder: String
    public var amount: Money
    public var rank: Int
    public var inGoodFaith: Bool?
    public var source: SourceRef
    public init(holder: String, amount: Money, rank: Int, inGoodFaith: Bool?, source: SourceRef) {
      self.holder = holder
      self.amount = amount
      self.rank = rank
      self.inGoodFaith = inGoodFaith
      self.source = source
    }
  }
  public struct Interest: Hashable, Sendable, Codable {
    public var person: String
    public var claim: String
    public var source: SourceRef
    public init(person: String, claim: String, source: SourceRef) {
      self.person = person
      self.claim = claim
      self.source = source
    }
  }

  public var code: PropertyCode
  /// Kind of confiscation.md §1: `deposit-account`, `building`, `vehicle`, `cash` …
  public var kind: String
  public var description: String
  /// Register number and the like, as printed.
  public var identifiers: String?
  public var locationState: String
  public var location: String
  public var legalOwner: PersonCode?
  public var controller: PersonCode?
  public var acquiredOn: CivilDate?
  public var price: Money?
  /// The booked debits that paid for it, or the account itself for a deposit account.
  public var funding: [EntrySelector]
  public var account: AccountKey?
  public var valuations: [Valuation]
  public var encumbrances: [Encumbrance]
  public var interests: [Interest]
  /// Set when the item was used in or meant for the offence, with the facts.
  public var instrumentalityFacts: [FactCode]
  public var custody: String?
  public var source: SourceRef

  public init(
    code: PropertyCode, kind: String, description: String, identifiers: String?,
    locationState: String, location: String, legalOwner: PersonCode?, controller: PersonCode?,
    acquiredOn: CivilDate?, price: Money?, funding: [EntrySelector], account: AccountKey?,
    valuations: [Valuation], encumbrances: [Encumbrance], interests: [Interest],
    instrumentalityFacts: [FactCode], custody: String?, source: SourceRef
  ) {
    self.code = code
    self.kind = kind
    self.description = description
    self.identifiers = identifiers
    self.locationState = locationState
    self.location = location
    self.legalOwner = legalOwner
    self.controller = controller
    self.acquiredOn = acquiredOn
    self.price = price
    self.funding = funding
    self.account = account
    self.valuations = valuations
    self.encumbrances = encumbrances
    self.interests = interests
    self.instrumentalityFacts = instrumentalityFacts
    self.custody = custody
    self.source = source
  }
}

/// A temporary ban on dealing with property, or its custody. Source: UNTOC art. 2(f).
public struct PreservationOrder: Hashable, Sendable, Codable {
  public var property: PropertyCode
  public var kind: String
  public var issuer: String
  public var number: String
  public var date: CivilDate
  public var ends: CivilDate?
  public var source: SourceRef
  public init(
    property: PropertyCode, kind: String, issuer: String, number: String, date: CivilDate,
    ends: CivilDate?, source: SourceRef
  ) {
    self.property = property
    self.kind = kind
    self.issuer = issuer
    self.number = number
    self.date = date
    self.ends = ends
    self.source = source
  }
}
