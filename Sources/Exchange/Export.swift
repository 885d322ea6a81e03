import CaseModel

/// One way of handing a case to another system. One file of `Catalogue/` declares one of them.
///
/// Pure: the same record and settings give the same bytes, whatever the machine, the day and the order
/// of import.
public protocol ExchangeCatalogueEntry: Sendable {
  /// What the command line calls it: `csvw`, `ftm`, `graphml` …
  var name: String { get }
  /// What a reader calls it, in a few words.
  var title: String { get }
  /// The files of the export, whole, in the order of their names.
  /// - Throws: `ExportError`; then nothing may be written.
  func files(of record: ExportRecord, settings: ExportSettings) throws -> [ExportFile]
}

/// What an operator gives with an export. Files arrive as bytes; the stage opens none.
public struct ExportSettings: Sendable {
  public var programVersion: String
  /// The jurisdiction profile of a goAML report, and the schema of the unit it goes to.
  public var goAMLProfile: GivenFile?
  public var schema: GivenFile?

  public init(
    programVersion: String, goAMLProfile: GivenFile? = nil, schema: GivenFile? = nil
  ) {
    self.programVersion = programVersion
    self.goAMLProfile = goAMLProfile
    self.schema = schema
  }
}

/// A file that the operator named, as its bytes.
public struct GivenFile: Sendable {
  /// The name without folders, for messages and the receipt.
  public let name: String
  public let bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// One file of an export.
public struct ExportFile: Sendable, Hashable {
  /// A plain name without folders, safe on every system.
  public let name: String
  public let bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
  init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }
}

/// Why a case cannot be exported as asked. Nothing is written then.
public enum ExportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sum of a flow does not fit 64 bits of minor units.
  case sumTooLarge(currency: String)
  /// A file is needed and was not given.
  case missingSetting(String)
  /// A profile or a schema cannot be used: where, what was found, what was expected.
  case unusable(file: String, place: String, found: String, expected: String)
  /// The report would lack something or fail its schema: everything that is wrong, by transaction.
  case incomplete(file: String, problems: [ExportProblem])

  public var description: String {
    switch self {
    case .sumTooLarge(let currency):
      "a flow in \(currency) adds up to more than 64 bits — choose fewer days with --from and --to"
    case .missingSetting(let what): what
    case .unusable(let file, let place, let found, let expected):
      "\(file): \(place): E-PROFILE: \(found) — \(expected)"
    case .incomplete(_, let problems): ExportProblem.summary(of: problems)
    }
  }
}

/// One thing that keeps a file from being written.
public struct ExportProblem: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The file that would have been written.
  public let file: String
  /// The transaction's number and where it was read, or the part of the report.
  public let place: String
  /// `E-MISSING` for what the profile demands, `E-SCHEMA` for what the schema refuses.
  public let code: String
  public let found: String
  public let expected: String

  public var description: String { "\(file): \(place): \(code): \(found) — \(expected)" }

  /// Problems that `summary` tells one by one.
  public static let toldMax = 50

  /// The first problems, a line each; then how often each kind of thing was found in all.
  static func summary(of problems: [ExportProblem]) -> String {
    var lines = problems.prefix(toldMax).map(\.description)
    guard problems.count > toldMax else { return lines.joined(separator: "\n") }
    lines.append("\(problems.count) problems in all; --json lists every one. Most often:")
    let kinds = Dictionary(grouping: problems) { "\($0.code): \($0.found)" }.mapValues(\.count)
    let often = kinds.sorted {
      $0.value == $1.value
        ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) : $0.value > $1.value
    }
    for (kind, count) in often.prefix(10) { lines.append("  \(count) × \(kind)") }
    return lines.joined(separator: "\n")
  }
}
