/// One matter: the legal frame, the persons by pseudonym, the facts, the property.
///
/// Comes from a *case sheet*, a file the prosecutor's office writes, received and hashed like any
/// other evidence, so that every fact cites file and line. Source: confiscation.md §1.
public struct Matter: Hashable, Sendable, Codable {
  public var code: MatterCode
  /// A title that names nobody.
  public var title: String
  /// The jurisdiction profile: `gb`, `untoc`.
  public var profile: String
  public var asOf: CivilDate
  public var reportingCurrency: Currency
  public var office: String
  public var persons: [Person]
  public var counts: [Count]
  public var sourceClasses: [SourceClass]
  public var property: [PropertyItem]
  public var events: [Event]
  public var facts: [CaseFact]
  public var rates: [DatedRate]
  public var orders: [PreservationOrder]
  /// Ground for a file without conviction (confiscation.md §2.2), with the fact that carries it.
  public var nonConvictionGround: NonConvictionGround?
  /// Choices and facts for tracing; nil when the sheet states none.
  public var tracing: TracingFacts?
  /// What the sheet states around the records; nil when it states nothing.
  public var circumstances: Circumstances?
  public var source: SourceRef

  public init(
    code: MatterCode, title: String, profile: String, asOf: CivilDate, reportingCurrency: Currency,
    office: String, persons: [Person], counts: [Count], sourceClasses: [SourceClass],
    property: [PropertyItem], events: [Event], facts: [CaseFact], rates: [DatedRate],
    orders: [PreservationOrder], nonConvictionGround: NonConvictionGround?,
    tracing: TracingFacts? = nil, circumstances: Circumstances? = nil, source: SourceRef
  ) {
    self.code = code
    self.title = title
    self.profile = profile
    self.asOf = asOf
    self.reportingCurrency = reportingCurrency
    self.office = office
    self.persons = persons
    self.counts = counts
    self.sourceClasses = sourceClasses
    self.property = property
    self.events = events
    self.facts = facts
    self.rates = rates
    self.orders = orders
    self.nonConvictionGround = nonConvictionGround
    self.tracing = tracing
    self.circumstances = circumstances
    self.source = source
  }
}

/// A role a person plays in a matter, with its dates. A suspect is a role, never a type of person.
public enum Role: String, Sendable, Codable, CaseIterable {
  case suspect, defendant, respondent, victim, witness, thirdParty = "third-party"
  case bonaFidePurchaser = "bona-fide-purchaser", securedCreditor = "secured-creditor"
  case legalPerson = "legal-person", publicOfficial = "public-official", family, controller
  case nominee, intermediary
}

public struct RoleAssignment: Hashable, Sendable, Codable {
  public var role: Role
  public var from: CivilDate?
  public var until: CivilDate?
  public init(role: Role, from: CivilDate? = nil, until: CivilDate? = nil) {
    self.role = role
    self.from = from
    self.until = until
  }
}

/// A natural or legal person under a pseudonym. The identity lies in the sealed store.
public struct Person: Hashable, Sendable, Codable {
  public var code: PersonCode
  public var isLegalPerson: Bool
  /// What documents call the person: the pseudonym for protected persons and natural persons, the
  /// registered name for a company that is no victim.
  public var displayName: String
  public var roles: [RoleAssignment]
  /// Accounts held on paper, and accounts controlled whatever the name on them.
  public var holds: [AccountKey]
  public var controls: [AccountKey]
  public var isChild: Bool
  public var source: SourceRef

  public init(
    code: PersonCode, isLegalPerson: Bool, displayName: String, roles: [RoleAssignment],
    holds: [AccountKey], controls: [AccountKey], isChild: Bool, source: SourceRef
  ) {
    self.code = code
    self.isLegalPerson = isLegalPerson
    self.displayName = displayName
    self.roles = roles
    self.holds = holds
    self.controls = controls
    self.isChild = isChild
    self.source = source
  }
  public func has(_ role: Role) -> Bool { roles.contains { $0.role == role } }
  public var isVictim: Bool { has(.victim) }
}

/// One count: exactly one predicate (S-017), its state, and the elements with their facts.
public struct Count: Hashable, Sendable, Codable {
  public enum State: String, Sendable, Codable {
    case alleged, charged, convicted, acquitted, quashed, discontinued, timeBarred = "time-barred"
  }
  public var number: Int
  public var person: PersonCode
  /// Offence code of the profile: `trafficking-forced-labour`, `migrant-smuggling`, `laundering`,
  /// `bribery`.
  public var offence: String
  public var state: State
  public var conduct: Period
  public var place: String
  /// Element name → facts that support it.
  public var elements: [Element]
  public var source: SourceRef

  public struct Element: Hashable, Sendable, Codable {
    public var name: String
    public var facts: [FactCode]
    public init(name: String, facts: [FactCode]) {
      self.name = name
      self.facts = facts
    }
  }

  public init(
    number: Int, person: PersonCode, offence: String, state: State, conduct: Period, place: String,
    elements: [Element], source: SourceRef
  ) {
    self.number = number
    self.person = person
    self.offence = offence
    self.state = state
    self.conduct = conduct
    self.place = place
    self.elements = elements
    self.source = source
  }
}

/// A label that follows money from where it came in: one criminal receipt or one clean source.
public struct SourceClass: Hashable, Sendable, Codable {
  /// How the receipt counts towards benefit (confiscation.md §3 rule 3).
  public enum Nature: String, Sendable, Codable {
    case obtaining, lawful, returned, unexplained, claimant
  }
  public var code: SourceClassCode
  public var title: String
  public var isTainted: Bool
  public var nature: Nature
  /// The count whose conduct this is; nil for clean sources.
  public var count: Int?
  /// Which booked entries belong to the class.
  public var selector: EntrySelector
  /// Why, in a sentence, by the person who decided it.
  public var reason: String
  public var source: SourceRef

  public init(
    code: SourceClassCode, title: String, isTainted: Bool, nature: Nature, count: Int?,
    selector: EntrySelector, reason: String, source: SourceRef
  ) {
    self.code = code
    self.title = title
    self.isTainted = isTainted
    self.nature = nature
    self.count = count
    self.selector = selector
    self.reason = reason
    self.source = source
  }
}

/// Which booked entries are meant: all conditions given must hold.
public struct EntrySelector: Hashable, Sendable, Codable {
  public enum Direction: String, Sendable, Codable { case credit, debit }
  /// Accounts whose lines are meant.
  public var accounts: [AccountKey]
  public var direction: Direction?
  /// The other side: accounts, or accounts held by persons.
  public var counterpartyAccounts: [AccountKey]
  public var counterpartyPersons: [PersonCode]
  /// Words of the counterparty's name or the purpose, compared without case.
  public var textContains: [String]
  public var channels: [Channel]
  public var period: Period?
  /// Inclusive limits on the magnitude, in the account's currency, as decimal text resolved later.
  public var least: DecimalNumber?
  public var most: DecimalNumber?
  /// Entries that are meant, whatever the conditions say, and entries that never are. Handles of one
  /// case file, set by a what-if and never by a case sheet; nil otherwise.
  public var exactly: Set<EntryID>?
  public var except: Set<EntryID>?

  public init(
    accounts: [AccountKey] = [], direction: Direction? = nil,
    counterpartyAccounts: [AccountKey] = [], counterpartyPersons: [PersonCode] = [],
    textContains: [String] = [], channels: [Channel] = [], period: Period? = nil,
    least: DecimalNumber? = nil, most: DecimalNumber? = nil
  ) {
    self.accounts = accounts
    self.direction = direction
    self.counterpartyAccounts = counterpartyAccounts
    self.counterpartyPersons = counterpartyPersons
    self.textContains = textContains
    self.channels = channels
    self.period = period
    self.least = least
    self.most = most
  }
}

/// Something that happened outside the accounts: a crossing, a raid, a duty roster.
public struct Event: Hashable, Sendable, Codable {
  public var code: EventCode
  public var kind: String
  public var period: Period
  public var place: String
  public var persons: [PersonCode]
  public var title: String
  public var source: SourceRef

  public init(
    code: EventCode, kind: String, period: Period, place: String, persons: [PersonCode],
    title: String, source: SourceRef
  ) {
    self.code = code
    self.kind = kind
    self.period = period
    self.place = place
    self.persons = persons
    self.title = title
    self.source = source
  }
}

/// How far a record may be used (confiscation.md §5.2). Order matters: later is stronger.
public enum EvidenceStatus: String, Sendable, Codable, CaseIterable, Comparable {
  case lead
  case intelligenceOnly = "intelligence-only"
  case intelligenceReleasable = "intelligence-releasable"
  case requestedFormally = "requested-formally"
  case obtainedFormally = "obtained-formally"
  case certified, exhibited, challenged, excluded

  public static func < (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
  /// A court document may cite it.
  public var mayReachCourt: Bool { self == .certified || self == .exhibited }
}

/// A fact a person recorded, with its evidence and which side it helps.
public struct CaseFact: Hashable, Sendable, Codable {
  public var code: FactCode
  public var statement: String
  public var status: EvidenceStatus
  /// Tagged as helping the respondent: must stand in the candour section.
  public var helpsRespondent: Bool
  public var exhibit: String?
  /// Heading it belongs under: `conduct`, `hardship`, `prior-proceedings`, `third-party`, `victim`,
  /// `co-ordination` …
  public var topic: String
  public var persons: [PersonCode]
  public var property: [PropertyCode]
  public var source: SourceRef

  public init(
    code: FactCode, statement: String, status: EvidenceStatus, helpsRespondent: Bool,
    exhibit: String?, topic: String, persons: [PersonCode] = [], property: [PropertyCode] = [],
    source: SourceRef
  ) {
    self.code = code
    self.statement = statement
    self.status = status
    self.helpsRespondent = helpsRespondent
    self.exhibit = exhibit
    self.topic = topic
    self.persons = persons
    self.property = property
    self.source = source
  }
}

public struct DatedRate: Hashable, Sendable, Codable {
  public var date: CivilDate
  public var rate: ExchangeRate
  public var source: SourceRef
  public init(date: CivilDate, rate: ExchangeRate, source: SourceRef) {
    self.date = date
    self.rate = rate
    self.source = source
  }
}

public struct NonConvictionGround: Hashable, Sendable, Codable {
  /// Code of confiscation.md §2.2: `fled`, `deceased`, `standalone_by_law` …
  public var code: String
  public var facts: [FactCode]
  public var source: SourceRef
  public init(code: String, facts: [FactCode], source: SourceRef) {
    self.code = code
    self.facts = facts
    self.source = source
  }
}
