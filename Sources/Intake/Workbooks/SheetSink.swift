import CaseModel

/// Passes on what the reader of a sheet's text finds, with cells in place of lines, and formulas kept
/// with the entries that rest on them.
final class SheetSink: StatementSink {
  private let sink: any StatementSink
  private let notes: SheetNotes
  /// Sheets come one after the other: places of the second sheet order after those of the first.
  private let base: Int64

  init(_ sink: any StatementSink, notes: SheetNotes, sheet: Int) {
    self.sink = sink
    self.notes = notes
    base = Int64(sheet) << 32
  }

  func begin(_ header: Statement) throws -> Int {
    var header = header
    header.locator = place(header.locator)
    return try sink.begin(header)
  }

  func append(_ entry: StatementEntry, to statement: Int) throws {
    var entry = entry
    if let formulas = notes.formulas[Int(entry.locator.ordinal)] {
      entry.references["formula"] = formulas.prefix(8).map { "\($0.cell)=\($0.text)" }
        .joined(separator: "; ")
    }
    entry.locator = place(entry.locator)
    entry.byteOffset = nil
    try sink.append(entry, to: statement)
  }

  func end(_ trailer: Statement, of statement: Int) throws {
    var trailer = trailer
    trailer.locator = place(trailer.locator)
    try sink.end(trailer, of: statement)
  }

  func record(_ payment: PaymentRecord) throws { try sink.record(payment) }
  func state(_ entity: StatedEntity) throws { try sink.state(entity) }

  func report(_ issue: Issue) throws { try sink.report(self.issue(issue)) }

  func quarantine(_ record: QuarantinedRecord) throws {
    try sink.quarantine(
      QuarantinedRecord(
        locator: place(record.locator, code: record.code), code: record.code,
        reason: record.reason, raw: record.raw))
  }

  func skip(records: Int) throws { try sink.skip(records: records) }
  func counted(records: Int) throws { try sink.counted(records: records) }
  func uses(profile line: String) throws { try sink.uses(profile: line) }

  func issue(_ issue: Issue) -> Issue {
    Issue(
      issue.severity, issue.code, file: issue.file, at: place(issue.locator, code: issue.code),
      found: issue.found, expected: issue.expected, excerpt: issue.excerpt)
  }

  /// `line 7` → `Sheet1!A7:H7`, `lines 2-4` → `Sheet1!A2:H4`, or the cell that is at fault.
  private func place(_ locator: Locator, code: String = "") -> Locator {
    let ordinal = base + locator.ordinal
    let row = Int(locator.ordinal)
    if code == "E-AMOUNT", locator.text == "line \(row)", let cell = notes.unknown[row]?.first {
      return Locator(text: "\(notes.sheet)!\(cell)", ordinal: ordinal)
    }
    for lead in ["line ", "lines "] where locator.text.hasPrefix(lead) {
      let rest = locator.text.dropFirst(lead.count)
      let ends = rest.split(separator: "-").map { Int($0) }
      if let first = ends.first, let last = ends.last, let first, let last, ends.count <= 2 {
        let column = CellName.column(max(0, notes.width - 1))
        return Locator(text: "\(notes.sheet)!A\(first):\(column)\(last)", ordinal: ordinal)
      }
      return Locator(text: "\(notes.sheet)!rows \(rest)", ordinal: ordinal)
    }
    return Locator(text: "\(notes.sheet)!\(locator.text)", ordinal: ordinal)
  }
}
