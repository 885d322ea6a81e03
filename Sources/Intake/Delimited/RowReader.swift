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

/// Reads the rows of one delimited text through a complete profile and pushes entries into the sink.
///
/// Amounts and days are read from bytes; a string is made only for text that is kept.
struct RowReader {
  let file: InputFile
  let profile: MappingProfile
  let columns: ColumnMap
  let text: DecodedText
  let form: AmountForm
  let pivot: CenturyPivot
  let limits: ReadingOptions.Limits
  let latestDay: CivilDate
  let traits: TextTraits
  let width: Int?
  let sink: any StatementSink
  /// Balances and account found outside the rows.
  let surroundings: Surroundings

  var scanner: RowScanner
  var tally = IssueTally()
  var open: [OpenStatement] = []
  var openByAccount: [StatementLookup: Int] = [:]
  var known = KnownTexts()
  var lastAccount: (bytes: [UInt8], currency: Currency, index: Int)?
  var lastCurrency: (bytes: [UInt8], currency: Currency)?
  var held: (entry: StatementEntry, statement: Int)?
  var records = 0
  var errors = 0
  var badCursor = 0
  /// Whether the debit column holds negative numbers: unknown until the first.
  var debitIsNegative: Bool?

  /// A statement while its rows come in.
  struct OpenStatement {
    var statement: Statement
    let number: Int
    var running = RunningBalance()
    var currencies: Set<Currency> = []
    var opening: StatedBalance?
    var closing: StatedBalance?
  }

  /// Reads all rows from the scanner's place on.
  mutating func run(dataRows: Int?) throws {
    while try advance() {
      if scanner.isBlank { continue }
      if let dataRows, records >= dataRows {
        records += 1
        try sink.skip(records: 1)
        continue
      }
      records += 1
      do {
        try row()
      } catch let fault as RowFault {
        try setAside(fault)
      }
    }
    try flush()
    try finish()
    try sink.counted(records: records)
  }

  /// Next row; breaches of the limits that make the whole file unusable refuse it.
  private mutating func advance() throws -> Bool {
    do throws(RowScanner.Fault) { return try scanner.next() } catch {
      throw FileRefusal([Delimited.issue(error, file: file.name, limits: limits)])
    }
  }

  private mutating func row() throws {
    try checkBytes()
    if let column = columns.keepOnly, let keep = profile.keepOnly,
      scanner.string(column) ?? "" != keep.equals
    {
      return try sink.skip(records: 1)
    }
    if !profile.footerWords.isEmpty, let first = scanner.string(0),
      profile.footerWords.contains(where: first.hasPrefix)
    {
      return try sink.skip(records: 1)
    }
    if try continuation() { return try sink.skip(records: 1) }
    if try recordType() { return try sink.skip(records: 1) }
    try checkWidth()
    try entry()
  }

  /// Limits, encoding, NUL and control characters of the raw row.
  private mutating func checkBytes() throws {
    if scanner.rowEnd - scanner.rowStart > limits.fieldBytes {
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
    while badCursor < text.undecodable.count, text.undecodable[badCursor] < scanner.rowStart {
      badCursor += 1
    }
    if badCursor < text.undecodable.count, text.undecodable[badCursor] < scanner.rowEnd {
      throw RowFault(
        "E-ENC", "bytes that are not \(text.encoding.rawValue)",
        "one encoding in the whole file; the bytes stand as \\xNN in the raw record")
    }
    if traits.hasNUL, scanner.raw.contains(0) {
      throw RowFault("E-NUL", "a NUL byte inside the record", "text without NUL")
    }
    if traits.hasControl, scanner.raw.contains(where: TextTraits.isControl) {
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

  private func checkWidth() throws {
    guard let width, !profile.isRagged, scanner.fields.count != width else { return }
    let count = scanner.fields.count
    if count > width, (width..<count).allSatisfy({ scanner.trimmed($0).isEmpty }) { return }
    throw RowFault(
      "E-COLS", "\(count) fields", "\(width) fields; amounts may stand in the wrong column")
  }

  /// A row without date and amount that goes on with the purpose of the row before.
  private mutating func continuation() throws -> Bool {
    guard profile.hasContinuation, held != nil else { return false }
    let empty = [
      columns[.bookingDate], columns[.valueDate], columns[.amount], columns[.debit],
      columns[.credit],
    ].allSatisfy { $0.map { scanner.trimmed($0).isEmpty } ?? true }
    guard empty else { return false }
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
    guard let column = columns.recordType, let table = profile.recordType?.codes else {
      return false
    }
    let code = scanner.string(column) ?? ""
    guard let kind = table[code] else {
      throw RowFault(
        "E-RECORD-TYPE", "record type '\(Issue.escaped(code))'", "one that the profile explains")
    }
    switch kind {
    case .movement: return false
    case .turnover, .skip: return true
    case .opening, .closing:
      let currency = try self.currency()
      let amount = try signedAmount(currency).amount
      let day = try? bookingDay()
      let index = try statement(for: currency)
      let balance = StatedBalance(amount: amount, date: day?.date)
      if kind == .opening { open[index].opening = balance } else { open[index].closing = balance }
      return true
    }
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
    guard errors <= 1000 else { return }
    try sink.report(
      Issue(
        .error, fault.code, file: file.name, at: place, found: fault.found,
        expected: fault.expected, excerpt: String(whole.prefix(400))))
  }
}
