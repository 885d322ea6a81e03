// A tracing run as it is kept: what it was made from, how, and what came out, without any number that
// only one store or one version of the program knows.

/// The number of a kept run: `R-` and twelve hexadecimal digits of the SHA-256 over its record.
public typealias RunCode = Code<TracingRecord>

/// One tracing run as an immutable record (confiscation.md §4.1, experience.md N2, N3).
///
/// Accounts stand under their keys, so that the same case gives the same record, and so the same code,
/// in every store. Amounts are minor units. Sentences of the program are no part of it.
public struct TracingRecord: Hashable, Sendable, Codable {
  /// Who decided the method.
  public enum Origin: String, Hashable, Sendable, Codable {
    case request
    case caseSheet = "case-sheet"
    case profile
  }

  /// Another method for one item, as signed.
  public struct Override: Hashable, Sendable, Codable {
    public let property: PropertyCode
    public let method: String
    public let reason: String
    public let signedBy: String
    public let signedOn: String

    public init(_ one: MethodOverride) {
      property = one.property
      method = one.method
      reason = one.reason
      signedBy = one.signedBy
      signedOn = one.signedOn.description
    }
  }

  /// Value of one class at one place.
  public struct Row: Hashable, Sendable, Codable {
    public let place: String
    public let sourceClass: SourceClassCode
    public let isTainted: Bool
    public let amount: Money
  }

  /// The tainted value at one place in every run of the comparison, in the order of the columns.
  public struct Compared: Hashable, Sendable, Codable {
    public let place: String
    public let currency: Currency
    /// Minor units; null where a run holds nothing tainted there.
    public let tainted: [Int64?]
  }

  /// One interval: nil upper end where none can be given.
  public struct Interval: Hashable, Sendable, Codable {
    public let lowest: Money
    public let highest: Money?
    public let isExact: Bool
  }

  /// Between which amounts the tainted value at a place lies.
  public struct Bounds: Hashable, Sendable, Codable {
    public let place: String
    public let traced: Money
    public let overOrders: Interval?
    public let overRecords: Interval?
  }

  public var schema = "tracing-run/1"
  public let matter: MatterCode
  /// The day the matter is stated as of.
  public let asOf: String
  public let profile: String
  public let ledger: ContentHash
  public let method: String
  public let origin: Origin
  /// Why the case sheet chose the method; nil when it was not the sheet.
  public let reason: String?
  public let overrides: [Override]
  public let sameDayOrder: SameDayOrder
  public let backwardTracing: Bool
  public let results: [Row]
  public let columns: [SensitivityTable.Column]
  public let sensitivity: [Compared]
  public let bounds: [Bounds]

  public init(
    of run: TracingRun, _ table: SensitivityTable, in caseFile: CaseFile, profile: String,
    origin: Origin, reason: String?, overrides: [MethodOverride]
  ) {
    let names = PlaceNames(caseFile.accounts)
    matter = caseFile.matter.code
    asOf = caseFile.matter.asOf.description
    self.profile = profile
    ledger = run.ledgerHash
    method = run.method
    self.origin = origin
    self.reason = reason
    self.overrides = overrides.sorted { $0.property < $1.property }.map(Override.init)
    sameDayOrder = run.sameDayOrder
    backwardTracing = run.backwardTracing
    results = run.claims.map {
      Row(
        place: names.name(of: $0.place), sourceClass: $0.sourceClass, isTainted: $0.isTainted,
        amount: $0.amount.amount)
    }
    columns = table.columns
    sensitivity = table.rows.compactMap { row in
      guard let currency = row.tainted.lazy.compactMap({ $0?.currency }).first else { return nil }
      return Compared(
        place: names.name(of: row.place), currency: currency,
        tainted: row.tainted.map { $0?.minorUnits })
    }
    bounds = run.bounds.map { one in
      Bounds(
        place: names.name(of: one.place), traced: one.traced,
        overOrders: one.overOrders.map(Interval.init),
        overRecords: one.overRecords.map(Interval.init))
    }
  }
}

extension TracingRecord.Interval {
  init(_ one: TracedInterval) {
    lowest = one.lowest
    highest = one.highest
    isExact = one.isExact
  }
}

/// Names of places that are the same in every store.
struct PlaceNames {
  private var accounts: [AccountID: String] = [:]

  init(_ accounts: [Account]) {
    for account in accounts { self.accounts[account.id] = "\(account.key) \(account.currency)" }
  }

  /// `asset A-01`, `account iban:… GBP`, `spent`.
  func name(of place: Place) -> String {
    switch place {
    case .asset(let code): "asset \(code)"
    case .account(let id): "account \(accounts[id] ?? "unknown")"
    case .cash(let pool): "cash \(pool)"
    case .untraced(let id): "untraced \(accounts[id] ?? "unknown")"
    case .abroad(let key): "outside \(key)"
    case .debtDischarge: "repaid debt"
    case .dissipated: "spent"
    }
  }
}
