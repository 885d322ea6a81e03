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
    worker.places = SpanTable()
    worker.running = []
    worker.openings = [:]
    worker.closings = [:]
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
      open[index].kept = -1
      open[index].keptBesides = []
      open[index].summary = FigureSummary()
      if plan.balance >= 0 { running[index] = RunningBalance() }
    }
    openings = [:]
    closings = [:]
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
    let marks = plan.text.undecodable
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// True when the part's rows would have been read otherwise behind the rows read here.
  mutating func contradicts(_ part: RowReader) -> Bool {
    if let mine = debitIsNegative, let other = part.debitIsNegative, mine != other { return true }
    for index in part.touched where part.open[index].isDoubtful {
      let item = part.open[index]
      guard !part.doubted.contains(part.lookup(of: item)) else { continue }
      let currency = currencies.place(of: part.currencies.all[item.currency])
      if place(item.account, item.bank, currency) != nil { return true }
    }
    return false
  }

  /// The statements that were warned about.
  var doubtful: Set<StatementLookup> {
    var found: Set<StatementLookup> = []
    for item in open where item.isDoubtful { found.insert(lookup(of: item)) }
    return found
  }

  /// Takes the rows of the part that follows.
  mutating func append(_ part: inout RowReader, _ gathered: PartSink) throws {
    let own = part.currencies.all.map { currencies.place(of: $0) }
    for place in part.touched {
      if part.open[place].number < 0 {
        part.open[place].number = index(of: part.open[place], currency: own)
      }
      let item = part.open[place]
      let number = item.number
      if item.kept >= 0 { open[number].keep(own[item.kept]) }
      for currency in item.keptBesides { open[number].keep(own[currency]) }
      if plan.balance >= 0 { running[number].append(part.running[place]) { own[$0] } }
      open[number].summary.add(item.summary) { own[$0] }
      if let opening = part.openings[place] { openings[number] = opening }
      if let closing = part.closings[place] { closings[number] = closing }
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
  private mutating func index(of item: OpenStatement, currency own: [Int]) -> Int {
    let currency = own[item.currency]
    if let known = place(item.account, item.bank, currency) { return known }
    keepPlace(open.count, item.account, item.bank, currency)
    var begun = OpenStatement(
      account: item.account, bank: item.bank, key: item.key, owner: item.owner,
      keyHash: item.keyHash, line: item.line, currency: currency, number: -1)
    begun.isDoubtful = item.isDoubtful
    open.append(begun)
    if plan.balance >= 0 { running.append(RunningBalance()) }
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
