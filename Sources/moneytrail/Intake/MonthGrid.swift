import CaseModel
import CaseStore

/// Accounts by months: what the statements of each month show of themselves (formats.md §3.5).
///
/// A pure function of the store's statements. The worst that is known of a month is what its cell says.
struct MonthGrid: Encodable {
  /// What a month of an account looks like, the worst last.
  enum State: Int, Comparable, CaseIterable {
    case none, reconciled, noBalances, incomplete, gap, unreconciled
    static func < (a: State, b: State) -> Bool { a.rawValue < b.rawValue }

    var text: String {
      switch self {
      case .none: "none"
      case .reconciled: "reconciled"
      case .noBalances: "no-balances"
      case .incomplete: "incomplete"
      case .gap: "gap"
      case .unreconciled: "unreconciled"
      }
    }

    /// One letter for a narrow table.
    var mark: String {
      switch self {
      case .none: "·"
      case .reconciled: "✓"
      case .noBalances: "n"
      case .incomplete: "i"
      case .gap: "G"
      case .unreconciled: "U"
      }
    }
  }

  struct Cell: Encodable {
    var state: State
    /// Opening + entries − closing of the statements that end in the month and do not agree.
    var differences: [Money] = []
    var entries = 0

    enum CodingKeys: String, CodingKey { case state, differences, entries }
    func encode(to encoder: any Encoder) throws {
      var keyed = encoder.container(keyedBy: CodingKeys.self)
      try keyed.encode(state.text, forKey: .state)
      try keyed.encode(differences.map(\.description), forKey: .differences)
      try keyed.encode(entries, forKey: .entries)
    }
  }

  struct Row: Encodable {
    let account: String
    let currency: String
    /// One for each month of the grid.
    var cells: [Cell]
  }

  /// `2024-03`, ascending, without a month left out.
  let months: [String]
  let rows: [Row]

  /// An account that its files do not name is shown by its key.
  static func name(_ account: Account) -> String {
    account.displayName.isEmpty ? account.key.text : account.displayName
  }

  /// A month as a count, so that months are next to each other.
  private static func number(_ day: CivilDate) -> Int { day.year * 12 + day.month - 1 }

  private static func text(_ number: Int) -> String {
    let month = number % 12 + 1
    return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
  }

  /// - Complexity: O(*s* · *m*) in statements and the months that each covers.
  init(accounts: [Account], statements: [StatementRecord], gaps: [CoverageGap]) {
    let periods = statements.compactMap(\.period)
    guard let first = periods.map(\.first).min(), let last = periods.map(\.last).max() else {
      months = []
      rows = []
      return
    }
    let range = Self.number(first)...Self.number(last)
    months = range.map(Self.text)
    rows = accounts.filter(\.hasStatements).map { account in
      var cells = [Cell](repeating: Cell(state: .none), count: range.count)
      for statement in statements where statement.account == account.id {
        Self.add(statement, to: &cells, from: range.lowerBound)
      }
      for gap in gaps where gap.account == account.id {
        Self.add(gap, statements, to: &cells, from: range.lowerBound)
      }
      return Row(account: Self.name(account), currency: account.currency.code, cells: cells)
    }
  }

  private static func add(_ statement: StatementRecord, to cells: inout [Cell], from start: Int) {
    guard let period = statement.period else { return }
    let state: State
    switch statement.status {
    case .reconciled: state = .reconciled
    case .unreconciled: state = .unreconciled
    case .incomplete: state = .incomplete
    case .noBalances: state = .noBalances
    case .notApplicable: return
    }
    let last = number(period.last) - start
    for index in (number(period.first) - start)...last {
      cells[index].state = max(cells[index].state, state)
    }
    cells[last].entries += statement.entryCount
    if let difference = statement.difference, !difference.isZero {
      cells[last].differences.append(difference)
    }
  }

  /// A gap marks the months it touches: those of the missing days, else the month of the jump.
  private static func add(
    _ gap: CoverageGap, _ statements: [StatementRecord], to cells: inout [Cell], from start: Int
  ) {
    let after = statements.first { $0.id == gap.after }?.period?.first
    guard let first = gap.missing?.first ?? after, let last = gap.missing?.last ?? after else {
      return
    }
    for index in (number(first) - start)...(number(last) - start)
    where cells.indices.contains(index) {
      cells[index].state = max(cells[index].state, .gap)
    }
  }
}
