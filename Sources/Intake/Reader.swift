import CaseModel
import Digests

/// What reading one file gave.
public struct ReadResult: Sendable {
  public let file: String
  public let sha256: ContentHash
  public let byteCount: Int
  /// The format it was read as; `unknown` when it was not identified.
  public let format: String
  /// Importer name and version, profile name and hash: recorded with the import.
  public let parser: String
  /// In file order, with transaction keys, difference and status. Empty when the file is refused.
  public let statements: [Statement]
  /// Messages, reports and declarations, in file order, with their keys.
  public let payments: [PaymentRecord]
  /// Parties, accounts, assets and relations, in file order, with their keys.
  public let entities: [StatedEntity]
  public let issues: [Issue]
  public let quarantined: [QuarantinedRecord]
  public let skippedRecords: Int
  public let recordsRead: Int
  /// True when nothing of the file may be stored but the file itself and its issues.
  public let isRefused: Bool

  public var recordsStored: Int { recordsRead - quarantined.count - skippedRecords }
  public var hasErrors: Bool { issues.contains { $0.severity == .error } }
}

/// Reads one received file with whatever format it is of (formats.md §3).
///
/// - Parameters:
///   - strict: any error, and any statement that does not reconcile, refuses the whole file.
///   - formats: the formats to choose from; by default all of the catalogue.
/// - Returns: What was read. A file that cannot be read gives a refused result, never a trap.
///   Read = stored + quarantined + skipped is checked; a mismatch refuses the file (`E-INTERNAL`).
/// - Complexity: O(*n*) in the bytes for the formats here.
public func readStatements(
  file: InputFile, options: ReadingOptions = ReadingOptions(), strict: Bool = false,
  formats: [any StatementFormat]? = nil
) -> ReadResult {
  let sink = CollectingSink()
  let outcome = Reading.run(file, among: formats, profile: options.profile, sink) { format throws in
    try format.read(file, options: options, into: sink)
  }
  if let format = outcome.format, !outcome.isRefused {
    return settled(sink, of: file, format: format, parser: outcome.parser, strict: strict)
  }
  return ReadResult(
    file: file.name, sha256: file.sha256, byteCount: file.byteCount, format: outcome.name,
    parser: outcome.parser, statements: [], payments: [], entities: [], issues: outcome.issues,
    quarantined: [], skippedRecords: 0, recordsRead: 0, isRefused: true)
}

/// Reconciles, gives keys, checks the count of records and applies strict mode.
private func settled(
  _ sink: CollectingSink, of file: InputFile, format: any StatementFormat, parser: String,
  strict: Bool
) -> ReadResult {
  var statements = sink.takeStatements()
  var issues = sink.issues
  for index in statements.indices {
    Reconciler.settle(&statements[index], expectsBalances: format.statesBothBalances)
  }
  issues += Reading.balanceIssues(statements, in: file, known: issues)
  issues += Reading.repetitionIssues(
    TransactionKey.assign(to: &statements), in: file, known: issues)
  let handled = sink.storedRecords + sink.quarantined.count + sink.skippedRecords
  let read = sink.countedRecords ?? handled
  var isRefused = false
  if let issue = Reading.countIssue(read: read, handled: handled, file: file) {
    issues.append(issue)
    isRefused = true
  }
  if strict, Reading.isUnsound(statements, issues) { isRefused = true }
  return ReadResult(
    file: file.name, sha256: file.sha256, byteCount: file.byteCount, format: format.name,
    parser: parser, statements: isRefused ? [] : statements,
    payments: isRefused ? [] : RecordKeys.given(to: sink.payments),
    entities: isRefused ? [] : RecordKeys.given(to: sink.entities), issues: issues,
    quarantined: sink.quarantined, skippedRecords: sink.skippedRecords, recordsRead: read,
    isRefused: isRefused)
}

extension Locator {
  /// Several places as one: `lines 2-4`, `lines 2 and 4`, `line 3`. Places that are no lines are named
  /// by the first and the count of the others.
  public static func together(_ locators: [Locator]) -> Locator {
    guard let first = locators.first, locators.count > 1 else {
      return locators.first ?? Locator(text: "file", ordinal: 0)
    }
    guard locators.allSatisfy({ $0.text.hasPrefix("line ") }) else {
      return Locator(text: "\(first.text) and \(locators.count - 1) more", ordinal: first.ordinal)
    }
    var ranges: [ClosedRange<Int64>] = []
    for number in Set(locators.map(\.ordinal)).sorted() {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return lines(ranges)
  }

  /// Ranges of line numbers, ascending, of which at most eight are spelt out.
  static func lines(_ ranges: [ClosedRange<Int64>]) -> Locator {
    let shown = ranges.prefix(8).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    var text = shown.joined(separator: ranges.count == 2 ? " and " : ", ")
    if ranges.count > 8 { text += " and more" }
    let isOne = ranges.count == 1 && ranges[0].count == 1
    return Locator(
      text: (isOne ? "line " : "lines ") + text, ordinal: ranges.first?.lowerBound ?? 0)
  }
}
