/// How entries of one day are ordered when the bank's order is in doubt (confiscation.md §4.2).
public enum SameDayOrder: String, Sendable, Codable, CaseIterable {
  case bankSequence = "bank_sequence"
  case creditsFirst = "credits_first"
  case debitsFirst = "debits_first"
}

/// Where traced money lies, or how it ended.
public enum Place: Hashable, Sendable, Codable {
  case account(AccountID)
  case asset(PropertyCode)
  /// Drawn in cash and not seen again: the pool's name, `cash of S-01`.
  case cash(String)
  case dissipated
  case debtDischarge
  /// Left to an account outside the ledger: its key as text.
  case abroad(String)
  /// In an account behind a gap in the records, where tracing stops.
  case untraced(AccountID)

  /// A total order: assets, accounts, cash, untraced, abroad, debt discharge, dissipated.
  public var sortKey: String {
    switch self {
    case .asset(let code): "1 \(code.text)"
    case .account(let id):
      "2 " + String(repeating: "0", count: max(0, 19 - String(id.value).count)) + "\(id.value)"
    case .cash(let pool): "3 \(pool)"
    case .untraced(let id):
      "4 " + String(repeating: "0", count: max(0, 19 - String(id.value).count)) + "\(id.value)"
    case .abroad(let key): "5 \(key)"
    case .debtDischarge: "6"
    case .dissipated: "7"
    }
  }
}

/// Value of one source class found at one place, with the lines that carried it there.
public struct Claim: Hashable, Sendable, Codable {
  public let place: Place
  public let sourceClass: SourceClassCode
  public let isTainted: Bool
  public let amount: Figure
  /// The steps by which it came, oldest first, each a sentence with its lines.
  public let steps: [ClaimStep]

  public init(
    place: Place, sourceClass: SourceClassCode, isTainted: Bool, amount: Figure, steps: [ClaimStep]
  ) {
    self.place = place
    self.sourceClass = sourceClass
    self.isTainted = isTainted
    self.amount = amount
    self.steps = steps
  }
}

/// One step of a trace: on a day, a part of a movement went from one place to the next.
public struct ClaimStep: Hashable, Sendable, Codable {
  public let date: CivilDate
  public let from: String
  public let to: String
  /// The part of the movement that is in the claim; in the currency of the movement.
  public let amount: Money
  /// All that moved in this step of any class.
  public let moved: Money
  /// What the part became where it arrived: set where money was converted, or an asset sold, on the way.
  public let arrived: Money?
  public let source: SourceRef
  public init(
    date: CivilDate, from: String, to: String, amount: Money, moved: Money, arrived: Money? = nil,
    source: SourceRef
  ) {
    self.date = date
    self.from = from
    self.to = to
    self.amount = amount
    self.moved = moved
    self.arrived = arrived
    self.source = source
  }
}

/// One application of one method to one ledger. An immutable record.
public struct TracingRun: Hashable, Sendable, Codable {
  /// `fifo`, `libr`, `rolling_pro_rata` …
  public let method: String
  public let methodTitle: String
  public let authorities: [Citation]
  public let sameDayOrder: SameDayOrder
  public let backwardTracing: Bool
  /// SHA-256 over the canonical text of the ledger the method was applied to.
  public let ledgerHash: ContentHash
  /// Sorted by place, then class.
  public let claims: [Claim]
  public let limits: [String]
  /// Place by place, sorted as the claims: between which amounts the tainted value lies.
  public var bounds: [PlaceBounds]
  /// Of each asset and account that holds tainted value, its largest payments taken apart; sorted by
  /// place.
  public let proofs: [PlaceProof]

  public init(
    method: String, methodTitle: String, authorities: [Citation], sameDayOrder: SameDayOrder,
    backwardTracing: Bool, ledgerHash: ContentHash, claims: [Claim], limits: [String],
    bounds: [PlaceBounds] = [], proofs: [PlaceProof] = []
  ) {
    self.method = method
    self.methodTitle = methodTitle
    self.authorities = authorities
    self.sameDayOrder = sameDayOrder
    self.backwardTracing = backwardTracing
    self.ledgerHash = ledgerHash
    self.claims = claims
    self.limits = limits
    self.bounds = bounds
    self.proofs = proofs
  }
}

/// What the other methods and same-day orders would give, place by place (S: product rule §4.1).
public struct SensitivityTable: Hashable, Sendable, Codable {
  public struct Column: Hashable, Sendable, Codable {
    public let method: String
    public let sameDayOrder: SameDayOrder
    /// Whether proceeds were followed back through debts.
    public let backwardTracing: Bool
    public init(method: String, sameDayOrder: SameDayOrder, backwardTracing: Bool = false) {
      self.method = method
      self.sameDayOrder = sameDayOrder
      self.backwardTracing = backwardTracing
    }
    /// The method, and whether it looks back through debts: what a table groups its columns by.
    public var rule: String { backwardTracing ? method + ", through debts" : method }
  }
  public struct Row: Hashable, Sendable, Codable {
    public let place: Place
    /// Tainted amounts, one a column; nil where the place holds no traced value in that run.
    public let tainted: [Money?]
    public init(place: Place, tainted: [Money?]) {
      self.place = place
      self.tainted = tainted
    }
  }
  public let columns: [Column]
  public let rows: [Row]
  public init(columns: [Column], rows: [Row]) {
    self.columns = columns
    self.rows = rows
  }
}
