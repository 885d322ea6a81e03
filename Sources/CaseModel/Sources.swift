/// A place inside a received file: a line, an XPath, a cell range, a record number.
public struct Locator: Hashable, Sendable, Codable, CustomStringConvertible {
  /// As printed: `line 214`, `/Document/BkToCstmrStmt/Stmt[1]/Ntry[7]`, `Sheet1!A7:H7`.
  public let text: String
  /// Where the place comes in the file, for ordering: the line, record or entry number.
  public let ordinal: Int64

  public init(text: String, ordinal: Int64) {
    self.text = text
    self.ordinal = ordinal
  }

  public static func line(_ number: Int) -> Locator {
    Locator(text: "line \(number)", ordinal: Int64(number))
  }

  public var description: String { text }
}

/// Where something was read: a received file by its SHA-256, and the place in it.
public struct SourceRef: Hashable, Sendable, Codable {
  /// SHA-256 of the received file.
  public let file: ContentHash
  /// The exhibit mark, else the file's name as received. Never an absolute path.
  public let label: String
  public let locator: Locator
  /// The booked entry, when the place is one.
  public let entry: EntryID?

  public init(file: ContentHash, label: String, locator: Locator, entry: EntryID? = nil) {
    self.file = file
    self.label = label
    self.locator = locator
    self.entry = entry
  }
}

extension SourceRef: Comparable {
  /// By label, then place in the file, then hash: the same in every store.
  public static func < (a: SourceRef, b: SourceRef) -> Bool {
    if a.label != b.label { return a.label.utf8.lexicographicallyPrecedes(b.label.utf8) }
    if a.locator.ordinal != b.locator.ordinal { return a.locator.ordinal < b.locator.ordinal }
    if a.locator.text != b.locator.text {
      return a.locator.text.utf8.lexicographicallyPrecedes(b.locator.text.utf8)
    }
    if a.file != b.file { return a.file < b.file }
    // One place can be cited as such and as the entry read there; a sort must not leave that to chance.
    return (a.entry?.value ?? 0) < (b.entry?.value ?? 0)
  }
}

/// A file as it was received. Its bytes are kept and never change.
public struct ReceivedFile: Hashable, Sendable, Codable {
  public let id: FileID?
  public let sha256: ContentHash
  /// The name as received, without folders.
  public let name: String
  public let byteCount: Int64
  /// The format it was read as: `delimited`, `mt940`, `camt.053`, `case-sheet` …
  public let format: String
  /// The exhibit mark, such as `PX-003`; nil until given.
  public let exhibit: String?
  /// The order or request under which it was obtained, and from whom; nil when not stated.
  public let authority: String?
  public let custodian: String?
  public let receivedOn: CivilDate?
  /// Importer name and version, profile name and SHA-256.
  public let parser: String

  public init(
    id: FileID? = nil, sha256: ContentHash, name: String, byteCount: Int64, format: String,
    exhibit: String? = nil, authority: String? = nil, custodian: String? = nil,
    receivedOn: CivilDate? = nil, parser: String
  ) {
    self.id = id
    self.sha256 = sha256
    self.name = name
    self.byteCount = byteCount
    self.format = format
    self.exhibit = exhibit
    self.authority = authority
    self.custodian = custodian
    self.receivedOn = receivedOn
    self.parser = parser
  }

  /// What documents call the file: its exhibit mark, else its name.
  public var label: String { exhibit ?? name }
}
