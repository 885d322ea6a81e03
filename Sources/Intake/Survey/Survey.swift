import CaseModel

/// What one file holds, found by reading it through once without keeping its records. The memory needed
/// does not grow with the file: statements, accounts and issues are kept, entries are added up.
///
/// `replay` hands the records on, one by one, with the keys that `readStatements` gives them.
public struct Survey: Sendable {
  public let file: String
  public let sha256: ContentHash
  public let byteCount: Int
  public let format: String
  /// Importer name and version, profile name and hash.
  public let parser: String
  /// In file order, with difference and status, without entries. Empty when the file is refused.
  public let statements: [Statement]
  /// What the entries of each statement add up to, in the same order.
  public let summaries: [EntrySummary]
  /// Payment records by type, and entities by schema.
  public let payments: [String: Inspection.PaymentGroup]
  public let entities: [String: Int]
  public let issues: [Issue]
  /// The first quarantined records; all of them when `quarantinedCount` is no greater.
  public let quarantined: [QuarantinedRecord]
  public let quarantinedCount: Int
  public let skippedRecords: Int
  public let recordsRead: Int
  public let isRefused: Bool
  /// Accounts of other sides, by key and currency. Empty unless asked for.
  public let accounts: [NamedAccount]

  let plan: KeyPlan
  let options: ReadingOptions
  let reader: any StatementFormat

  public var recordsStored: Int { recordsRead - quarantinedCount - skippedRecords }
}

/// Why a file could not be surveyed, though it may be readable.
public enum SurveyFault: Error, Sendable {
  /// Entries came before the account they belong to: the file has to be read whole.
  case needsWholeReading
}

/// Reads a file through without keeping its entries (formats.md §3.2, §3.4).
///
/// - Parameters:
///   - forImport: finds the accounts, and what the keys of a second reading need.
/// - Throws: `SurveyFault` when the file can only be read whole, by `readStatements`.
/// - Complexity: O(*n*) in the bytes; memory for statements, accounts, 10,000 issues, 1,000 quarantined
///   records; when `forImport`, at most 80 MiB for keys and 16 bytes a reference besides.
public func surveyStatements(
  file: InputFile, options: ReadingOptions = ReadingOptions(), strict: Bool = false,
  forImport: Bool = false, formats: [any StatementFormat]? = nil
) throws(SurveyFault) -> Survey {
  let sink = SurveySink(forKeys: forImport, byteCount: file.byteCount)
  let outcome = Reading.run(file, among: formats, profile: options.profile, sink) { format throws in
    if let surveying = format as? any SurveyingFormat {
      try surveying.survey(file, options: options, forKeys: forImport, into: sink)
    } else {
      try format.read(file, options: options, into: sink)
    }
  }
  if sink.hasLateAccount { throw .needsWholeReading }
  var issues = outcome.isRefused ? outcome.issues : sink.issues
  var isRefused = outcome.isRefused
  let statements = sink.takeSettled(
    expectsBalances: outcome.format?.statesBothBalances ?? true)
  if !isRefused {
    issues += Reading.balanceIssues(statements, in: file, known: issues)
    let handled = sink.storedRecords + sink.quarantinedCount + sink.skippedRecords
    if let issue = Reading.countIssue(
      read: sink.countedRecords ?? handled, handled: handled, file: file)
    {
      issues.append(issue)
      isRefused = true
    }
    if strict, Reading.isUnsound(statements, issues) { isRefused = true }
  }
  func survey(isRefused: Bool, _ issues: [Issue]) -> Survey {
    let isWhole = !outcome.isRefused
    return Survey(
      file: file.name, sha256: file.sha256, byteCount: file.byteCount, format: outcome.name,
      parser: outcome.parser, statements: isRefused ? [] : statements,
      summaries: isRefused ? [] : sink.summaries, payments: isRefused ? [:] : sink.payments,
      entities: isRefused ? [:] : sink.entities, issues: issues,
      quarantined: isWhole ? sink.quarantined : [],
      quarantinedCount: isWhole ? sink.quarantinedCount : 0,
      skippedRecords: isWhole ? sink.skippedRecords : 0,
      recordsRead: isWhole
        ? sink.countedRecords
          ?? (sink.storedRecords + sink.quarantinedCount + sink.skippedRecords) : 0,
      isRefused: isRefused, accounts: isRefused ? [] : sink.accounts, plan: sink.plan,
      options: options, reader: outcome.format ?? Delimited())
  }
  if forImport, isRefused, !outcome.isRefused {
    // Refused for what it says, not for how it is written: what comes twice is said as well.
    let late = try? survey(isRefused: false, issues).records(of: file).read(into: NoVisitor())
    issues += late ?? []
  }
  return survey(isRefused: isRefused, issues)
}

/// Takes nothing.
private final class NoVisitor: RecordVisitor {}
