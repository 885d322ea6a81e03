import CaseModel
import Tracing

/// The ladder as lines.
enum LadderText {
  static func text(_ rows: [LadderRow], leftOut: Int) -> String {
    var table = TextTable(
      ["day", "from", "to", "moved", "tainted", "then on", "tainted", "clean", "line"],
      right: [3, 4, 6, 7])
    for row in rows {
      let line = row.source.map { "\($0.label) \($0.locator)" } ?? "—"
      let first = row.after.first
      table.add(
        [
          row.date.description, row.from, row.to, row.moved.description,
          row.tainted.isZero ? "—" : row.tainted.description,
        ] + balance(first) + [line])
      for other in row.after.dropFirst() {
        table.add(["", "", "", "", ""] + balance(other) + [""])
      }
    }
    let more =
      leftOut == 0
      ? ""
      : "\n\(leftOut) movements that carried nothing tainted and met none are left out; --all shows them"
    return (table.isEmpty ? "nothing tainted moved" : table.text) + more
  }

  private static func balance(_ balance: LadderRow.Balance?) -> [String] {
    guard let balance else { return ["", "", ""] }
    let clean = balance.debt.isZero ? balance.clean : .zero(balance.debt.currency) - balance.debt
    return [balance.account, balance.tainted.description, clean.description]
  }
}
