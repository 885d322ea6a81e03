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

/// Everything one file gave, ready to be stored in one transaction.
public struct ImportInput: Sendable {
  /// `sha256` and `byteCount` must be those of `bytes`; `id` is not used.
  public var file: ReceivedFile
  public var bytes: [UInt8]
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

  public init(
    file: ReceivedFile, bytes: [UInt8], profileSHA256: ContentHash? = nil, program: String,
    statements: [Statement] = [], payments: [PaymentRecord] = [], entities: [StatedEntity] = [],
    issues: [Issue] = [], quarantined: [QuarantinedRow] = [],
    skipped: Int = 0, recordsRead: Int, isRefused: Bool = false
  ) {
    self.file = file
    self.bytes = bytes
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
