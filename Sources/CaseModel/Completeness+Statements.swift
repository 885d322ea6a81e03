/// How complete the records of accounts are, day by day, computed from their statements (formats.md §3.5,
/// "completeness of an account over a period is a shown result"). Nothing is stored, so that it can never
/// disagree with the evidence.
public enum Completeness {
  /// One account.
  ///
  /// A day that a reconciled statement covers is reconciled, whatever else covers it: an extract without
  /// balances inside it takes nothing away. Otherwise the most alarming statement counts. A day between
  /// two statements that follow on each other is as good as the worse of the two; between two that do not,
  /// it is a gap (`Coverage.gaps`). The statement that does not agree stays in sight: a span says the worst of
  /// its statements (`CoverageSpan.worst`), and a month shows it.
  ///
  /// - Parameters:
  ///   - statements: the account's, in evidence order; of other accounts none.
  ///   - period: nil for the days from the first to the last that any statement tells of.
  /// - Returns: nil without a period and without any statement that has one.
  /// - Complexity: O(*n* log *n*) in the statements, times those that share a day.
  public static func of(
    _ account: AccountID, statements: [StatementRecord], over period: Period? = nil
  ) -> AccountCompleteness? {
    let told = statements.filter { $0.status != .notApplicable }.compactMap { statement in
      statement.period.map { Told(statement: statement, period: $0) }
    }.sorted(by: Told.precedes)
    let gaps = Coverage.gaps(in: told.map(\.statement))
    let known = told.first.flatMap { first in
      told.map(\.period.last).max().map { Period(first: first.period.first, last: $0) }
    }
    guard let whole = period ?? known else { return nil }
    let spans = spans(told, gaps: gaps, known: known, over: whole)
    return AccountCompleteness(
      account: account, period: whole, spans: spans,
      gaps: gaps.filter { touches($0, told, whole) }, overlaps: overlaps(told, in: whole))
  }

  /// Accounts × months, over the months of all that is given.
  /// - Parameter doubled: days with lines that may count more than once; of any accounts.
  /// - Complexity: O((spans + doubled days) × months) of each account.
  public static func grid(
    of accounts: [AccountCompleteness], doubled: [DoubledDay] = []
  ) -> ReconciliationGrid {
    guard let first = accounts.map(\.period.first).min(),
      let last = accounts.map(\.period.last).max()
    else { return ReconciliationGrid(months: [], rows: []) }
    var months = [CalendarMonth(of: first)]
    while let month = months.last, month < CalendarMonth(of: last) { months.append(month.next) }
    let doubled = Dictionary(grouping: doubled, by: \.account)
    return ReconciliationGrid(
      months: months,
      rows: accounts.map { account in
        ReconciliationGrid.Row(
          account: account.account,
          cells: months.map { cell(of: account, in: $0, doubled[account.account] ?? []) })
      })
  }

  // MARK: Days

  struct Told {
    let statement: StatementRecord
    let period: Period

    static func precedes(_ a: Told, _ b: Told) -> Bool {
      if a.period.first != b.period.first { return a.period.first < b.period.first }
      if a.period.last != b.period.last { return a.period.last < b.period.last }
      return a.statement.source < b.statement.source
    }
  }

  private static func spans(
    _ told: [Told], gaps: [CoverageGap], known: Period?, over whole: Period
  ) -> [CoverageSpan] {
    var cuts: Set<CivilDate> = [whole.first, whole.last.adding(days: 1)]
    for period in told.map(\.period) + gaps.compactMap(\.missing) {
      cuts.formUnion([period.first, period.last.adding(days: 1)])
    }
    let days = cuts.filter { whole.first <= $0 && $0 <= whole.last.adding(days: 1) }.sorted()
    var spans: [CoverageSpan] = []
    var active: [Told] = []
    var next = 0
    for (first, after) in zip(days, days.dropFirst()) {
      while next < told.count, told[next].period.first <= first {
        active.append(told[next])
        next += 1
      }
      active.removeAll { $0.period.last < first }
      let period = Period(first: first, last: after.adding(days: -1))
      spans.append(
        active.isEmpty
          ? uncovered(period, told, gaps: gaps, known: known) : covered(period, active))
    }
    return spans
  }

  private static func covered(_ period: Period, _ active: [Told]) -> CoverageSpan {
    let statements = active.map(\.statement)
    let state =
      statements.contains { $0.status == .reconciled }
      ? .reconciled : worst(statements.map { CoverageState($0.status) })
    return CoverageSpan(
      period: period, state: state, statements: statements.map(\.id),
      differences: differences(statements), worst: alarm(statements),
      sources: statements.map(\.source))
  }

  private static func uncovered(
    _ period: Period, _ told: [Told], gaps: [CoverageGap], known: Period?
  ) -> CoverageSpan {
    guard let known, known.first < period.first, period.last < known.last,
      let before = told.filter({ $0.period.last < period.first }).max(by: {
        $0.period.last < $1.period.last
      }), let after = told.first(where: { $0.period.first > period.last })
    else {
      return CoverageSpan(
        period: period, state: .none, statements: [], sources: [])
    }
    let isGap = gaps.contains { $0.missing?.contains(period.first) ?? false }
    let around = [before.statement, after.statement]
    return CoverageSpan(
      period: period, state: isGap ? .gap : worst(around.map { CoverageState($0.status) }),
      statements: around.map(\.id), sources: around.map(\.source))
  }

  /// A break touches the period with its missing days, or where none is missing with the day at which
  /// the later statement begins.
  private static func touches(_ gap: CoverageGap, _ told: [Told], _ whole: Period) -> Bool {
    if let missing = gap.missing {
      return missing.first <= whole.last && whole.first <= missing.last
    }
    return start(of: gap, told).map(whole.contains) ?? false
  }

  private static func start(of gap: CoverageGap, _ told: [Told]) -> CivilDate? {
    told.first { $0.statement.id == gap.after }?.period.first
  }

  private static func overlaps(_ told: [Told], in whole: Period) -> [CoverageOverlap] {
    var found: [CoverageOverlap] = []
    var reach: Told?
    for item in told {
      defer {
        if reach.map({ $0.period.last < item.period.last }) ?? true { reach = item }
      }
      // The day on which one ends and the next begins belongs to both, as balances carry it.
      guard let before = reach, item.period.first < before.period.last else { continue }
      let first = max(item.period.first, whole.first)
      let last = min(item.period.last, before.period.last, whole.last)
      guard first <= last else { continue }
      found.append(
        CoverageOverlap(
          period: Period(first: first, last: last),
          statements: [before.statement.id, item.statement.id],
          sources: [before.statement.source, item.statement.source]))
    }
    return found
  }

  // MARK: Months

  private static func cell(
    of account: AccountCompleteness, in month: CalendarMonth, _ doubled: [DoubledDay]
  ) -> ReconciliationGrid.Cell {
    let first = CivilDate(year: month.year, month: month.month, day: 1)
    let last = CivilDate(
      year: month.year, month: month.month,
      day: CivilDate.days(inMonth: month.month, of: month.year))
    guard let first, let last else {
      return ReconciliationGrid.Cell(state: .none, difference: nil, coveredDays: 0, statements: [])
    }
    let spans = account.spans.filter { $0.period.first <= last && first <= $0.period.last }
    let isBroken = account.gaps.contains { gap in
      guard gap.missing == nil else { return false }  // its days are spans of their own
      return account.spans.first { $0.statements.contains(gap.after) }.map {
        first <= $0.period.first && $0.period.first <= last
      } ?? false
    }
    var covered = 0
    var statements: [StatementID] = []
    var differences: [StatementDifference] = []
    for span in spans where span.state != .none {
      if span.state != .gap {
        covered += min(span.period.last, last) - max(span.period.first, first) + 1
        for id in span.statements where !statements.contains(id) { statements.append(id) }
      }
      for difference in span.differences where !differences.contains(difference) {
        differences.append(difference)
      }
    }
    let lines = doubled.reduce(0) { sum, one in
      first <= one.day && one.day <= last ? sum + one.lines : sum
    }
    let states =
      spans.flatMap { [$0.state, $0.worst] } + (isBroken ? [.gap] : [])
      + (lines > 0 ? [.doubled] : [])
    return ReconciliationGrid.Cell(
      state: worst(states), difference: sum(differences.map(\.amount)), coveredDays: covered,
      statements: statements, doubledLines: lines)
  }

  // MARK: Parts

  /// The most alarming; `none` of nothing. What is known to be wrong goes before what is missing.
  private static func worst(_ states: [CoverageState]) -> CoverageState {
    let order: [CoverageState] = [
      .unreconciled, .gap, .doubled, .incomplete, .noBalances, .reconciled,
    ]
    return order.first(where: states.contains) ?? .none
  }

  /// What statements of one day warn of, whatever else proves the day: figures that do not agree and files
  /// that are cut off. An extract without balances warns of nothing beside a reconciled statement.
  private static func alarm(_ statements: [StatementRecord]) -> CoverageState {
    worst(
      statements.map { CoverageState($0.status) }.filter {
        $0 == .unreconciled || $0 == .incomplete
      })
  }

  private static func differences(_ statements: [StatementRecord]) -> [StatementDifference] {
    statements.filter { $0.status == .unreconciled }.compactMap { statement in
      statement.difference.map { StatementDifference(statement: statement.id, amount: $0) }
    }
  }

  /// Nil for nothing, for several currencies, and for what leaves 64 bits.
  private static func sum(_ amounts: [Money]) -> Money? {
    guard let currency = amounts.first?.currency,
      amounts.allSatisfy({ $0.currency == currency })
    else { return nil }
    let total = amounts.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
    return Int64(exactly: total).map { Money(minorUnits: $0, currency: currency) }
  }
}

extension CoverageState {
  init(_ status: ReconciliationStatus) {
    switch status {
    case .reconciled: self = .reconciled
    case .unreconciled: self = .unreconciled
    case .incomplete: self = .incomplete
    case .noBalances, .notApplicable: self = .noBalances
    }
  }
}
