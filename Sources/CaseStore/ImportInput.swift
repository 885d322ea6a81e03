import CaseModel

/// A record that could not be used, kept whole with its place and reason.
public struct QuarantinedRow: Hashable, Sendable, Codable {
  public let locator: Locator
  public let code: String
  public let reason: String
  /// The raw record as read, undecodable bytes escaped.
  public let raw: String
  public init(locator: Locator, code: String, reason: String, raw: String) {
    self.locator = locator
    self.code = code
    self.reason = reason
    self.raw = raw
  }
}

/// The records of a file that are read from it while they are stored, so that nobody holds them all.
public struct StreamedRecords: Sendable {
  /// Hands on every record of the file, in its order, as often as asked.
  public let source: any RecordSource
  /// What the entries of each statement add up to, in the order of the statements.
  public let summaries: [EntrySummary]
  /// Accounts of other sides that the entries name, by key and currency.
  public let accounts: [NamedAccount]
  /// All quarantined records; those that `ImportInput.quarantined` does not hold come from the source.
  public let quarantinedCount: Int
  /// Payment records and stated entities together.
  public let recordCount: Int

  public init(
    source: any RecordSource, summaries: [EntrySummary], accounts: [NamedAccount],
    quarantinedCount: Int, recordCount: Int
  ) {
    self.source = source
    self.summaries = summaries
    self.accounts = accounts
    self.quarantinedCount = quarantinedCount
    self.recordCount = recordCount
  }
}

/// Everything one file gave, ready to be stored in one transaction.
public struct ImportInput: Sendable {
  /// `sha256` and `byteCount` must be those of `content`; `id` is not used.
  public var file: ReceivedFile
  public var content: any ReceivedBytes
  /// SHA-256 of the mapping profile, when one was used.
  public var profileSHA256: ContentHash?
  /// The program's name and version, for the record.
  public var program: String
  public var statements: [Statement]
  public var payments: [PaymentRecord]
  public var entities: [StatedEntity]
  public var issues: [Issue]
  public var quarantined: [QuarantinedRow]
  /// Records that format or profile say are no entries.
  public var skipped: Int
  /// Records the reader met: entries, quarantined and skipped ones.
  public var recordsRead: Int
  /// The file was not readable at all: only it and its issues are kept.
  public var isRefused: Bool
  /// Set when the records are read while they are stored: `statements` then hold no entries, `payments`
  /// and `entities` are empty.
  public var stream: StreamedRecords?
  /// Told how far the import has come.
  public var progress: (@Sendable (ImportProgress) -> Void)?

  /// - Parameter content: the bytes where they are held.
  public init(
    file: ReceivedFile, content: any ReceivedBytes, profileSHA256: ContentHash? = nil,
    program: String,
    statements: [Statement] = [], payments: [PaymentRecord] = [], entities: [StatedEntity] = [],
    issues: [Issue] = [], quarantined: [QuarantinedRow] = [],
    skipped: Int = 0, recordsRead: Int, isRefused: Bool = false
  ) {
    self.file = file
    self.content = content
    self.profileSHA256 = profileSHA256
    self.program = program
    self.statements = statements
    self.payments = payments
    self.entities = entities
    self.issues = issues
    self.quarantined = quarantined
    self.skipped = skipped
    self.recordsRead = recordsRead
    self.isRefused = isRefused
  }

  /// The same for bytes in memory.
  public init(
    file: ReceivedFile, bytes: [UInt8], profileSHA256: ContentHash? = nil, program: String,
    statements: [Statement] = [], payments: [PaymentRecord] = [], entities: [StatedEntity] = [],
    issues: [Issue] = [], quarantined: [QuarantinedRow] = [],
    skipped: Int = 0, recordsRead: Int, isRefused: Bool = false
  ) {
    self.init(
      file: file, content: BytesInMemory(bytes: bytes), profileSHA256: profileSHA256,
      program: program, statements: statements, payments: payments, entities: entities,
      issues: issues, quarantined: quarantined, skipped: skipped, recordsRead: recordsRead,
      isRefused: isRefused)
  }
}

extension ImportInput {
  /// The bytes as an array, for those who have few.
  public var bytes: [UInt8] {
    get { content.withBytes { Array($0) } }
    set { content = BytesInMemory(bytes: newValue) }
  }
}

private struct BytesInMemory: ReceivedBytes {
  let bytes: [UInt8]
  var byteCount: Int { bytes.count }
  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBufferPointer(body)
  }
  func passed(_ offset: Int) {}
}

/// What one import did. read = stored + known + quarantined + skipped.
public struct ImportReport: Hashable, Sendable, Codable {
  public enum Outcome: String, Sendable, Codable {
    case imported
    /// The file could not be read; it is kept with its issues.
    case refused
    /// The same bytes were imported before; listed as a copy, nothing added.
    case copy
    /// The same bytes were imported before and the import was withdrawn; it stands again.
    case restored
  }
  public let file: FileID
  public let outcome: Outcome
  public let statements: Int
  public let read: Int
  public let stored: Int
  /// Entries that an earlier file, or an earlier line, had brought already.
  public let known: Int
  public let quarantined: Int
  public let skipped: Int
  /// Pairs that claim one identity and do not agree.
  public let conflicts: Int
  /// How many of `stored` and `known` are payment records and stated entities.
  public let records: RecordCounts
  /// What only storing showed: records that come twice in a file whose records were not held.
  public var issues: [Issue] = []
}

/// What an import did with the payment records and stated entities of its file.
public struct RecordCounts: Hashable, Sendable, Codable {
  public var paymentsStored = 0
  public var paymentsKnown = 0
  public var entitiesStored = 0
  public var entitiesKnown = 0
  public init() {}
  public var stored: Int { paymentsStored + entitiesStored }
  public var known: Int { paymentsKnown + entitiesKnown }
}

/// What pairing the legs of transfers did.
public struct PairingReport: Hashable, Sendable, Codable {
  public let added: Int
  public let withdrawn: Int
  /// Possible pairs that a person has to decide.
  public let proposals: Int
}
