import CaseModel
import Postgres

// The store's content as values. Texts come through the masking views; every sequence has a total order
// that does not depend on the order of import.
extension Store {
  /// Every received file whose import stands, by label.
  public func files() async throws -> [ReceivedFile] {
    try await pool.withSession { try Self.readFiles($0) }
  }

  /// Every account, by key and currency. A protected person's account has a token for key and name.
  public func accounts() async throws -> [Account] {
    try await pool.withSession { try Self.readAccounts($0, CurrencyTable($0)) }
  }

  /// Every statement, by account, period and file.
  public func statements() async throws -> [StatementRecord] {
    try await pool.withSession { try Self.readStatements($0, CurrencyTable($0)) }
  }

  /// Breaks in the chains of statements, by account and day.
  public func gaps() async throws -> [CoverageGap] {
    Coverage.gaps(in: try await statements())
  }

  /// Booked entries in evidence order: all, or those of one account and some days.
  /// - Parameter limit: the most entries to read; nil for all.
  /// - Complexity: with an account or a limit, of the entries of the accounts read, and no others.
  public func entries(
    of account: AccountID? = nil, from first: CivilDate? = nil, through last: CivilDate? = nil,
    limit: Int? = nil
  ) async throws -> [Entry] {
    try await pool.withSession { session in
      let currencies = try CurrencyTable(session)
      if account == nil, let limit {
        return try Self.firstEntries(limit, session, currencies, from: first, through: last)
      }
      return try Self.readEntries(
        session, currencies, of: account.map { [$0.value] }, from: first, through: last,
        limit: limit)
    }
  }

  /// How many booked entries count: all, or those of one account and some days.
  public func entryCount(
    of account: AccountID? = nil, from first: CivilDate? = nil, through last: CivilDate? = nil
  ) async throws -> Int {
    try await pool.withSession { session in
      let count = try session.first(
        sql("count_entries"),
        [
          .optional(account.map { [$0.value] }), .optional(day: first?.dayNumber),
          .optional(day: last?.dayNumber),
        ]
      ) { try $0.get(0, as: Int64.self) }
      return Int(count ?? 0)
    }
  }

  /// How many booked entries of each account count; those that several files show, once. An account without
  /// any is not in it.
  public func entryCounts() async throws -> [AccountID: Int] {
    try await pool.withSession { session in
      let counts = try session.query(sql("count_account_entries")) { row in
        (try row.id(0) as AccountID, Int(try row.get(1, as: Int64.self)))
      }
      return Dictionary(uniqueKeysWithValues: counts)
    }
  }

  /// The pairs of entries that are one movement.
  public func transfers() async throws -> [Transfer] {
    try await pool.withSession { try Self.readTransfers($0) }
  }

  /// The issues that reading a file gave, in the order they were met.
  public func issues(of file: FileID) async throws -> [Issue] {
    try await pool.withSession { session in
      try session.query(sql("list_issues"), [.int64(file.value)]) { row in
        Issue(
          Issue.Severity(rawValue: try row.get(0)) ?? .error, try row.get(1),
          file: try row.get(2),
          at: Locator(text: try row.get(3), ordinal: try row.get(4)),
          found: try row.get(5), expected: try row.get(6), excerpt: try row.getIfPresent(7))
      }
    }
  }

  /// What the stages need of one matter, read at one moment: the accounts it names and those that are
  /// joined to them (`CaseScope`), with their statements, files, entries and pairs. What was left out
  /// stands in `scopeNotes`.
  /// - Throws: `StoreError.matterMissing`.
  public func caseFile(matter code: MatterCode) async throws -> CaseFile {
    try await pool.withSession { session in
      try session.transaction("begin isolation level repeatable read read only") {
        let currencies = try CurrencyTable(session)
        let matter = try Self.readMatter(session, code)
        let scope = try CaseScope(of: matter, session)
        let holders = Self.holders(of: matter)
        let accounts = try Self.readAccounts(session, currencies, among: scope.listed).map {
          account in
          let held = holders.held[account.key]
          let controlled = holders.controlled[account.key]
          return Account(
            id: account.id, key: account.key, currency: account.currency,
            displayName: account.displayName, institution: account.institution, holder: held,
            controller: controlled, hasStatements: account.hasStatements)
        }
        let statements = try Self.readStatements(session, currencies, of: scope.accounts)
        return CaseFile(
          matter: matter, files: try Self.readFiles(session, of: scope.accounts),
          accounts: accounts,
          statements: statements, gaps: Coverage.gaps(in: statements),
          entries: try Self.readEntries(session, currencies, of: scope.accounts),
          transfers: try Self.readTransfers(session, of: scope.accounts),
          scopeNotes: scope.notes)
      }
    }
  }

  /// The first person, by code, who holds or controls each account.
  private static func holders(
    of matter: Matter
  ) -> (held: [AccountKey: PersonCode], controlled: [AccountKey: PersonCode]) {
    var held: [AccountKey: PersonCode] = [:]
    var controlled: [AccountKey: PersonCode] = [:]
    for person in matter.persons.sorted(by: { $0.code < $1.code }) {
      for key in person.holds where held[key] == nil { held[key] = person.code }
      for key in person.controls where controlled[key] == nil { controlled[key] = person.code }
    }
    return (held, controlled)
  }

  // MARK: Rows

  static func readFiles(
    _ session: Session, of accounts: [Int64]? = nil, withdrawn: Bool = false
  ) throws -> [ReceivedFile] {
    try session.query(sql("list_files"), [.optional(accounts), .bool(withdrawn)]) { row in
      ReceivedFile(
        id: try row.id(0), sha256: try row.hash(1), name: try row.get(2),
        byteCount: try row.get(3), format: try row.get(4), exhibit: try row.getIfPresent(5),
        authority: try row.getIfPresent(6), custodian: try row.getIfPresent(7),
        receivedOn: try row.day(8), parser: try row.get(9))
    }
  }

  static func readAccounts(
    _ session: Session, _ currencies: CurrencyTable, among accounts: [Int64]? = nil
  ) throws -> [Account] {
    try session.query(sql("list_accounts"), [.optional(accounts)]) { row in
      Account(
        id: try row.id(0), key: AccountKey(try row.get(1)),
        currency: try currencies.currency(try row.get(2)), displayName: try row.get(3),
        institution: try row.getIfPresent(4), hasStatements: try row.get(5))
    }
  }

  static func readStatements(
    _ session: Session, _ currencies: CurrencyTable, of accounts: [Int64]? = nil
  ) throws -> [StatementRecord] {
    try session.query(sql("list_statements"), [.optional(accounts)]) { row in
      let currency = try currencies.currency(try row.get(18))
      func balance(_ column: Int) throws -> StatedBalance? {
        try row.getIfPresent(column, as: Int64.self).map { minor in
          StatedBalance(
            amount: Money(minorUnits: minor, currency: currency), date: try row.day(column + 1),
            isInterim: try row.getIfPresent(column + 2) ?? false)
        }
      }
      let first = try row.day(9)
      let last = try row.day(10)
      return StatementRecord(
        id: try row.id(0), account: try row.id(1), number: try row.getIfPresent(2),
        period: first.flatMap { first in last.map { Period(first: first, last: $0) } },
        opening: try balance(3), closing: try balance(6),
        entryCount: Int(try row.get(11, as: Int64.self)),
        status: ReconciliationStatus(rawValue: try row.get(12)) ?? .incomplete,
        difference: try row.getIfPresent(13, as: Int64.self).map {
          Money(minorUnits: $0, currency: currency)
        },
        source: SourceRef(
          file: try row.hash(14), label: try row.get(15),
          locator: Locator(text: try row.get(16), ordinal: try row.get(17))))
    }
  }

  /// The first entries of all accounts: accounts are asked in their order, more at a time, until there are
  /// enough.
  private static func firstEntries(
    _ limit: Int, _ session: Session, _ currencies: CurrencyTable, from first: CivilDate?,
    through last: CivilDate?
  ) throws -> [Entry] {
    let accounts = try readAccounts(session, currencies).filter(\.hasStatements).map(\.id.value)
    var entries: [Entry] = []
    var (start, step) = (0, 1)
    while start < accounts.count, entries.count < limit {
      let end = min(start + step, accounts.count)
      entries += try readEntries(
        session, currencies, of: Array(accounts[start..<end]), from: first, through: last,
        limit: limit - entries.count)
      (start, step) = (end, min(step * 2, 1_024))
    }
    return entries
  }

  static func readEntries(
    _ session: Session, _ currencies: CurrencyTable, of accounts: [Int64]? = nil,
    from first: CivilDate? = nil, through last: CivilDate? = nil, limit: Int? = nil
  ) throws -> [Entry] {
    // Hash and label repeat on every line of a file: read once, not once an entry.
    var files: [Int64: (hash: ContentHash, label: String)] = [:]
    for file in try readFiles(session) {
      if let id = file.id { files[id.value] = (file.sha256, file.label) }
    }
    let days = [SQLValue.optional(day: first?.dayNumber), .optional(day: last?.dayNumber)]
    let query = accounts == nil ? sql("list_entries") : sql("list_account_entries")
    let chosen = accounts.map { [.int64s($0)] + days + [limit.map { .int64(Int64($0)) } ?? .null] }
    return try session.query(query, chosen ?? days) { row in
      let id: EntryID = try row.id(0)
      guard let day = try row.day(5), let file = files[try row.get(15)] else {
        throw StoreError.unknownSource("an entry's file")
      }
      return Entry(
        id: id, key: hexadecimal(try row.get(1, as: [UInt8].self)), account: try row.id(2),
        amount: Money(
          minorUnits: try row.get(3), currency: try currencies.currency(try row.get(4))),
        bookedOn: day, valueOn: try row.day(6), timeOfDay: try row.getIfPresent(7),
        sequence: try row.get(8),
        channel: Channel(number: UInt8(clamping: try row.get(9, as: Int32.self))),
        isReversal: try row.get(10),
        counterpartyAccount: try row.getIfPresent(11, as: Int64.self).map { AccountID($0) },
        counterpartyName: try row.getIfPresent(12), purpose: try row.getIfPresent(13),
        statement: try row.id(14),
        source: SourceRef(
          file: file.hash, label: file.label,
          locator: Locator(text: try row.get(16), ordinal: try row.get(17)), entry: id))
    }
  }

  static func readTransfers(
    _ session: Session, of accounts: [Int64]? = nil
  ) throws -> [Transfer] {
    try session.query(sql("list_transfers"), [.optional(accounts)]) { row in
      Transfer(
        id: try row.id(0), debit: try row.id(1), credit: try row.id(2),
        reasons: try [3, 4, 5].compactMap { try row.getIfPresent($0) })
    }
  }
}
