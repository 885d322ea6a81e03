import CaseModel

// Rows read in parts, on several threads, and put together in the order of the file. A part begins where
// a row seems to begin; whether it does is known when the part before it has ended there. What was read
// from a wrong place is thrown away and read again, so the result is that of one reader alone.

extension RowReader {
  /// A reader of parts: it keeps what saves work from part to part, never what rows left behind.
  func worker() -> RowReader {
    var worker = self
    worker.isPart = true
    worker.scanner = scanner.fork()
    worker.open = []
    worker.openByAccount = [:]
    worker.openBySpan = SpanTable()
    worker.known = KnownTexts()
    worker.currencies = RowCurrencies()
    worker.notes = KeyNotes()
    return worker
  }

  /// Makes ready for the rows from a place on.
  mutating func begin(at offset: Int, line: Int, doubted: Set<StatementLookup>, _ sink: PartSink) {
    self.sink = sink
    self.doubted = doubted
    scanner = scanner.fork(offset: offset, line: line)
    for index in touched {
      open[index].isTouched = false
      open[index].running = RunningBalance()
      open[index].currencies = []
      open[index].opening = nil
      open[index].closing = nil
      open[index].summary = FigureSummary()
    }
    touched = []
    tally = IssueTally()
    lastAccount = nil
    records = 0
    skipped = 0
    errors = 0
    badCursor = firstUndecodable(from: offset)
    debitIsNegative = nil
    notes.clear()
  }

  /// By binary search: a part must not walk over all the places before it.
  private func firstUndecodable(from offset: Int) -> Int {
    let places = plan.text.undecodable
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True when the part's rows would have been read otherwise behind the rows read here.
  func contradicts(_ part: RowReader) -> Bool {
    if let mine = debitIsNegative, let other = part.debitIsNegative, mine != other { return true }
    return part.touched.contains { index in
      let item = part.open[index]
      return item.isDoubtful && openByAccount[item.lookup] != nil
        && !part.doubted.contains(item.lookup)
    }
  }

  /// Takes the rows of the part that follows.
  mutating func append(_ part: inout RowReader, _ gathered: PartSink) throws {
    let places = part.currencies.all.map { currencies.place(of: $0) }
    for place in part.touched {
      if part.open[place].number < 0 { part.open[place].number = index(of: part.open[place]) }
      let item = part.open[place]
      for currency in item.currencies
      where !open[item.number].currencies.contains(places[currency]) {
        open[item.number].currencies.append(places[currency])
      }
      open[item.number].running.append(item.running) { places[$0] }
      open[item.number].summary.add(item.summary) { places[$0] }
      open[item.number].opening = item.opening ?? open[item.number].opening
      open[item.number].closing = item.closing ?? open[item.number].closing
    }
    tally.append(part.tally)
    records += part.records
    skipped += part.skipped
    if part.skipped > 0 { try sink.skip(records: part.skipped) }
    for record in gathered.quarantined { try sink.quarantine(record) }
    for issue in gathered.issues.prefix(max(0, Self.reportedErrors - errors)) {
      try sink.report(issue)
    }
    errors += part.errors
    debitIsNegative = debitIsNegative ?? part.debitIsNegative
    if aim == .survey, let survey = sink as? any SurveyingSink { try survey.note(part.notes) }
    scanner = scanner.fork(offset: part.scanner.offset, line: part.scanner.line)
    lastAccount = nil
  }

  /// The place of a part's statement among those of the whole.
  private mutating func index(of item: OpenStatement) -> Int {
    if let known = openByAccount[item.lookup] { return known }
    openByAccount[item.lookup] = open.count
    open.append(
      OpenStatement(
        statement: item.statement, lookup: item.lookup, keyHash: item.keyHash, number: -1,
        isDoubtful: item.isDoubtful))
    return open.count - 1
  }
}

/// Holds what one part set aside until its turn comes.
final class PartSink: StatementSink {
  private(set) var quarantined: [QuarantinedRecord] = []
  private(set) var issues: [Issue] = []

  func report(_ issue: Issue) throws { issues.append(issue) }
  func quarantine(_ record: QuarantinedRecord) throws { quarantined.append(record) }
  func skip(records: Int) throws {}
  // A part makes no entries and begins no statement: the whole does, when all parts are read.
  func begin(_ header: Statement) throws -> Int { 0 }
  func append(_ entry: StatementEntry, to statement: Int) throws {}
  func end(_ trailer: Statement, of statement: Int) throws {}
  func record(_ payment: PaymentRecord) throws {}
  func state(_ entity: StatedEntity) throws {}
}
