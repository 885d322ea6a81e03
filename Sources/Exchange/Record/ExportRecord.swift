public import CaseModel

/// What an export is made from: one case, and the records that other documents state beside it.
///
/// Texts are those the case team may see. The store hands them out masked; accounts and names of
/// protected persons that a case file still shows are replaced here once more (`Redaction`).
public struct ExportRecord: Sendable {
  public let caseFile: CaseFile
  public let payments: [Recorded<PaymentRecord>]
  public let entities: [Recorded<StatedEntity>]
  public let selection: ExportSelection
  /// What of the case the selection left out.
  public let leftOut: LeftOut

  /// How many values a selection left out.
  public struct LeftOut: Hashable, Sendable, Codable {
    public var entries = 0
    public var statements = 0
    public var transfers = 0
    public var payments = 0
  }

  /// Applies the selection once, so that every export sees the same.
  ///
  /// - Parameters:
  ///   - payments, entities: with where each was read, texts masked; any order.
  /// - Complexity: O(*n* log *n*) in the values given.
  public init(
    caseFile: CaseFile, payments: [Recorded<PaymentRecord>] = [],
    entities: [Recorded<StatedEntity>] = [], selection: ExportSelection = ExportSelection()
  ) {
    var chosen = caseFile
    var left = LeftOut()
    let accounts = Set(caseFile.accounts.filter { selection.takes($0) }.map(\.id))
    chosen.entries = caseFile.entries.filter {
      accounts.contains($0.account) && selection.takes($0.bookedOn)
    }
    left.entries = caseFile.entries.count - chosen.entries.count
    chosen.statements = caseFile.statements.filter {
      accounts.contains($0.account) && selection.takes($0.period)
    }
    left.statements = caseFile.statements.count - chosen.statements.count
    let kept = Set(chosen.entries.map(\.id))
    // A pair is told only when both of its legs are.
    chosen.transfers = caseFile.transfers.filter {
      kept.contains($0.debit) && kept.contains($0.credit)
    }
    left.transfers = caseFile.transfers.count - chosen.transfers.count
    let statements = Set(chosen.statements.map(\.id))
    chosen.gaps = caseFile.gaps.filter {
      statements.contains($0.before) && statements.contains($0.after)
    }
    let keys = Set(caseFile.accounts.filter { accounts.contains($0.id) }.map(\.key))
    let chosenPayments = payments.filter { selection.takes($0.value, accounts: keys) }
    left.payments = payments.count - chosenPayments.count
    self.caseFile = chosen
    self.payments = Self.ordered(chosenPayments) { $0.key }
    self.entities = Self.ordered(entities) { $0.key }
    self.selection = selection
    leftOut = left
  }

  /// By key, then place: the same whatever the order of arrival. One record a key: the least place.
  private static func ordered<Value>(
    _ records: [Recorded<Value>], _ key: (Value) -> String
  ) -> [Recorded<Value>] {
    var seen: Set<String> = []
    return records.sorted {
      let (a, b) = (key($0.value), key($1.value))
      return a == b ? $0.source < $1.source : a.utf8.lexicographicallyPrecedes(b.utf8)
    }.filter { key($0.value).isEmpty || seen.insert(key($0.value)).inserted }
  }
}

/// A value together with where it was read.
public struct Recorded<Value: Sendable>: Sendable {
  public let value: Value
  public let source: SourceRef
  public init(_ value: Value, source: SourceRef) {
    self.value = value
    self.source = source
  }
}

/// Which part of a case is exported. Everything when nothing is named.
public struct ExportSelection: Hashable, Sendable, Codable {
  /// Accounts by key or by name as `moneytrail accounts` prints it; empty for all.
  public var accounts: [String]
  /// The first and the last booking day, both included.
  public var first: CivilDate?
  public var last: CivilDate?

  public init(accounts: [String] = [], first: CivilDate? = nil, last: CivilDate? = nil) {
    self.accounts = accounts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.first = first
    self.last = last
  }

  public var isWhole: Bool { accounts.isEmpty && first == nil && last == nil }

  public func takes(_ account: Account) -> Bool {
    accounts.isEmpty
      || accounts.contains { $0 == account.key.text || $0 == account.displayName }
  }

  func takes(_ day: CivilDate) -> Bool {
    first.map { $0 <= day } ?? true && last.map { day <= $0 } ?? true
  }

  /// A statement is taken when it shares a day with the selection, or states no days.
  func takes(_ period: Period?) -> Bool {
    guard let period else { return true }
    return first.map { $0 <= period.last } ?? true && last.map { period.first <= $0 } ?? true
  }

  /// A record without a day is taken: leaving it out would hide it.
  func takes(_ payment: PaymentRecord, accounts keys: Set<AccountKey>) -> Bool {
    guard (payment.executedOn ?? payment.valueOn).map({ takes($0) }) ?? true else { return false }
    return accounts.isEmpty
      || payment.parties.contains { $0.accountKey.map(keys.contains) ?? false }
  }
}
