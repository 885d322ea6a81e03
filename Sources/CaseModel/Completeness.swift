/// What is known of a day, or of a month, of an account (formats.md §3.5).
public enum CoverageState: String, Sendable, Codable, CaseIterable {
  /// A statement whose own figures agree covers it.
  case reconciled
  /// Covered, but the figures do not agree.
  case unreconciled
  /// Covered by a statement that is cut off, or that could miss records.
  case incomplete
  /// Covered by statements that state no balances.
  case noBalances = "no-balances"
  /// Between two statements that do not follow on each other: something is missing.
  case gap
  /// Lines of the month stand in several files in different words: they may count more than once. Said of
  /// months only, of days the statements speak.
  case doubled
  /// Before the first statement or after the last.
  case none
}

/// Days in a row of which the same is known, by the same statements.
public struct CoverageSpan: Hashable, Sendable, Codable {
  public let period: Period
  public let state: CoverageState
  /// Those that cover the days; the two around them where none does.
  public let statements: [StatementID]
  /// By how much each statement that covers the days does not agree, also where another proves them.
  public let differences: [StatementDifference]
  /// `unreconciled` or `incomplete` when a statement that covers the days is, whatever `state` says; else `none`.
  public let worst: CoverageState
  public let sources: [SourceRef]

  public init(
    period: Period, state: CoverageState, statements: [StatementID],
    differences: [StatementDifference] = [], worst: CoverageState = .none, sources: [SourceRef]
  ) {
    self.period = period
    self.state = state
    self.statements = statements
    self.differences = differences
    self.worst = worst
    self.sources = sources
  }
}

/// opening + Σ booked entries − closing of one statement.
public struct StatementDifference: Hashable, Sendable, Codable {
  public let statement: StatementID
  public let amount: Money
  public init(statement: StatementID, amount: Money) {
    self.statement = statement
    self.amount = amount
  }
}

/// Days that more than one statement shows. No fault: lines that both hold count once.
public struct CoverageOverlap: Hashable, Sendable, Codable {
  public let period: Period
  public let statements: [StatementID]
  public let sources: [SourceRef]

  public init(period: Period, statements: [StatementID], sources: [SourceRef]) {
    self.period = period
    self.statements = statements
    self.sources = sources
  }
}

/// How complete the records of one account are over a period: every day belongs to exactly one span.
public struct AccountCompleteness: Hashable, Sendable, Codable {
  public let account: AccountID
  public let period: Period
  /// In order of time, without holes.
  public let spans: [CoverageSpan]
  /// Breaks of the chain that touch the period, also those that leave no day out.
  public let gaps: [CoverageGap]
  public let overlaps: [CoverageOverlap]

  public init(
    account: AccountID, period: Period, spans: [CoverageSpan], gaps: [CoverageGap],
    overlaps: [CoverageOverlap]
  ) {
    self.account = account
    self.period = period
    self.spans = spans
    self.gaps = gaps
    self.overlaps = overlaps
  }

  public var days: Int { period.dayCount }
  /// Days of which statements tell, whether or not their figures agree.
  public var coveredDays: Int { days(in: [.reconciled, .unreconciled, .incomplete, .noBalances]) }
  /// Days that a reconciled statement covers. The reconciled share is this over `days`.
  public var reconciledDays: Int { days(in: [.reconciled]) }

  public func days(in states: Set<CoverageState>) -> Int {
    spans.reduce(0) { $0 + (states.contains($1.state) ? $1.period.dayCount : 0) }
  }
}

/// A calendar month.
public struct CalendarMonth: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let year: Int
  /// 1 to 12.
  public let month: Int

  public init(year: Int, month: Int) {
    precondition((1...12).contains(month), "a year has twelve months")
    self.year = year
    self.month = month
  }
  public init(of day: CivilDate) { self.init(year: day.year, month: day.month) }

  public var next: CalendarMonth {
    month == 12
      ? CalendarMonth(year: year + 1, month: 1) : CalendarMonth(year: year, month: month + 1)
  }
  public static func < (a: Self, b: Self) -> Bool { (a.year, a.month) < (b.year, b.month) }
  /// `2024-03`.
  public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
}

/// Lines of a day of an account that may repeat another one: several files tell of the day, and no single one
/// shows all of its lines of one amount.
public struct DoubledDay: Hashable, Sendable, Codable {
  public let account: AccountID
  public let day: CivilDate
  /// How many more lines there are than the file has that shows most of them.
  public let lines: Int

  public init(account: AccountID, day: CivilDate, lines: Int) {
    self.account = account
    self.day = day
    self.lines = lines
  }
}

/// Accounts × months: where records are complete, where they do not agree, where they are missing.
public struct ReconciliationGrid: Hashable, Sendable, Codable {
  /// One account in one month.
  public struct Cell: Hashable, Sendable, Codable {
    /// The most alarming that any statement or day of the month says: unreconciled, gap, doubled, incomplete,
    /// no balances, reconciled; none when no statement tells of it. A statement that does not agree shows also
    /// where another proves all of its days.
    public let state: CoverageState
    /// What the month's statements that do not agree are short or over, summed; a statement that spans
    /// several months shows its difference in each.
    public let difference: Money?
    public let coveredDays: Int
    public let statements: [StatementID]
    /// How many lines of the month may repeat another one.
    public let doubledLines: Int

    public init(
      state: CoverageState, difference: Money?, coveredDays: Int, statements: [StatementID],
      doubledLines: Int = 0
    ) {
      self.state = state
      self.difference = difference
      self.coveredDays = coveredDays
      self.statements = statements
      self.doubledLines = doubledLines
    }
  }

  public struct Row: Hashable, Sendable, Codable {
    public let account: AccountID
    /// One a month.
    public let cells: [Cell]
    public init(account: AccountID, cells: [Cell]) {
      self.account = account
      self.cells = cells
    }
  }

  /// Without holes, in order.
  public let months: [CalendarMonth]
  /// In the order of the accounts given.
  public let rows: [Row]

  public init(months: [CalendarMonth], rows: [Row]) {
    self.months = months
    self.rows = rows
  }
}
