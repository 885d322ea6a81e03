import CaseModel
import CaseStore
import Digests
import Testing
import TestSupport

@Suite("Completeness")
struct CompletenessTests {
  private let account = AccountID(1)

  /// A statement with both balances unless `opening` is nil.
  private func made(
    _ id: Int64, _ first: String, _ last: String, _ opening: Int64? = nil, _ closing: Int64? = nil,
    _ status: ReconciliationStatus = .reconciled, number: String? = nil, difference: Int64? = nil
  ) -> StatementRecord {
    StatementRecord(
      id: StatementID(id), account: account, number: number,
      period: Period(first: day(first), last: day(last)),
      opening: opening.map { StatedBalance(amount: money($0), date: day(first)) },
      closing: closing.map { StatedBalance(amount: money($0), date: day(last)) }, entryCount: 1,
      status: status, difference: difference.map(money),
      source: SourceRef(file: ContentHash(of: "f"), label: "f\(id)", locator: .line(Int(id))))
  }

  private func spans(_ statements: [StatementRecord], over period: Period? = nil) -> [String] {
    Completeness.of(account, statements: statements, over: period)?.spans.map {
      "\($0.period.first) \($0.period.last) \($0.state.rawValue) "
        + $0.statements.map { "\($0.value)" }.joined(separator: "+")
    } ?? []
  }

  @Test(
    "statements that join leave no hole; those that do not leave a gap with days, jump and numbers")
  func gapsAreDays() {
    let statements = [
      made(1, "2024-01-01", "2024-01-30", 0, 100, number: "1/1"),
      made(2, "2024-02-01", "2024-02-29", 100, 50, number: "2/1"),
      made(3, "2024-04-01", "2024-04-30", 70, 70, number: "5/2"),
    ]
    #expect(
      spans(statements) == [
        "2024-01-01 2024-01-30 reconciled 1", "2024-01-31 2024-01-31 reconciled 1+2",
        "2024-02-01 2024-02-29 reconciled 2", "2024-03-01 2024-03-31 gap 2+3",
        "2024-04-01 2024-04-30 reconciled 3",
      ])
    let result = Completeness.of(account, statements: statements)
    #expect(result?.gaps.map(\.jump) == [money(20)])
    #expect(result?.gaps.map(\.missingNumbers) == [3...4])
    #expect(result?.days == 121)
    #expect(result?.coveredDays == 90)
    #expect(result?.reconciledDays == 90)
  }

  @Test(
    "a statement inside a longer one changes nothing; without the longer one it counts as it is")
  func insideIsNoGap() {
    let long = made(1, "2024-01-01", "2024-03-31", 0, 9)
    let inside = made(2, "2024-02-01", "2024-02-29", nil, nil, .noBalances)
    let next = made(3, "2024-04-01", "2024-04-30", 9, 9)
    let result = Completeness.of(account, statements: [long, inside, next])
    #expect(result?.gaps.isEmpty == true)
    #expect(result?.reconciledDays == 121)
    #expect(result?.overlaps.map(\.period) == inside.period.map { [$0] })
    #expect(spans([inside]) == ["2024-02-01 2024-02-29 no-balances 2"])
  }

  @Test("the worse of two unproven statements counts, a reconciled one proves its days")
  func worstIsShown() {
    let short = made(1, "2024-01-01", "2024-01-20", 0, 5, .unreconciled, difference: -7)
    let cut = made(2, "2024-01-10", "2024-01-31", nil, nil, .incomplete)
    let proof = made(3, "2024-01-15", "2024-01-25", 1, 1)
    #expect(
      spans([short, cut, proof]) == [
        "2024-01-01 2024-01-09 unreconciled 1", "2024-01-10 2024-01-14 unreconciled 1+2",
        "2024-01-15 2024-01-20 reconciled 1+2+3", "2024-01-21 2024-01-25 reconciled 2+3",
        "2024-01-26 2024-01-31 incomplete 2",
      ])
    let result = Completeness.of(account, statements: [short, cut, proof])
    #expect(result?.spans.first?.differences.map(\.amount) == [money(-7)])
  }

  @Test(
    "a period asked for shows the days nobody tells of, and an account without statements is all none"
  )
  func nothingIsShownAsNothing() {
    let period = Period(first: day("2023-12-31"), last: day("2024-01-04"))
    #expect(
      spans([made(1, "2024-01-02", "2024-01-03", 0, 1)], over: period) == [
        "2023-12-31 2024-01-01 none ", "2024-01-02 2024-01-03 reconciled 1",
        "2024-01-04 2024-01-04 none ",
      ])
    #expect(spans([], over: period) == ["2023-12-31 2024-01-04 none "])
    #expect(Completeness.of(account, statements: []) == nil)
  }

  @Test(
    "the grid has a cell a month: the most alarming state, differences once, breaks without days too"
  )
  func gridShowsMonths() {
    let statements = [
      made(1, "2024-01-05", "2024-02-10", 0, 5, .unreconciled, difference: 3),
      made(2, "2024-02-01", "2024-02-15", nil, nil, .unreconciled, difference: 4),
      made(3, "2024-02-15", "2024-03-31", 5, 6),
      made(4, "2024-04-01", "2024-04-30", 8, 8),
    ]
    let result = Completeness.of(account, statements: statements)
    let grid = Completeness.grid(of: result.map { [$0] } ?? [])
    #expect(grid.months.map(\.description) == ["2024-01", "2024-02", "2024-03", "2024-04"])
    let cells = grid.rows.first?.cells ?? []
    #expect(cells.map(\.state) == [.unreconciled, .unreconciled, .reconciled, .gap])
    #expect(cells.map(\.difference) == [money(3), money(7), nil, nil])
    #expect(cells.map(\.coveredDays) == [27, 29, 31, 30])
  }

  @Test(
    "a month shows the statement that does not add up, also beside one that proves its days or a gap"
  )
  func worstOfTheMonthIsShown() {
    let proof = made(1, "2024-01-01", "2024-01-31", 0, 9)
    let wrong = made(2, "2024-01-10", "2024-01-12", 1, 5, .unreconciled, difference: -7)
    let cut = made(3, "2024-02-01", "2024-02-29", nil, nil, .incomplete)
    let extract = made(4, "2024-01-10", "2024-01-12", nil, nil, .noBalances)
    func cells(_ statements: [StatementRecord]) -> [String] {
      let result = Completeness.of(account, statements: statements)
      return Completeness.grid(of: result.map { [$0] } ?? []).rows.first?.cells.map {
        "\($0.state.rawValue) \($0.coveredDays) \($0.difference?.minorUnits ?? 0)"
      } ?? []
    }
    #expect(cells([proof, wrong]) == ["unreconciled 31 -7"])
    #expect(cells([proof, extract]) == ["reconciled 31 0"])
    #expect(cells([proof, cut]) == ["reconciled 31 0", "incomplete 29 0"])
    let beforeGap = made(5, "2024-01-01", "2024-01-05", 0, 9)
    let afterGap = made(6, "2024-01-20", "2024-01-31", 90, 5, .unreconciled, difference: 3)
    #expect(cells([beforeGap, afterGap]) == ["unreconciled 17 3"])
    let doubled = [DoubledDay(account: account, day: day("2024-02-03"), lines: 4)]
    let both = [proof, made(7, "2024-02-01", "2024-02-29", 9, 9)]
    let marked = Completeness.grid(
      of: Completeness.of(account, statements: both).map { [$0] } ?? [], doubled: doubled)
    #expect(marked.rows[0].cells.map(\.state) == [.reconciled, .doubled])
    #expect(marked.rows[0].cells.map(\.doubledLines) == [0, 4])
    // The days stay proven: what changes is what the month shows.
    #expect(Completeness.of(account, statements: [proof, wrong])?.reconciledDays == 31)
  }

  @Test("every day of a period belongs to exactly one span, whatever the statements")
  func spansPartitionThePeriod() {
    for seed in UInt64(1)...200 {
      var random = RandomFiles(seed: seed)
      let start = day("2024-01-01")
      let statements = (0..<(1 + random.next(8))).map { number in
        let first = start.adding(days: random.next(60))
        let last = first.adding(days: random.next(25))
        let hasBalances = random.next(2) == 0
        return made(
          Int64(number + 1), "\(first)", "\(last)", hasBalances ? 1 : nil,
          hasBalances ? Int64(random.next(2)) : nil,
          ReconciliationStatus.allCases[random.next(4)], difference: 1)
      }.sorted { ($0.period?.first ?? start, $0.id) < ($1.period?.first ?? start, $1.id) }
      let whole = Period(first: start.adding(days: -5), last: start.adding(days: 95))
      let result = Completeness.of(account, statements: statements, over: whole)
      var next = whole.first
      for span in result?.spans ?? [] {
        #expect(span.period.first == next, "seed \(seed)")
        next = span.period.last.adding(days: 1)
      }
      #expect(next == whole.last.adding(days: 1), "seed \(seed)")
      // The slow way: a day is covered when some statement's period contains it.
      for offset in 0..<whole.dayCount {
        let day = whole.first.adding(days: offset)
        let covering = statements.filter {
          $0.status != .notApplicable && ($0.period?.contains(day) ?? false)
        }
        guard !covering.isEmpty else { continue }
        let span = result?.spans.first { $0.period.contains(day) }
        #expect(Set(span?.statements ?? []) == Set(covering.map(\.id)), "seed \(seed) \(day)")
        #expect(
          (span?.state == .reconciled) == covering.contains { $0.status == .reconciled },
          "seed \(seed) \(day)")
      }
    }
  }

  @Test("the store answers for its accounts, and a withdrawn statement leaves a gap")
  func storeAnswers() async throws {
    guard ThrowAwayDatabase.isAvailable else { return }
    let store = try await ThrowAwayDatabase.make().store()
    func month(_ number: Int, _ opening: Int64) -> ImportInput {
      var made = statement(
        accountA, [entry("2024-0\(number)-05", 10, line: 2)], opening: opening,
        closing: opening + 10, from: "2024-0\(number)-01", through: "2024-0\(number)-28")
      made.status = .reconciled
      made.difference = money(0)
      return input("\(number).csv", [made])
    }
    try await store.importFile(month(1, 0))
    let second = try await store.importFile(month(2, 10))
    try await store.importFile(month(3, 20))
    var grid = try await store.reconciliationGrid()
    #expect(grid.rows.map { $0.cells.map(\.state) } == [[.reconciled, .reconciled, .reconciled]])
    try await store.undoImport(file: second.file, by: "A. Analyst", reason: "another customer")
    grid = try await store.reconciliationGrid()
    #expect(grid.rows.map { $0.cells.map(\.state) } == [[.gap, .gap, .reconciled]])
    let account = try await store.completeness().first
    #expect(account?.gaps.map(\.jump) == [money(10)])
    #expect(account?.days(in: [.gap]) == 32)
  }

  @Test("an opening balance dated the day before the first entry covers nothing of its month")
  func openingIsNoCoverage() async throws {
    guard ThrowAwayDatabase.isAvailable else { return }
    let store = try await ThrowAwayDatabase.make().store()
    func proven(_ opened: String, _ first: String, _ last: String) -> Statement {
      var made = statement(
        accountA, [entry(first, 10, line: 2)], opening: 0, closing: 10, from: opened, through: last)
      made.status = .reconciled
      made.difference = money(0)
      return made
    }
    try await store.importFile(input("m.sta", [proven("2024-02-29", "2024-03-01", "2024-03-31")]))
    let grid = try await store.reconciliationGrid()
    #expect(grid.months.map(\.description) == ["2024-03"])
    #expect(grid.rows.map { $0.cells.map(\.coveredDays) } == [[31]])
    // Dated the first of a month, or a day with an entry, it begins the period.
    try await store.importFile(input("a.sta", [proven("2024-04-01", "2024-04-03", "2024-04-30")]))
    try await store.importFile(input("d.sta", [proven("2024-05-31", "2024-05-31", "2024-06-30")]))
    #expect(
      try await store.statements().map { $0.period?.first } == [
        day("2024-03-01"), day("2024-04-01"), day("2024-05-31"),
      ])
  }
}
