import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Investigation

/// `moneytrail compare`: what every method the profile allows gives, place by place.
struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the methods: lowest and highest for each asset and account.",
    discussion: """
      EXAMPLES
        moneytrail compare
        moneytrail compare --matter HS-2026-01 --all --json

      Every method the profile allows, each with three fixed orders of one day's entries: \
      bank_sequence, credits_first, debits_first. Lowest and highest range over those; the columns of \
      single methods show bank_sequence. The last two columns are about the matter's own method only: \
      whether its sum depends on any order of a day, and on missing records. Nothing is stored.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  @Flag(help: "Also the places where money ended: spent, sent on, gone into debts.")
  var all = false

  func run() async throws {
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let investigation = try await CaseWork(store).investigation(
      of: code, request: .init(programVersion: ProgramVersion.text))
    await store.close()
    let (run, table) = try investigation.tracing()
    let titles = PlaceTitles(investigation.caseFile)
    let rows = table.rows.compactMap { row -> Row? in
      guard all || row.place.isItemOrAccount else { return nil }
      return Row(row, titles, run, table)
    }
    let report = Report(matter: code, method: run.method, rows: rows)
    if options.json { try Terminal.json(report) } else { Terminal.out(report.text) }
  }

  struct Row: Encodable {
    let place: String
    let lowest: Money
    let highest: Money
    let agrees: Bool
    /// Nil when no interval over the orders of a day is known.
    let dependsOnOrder: Bool?
    let dependsOnRecords: Bool?
    /// By method, at the order of the bank.
    let methods: [Value]

    struct Value: Encodable {
      let method: String
      let tainted: Money
    }

    init?(
      _ row: SensitivityTable.Row, _ titles: PlaceTitles, _ run: TracingRun,
      _ table: SensitivityTable
    ) {
      guard let currency = row.tainted.lazy.compactMap({ $0?.currency }).first,
        let envelope = table.envelope(at: [row.place], in: currency)
      else { return nil }
      place = titles.title(of: row.place)
      (lowest, highest, agrees) = (envelope.lowest, envelope.highest, envelope.agrees)
      let bounds = run.bounds(at: [row.place], in: currency).first
      dependsOnOrder = bounds?.overOrders.map { !$0.isPoint }
      dependsOnRecords = bounds?.overRecords.map { !$0.isPoint }
      methods = zip(table.columns, row.tainted).compactMap { column, tainted in
        column.sameDayOrder == .bankSequence
          ? Value(method: column.method, tainted: tainted ?? .zero(currency)) : nil
      }
    }
  }

  struct Report: Encodable {
    let schema = "moneytrail-compare/1"
    let matter: MatterCode
    /// The method the matter's own run would take.
    let method: String
    let rows: [Row]

    var text: String {
      guard let first = rows.first else { return "no tainted value was traced by any method" }
      let methods = first.methods.map(\.method)
      var table = TextTable(
        ["place", "lowest", "highest"] + methods + [
          "agree", "order (\(method))", "records (\(method))",
        ],
        right: Set(1...(2 + methods.count)))
      func word(_ answer: Bool?) -> String { answer.map { $0 ? "depends" : "no matter" } ?? "—" }
      for row in rows {
        table.add(
          [row.place, row.lowest.description, row.highest.description]
            + row.methods.map(\.tainted.decimalText)
            + [row.agrees ? "yes" : "no", word(row.dependsOnOrder), word(row.dependsOnRecords)])
      }
      return table.text + "\n"
        + ("the matter's own method is \(method); lowest and highest are over "
        + "\(methods.count) methods and the three same-day orders; order and records are of "
        + "\(method) alone, order over every order of a day").folded()
    }
  }
}

extension Place {
  fileprivate var isItemOrAccount: Bool {
    switch self {
    case .asset, .account: true
    case .cash, .dissipated, .debtDischarge, .abroad, .untraced: false
    }
  }
}
