import CaseModel

/// What reading a file whole and surveying it have in common: the choice of the format, and the checks
/// after the last record.
enum Reading {
  /// Which format read the file, and whether it could.
  struct Outcome {
    /// Nil when none was found.
    var format: (any StatementFormat)?
    var name: String
    var parser: String
    /// Everything to be said about a file that was refused; empty for one that was not.
    var issues: [Issue] = []
    var isRefused = false
    /// Whether a statement without one of its balances was cut.
    var expectsBalances: Bool { format?.statesBothBalances ?? true }
  }

  /// Finds the format and lets `read` use it. Whatever it throws becomes a refusal.
  /// - Parameter profile: what the operator states; a profile of one format's own chooses that format.
  static func run(
    _ file: InputFile, profile: String?, among formats: [any StatementFormat]?,
    _ sink: any ReportingSink,
    _ read: (any StatementFormat) throws -> Void
  ) -> Outcome {
    let head = Identification.head(of: file)
    func refused(_ issue: Issue) -> Outcome {
      Outcome(name: "unknown", parser: "none", issues: [issue], isRefused: true)
    }
    let choice = formats ?? IntakeCatalogue.all
    let named = profile.flatMap { text in choice.first { $0.takes(profile: text) } }
    let found =
      named.map { (format: $0, confidence: Identification.certain) }
      ?? Identification.format(of: file, head: head, among: choice)
    if found.map({ $0.confidence < Identification.certain }) ?? true,
      let issue = Identification.refusal(of: file, head: head)
    {
      return refused(issue)
    }
    guard let format = found?.format else {
      return refused(
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: file.name, at: .line(1),
          found: "text of no known format", expected: Identification.readable))
    }
    var outcome = Outcome(
      format: format, name: format.name, parser: "\(format.name) \(format.version)")
    if let container = file.container { outcome.parser += ", out of \(container)" }
    do {
      try read(format)
      if let profile = sink.profile { outcome.parser += ", " + profile }
    } catch let refusal as FileRefusal {
      outcome.issues = sink.issues + refusal.issues
      outcome.isRefused = true
    } catch let issue as Issue {
      outcome.issues = sink.issues + [issue]
      outcome.isRefused = true
    } catch {
      let issue = Issue(
        .error, "E-INTERNAL", file: file.name, at: .line(1),
        found: "reading failed: \(type(of: error))", expected: "a report of this defect")
      outcome.issues = sink.issues + [issue]
      outcome.isRefused = true
    }
    return outcome
  }

  static func countIssue(read: Int, handled: Int, file: InputFile) -> Issue? {
    guard read != handled else { return nil }
    return Issue(
      .error, "E-INTERNAL", file: file.name, at: .line(1),
      found: "\(read) records read, \(handled) accounted for",
      expected: "read = stored + quarantined + skipped; report this defect")
  }

  /// What refuses a file in strict mode.
  static func isUnsound(_ statements: [Statement], _ issues: [Issue]) -> Bool {
    statements.contains { $0.status == .unreconciled || $0.status == .incomplete }
      || issues.contains { $0.severity == .error }
  }

  /// `W-UNBALANCED` for each statement whose figures do not agree, unless its format, or an earlier
  /// statement's warning, reported it already.
  static func balanceIssues(
    _ statements: [Statement], in file: InputFile, known: [Issue]
  ) -> [Issue] {
    var latest = known.filter { $0.code == "W-UNBALANCED" }.map(\.locator.ordinal).max()
    var issues: [Issue] = []
    for statement in statements where statement.status == .unreconciled {
      if let latest, latest >= statement.locator.ordinal { continue }
      latest = statement.locator.ordinal
      let found =
        statement.difference.map { "opening + entries − closing = \($0)" }
        ?? "opening and closing balances that cannot be compared"
      issues.append(
        Issue(
          .warning, "W-UNBALANCED", file: file.name, at: statement.locator, found: found,
          expected: "0; check for missing pages, the statement is kept as unreconciled"))
    }
    return issues
  }

  static func repetitionIssues(
    _ repetitions: [TransactionKey.Repetition], in file: InputFile, known: [Issue]
  ) -> [Issue] {
    let identical = repetitions.filter { $0.kind == .identicalContent }.map(\.locator)
    let references = repetitions.filter { $0.kind == .sameReference }.map(\.locator)
    return repetitionIssues(
      identical: (identical.count, Locator.together(identical)),
      references: (references.count, Locator.together(references)), file: file.name, known: known)
  }

  static func repetitionIssues(
    identical: (count: Int, place: Locator), references: (count: Int, place: Locator),
    file: String, known: [Issue]
  ) -> [Issue] {
    var issues: [Issue] = []
    if identical.count > 0 {
      issues.append(
        Issue(
          .warning, "W-IDENTICAL", file: file, at: identical.place,
          found: "\(identical.count) records identical to an earlier one of the file",
          expected: "kept as separate transactions, to be confirmed"))
    }
    if references.count > 0, !known.contains(where: { $0.code == "W-DUP-REF" }) {
      issues.append(
        Issue(
          .warning, "W-DUP-REF", file: file, at: references.place,
          found: "\(references.count) records with the reference of another day or amount",
          expected: "one reference a transaction; each is kept as a transaction of its own"))
    }
    return issues
  }
}

/// A sink that can be asked what was reported to it.
protocol ReportingSink: AnyObject {
  var issues: [Issue] { get }
  var profile: String? { get }
}

extension CollectingSink: ReportingSink {}
extension SurveySink: ReportingSink {}
