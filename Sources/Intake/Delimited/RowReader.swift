import CaseModel
import Digests

/// Why a row is set aside.
struct RowFault: Error {
  let code: String
  let found: String
  let expected: String
  init(_ code: String, _ found: String, _ expected: String) {
    self.code = code
    self.found = found
    self.expected = expected
  }
}

/// Reads the rows of one delimited text through a complete profile.
///
/// Every row is read to plain figures first: amounts, days and codes from the bytes, no string made.
/// What follows depends on `aim`: entries are made and pushed into the sink, or the figures are only
/// added up (`FigureSummary`), which needs a tenth of the time. Both check the same.
struct RowReader {
  enum Aim {
    /// Entries go into the sink.
    case entries
    /// Rows are checked and added up; statements reach the sink at the end, without entries.
    case figures
    /// The same, and what keys and accounts an import needs is noted.
    case survey
  }

  let plan: RowPlan
  let aim: Aim
  var sink: any StatementSink

  var scanner: RowScanner
  var tally = IssueTally()
  var open: [OpenStatement] = []
  /// Statements by account, bank and currency.
  var places = SpanTable()
  /// By statement, when the layout has a balance column.
  var running: [RunningBalance] = []
  /// Balances that rows state, by statement.
  var openings: [Int: StatedBalance] = [:]
  var closings: [Int: StatedBalance] = [:]
  var known = KnownTexts()
  var currencies = RowCurrencies()
  var flags = RowCodes<Int>()
  var recordTypes = RowCodes<MappingProfile.RecordKind>()
  var kinds = RowCodes<EntryKind>()
  /// Place of the last row's account in `text`, its currency and its statement.
  var lastAccount: (start: Int, count: Int, currency: Int, index: Int)?
  var held: (entry: StatementEntry, statement: Int)?
  var hasHeld = false
  var records = 0
  var skipped = 0
  var errors = 0
  var badCursor = 0
  /// Whether the debit column holds negative numbers: unknown until the first.
  var debitIsNegative: Bool?
  var notes = KeyNotes()
  /// Set while the rows of one part are read: the statements they named, in order, and those that were
  /// warned about before.
  var isPart = false
  var touched: [Int] = []
  var doubted: Set<StatementLookup> = []

  /// A statement while its rows come in. Small: a file may name a hundred thousand accounts.
  struct OpenStatement {
    let account: String
    let bank: String
    let key: AccountKey
    let owner: String?
    let keyHash: UInt64
    /// The line of its first row.
    let line: Int
    /// Of its first row; a place in the reader's table.
    var currency: Int
    /// The sink's number; in a part, the place among the statements of the whole, −1 before it is known.
    var number: Int
    /// A warning was due when it began.
    var isDoubtful = false
    var isTouched = false
    /// Currencies of the rows that were kept, in the order in which they came; −1: none yet.
    var kept = -1
    var keptBesides: [Int] = []
    var summary = FigureSummary()

    mutating func keep(_ currency: Int) {
      if kept < 0 { kept = currency }
      if kept != currency, !keptBesides.contains(currency) { keptBesides.append(currency) }
    }
  }

  var file: InputFile { plan.file }
  var profile: MappingProfile { plan.profile }
  var columns: ColumnMap { plan.columns }
  var text: DecodedText { plan.text }
  var limits: ReadingOptions.Limits { plan.limits }

  init(_ plan: RowPlan, scanner: RowScanner, aim: Aim, sink: any StatementSink) {
    self.plan = plan
    self.scanner = scanner
    self.aim = aim
    self.sink = sink
  }

  /// Reads all rows from the scanner's place up to `end`; nil: to the end of the text.
  /// - Parameter dataRows: rows that are records; those behind them are a footer.
  mutating func rows(until end: Int?, dataRows: Int?) throws {
    while scanner.offset < end ?? .max, try advance() {
      if scanner.isBlank { continue }
      records += 1
      if let dataRows, records > dataRows {
        try skip()
        continue
      }
      do {
        try row()
      } catch let fault as RowFault {
        try setAside(fault)
      }
    }
  }

  /// Reads all rows and ends the statements.
  mutating func run(dataRows: Int?, passed: (Int) -> Void) throws {
    if dataRows == nil {
      // In steps, so that bytes that were read can be let go.
      while scanner.offset < scanner.text.count {
        try rows(until: scanner.offset + (4 << 20), dataRows: nil)
        passed(scanner.offset)
        try handNotes()
      }
    } else {
      try rows(until: nil, dataRows: dataRows)
    }
    try end()
  }

  /// Hands on what was noted for the keys, so that it does not gather here.
  mutating func handNotes() throws {
    guard aim == .survey, let survey = sink as? any SurveyingSink else { return }
    try survey.note(notes)
    notes.clear()
  }

  mutating func end() throws {
    try handNotes()
    try flush()
    try finish()
    try sink.counted(records: records)
  }

  /// Next row; breaches of the limits that make the whole file unusable refuse it.
  @inline(__always) private mutating func advance() throws -> Bool {
    do throws(RowScanner.Fault) { return try scanner.next() } catch {
      throw FileRefusal([Delimited.issue(error, file: file.name, limits: limits)])
    }
  }

  private mutating func skip() throws {
    skipped += 1
    try sink.skip(records: 1)
  }

  private mutating func row() throws {
    try checkBytes()
    if plan.keepOnly >= 0, !equals(plan.keepOnly, plan.keptText) { return try skip() }
    if plan.hasFooterWords, let first = scanner.string(0),
      profile.footerWords.contains(where: first.hasPrefix)
    {
      return try skip()
    }
    if try continuation() { return try skip() }
    if try recordType() { return try skip() }
    try checkWidth()
    if plan.hasInexact { try checkDigits() }
    try entry()
  }

  /// A number that a workbook could not keep names another account, or another sum, than the one meant.
  private mutating func checkDigits() throws {
    guard let column = plan.inexact[scanner.rowLine]?.first else { return }
    let shown = Issue.escaped(scanner.string(column) ?? "")
    throw RowFault(
      "E-DIGITS",
      "'\(shown)' in column \(CellName.column(column)), stored as a number: beyond 15 digits its last are lost",
      "the column formatted as text before it is filled; ask the bank for such a file")
  }

  private mutating func equals(_ column: Int, _ wanted: [UInt8]) -> Bool {
    if scanner.needsUnescaping(column) {
      return (scanner.string(column) ?? "").utf8.elementsEqual(wanted)
    }
    return scanner.trimmed(column).elementsEqual(wanted)
  }

  /// Limits, encoding, NUL and control characters of the raw row.
  private mutating func checkBytes() throws {
    if scanner.rowEnd - scanner.rowStart > plan.fieldBytes { try checkSize() }
    if plan.hasUndecodable {
      let marks = plan.text.undecodable
      while badCursor < marks.count, marks[badCursor] < scanner.rowStart { badCursor += 1 }
      if badCursor < marks.count, marks[badCursor] < scanner.rowEnd {
        throw RowFault(
          "E-ENC", "bytes that are not \(text.encoding.rawValue)",
          "one encoding in the whole file; the bytes stand as \\xNN in the raw record")
      }
    }
    if plan.hasNUL, scanner.raw.contains(0) {
      throw RowFault("E-NUL", "a NUL byte inside the record", "text without NUL")
    }
    if plan.hasControl, scanner.raw.contains(where: TextTraits.isControl) {
      tally.add(
        "W-CONTROL", line: scanner.rowLine, found: "control characters",
        expected: "plain text; kept in the record, escaped where it is shown")
    }
    if scanner.hasStrayQuote {
      tally.add(
        "W-QUOTE", line: scanner.rowLine, found: "a quote inside an unquoted field",
        expected: "RFC 4180 quoting; the quote is read as text")
    }
  }

  private mutating func checkSize() throws {
    for field in scanner.fields where field.end - field.start > limits.fieldBytes {
      throw RowFault(
        "E-SIZE", "a field of \(field.end - field.start) bytes",
        "at most \(limits.fieldBytes) bytes a field")
    }
    guard scanner.rowEnd - scanner.rowStart <= limits.lineBytes else {
      throw FileRefusal([
        Issue(
          .error, "E-SIZE", file: file.name, at: .line(scanner.rowLine),
          found: "a line of \(scanner.rowEnd - scanner.rowStart) bytes",
          expected: "at most \(limits.lineBytes) bytes a line")
      ])
    }
  }

  private mutating func checkWidth() throws {
    guard plan.width >= 0, scanner.fieldCount != plan.width else { return }
    let count = scanner.fieldCount
    if count > plan.width, (plan.width..<count).allSatisfy({ scanner.trimmed($0).isEmpty }) {
      return
    }
    throw RowFault(
      "E-COLS", "\(count) fields", "\(plan.width) fields; amounts may stand in the wrong column")
  }

  /// A row without date and amount that goes on with the purpose of the row before.
  private mutating func continuation() throws -> Bool {
    guard plan.hasContinuation, hasHeld else { return false }
    let empty = [plan.bookingDate, plan.valueDate, plan.amount, plan.debit, plan.credit]
      .allSatisfy { $0 < 0 || scanner.trimmed($0).isEmpty }
    guard empty else { return false }
    guard aim == .entries else { return true }
    let words = (columns.purposes.isEmpty ? Array(scanner.fields.indices) : columns.purposes)
      .compactMap { scanner.string($0) }
    if !words.isEmpty {
      let before = held?.entry.purpose
      held?.entry.purpose = ([before].compactMap { $0 } + words).joined(separator: " ")
    }
    return true
  }

  /// True for a row that is a balance or a turnover line, not a movement.
  private mutating func recordType() throws -> Bool {
    guard plan.recordType >= 0 else { return false }
    switch try recordKind() {
    case .movement: return false
    case .turnover, .skip: return true
    case let kind:
      let currency = try self.currency()
      let amount = try signedAmount(currency).minorUnits
      let day = try? bookingDay()
      let index = try statement(for: currency)
      let balance = StatedBalance(
        amount: Money(minorUnits: amount, currency: currencies.all[currency]),
        date: day.map { CivilDate(dayNumber: $0.day) })
      if kind == .opening { openings[index] = balance } else { closings[index] = balance }
      return true
    }
  }

  private mutating func recordKind() throws -> MappingProfile.RecordKind {
    let bytes = scanner.trimmed(plan.recordType)
    if let kind = recordTypes.meaning(of: bytes) { return kind }
    let code = scanner.string(plan.recordType) ?? ""
    guard let kind = profile.recordType?.codes[code] else {
      throw RowFault(
        "E-RECORD-TYPE", "record type '\(Issue.escaped(code))'", "one that the profile explains")
    }
    if !scanner.needsUnescaping(plan.recordType) { recordTypes.keep(bytes, kind) }
    return kind
  }

  /// Sets a row aside with its raw text, and reports it; after 1,000 the report only counts.
  private mutating func setAside(_ fault: RowFault) throws {
    let raw = scanner.raw
    let whole =
      raw.count <= 64 << 10
      ? String(decoding: raw, as: UTF8.self)
      : "SHA-256 \(ContentHash(of: Array(raw)).hex) of \(raw.count) bytes"
    let place = Locator.line(scanner.rowLine)
    try sink.quarantine(
      QuarantinedRecord(locator: place, code: fault.code, reason: fault.found, raw: whole))
    errors += 1
    guard errors <= Self.reportedErrors else { return }
    try sink.report(
      Issue(
        .error, fault.code, file: file.name, at: place, found: fault.found,
        expected: fault.expected, excerpt: String(whole.prefix(400))))
  }

  static let reportedErrors = 1000
}
