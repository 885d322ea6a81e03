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
    quarantined = input.quarantined
    issues = input.issues
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
    let accounts = try AccountNumbers(session, input.statements)
    let statements = try insertStatements(file, accounts)
    let entries = try IncomingEntries(
      input.statements, numbers: statements, accounts, fileName: input.file.name)
    quarantine(entries.undated)
    let counts = try EntryMerge(
      session: session, entries: entries, accounts: accounts, fileName: input.file.name
    ).run()
    let records = try RecordWriter(session, file: file).write(input.payments, input.entities)
    let (stored, known) = (counts.stored + records.stored, counts.known + records.known)
    try insertRemains(file)
    guard input.recordsRead == stored + known + quarantined.count + input.skipped else {
      throw StoreError.countsDoNotAddUp(
        read: input.recordsRead, stored: stored, known: known, quarantined: quarantined.count,
        skipped: input.skipped)
    }
    return try finish(
      file, .imported, read: input.recordsRead, stored: stored, known: known,
      quarantined: quarantined.count, skipped: input.skipped, conflicts: counts.conflicts,
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

  private func insertFile() throws -> Int64 {
    let id = try session.first(
      sql("insert_file"),
      provenance(after: [
        .bytes(input.file.sha256.bytes), .bytes(input.bytes), .int64(input.file.byteCount),
      ])
    ) { try $0.get(0, as: Int64.self) }
    guard let id else { throw StoreError.fileMismatch(name: input.file.name) }
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
  private func insertStatements(_ file: Int64, _ accounts: AccountNumbers) throws -> [Int64] {
    try input.statements.enumerated().map { place, statement in
      let days =
        statement.entries.filter { $0.kind == .booked }.compactMap(\.bookedOn)
        + [statement.opening?.date, statement.closing?.date].compactMap { $0 }
      let id = try session.first(
        sql("insert_statement"),
        [
          .int64(file), .int64(try accounts.number(of: statement)), .int32(Int32(place)),
          .optional(storable(statement.ownerName)), .optional(storable(statement.reference)),
          .optional(storable(statement.number)),
          .optional(statement.opening?.amount.minorUnits),
          .optional(day: statement.opening?.date?.dayNumber),
          statement.opening.map { .bool($0.isInterim) } ?? .null,
          .optional(statement.closing?.amount.minorUnits),
          .optional(day: statement.closing?.date?.dayNumber),
          statement.closing.map { .bool($0.isInterim) } ?? .null,
          .optional(day: days.min()?.dayNumber), .optional(day: days.max()?.dayNumber),
          .int64(Int64(statement.entries.count)), .text(statement.status.rawValue),
          .optional(statement.difference?.minorUnits), .text(storable(statement.locator.text)),
          .int64(statement.locator.ordinal), .text(storable(statement.accountText)),
          .optional(storable(statement.institution)),
        ]
      ) { try $0.get(0, as: Int64.self) }
      guard let id else { throw StoreError.fileMismatch(name: input.file.name) }
      return id
    }
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
    guard !quarantined.isEmpty else { return }
    try session.copyIn(sql("copy_quarantined")) { writer in
      for (offset, record) in quarantined.enumerated() {
        try writer.row(7)
        try writer.int64(file)
        try writer.int32(firstRecord + Int32(offset))
        try writer.text(storable(record.code))
        try writer.text(storable(record.reason))
        try writer.text(storable(record.locator.text))
        try writer.int64(record.locator.ordinal)
        try writer.text(storable(record.raw))
      }
    }
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
      records: records)
  }
}

extension Statement {
  /// Banks write both ways; the order within a day follows the direction of the whole.
  var isNewestFirst: Bool {
    let days = entries.lazy.filter { $0.kind == .booked }.compactMap(\.bookedOn)
    guard let first = days.first, let last = Array(days).last else { return false }
    return first > last
  }
}
