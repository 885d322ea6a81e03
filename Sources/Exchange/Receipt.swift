public import CaseModel
import Digests

/// What an export holds and what it leaves out: written beside it as `export.json`.
///
/// Says which case state it came from (files by hash), what was selected, what was withheld, and the hash
/// of every file written. It names no clock, so the same case gives the same receipt.
public struct ExportReceipt: Hashable, Sendable, Codable {
  public static let name = "export.json"
  public var schema = "moneytrail-export/1"
  public let matter: MatterCode
  public let format: String
  public let programVersion: String
  public let selection: ExportSelection
  public let redaction: RedactionNote
  public let counts: Counts
  public let leftOut: ExportRecord.LeftOut
  /// What of the store is not in the case, from the case file.
  public let scope: [String]
  /// The operator's files the export was made with.
  public let given: [File]
  /// The received files the case rests on.
  public let inputs: [File]
  public let files: [File]

  public struct RedactionNote: Hashable, Sendable, Codable {
    public let rule: String
    public let protectedPersons: Int
    public let withheldAccounts: Int
  }

  public struct Counts: Hashable, Sendable, Codable {
    public let accounts: Int
    public let persons: Int
    public let statements: Int
    public let entries: Int
    public let transfers: Int
    public let payments: Int
    public let entities: Int
  }

  public struct File: Hashable, Sendable, Codable {
    public let name: String
    public let sha256: ContentHash
    public let byteCount: Int64

    init(_ file: ExportFile) {
      name = file.name
      sha256 = ContentHash(of: file.bytes)
      byteCount = Int64(file.bytes.count)
    }
    init(_ file: GivenFile) { self.init(ExportFile(name: file.name, bytes: file.bytes)) }
    init(_ file: ReceivedFile) {
      name = file.label
      sha256 = file.sha256
      byteCount = file.byteCount
    }
  }

  /// - Parameter files: what the export wrote, in any order.
  public init(
    of record: ExportRecord, format: String, settings: ExportSettings, files: [ExportFile]
  ) {
    let index = RecordIndex(record)
    matter = index.matter.code
    self.format = format
    programVersion = settings.programVersion
    selection = index.redaction.clean(record.selection)
    redaction = RedactionNote(
      rule:
        "Victims, witnesses and children appear by pseudonym, their accounts by token; texts are "
        + "those the case team may see.",
      protectedPersons: index.redaction.protectedPersons,
      withheldAccounts: index.redaction.withheldAccounts)
    counts = Counts(
      accounts: index.listedAccounts.count, persons: index.listedPersons.count,
      statements: record.caseFile.statements.count, entries: record.caseFile.entries.count,
      transfers: record.caseFile.transfers.count, payments: record.payments.count,
      entities: record.entities.count)
    leftOut = record.leftOut
    scope = record.caseFile.scopeNotes
    given = [settings.goAMLProfile, settings.schema].compactMap { $0.map { File($0) } }
    inputs = index.listedFiles.map { File($0) }
    self.files = files.map { File($0) }.sorted { RecordIndex.byBytes($0.name, $1.name) }
  }

  /// The receipt as its own file.
  public func file() throws -> ExportFile {
    ExportFile(name: Self.name, bytes: try JSONValue.bytes(self, indented: true))
  }
}

extension ExchangeCatalogue {
  /// The export with a name, as the command line calls it.
  public static func entry(named name: String) -> (any ExchangeCatalogueEntry)? {
    all.first { $0.name == name }
  }
  /// Every name, in byte order.
  public static var names: [String] { all.map(\.name).sorted(by: RecordIndex.byBytes) }
}
