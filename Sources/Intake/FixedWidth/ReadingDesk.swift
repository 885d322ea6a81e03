import CaseModel

/// What every line-by-line reader needs: reports, quarantine, and the count of records met, so that
/// read = stored + quarantined + skipped can be checked (formats.md §3.4).
final class ReadingDesk {
  let file: InputFile
  let options: ReadingOptions
  let sink: any StatementSink
  let pivot: CenturyPivot
  /// Whether anything of the file was stored.
  private(set) var hasStored = false
  private var faults: [Issue] = []

  init(_ file: InputFile, _ options: ReadingOptions, _ sink: any StatementSink) {
    self.file = file
    self.options = options
    self.sink = sink
    pivot = CenturyPivot(receivedOn: options.receivedOn)
  }

  func issue(
    _ severity: Issue.Severity, _ code: String, _ at: Locator, _ found: String,
    _ expected: String, raw: String? = nil
  ) -> Issue {
    Issue(
      severity, code, file: file.name, at: at, found: found, expected: expected, excerpt: raw)
  }

  func warn(
    _ code: String, _ at: Locator, _ found: String, _ expected: String, raw: String? = nil
  ) throws {
    try sink.report(issue(.warning, code, at, found, expected, raw: raw))
  }

  func fail(
    _ code: String, _ at: Locator, _ found: String, _ expected: String, raw: String? = nil
  ) throws {
    try sink.report(issue(.error, code, at, found, expected, raw: raw))
  }

  func refusal(
    _ code: String, _ at: Locator, _ found: String, _ expected: String, raw: String? = nil
  ) -> FileRefusal {
    FileRefusal([issue(.error, code, at, found, expected, raw: raw)])
  }

  /// A record that cannot be used: reported, kept raw, counted.
  /// - Parameter at: Where exactly, when that is narrower than the record.
  func setAside(
    _ code: String, _ record: Locator, at: Locator? = nil, _ found: String, _ expected: String,
    raw: String
  ) throws {
    try fail(code, at ?? record, found, expected, raw: raw)
    try sink.quarantine(
      QuarantinedRecord(locator: record, code: code, reason: found, raw: raw))
    try sink.counted(records: 1)
  }

  /// A record that is set aside together with its statement, or because the file ends inside it: the
  /// issue that says why stands there.
  func setAsideSilently(_ code: String, _ record: Locator, _ reason: String, raw: String) throws {
    try sink.quarantine(
      QuarantinedRecord(locator: record, code: code, reason: reason, raw: raw))
    try sink.counted(records: 1)
  }

  /// A record that the format says is no entry.
  func skip() throws {
    try sink.skip(records: 1)
    try sink.counted(records: 1)
  }

  func store(_ payment: PaymentRecord) throws {
    try sink.record(payment)
    try sink.counted(records: 1)
    hasStored = true
  }

  func store(_ entity: StatedEntity) throws {
    try sink.state(entity)
    try sink.counted(records: 1)
    hasStored = true
  }

  func store(_ entry: StatementEntry, to statement: Int) throws {
    try sink.append(entry, to: statement)
    try sink.counted(records: 1)
    hasStored = true
  }

  /// A statement whose frame is broken: nothing of it is kept but the issue. When nothing else of the
  /// file is kept either, the file is refused.
  func refuseStatement(_ issue: Issue) { faults.append(issue) }

  /// Reports the statements that were refused, or refuses the file when nothing is left of it.
  func close() throws {
    guard !faults.isEmpty else { return }
    guard hasStored || hasBegun else { throw FileRefusal(faults) }
    for fault in faults { try sink.report(fault) }
  }

  /// Whether a statement was handed over, be it without entries.
  private(set) var hasBegun = false

  func begin(_ header: Statement) throws -> Int {
    hasBegun = true
    return try sink.begin(header)
  }

  /// Says what the text's encoding made necessary (formats.md §3.3).
  func reportEncoding(_ text: DecodedText) throws {
    if let offset = text.firstGuessed {
      try warn(
        "W-ENC-GUESS", .line(text.line(at: offset)),
        "bytes that are not UTF-8; read as \(text.encoding.rawValue)",
        "the right encoding; check names with letters beyond A to Z")
    }
    if let offset = text.undecodable.first {
      try warn(
        "W-ENC", .line(text.line(at: offset)),
        "\(text.undecodable.count) bytes that are no text in \(text.encoding.rawValue)",
        "text; they are shown as \\xNN where they stand")
    }
  }

  /// The key of an account that the record does not name: the file and the place in it, so that two
  /// such accounts are never one.
  func unstatedAccount(at locator: Locator) -> AccountKey {
    AccountKey("unstated:\(file.sha256.hex.prefix(16))/\(locator.ordinal)")
  }
}

/// A statement while it is read: begun at the sink with its first entry, ended with what came last.
struct OpenStatement {
  var header: Statement
  private(set) var number: Int?
  /// The file or the statement ends before its frame is whole.
  var isCut = false
  /// Sums of the entries by direction, booked or not, for control totals.
  private(set) var credits: (count: Int, minor: Int128) = (0, 0)
  private(set) var debits: (count: Int, minor: Int128) = (0, 0)

  init(_ header: Statement) { self.header = header }

  mutating func append(_ entry: StatementEntry, _ desk: ReadingDesk) throws {
    let statement = try number ?? desk.begin(header)
    number = statement
    try desk.store(entry, to: statement)
    if entry.amount.isNegative {
      debits = (debits.count + 1, debits.minor - Int128(entry.amount.minorUnits))
    } else {
      credits = (credits.count + 1, credits.minor + Int128(entry.amount.minorUnits))
    }
  }

  /// - Parameter status: `notApplicable` for statements of entries that are not booked.
  mutating func end(_ desk: ReadingDesk, status: ReconciliationStatus = .noBalances) throws {
    let statement = try number ?? desk.begin(header)
    var trailer = header
    trailer.status = isCut ? .incomplete : status
    try desk.sink.end(trailer, of: statement)
  }
}
