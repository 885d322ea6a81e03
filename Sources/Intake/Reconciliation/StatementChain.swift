import CaseModel

/// Checks that the statements of one account follow on each other: the closing balance of one is the
/// opening balance of the next, and no number is left out (formats.md §3.5a).
public enum StatementChain {
  /// A statement with the file it came in.
  public struct Item: Sendable {
    public let file: String
    public let statement: Statement
    /// What its entries add up to, whether or not they are held.
    public let summary: EntrySummary
    public init(file: String, statement: Statement, summary: EntrySummary? = nil) {
      self.file = file
      self.statement = statement
      self.summary = summary ?? EntrySummary(of: statement.entries)
    }
  }

  /// The same over files read together.
  public static func issues(between results: [ReadResult]) -> [Issue] {
    issues(
      in: results.flatMap { result in
        result.statements.map { Item(file: result.file, statement: $0) }
      })
  }

  /// What is wrong between neighbours, by account, currency and time: `W-GAP` for a jump of the
  /// balance or a missing number, `W-OVERLAP` for periods that overlap. Statements without both
  /// balances are left out; exact copies count once. The order of the input does not matter.
  /// - Complexity: O(*n* log *n*) in the statements.
  public static func issues(in items: [Item]) -> [Issue] {
    var groups: [String: [Item]] = [:]
    for item in items {
      let statement = item.statement
      guard let opening = statement.opening, let closing = statement.closing, !opening.isInterim,
        !closing.isInterim, statement.status != .notApplicable,
        opening.amount.currency == closing.amount.currency
      else { continue }
      groups["\(statement.accountKey) \(opening.amount.currency.code)", default: []].append(item)
    }
    var issues: [Issue] = []
    for key in groups.keys.sorted() {
      let ordered = (groups[key] ?? []).sorted { precedes($0, $1) }
      for (before, after) in zip(ordered, ordered.dropFirst()) {
        if let issue = issue(between: before, and: after) { issues.append(issue) }
      }
    }
    return issues
  }

  private static func issue(between before: Item, and after: Item) -> Issue? {
    guard let closing = before.statement.closing, let opening = after.statement.opening else {
      return nil
    }
    let isCopy =
      before.statement.opening == opening && closing == after.statement.closing
      && before.summary == after.summary
      && before.statement.entries.map(\.transactionKey)
        == after.statement.entries.map(\.transactionKey)
    if isCopy { return nil }
    if let end = end(before), let start = firstDay(after), start < end {
      return Issue(
        .warning, "W-OVERLAP", file: after.file, at: after.statement.locator,
        found:
          "a period that begins on \(start), before the statement in \(before.file) ends on \(end)",
        expected: "periods that follow each other; entries that both hold count once")
    }
    let missing = missingNumbers(before.statement.number, after.statement.number)
    let jump = opening.amount.minorUnits.subtractingReportingOverflow(closing.amount.minorUnits)
    guard missing != nil || closing.amount != opening.amount else { return nil }
    var parts: [String] = []
    if let missing { parts.append("missing number\(missing.contains("-") ? "s" : "") \(missing)") }
    if closing.amount != opening.amount {
      let size =
        jump.overflow
        ? ""
        : ", a jump of \(Money(minorUnits: jump.partialValue, currency: opening.amount.currency))"
      parts.append(
        "closing \(closing.amount) in \(before.file), then opening \(opening.amount)\(size)")
    }
    let days = [closing.date, opening.date].compactMap { $0?.description }.joined(separator: " to ")
    return Issue(
      .warning, "W-GAP", file: after.file, at: after.statement.locator,
      found: parts.joined(separator: "; ") + (days.isEmpty ? "" : ", \(days)"),
      expected: "the closing balance of the statement before; ask for what is missing")
  }

  /// `66` or `66-68` between two numbers such as `65/1` and `67/1`; nil when none is missing.
  private static func missingNumbers(_ a: String?, _ b: String?) -> String? {
    func number(_ text: String?) -> Int? {
      text.flatMap { Int($0.prefix { $0 != "/" }) }
    }
    guard let a = number(a), let b = number(b), b > a + 1, b - a < 1000 else { return nil }
    return b == a + 2 ? "\(a + 1)" : "\(a + 1)-\(b - 1)"
  }

  private static func firstDay(_ item: Item) -> CivilDate? {
    item.summary.days?.first ?? item.statement.opening?.date
  }
  private static func end(_ item: Item) -> CivilDate? {
    item.summary.days?.last ?? item.statement.closing?.date
  }

  /// By first day, last day, number, file and place: a total order for the statements of an account.
  private static func precedes(_ a: Item, _ b: Item) -> Bool {
    let far = CivilDate(dayNumber: .max)
    let (x, y) = (firstDay(a) ?? far, firstDay(b) ?? far)
    if x != y { return x < y }
    let (u, v) = (end(a) ?? far, end(b) ?? far)
    if u != v { return u < v }
    let (m, n) = (a.statement.number ?? "", b.statement.number ?? "")
    if m != n { return (m.utf8.count, m) < (n.utf8.count, n) }
    if a.file != b.file { return a.file.utf8.lexicographicallyPrecedes(b.file.utf8) }
    return a.statement.locator.ordinal < b.statement.locator.ordinal
  }
}

/// Whether the statements of each account follow on each other across several files (formats.md §3.5a):
/// `W-GAP` and `W-OVERLAP`, each at the later statement. The order of the files does not matter.
/// - Complexity: O(*n* log *n*) in the statements.
public func chainIssues(_ results: [ReadResult]) -> [Issue] {
  StatementChain.issues(between: results)
}

/// The same for files of which some were only surveyed. Two of those are taken for copies of each other when
/// balances, sums, counts and days are equal.
public func chainIssues(_ results: [ReadResult], _ surveys: [Survey]) -> [Issue] {
  let read = results.flatMap { result in
    result.statements.map { StatementChain.Item(file: result.file, statement: $0) }
  }
  let surveyed = surveys.flatMap { survey in
    zip(survey.statements, survey.summaries).map {
      StatementChain.Item(file: survey.file, statement: $0, summary: $1)
    }
  }
  return StatementChain.issues(in: read + surveyed)
}
