import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Publishing

/// `moneytrail reconcile`: whether the records are whole, account by account and month by month.
struct Reconcile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show accounts by months: reconciled, not reconciled, missing.",
    discussion: """
      EXAMPLES
        moneytrail reconcile
        moneytrail reconcile --xlsx completeness.xlsx
        moneytrail reconcile --json

      A cell says the worst that is known of a month: U a statement does not add up, G something is \
      missing between two statements, i a statement is cut off, n no balances are stated, ✓ everything \
      adds up, · no statement. Differences and gaps are listed below with their places.
      """)

  @OptionGroup var options: StoreOptions

  @Option(help: "Also write the grid as a workbook.")
  var xlsx: String?

  func run() async throws {
    let store = try await options.open()
    let accounts = try await store.accounts()
    let statements = try await store.statements()
    let gaps = try await store.gaps()
    let grid = MonthGrid(try await store.reconciliationGrid(), accounts: accounts)
    await store.close()
    let remarks = Self.remarks(accounts, statements, gaps)
    if let xlsx {
      try GridWorkbook(grid, remarks: remarks).write(to: URL(filePath: xlsx))
    }
    if options.json {
      return try Terminal.json(Report(months: grid.months, accounts: grid.rows, remarks: remarks))
    }
    guard !grid.rows.isEmpty else {
      return Terminal.out("no statements yet — run: moneytrail import FILE…")
    }
    for table in Self.tables(grid) { Terminal.out(table) }
    Terminal.out(
      CoverageState.allCases.map { "\($0.mark) \($0.rawValue)" }.joined(separator: "   "))
    for remark in remarks { Terminal.out("\(remark.kind): \(remark.account): \(remark.text)") }
    if let xlsx { Terminal.message("written to \(xlsx)") }
  }

  /// Twelve months a table, so that the lines fit a terminal.
  private static func tables(_ grid: MonthGrid) -> [String] {
    stride(from: 0, to: grid.months.count, by: 12).map { start in
      let part = start..<min(start + 12, grid.months.count)
      var table = TextTable(["account", "currency"] + part.map { grid.months[$0] })
      for row in grid.rows {
        table.add([row.account, row.currency] + part.map { row.cells[$0].state.mark })
      }
      return table.text + "\n"
    }
  }

  /// What a cell's letter stands for, with the place to look at.
  struct Remark: Encodable {
    let kind: String
    let account: String
    let text: String
    let source: String
  }

  private static func remarks(
    _ accounts: [Account], _ statements: [StatementRecord], _ gaps: [CoverageGap]
  ) -> [Remark] {
    var remarks: [Remark] = []
    for account in accounts {
      for statement in statements where statement.account == account.id {
        guard statement.status == .unreconciled || statement.status == .incomplete else { continue }
        let number = statement.number.map { "statement \(Issue.escaped($0))" } ?? "a statement"
        let days = statement.period.map { " of \($0.first) to \($0.last)" } ?? ""
        let difference = statement.difference.map { ", difference \($0)" } ?? ""
        let place = "\(statement.source.label): \(statement.source.locator)"
        remarks.append(
          Remark(
            kind: statement.status.rawValue, account: MonthGrid.name(account),
            text: "\(number)\(days)\(difference) (\(place))", source: place))
      }
      for gap in gaps where gap.account == account.id {
        let days =
          gap.missing.map { "no statement from \($0.first) to \($0.last)" } ?? "days that touch"
        let jump = gap.jump.map { ", balance jumps by \($0)" } ?? ""
        let place = gap.sources.map { "\($0.label): \($0.locator)" }.joined(separator: "; ")
        remarks.append(
          Remark(
            kind: "gap", account: MonthGrid.name(account), text: "\(days)\(jump) (\(place))",
            source: place))
      }
    }
    return remarks
  }

  private struct Report: Encodable {
    let schema = "moneytrail-reconcile/1"
    let months: [String]
    let accounts: [MonthGrid.Row]
    let remarks: [Remark]
  }
}

extension GridWorkbook {
  /// The grid as it is written into a workbook: colours for what is good, missing or wrong.
  fileprivate init(_ grid: MonthGrid, remarks: [Reconcile.Remark]) {
    let rows = grid.rows.map { row in
      [Cell(row.account, .plain), Cell(row.currency, .plain)]
        + row.cells.map { cell in
          let shown = cell.state == .none ? "" : cell.state.rawValue
          return Cell(
            cell.difference.map { "\(shown) \($0)" } ?? shown,
            cell.state == .reconciled
              ? .good
              : cell.state == .unreconciled || cell.state == .gap
                ? .bad : cell.state == .none ? .plain : .doubtful)
        }
    }
    self.init(sheets: [
      Sheet(name: "Completeness", titles: ["account", "currency"] + grid.months, rows: rows),
      Sheet(
        name: "Remarks", titles: ["kind", "account", "what", "source"],
        rows: remarks.map { remark in
          [remark.kind, remark.account, remark.text, remark.source].map { Cell($0, .plain) }
        }),
    ])
  }
}
