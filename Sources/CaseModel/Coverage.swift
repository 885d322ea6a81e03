/// Whether an account's statements follow one another without a break (formats.md §3.5).
public enum Coverage {
  /// Days without a statement that are not reported when balances cannot say whether anything moved:
  /// a weekend with a holiday. Our own default.
  public static let silentDaysMax = 3

  /// The breaks in each account's chain, by the order of `statements`, which must be evidence order.
  ///
  /// A break is a closing balance that the next opening does not repeat, a number left out, or, where
  /// balances are not stated, days without any statement. Days between two statements whose balances
  /// join are no break: nothing was booked in them, or the sum of what was booked is nothing, which no
  /// statement could show. Statements inside a longer one, and those that overlap, join by their days.
  ///
  /// - Complexity: O(*n* log *n*) in the statements.
  public static func gaps(in statements: [StatementRecord]) -> [CoverageGap] {
    var order: [AccountID] = []
    var byAccount: [AccountID: [StatementRecord]] = [:]
    for statement in statements where statement.status != .notApplicable {
      if byAccount[statement.account] == nil { order.append(statement.account) }
      byAccount[statement.account, default: []].append(statement)
    }
    return order.flatMap { gaps(inAccount: byAccount[$0] ?? []) }
  }

  private static func gaps(inAccount statements: [StatementRecord]) -> [CoverageGap] {
    var gaps: [CoverageGap] = []
    var last: (statement: StatementRecord, period: Period)?
    for statement in statements {
      guard let period = statement.period else { continue }
      guard let previous = last else {
        last = (statement, period)
        continue
      }
      if period.last <= previous.period.last, period.first < previous.period.last { continue }
      defer { last = (statement, period) }
      // An overlap shares days, so its opening is not the other's closing.
      if period.first < previous.period.last { continue }
      if let gap = gap(previous.statement, previous.period, statement, period) { gaps.append(gap) }
    }
    return gaps
  }

  private static func gap(
    _ before: StatementRecord, _ first: Period, _ after: StatementRecord, _ second: Period
  ) -> CoverageGap? {
    let between = second.first - first.last - 1
    let missing =
      between > 0
      ? Period(first: first.last.adding(days: 1), last: second.first.adding(days: -1)) : nil
    var jump: Money?
    if let closing = before.closing?.amount, let opening = after.opening?.amount,
      closing.currency == opening.currency
    {
      jump = opening - closing
    }
    let isBreak: Bool
    if let jump {
      isBreak = !jump.isZero
    } else {
      isBreak = between > silentDaysMax
    }
    let numbers = missingNumbers(before, after)
    guard isBreak || numbers != nil else { return nil }
    return CoverageGap(
      account: before.account, before: before.id, after: after.id, missing: missing, jump: jump,
      missingNumbers: numbers, sources: [before.source, after.source])
  }

  /// The numbers between two statements: `66…68` between `65/1` and `69/1`. A lower one starts a year.
  private static func missingNumbers(
    _ before: StatementRecord, _ after: StatementRecord
  ) -> ClosedRange<Int>? {
    func number(_ statement: StatementRecord) -> Int? {
      statement.number.flatMap { Int($0.prefix { $0 != "/" }) }
    }
    guard let a = number(before), let b = number(after), b > a, b - a > 1 else { return nil }
    return (a + 1)...(b - 1)
  }
}
