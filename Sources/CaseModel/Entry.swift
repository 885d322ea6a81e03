/// One booked line of one account, as the store holds it for a case.
///
/// `id` is a handle of this store; `key` is derived from the content and is the same in every store.
public struct Entry: Hashable, Sendable, Codable {
  public let id: EntryID
  /// 32 hexadecimal digits: the head of SHA-256 over account key and transaction key.
  public let key: String
  public let account: AccountID
  public let amount: Money
  public let bookedOn: CivilDate
  public let valueOn: CivilDate?
  public let timeOfDay: Int32?
  /// The place among the account's entries: booking day, then the bank's order within the day.
  public let sequence: Int32
  public let channel: Channel
  public let isReversal: Bool
  /// The other account, when records identify it.
  public let counterpartyAccount: AccountID?
  /// Texts as the case team may see them: identities of protected persons already replaced.
  public let counterpartyName: String?
  public let purpose: String?
  public let statement: StatementID
  public let source: SourceRef

  public init(
    id: EntryID, key: String, account: AccountID, amount: Money, bookedOn: CivilDate,
    valueOn: CivilDate?, timeOfDay: Int32?, sequence: Int32, channel: Channel, isReversal: Bool,
    counterpartyAccount: AccountID?, counterpartyName: String?, purpose: String?,
    statement: StatementID, source: SourceRef
  ) {
    self.id = id
    self.key = key
    self.account = account
    self.amount = amount
    self.bookedOn = bookedOn
    self.valueOn = valueOn
    self.timeOfDay = timeOfDay
    self.sequence = sequence
    self.channel = channel
    self.isReversal = isReversal
    self.counterpartyAccount = counterpartyAccount
    self.counterpartyName = counterpartyName
    self.purpose = purpose
    self.statement = statement
    self.source = source
  }
}

/// Two entries on two accounts that are the two legs of one movement.
public struct Transfer: Hashable, Sendable, Codable {
  public let id: TransferID
  public let debit: EntryID
  public let credit: EntryID
  /// The constraints the match satisfied, in words: same amount, opposite sign, 1 day apart …
  public let reasons: [String]

  public init(id: TransferID, debit: EntryID, credit: EntryID, reasons: [String]) {
    self.id = id
    self.debit = debit
    self.credit = credit
    self.reasons = reasons
  }
}

/// A statement of a case: what it covers and whether its own figures agree.
public struct StatementRecord: Hashable, Sendable, Codable {
  public let id: StatementID
  public let account: AccountID
  public let number: String?
  /// First and last booking day among balances and entries; nil for an empty one without balances.
  public let period: Period?
  public let opening: StatedBalance?
  public let closing: StatedBalance?
  public let entryCount: Int
  public let status: ReconciliationStatus
  public let difference: Money?
  public let source: SourceRef

  public init(
    id: StatementID, account: AccountID, number: String?, period: Period?,
    opening: StatedBalance?, closing: StatedBalance?, entryCount: Int,
    status: ReconciliationStatus, difference: Money?, source: SourceRef
  ) {
    self.id = id
    self.account = account
    self.number = number
    self.period = period
    self.opening = opening
    self.closing = closing
    self.entryCount = entryCount
    self.status = status
    self.difference = difference
    self.source = source
  }
}

/// A break in the chain of an account's statements: what is missing, and the jump it leaves.
public struct CoverageGap: Hashable, Sendable, Codable {
  public let account: AccountID
  /// The last statement before the gap and the first after it.
  public let before: StatementID
  public let after: StatementID
  /// Days between them without a statement; nil when the days touch and only the balances jump.
  public let missing: Period?
  /// opening after − closing before; nil when either is not stated.
  public let jump: Money?
  /// The statement numbers left out; nil when the numbers say nothing.
  public let missingNumbers: ClosedRange<Int>?
  public let sources: [SourceRef]

  public init(
    account: AccountID, before: StatementID, after: StatementID, missing: Period?, jump: Money?,
    missingNumbers: ClosedRange<Int>? = nil, sources: [SourceRef]
  ) {
    self.account = account
    self.before = before
    self.after = after
    self.missing = missing
    self.jump = jump
    self.missingNumbers = missingNumbers
    self.sources = sources
  }
}
