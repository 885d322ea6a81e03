import CaseModel
import Digests
import Postgres

/// Writes one import inside a transaction that its caller holds.
struct ImportWriter {
  private let session: Session
  private let input: ImportInput
  private var quarantined: [QuarantinedRow]
  private var issues: [Issue]

  init(_ session: Session, _ input: ImportInput) {
    self.session = session
    self.input = input
    issues = input.issues
    // What is not whole here is read from the file again.
    let isWhole = (input.stream?.quarantinedCount ?? 0) <= input.quarantined.count
    quarantined = isWhole ? input.quarantined : []
  }

  mutating func write() throws -> ImportReport {
    try session.execute(sql("lock_imports"))
    let found = try session.first(sql("find_file"), [.bytes(input.file.sha256.bytes)]) {
      (id: try $0.get(0, as: Int64.self), isImported: try $0.get(1, as: Bool.self))
    }
    if let found, found.isImported { return try listCopy(of: found.id) }
    let file = try found?.id ?? insertFile()
    guard !input.isRefused else {
      try insertRemains(file)
      return try finish(file, .refused, read: 0, stored: 0, known: 0, quarantined: 0, skipped: 0)
    }
    let summaries =
      input.stream?.summaries ?? input.statements.map { EntrySummary(of: $0.entries) }
    let counts: EntryMerge.Counts
    let records: RecordCounts
    let base = try session.first(sql("greatest_entry")) { try $0.get(0, as: Int64.self) } ?? 0
    if let stream = input.stream {
      let accounts = try AccountNumbers(
        session, input.statements, summaries, named: stream.accounts)
      let numbers = try insertStatements(file, accounts, summaries)
      let entries = EntryStream(
        session: session, input: input, stream: stream, numbers: numbers, accounts: accounts)
      let merged = try entries.run()
      quarantine(merged.undated)
      issues += merged.issues
      counts = merged.counts
      records = try RecordStream(session: session, file: file).write(stream)
    } else {
      let accounts = try AccountNumbers(session, input.statements)
      let numbers = try insertStatements(file, accounts, summaries)
      let entries = try IncomingEntries(
        input.statements, numbers: numbers, accounts, fileName: input.file.name)
      quarantine(entries.undated)
      counts = try EntryMerge(
        session: session, entries: entries, accounts: accounts, fileName: input.file.name
      ).run()
      records = try RecordWriter(session, file: file).write(input.payments, input.entities)
    }
    let notes = ImportNotes(session: session, input: input)
    if counts.isMerged { issues += try notes.conflicts() }
    if counts.meetsOthers { issues += try notes.overlaps(file: file, after: base) }
    let (stored, known) = (counts.stored + records.stored, counts.known + records.known)
    let quarantined = quarantined.count + quarantinedElsewhere
    try insertRemains(file)
    guard input.recordsRead == stored + known + quarantined + input.skipped else {
      throw StoreError.countsDoNotAddUp(
        read: input.recordsRead, stored: stored, known: known, quarantined: quarantined,
        skipped: input.skipped)
    }
    return try finish(
      file, .imported, read: input.recordsRead, stored: stored, known: known,
      quarantined: quarantined, skipped: input.skipped, conflicts: counts.conflicts,
      records: records)
  }

  // MARK: The file

  private func provenance(after first: [SQLValue]) -> [SQLValue] {
    let file = input.file
    return first + [
      .text(storable(file.name)), .optional(storable(file.exhibit)),
      .optional(storable(file.authority)), .optional(storable(file.custodian)),
      .optional(day: file.receivedOn?.dayNumber),
    ]
  }

  /// Keeps the bytes: in one piece, or in parts when there are many.
  /// - Throws: `StoreError.fileMismatch` when they do not have the stated hash.
  private func insertFile() throws -> Int64 {
    if input.content.byteCount > PartWriter.partBytes { return try insertParts() }
    let bytes = input.content.withBytes { Array($0) }
    guard ContentHash(of: bytes) == input.file.sha256 else {
      throw StoreError.fileMismatch(name: input.file.name)
    }
    let id = try session.first(
      sql("insert_file"),
      provenance(after: [
        .bytes(input.file.sha256.bytes), .bytes(bytes), .int64(input.file.byteCount),
      ])
    ) { try $0.get(0, as: Int64.self) }
    guard let id else { throw StoreError.fileMismatch(name: input.file.name) }
    return id
  }

  private func insertParts() throws -> Int64 {
    let parts = PartWriter(input.content)
    guard parts.sha256 == input.file.sha256 else {
      throw StoreError.fileMismatch(name: input.file.name)
    }
    let id = try session.first(
      sql("insert_parted_file"),
      provenance(after: [
        .bytes(input.file.sha256.bytes), .int64(input.file.byteCount),
        .bytes(parts.partsSHA256.bytes),
      ])
    ) { try $0.get(0, as: Int64.self) }
    guard let id else { throw StoreError.fileMismatch(name: input.file.name) }
    try parts.write(session, file: id) { done in
      input.progress?(
        ImportProgress(
          phase: .keeping, bytesDone: Int64(done), bytesTotal: input.file.byteCount))
    }
    return id
  }

  private func listCopy(of file: Int64) throws -> ImportReport {
    try session.execute(sql("insert_copy"), provenance(after: [.int64(file)]))
    let isRestored = try session.execute(sql("insert_restoral"), [.int64(file)]) > 0
    return try finish(
      file, isRestored ? .restored : .copy, read: 0, stored: 0, known: 0, quarantined: 0, skipped: 0
    )
  }

  // MARK: Statements and entries

  /// Numbers of the statements, in file order.
  private func insertStatements(
    _ file: Int64, _ accounts: AccountNumbers, _ summaries: [EntrySummary]
  ) throws -> [Int64] {
    guard !input.statements.isEmpty else { return [] }
    let numbers = try session.query(
      sql("next_statements"), [.int64(Int64(input.statements.count))]
    ) { try $0.get(0, as: Int64.self) }.sorted()
    guard numbers.count == input.statements.count, summaries.count == numbers.count else {
      throw StoreError.fileMismatch(name: input.file.name)
    }
    try session.copyIn(sql("copy_statements")) { writer in
      for (place, statement) in input.statements.enumerated() {
        try writer.row(22)
        try writer.int64(numbers[place])
        try writer.int64(file)
        try writer.int64(try accounts.number(of: statement, summaries[place]))
        try writer.int32(Int32(place))
        try Self.encode(statement, summaries[place], writer)
      }
    }
    return numbers
  }

  private static func encode(
    _ statement: Statement, _ summary: EntrySummary, _ writer: BinaryCopyWriter
  ) throws {
    let days = statement.daysCovered(summary)
    try writer.text(storable(statement.ownerName))
    try writer.text(storable(statement.reference))
    try writer.text(storable(statement.number))
    for balance in [statement.opening, statement.closing] {
      try writer.int64(balance?.amount.minorUnits)
      try writer.date(balance?.date?.dayNumber)
      if let balance { try writer.bool(balance.isInterim) } else { try writer.null() }
    }
    try writer.date(days?.first.dayNumber)
    try writer.date(days?.last.dayNumber)
    try writer.int64(Int64(summary.count))
    try writer.text(statement.status.rawValue)
    try writer.int64(statement.difference?.minorUnits)
    try writer.text(storable(statement.locator.text))
    try writer.int64(statement.locator.ordinal)
    try writer.text(storable(statement.accountText))
    try writer.text(storable(statement.institution))
  }

  /// Without a booking day an entry has no place in a balance.
  private mutating func quarantine(_ undated: [StatementEntry]) {
    for entry in undated {
      quarantined.append(
        QuarantinedRow(
          locator: entry.locator, code: "E-NO-BOOKING-DAY",
          reason: "a booked entry states no booking day",
          raw: "\(entry.amount) \(entry.purpose ?? "")"))
      issues.append(
        Issue(
          .error, "E-NO-BOOKING-DAY", file: input.file.name, at: entry.locator,
          found: "a booked entry without booking day",
          expected: "a booking day; the record was quarantined"))
    }
  }

  // MARK: What remains

  private func insertRemains(_ file: Int64) throws {
    let (firstIssue, firstRecord) =
      try session.first(sql("next_remains"), [.int64(file)]) {
        (try $0.get(0, as: Int32.self), try $0.get(1, as: Int32.self))
      } ?? (0, 0)
    for (offset, issue) in issues.enumerated() {
      try session.execute(
        sql("insert_issue"),
        [
          .int64(file), .int32(firstIssue + Int32(offset)), .text(issue.severity.rawValue),
          .text(storable(issue.code)), .text(storable(issue.locator.text)),
          .int64(issue.locator.ordinal), .text(storable(issue.found)),
          .text(storable(issue.expected)), .optional(storable(issue.excerpt)),
        ])
    }
    guard !quarantined.isEmpty || quarantinedElsewhere > 0 else { return }
    try session.copyIn(sql("copy_quarantined")) { writer in
      let rows = QuarantineRows(writer, file: file, next: firstRecord)
      if quarantinedElsewhere > 0, let stream = input.stream {
        _ = try stream.source.read(into: rows)
      }
      for record in quarantined {
        try rows.setAside(
          record.locator, code: record.code, reason: record.reason, raw: record.raw)
      }
    }
  }

  /// Quarantined records that are not held here: all of them come from the source.
  private var quarantinedElsewhere: Int {
    guard let stream = input.stream, stream.quarantinedCount > input.quarantined.count else {
      return 0
    }
    return stream.quarantinedCount
  }

  private func finish(
    _ file: Int64, _ outcome: ImportReport.Outcome, read: Int, stored: Int, known: Int,
    quarantined: Int, skipped: Int, conflicts: Int = 0, records: RecordCounts = RecordCounts()
  ) throws -> ImportReport {
    try session.execute(
      sql("insert_batch"),
      [
        .int64(file), .text(input.program), .text(input.file.format), .text(input.file.parser),
        input.profileSHA256.map { .bytes($0.bytes) } ?? .null, .text(outcome.rawValue),
        .int64(Int64(read)), .int64(Int64(stored)), .int64(Int64(known)),
        .int64(Int64(quarantined)), .int64(Int64(skipped)),
      ])
    return ImportReport(
      file: FileID(file), outcome: outcome,
      statements: outcome == .imported ? input.statements.count : 0, read: read, stored: stored,
      known: known, quarantined: quarantined, skipped: skipped, conflicts: conflicts,
      records: records, issues: Array(issues.dropFirst(input.issues.count)))
  }
}

extension Statement {
  /// The days a statement tells of: from the first to the last that a booked entry or the closing balance
  /// names. Banks date an opening balance with the closing of the day before, or with the first day of the
  /// period. Where no entry is booked on it, it is read as the former, except on the first of a month: the
  /// days covered begin behind it, so that a month is not called covered by the day before the next.
  func daysCovered(_ summary: EntrySummary) -> Period? {
    var days = summary.bookedDays.map { [$0.first, $0.last] } ?? []
    if let closing = closing?.date { days.append(closing) }
    if let opening = opening?.date {
      let isShown = opening.day == 1 || (days.min().map { $0 <= opening } ?? true)
      days.append(isShown ? opening : opening.adding(days: 1))
    }
    guard let first = days.min(), let last = days.max() else { return nil }
    return Period(first: first, last: last)
  }

  /// Banks write both ways; the order within a day follows the direction of the whole.
  var isNewestFirst: Bool {
    let days = entries.lazy.filter { $0.kind == .booked }.compactMap(\.bookedOn)
    guard let first = days.first, let last = Array(days).last else { return false }
    return first > last
  }
}
