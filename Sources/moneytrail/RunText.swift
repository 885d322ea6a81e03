import CaseModel
import CaseStore

/// Kept runs as lines for a terminal.
enum RunText {
  static func text(_ run: KeptRun) -> String {
    let record = run.record
    var lines = [
      "\(run.code)  \(record.matter), as of \(record.asOf), profile \(record.profile)",
      "method      \(record.method), chosen by the \(origin(record.origin))"
        + (record.reason.map { ": \($0)" } ?? ""),
      "order       \(record.sameDayOrder.rawValue), back through debt "
        + (record.backwardTracing ? "on" : "off"),
      "ledger      \(record.ledger)", "record      \(run.sha256)",
    ]
    for one in record.overrides {
      lines.append(
        "override    \(one.property) by \(one.method), signed by \(one.signedBy) on \(one.signedOn): "
          + one.reason)
    }
    var table = TextTable(["tainted value at", "source", "amount"], right: [2])
    for row in record.results where row.isTainted {
      table.add([
        PlaceTitles.title(ofKept: row.place), row.sourceClass.text, row.amount.description,
      ])
    }
    lines.append(table.isEmpty ? "no tainted value was traced" : table.text)
    for one in record.bounds {
      lines += bound(one, one.overOrders, "over the orders of a day")
      lines += bound(one, one.overRecords, "over missing records")
    }
    lines.append(
      "compared with \(record.columns.count) runs of other methods and orders; --json has them")
    return lines.joined(separator: "\n")
  }

  static func text(_ difference: RecordDifference) -> String {
    var lines = ["\(difference.first), then \(difference.second)"]
    lines += difference.differences
    if difference.differences.isEmpty { lines.append("made alike") }
    var table = TextTable(["tainted value at", "first", "second", "difference"], right: [1, 2, 3])
    for row in difference.rows where !row.delta.isZero {
      table.add([
        PlaceTitles.title(ofKept: row.place), row.first.description, row.second.description,
        (row.delta.isNegative ? "" : "+") + row.delta.description,
      ])
    }
    lines.append(table.isEmpty ? "the tainted value is the same at every place" : table.text)
    let same = difference.rows.count { $0.delta.isZero }
    if !table.isEmpty { lines.append("the same at \(same) other places") }
    return lines.joined(separator: "\n")
  }

  static func overrides(_ record: TracingRecord) -> String {
    record.overrides.isEmpty
      ? "none" : record.overrides.map { "\($0.property) by \($0.method)" }.joined(separator: ", ")
  }

  static func origin(_ origin: TracingRecord.Origin) -> String {
    switch origin {
    case .request: "request"
    case .caseSheet: "case sheet"
    case .profile: "profile"
    }
  }

  private static func bound(
    _ one: TracingRecord.Bounds, _ interval: TracingRecord.Interval?, _ what: String
  ) -> [String] {
    guard let interval, interval.highest != interval.lowest else { return [] }
    let range =
      interval.highest.map { "\(interval.lowest) to \($0)" } ?? "at least \(interval.lowest)"
    return [
      "\(what)  \(PlaceTitles.title(ofKept: one.place)): \(range)\(interval.isExact ? "" : ", outer limits")"
    ]
  }
}
