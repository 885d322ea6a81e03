/// What a case states for tracing beyond its entries: choices of method and facts about single payments.
///
/// Comes from the case sheet, so that each item cites its line. Source: confiscation.md §4.
public struct TracingFacts: Hashable, Sendable, Codable {
  /// The method of the matter with its reason; nil takes the profile's default.
  public var choice: MethodChoice?
  /// Items for which another method is used, each with a signed reason (N3).
  public var overrides: [MethodOverride]
  public var sales: [AssetSale]
  public var cashLinks: [CashLink]
  public var batches: [BatchSplit]
  public var transferGroups: [TransferGroup]

  public init(
    choice: MethodChoice? = nil, overrides: [MethodOverride] = [], sales: [AssetSale] = [],
    cashLinks: [CashLink] = [], batches: [BatchSplit] = [], transferGroups: [TransferGroup] = []
  ) {
    self.choice = choice
    self.overrides = overrides
    self.sales = sales
    self.cashLinks = cashLinks
    self.batches = batches
    self.transferGroups = transferGroups
  }
}

/// The tracing method a person chose for the matter, and why.
public struct MethodChoice: Hashable, Sendable, Codable {
  /// A name of the tracing catalogue: `libr`, `fifo`.
  public var method: String
  public var reason: String
  public var source: SourceRef

  public init(method: String, reason: String, source: SourceRef) {
    self.method = method
    self.reason = reason
    self.source = source
  }
}

/// Another method for one item. Without a reason and a signature there is none (N3).
public struct MethodOverride: Hashable, Sendable, Codable {
  public var property: PropertyCode
  public var method: String
  public var reason: String
  /// The office or name of the one who signed, as the sheet states it, and the day.
  public var signedBy: String
  public var signedOn: CivilDate
  public var source: SourceRef

  public init(
    property: PropertyCode, method: String, reason: String, signedBy: String, signedOn: CivilDate,
    source: SourceRef
  ) {
    self.property = property
    self.method = method
    self.reason = reason
    self.signedBy = signedBy
    self.signedOn = signedOn
    self.source = source
  }
}

/// An item, or a fraction of it, was sold, and the price was booked.
public struct AssetSale: Hashable, Sendable, Codable {
  public var property: PropertyCode
  /// The credits that are the price.
  public var selector: EntrySelector
  /// The part sold, as `1/4`; nil for the whole.
  public var fraction: String?
  public var facts: [FactCode]
  public var source: SourceRef

  public init(
    property: PropertyCode, selector: EntrySelector, fraction: String?, facts: [FactCode],
    source: SourceRef
  ) {
    self.property = property
    self.selector = selector
    self.fraction = fraction
    self.facts = facts
    self.source = source
  }
}

/// Evidence that cash paid in is cash that was drawn before: at most 14 days apart, by one person, not
/// more than was there. An inference, and printed as one (confiscation.md §4.2, cash).
public struct CashLink: Hashable, Sendable, Codable {
  public var person: PersonCode
  public var withdrawals: EntrySelector
  public var deposits: EntrySelector
  public var facts: [FactCode]
  public var source: SourceRef

  public init(
    person: PersonCode, withdrawals: EntrySelector, deposits: EntrySelector, facts: [FactCode],
    source: SourceRef
  ) {
    self.person = person
    self.withdrawals = withdrawals
    self.deposits = deposits
    self.facts = facts
    self.source = source
  }
}

/// One booked line that stands for several payments, as the bank's list shows; what the list leaves
/// open is the remainder.
public struct BatchSplit: Hashable, Sendable, Codable {
  public struct Part: Hashable, Sendable, Codable {
    public var amount: Money
    /// Exactly one of the two: where a part of a debit went, or of which class a part of a credit is.
    public var property: PropertyCode?
    public var sourceClass: SourceClassCode?
    public init(amount: Money, property: PropertyCode?, sourceClass: SourceClassCode?) {
      self.amount = amount
      self.property = property
      self.sourceClass = sourceClass
    }
  }
  public var selector: EntrySelector
  public var parts: [Part]
  public var facts: [FactCode]
  public var source: SourceRef

  public init(selector: EntrySelector, parts: [Part], facts: [FactCode], source: SourceRef) {
    self.selector = selector
    self.parts = parts
    self.facts = facts
    self.source = source
  }
}

/// Several debits that arrived as several credits: one payment in parts, collected or split on the way.
public struct TransferGroup: Hashable, Sendable, Codable {
  public var debits: EntrySelector
  public var credits: EntrySelector
  public var facts: [FactCode]
  public var source: SourceRef

  public init(
    debits: EntrySelector, credits: EntrySelector, facts: [FactCode], source: SourceRef
  ) {
    self.debits = debits
    self.credits = credits
    self.facts = facts
    self.source = source
  }
}
