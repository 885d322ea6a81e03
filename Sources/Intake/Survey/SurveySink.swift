import CaseModel

/// Adds up what a format reads, and keeps no entry.
final class SurveySink: SurveyingSink {
  /// Quarantined records that are kept, in number and in bytes of raw text; the others are counted here
  /// and handed on when the records are read again.
  static let quarantineMost = 1_000
  static let quarantineBytes = 8 << 20

  let forKeys: Bool
  private(set) var statements: [Statement] = []
  private(set) var summaries: [EntrySummary] = []
  private(set) var quarantined: [QuarantinedRecord] = []
  private(set) var quarantinedCount = 0
  private(set) var skippedRecords = 0
  private(set) var storedRecords = 0
  private(set) var countedRecords: Int?
  private(set) var profile: String?
  private(set) var payments: [String: Inspection.PaymentGroup] = [:]
  private(set) var entities: [String: Int] = [:]
  private(set) var plan: KeyPlan
  /// The account of a statement was not known when its first entry came.
  private(set) var hasLateAccount = false
  private var keeper = IssueKeeper()
  private var quarantinedBytes = 0
  private var hashes: [UInt64] = []
  private var keys: [AccountKey] = []
  private var named: Set<NamedKey> = []
  /// Accounts of other sides, by key and currency, in the order in which they came.
  private(set) var accounts: [NamedAccount] = []

  private struct NamedKey: Hashable {
    let key: AccountKey
    let currency: String
  }

  init(forKeys: Bool, byteCount: Int) {
    self.forKeys = forKeys
    plan = KeyPlan(expected: forKeys ? byteCount / 40 : 0)
  }

  var issues: [Issue] { keeper.issues }
  func begin(_ header: Statement) throws -> Int {
    statements.append(header)
    summaries.append(EntrySummary())
    hashes.append(KeyNotes.account(header.accountKey))
    keys.append(header.accountKey)
    return statements.count - 1
  }

  func append(_ entry: StatementEntry, to statement: Int) throws {
    summaries[statement].add(entry)
    storedRecords += 1
    guard forKeys else { return }
    plan.add(entry, account: hashes[statement])
    if let key = entry.counterparty.accountKey, key != keys[statement] {
      name(
        NamedAccount(
          key: key, currency: entry.amount.currency,
          text: entry.counterparty.accountText ?? key.text))
    }
  }

  func add(_ summary: EntrySummary, to statement: Int) throws {
    summaries[statement] = summary
    storedRecords += summary.count
  }

  func note(_ notes: KeyNotes) throws {
    plan.add(notes)
    for account in notes.accounts { name(account) }
  }

  private func name(_ account: NamedAccount) {
    let key = NamedKey(key: account.key, currency: account.currency.code)
    if named.insert(key).inserted { accounts.append(account) }
  }

  func end(_ trailer: Statement, of statement: Int) throws {
    if trailer.accountKey != keys[statement], summaries[statement].count > 0 {
      hasLateAccount = true
    }
    statements[statement] = trailer
    statements[statement].entries = []
  }

  func record(_ payment: PaymentRecord) throws {
    payments[payment.recordType, default: Inspection.PaymentGroup()].add(payment)
    storedRecords += 1
  }

  func state(_ entity: StatedEntity) throws {
    entities[entity.schema, default: 0] += 1
    storedRecords += 1
  }

  func report(_ issue: Issue) throws { keeper.add(issue) }

  func quarantine(_ record: QuarantinedRecord) throws {
    quarantinedCount += 1
    guard quarantined.count == quarantinedCount - 1, quarantined.count < Self.quarantineMost,
      quarantinedBytes < Self.quarantineBytes
    else { return }
    quarantined.append(record)
    quarantinedBytes += record.raw.utf8.count
  }

  func skip(records: Int) throws { skippedRecords += records }
  func uses(profile line: String) throws { profile = line }
  func counted(records: Int) throws { countedRecords = (countedRecords ?? 0) + records }

  /// Statements with status and difference by their summaries.
  func takeSettled(expectsBalances: Bool) -> [Statement] {
    for index in statements.indices {
      Reconciler.settle(
        &statements[index], summaries[index], expectsBalances: expectsBalances)
    }
    plan.close()
    defer { statements = [] }
    return statements
  }
}
