import CaseModel

/// One way in which banks hand over records. One file a format in `Catalogue/`.
///
/// A format reads bytes and pushes what it finds into a sink, in file order, without holding the whole
/// file's entries, so that a format can be streamed. It never touches a database or a clock.
public protocol StatementFormat: Sendable {
  init()
  /// The stable name: `mt940`, `camt.053`, `delimited`.
  var name: String { get }
  /// Importer version; changes when the same bytes may be read differently.
  var version: Int { get }
  /// How sure the format is that the file is one of its own, from the first 64 KiB after decoding
  /// the byte order mark; 0 = no, 100 = certain. The highest wins, ties by name.
  func confidence(head: ArraySlice<UInt8>, name: String) -> Int
  /// Whether a stated mapping profile is one of this format's own, so that the file is read by it whatever
  /// it looks like.
  func takes(profile: String) -> Bool
  /// Whether the format states an opening and a closing balance, so that a missing one means that the
  /// statement was cut. False where one of them has no place in the format.
  var statesBothBalances: Bool { get }
  /// Reads the whole file. What is unusable becomes an issue and a quarantined record.
  /// - Throws: `FileRefusal` when the file is not readable as this format at all.
  func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
}

extension StatementFormat {
  public var statesBothBalances: Bool { true }
  public func takes(profile: String) -> Bool { false }
}

public typealias IntakeCatalogueEntry = StatementFormat

/// What the operator decides about a reading.
public struct ReadingOptions: Sendable {
  /// The mapping profile's text (JSON or YAML), for delimited text; nil to match by header.
  public var profile: String?
  public var limits: Limits
  /// The day the file was received: the pivot for two-digit years and the check for future dates.
  public var receivedOn: CivilDate?
  /// The other files of the production set the file belongs to; empty for a file that stands alone.
  public var companions: [InputFile]
  /// Where text that has to be decoded is kept when it is long; nil: in memory.
  public var scratch: (any Scratch)?
  /// Threads that may read one file; what is read does not depend on it.
  public var threads = 1
  /// Bytes that one thread reads at a time.
  var partBytes = 8 << 20
  /// Columns, from 0, by line, whose numbers lost digits before they became text (workbooks).
  var inexactCells: [Int: [Int]] = [:]
  /// Told how many bytes are read, now and then, in ascending order within one pass over the file.
  public var progress: (@Sendable (Int) -> Void)?

  public init(
    profile: String? = nil, limits: Limits = Limits(), receivedOn: CivilDate? = nil,
    companions: [InputFile] = []
  ) {
    self.profile = profile
    self.limits = limits
    self.receivedOn = receivedOn
    self.companions = companions
  }

  /// formats.md §3.2. Each breach is an error that states the limit.
  public struct Limits: Sendable {
    public var fieldBytes = 1 << 20
    public var lineBytes = 4 << 20
    public var columns = 1024
    public var xmlDepth = 256
    public var xmlAttributes = 256
    public var jsonDepth = 512
    /// For containers of files and workbooks.
    public var archive = Archives.Limits()
    public init() {}
  }
}

/// Receives what a format reads. Implemented by a collector, and by the store's import.
public protocol StatementSink: AnyObject {
  /// A statement begins; entries and end refer to it by the number returned.
  func begin(_ header: Statement) throws -> Int
  func append(_ entry: StatementEntry, to statement: Int) throws
  /// The statement ended; `trailer` carries what was learnt late: closing, currency, status.
  func end(_ trailer: Statement, of statement: Int) throws
  /// A movement that is no booked line: a message, a report, a declaration.
  func record(_ payment: PaymentRecord) throws
  /// A person, body, account, thing or relation as one record states it.
  func state(_ entity: StatedEntity) throws
  /// One issue. Records that cannot be used are quarantined with their raw text.
  func report(_ issue: Issue) throws
  func quarantine(_ record: QuarantinedRecord) throws
  /// Records that the profile or the format says are no entries.
  func skip(records: Int) throws
  /// Records the format has read, counted apart from what became of them, so that
  /// read = stored + quarantined + skipped can be checked (formats.md §3.4).
  func counted(records: Int) throws
  /// Name, version and hash of the mapping profile in use, recorded with the import.
  func uses(profile line: String) throws
}

extension StatementSink {
  public func uses(profile line: String) throws {}
  public func counted(records: Int) throws {}
}

/// A record that could not be used, kept whole with its place and reason.
public struct QuarantinedRecord: Hashable, Sendable, Codable {
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

/// A file that is not readable as its format: nothing of it is stored but this.
public struct FileRefusal: Error, Hashable, Sendable {
  public let issues: [Issue]
  public init(_ issues: [Issue]) { self.issues = issues }
}
