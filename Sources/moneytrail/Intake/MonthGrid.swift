import CaseModel

/// The store's `ReconciliationGrid` with the accounts' names, as it is printed.
struct MonthGrid: Encodable {
  struct Cell: Encodable {
    let state: CoverageState
    /// Opening + entries − closing, summed over the month's statements that do not agree.
    let difference: String?
    let coveredDays: Int
    /// Lines of the month that may repeat another one.
    let doubledLines: Int

    enum CodingKeys: String, CodingKey {
      case state, difference
      case coveredDays = "covered_days"
      case doubledLines = "doubled_lines"
    }
  }

  struct Row: Encodable {
    let account: String
    let currency: String
    /// One for each month of the grid.
    let cells: [Cell]
  }

  /// `2024-03`, ascending, without a month left out.
  let months: [String]
  let rows: [Row]

  init(_ grid: ReconciliationGrid, accounts: [Account]) {
    let byID = Dictionary(accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    months = grid.months.map(\.description)
    rows = grid.rows.compactMap { row in
      byID[row.account].map { account in
        Row(
          account: Self.name(account), currency: account.currency.code,
          cells: row.cells.map { cell in
            Cell(
              state: cell.state, difference: cell.difference?.description,
              coveredDays: cell.coveredDays, doubledLines: cell.doubledLines)
          })
      }
    }
  }

  /// An account that its files do not name is shown by its key.
  static func name(_ account: Account) -> String {
    account.displayName.isEmpty ? account.key.text : account.displayName
  }
}

extension CoverageState {
  /// One letter for a narrow table.
  var mark: String {
    switch self {
    case .none: "·"
    case .reconciled: "✓"
    case .noBalances: "n"
    case .incomplete: "i"
    case .gap: "G"
    case .doubled: "D"
    case .unreconciled: "U"
    }
  }
}
