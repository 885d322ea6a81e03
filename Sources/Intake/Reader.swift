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

extension ReadResult {
  /// The result for a member of a production set whose records stand with the set's main file.
  public init(member: InputFile, of set: ReadResult, issue: Issue) {
    self.init(
      file: member.name, sha256: member.sha256, byteCount: member.byteCount, format: set.format,
      parser: set.parser, statements: [], payments: [], entities: [], issues: [issue],
      quarantined: [], skippedRecords: 0, recordsRead: 0, isRefused: set.isRefused)
  }
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
  let head = Identification.head(of: file)
  func refused(_ issues: [Issue], format: String, parser: String) -> ReadResult {
    ReadResult(
      file: file.name, sha256: file.sha256, byteCount: file.bytes.count, format: format,
      parser: parser, statements: [], payments: [], entities: [], issues: issues, quarantined: [],
      skippedRecords: 0, recordsRead: 0, isRefused: true)
  }
  let choice = formats ?? IntakeCatalogue.all
  let named = options.profile.flatMap { profile in choice.first { $0.takes(profile: profile) } }
  let found =
    named.map { (format: $0, confidence: Identification.certain) }
    ?? Identification.format(of: file, head: head, among: choice)
  if found.map({ $0.confidence < Identification.certain }) ?? true,
    let issue = Identification.refusal(of: file, head: head)
  {
    return refused([issue], format: "unknown", parser: "none")
  }
  guard let format = found?.format else {
    let issue = Issue(
      .error, "E-UNKNOWN-FORMAT", file: file.name, at: .line(1),
      found: "text of no known format", expected: "delimited text, MT940 or camt.053")
    return refused([issue], format: "unknown", parser: "none")
  }
  var parser = "\(format.name) \(format.version)"
  if let container = file.container { parser += ", out of \(container)" }
  let sink = CollectingSink()
  do {
    try format.read(file, options: options, into: sink)
    if let profile = sink.profile { parser += ", " + profile }
  } catch let refusal as FileRefusal {
    return refused(sink.issues + refusal.issues, format: format.name, parser: parser)
  } catch let issue as Issue {
    return refused(sink.issues + [issue], format: format.name, parser: parser)
  } catch {
    let issue = Issue(
      .error, "E-INTERNAL", file: file.name, at: .line(1),
      found: "reading failed: \(type(of: error))", expected: "a report of this defect")
    return refused(sink.issues + [issue], format: format.name, parser: parser)
  }
  return settled(sink, of: file, format: format, parser: parser, strict: strict)
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
    if let issue = balanceIssue(statements[index], in: file, known: issues) { issues.append(issue) }
  }
  issues += repetitionIssues(TransactionKey.assign(to: &statements), in: file, known: issues)
  let handled = sink.storedRecords + sink.quarantined.count + sink.skippedRecords
  let read = sink.countedRecords ?? handled
  var isRefused = false
  if read != handled {
    issues.append(
      Issue(
        .error, "E-INTERNAL", file: file.name, at: .line(1),
        found: "\(read) records read, \(handled) accounted for",
        expected: "read = stored + quarantined + skipped; report this defect"))
    isRefused = true
  }
  let isSound = statements.allSatisfy { $0.status != .unreconciled && $0.status != .incomplete }
  if strict, !isSound || issues.contains(where: { $0.severity == .error }) { isRefused = true }
  return ReadResult(
    file: file.name, sha256: file.sha256, byteCount: file.bytes.count, format: format.name,
    parser: parser, statements: isRefused ? [] : statements,
    payments: isRefused ? [] : RecordKeys.given(to: sink.payments),
    entities: isRefused ? [] : RecordKeys.given(to: sink.entities), issues: issues,
    quarantined: sink.quarantined, skippedRecords: sink.skippedRecords, recordsRead: read,
    isRefused: isRefused)
}

/// `W-UNBALANCED` for a statement whose figures do not agree, unless its format reported it already.
private func balanceIssue(
  _ statement: Statement, in file: InputFile, known: [Issue]
) -> Issue? {
  guard statement.status == .unreconciled,
    !known.contains(where: {
      $0.code == "W-UNBALANCED" && $0.locator.ordinal >= statement.locator.ordinal
    })
  else { return nil }
  let found =
    statement.difference.map { "opening + entries − closing = \($0)" }
    ?? "opening and closing balances that cannot be compared"
  return Issue(
    .warning, "W-UNBALANCED", file: file.name, at: statement.locator, found: found,
    expected: "0; check for missing pages, the statement is kept as unreconciled")
}

private func repetitionIssues(
  _ repetitions: [TransactionKey.Repetition], in file: InputFile, known: [Issue]
) -> [Issue] {
  let identical = repetitions.filter { $0.kind == .identicalContent }.map(\.locator)
  let references = repetitions.filter { $0.kind == .sameReference }.map(\.locator)
  var issues: [Issue] = []
  if !identical.isEmpty {
    issues.append(
      Issue(
        .warning, "W-IDENTICAL", file: file.name, at: Locator.together(identical),
        found: "\(identical.count) records identical to an earlier one of the file",
        expected: "kept as separate transactions, to be confirmed"))
  }
  if !references.isEmpty, !known.contains(where: { $0.code == "W-DUP-REF" }) {
    issues.append(
      Issue(
        .warning, "W-DUP-REF", file: file.name, at: Locator.together(references),
        found: "\(references.count) records with the reference of another day or amount",
        expected: "one reference a transaction; each is kept as a transaction of its own"))
  }
  return issues
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
