import CaseModel
import Postgres

/// What no longer counts since an import was withdrawn, and what stays because other files show it.
public struct UndoReport: Hashable, Sendable, Codable {
  /// What the withdrawal changed on one account.
  public struct AccountChange: Hashable, Sendable, Codable {
    /// The key, or the token of a protected person's account.
    public let key: AccountKey
    public let currency: String
    public let displayName: String
    /// Statements of other files remain.
    public let hasStatements: Bool
    /// Lines that no longer count, of every kind, and their first and last booking day.
    public let entriesGone: Int
    public let gone: Period?
    /// Lines that another standing file shows.
    public let entriesKept: Int
  }

  public let file: FileID
  public let sha256: ContentHash
  public let label: String
  public let author: String
  public let reason: String
  public let statements: Int
  /// By key and currency.
  public let accounts: [AccountChange]
  public let paymentsGone: Int
  public let paymentsKept: Int
  public let entitiesGone: Int
  public let entitiesKept: Int
  /// Matters whose case sheet the file is.
  public let matters: Int
  /// Pairs of entries that counted as transfers before, and do now.
  public let transfersBefore: Int
  public let transfersAfter: Int

  public var entriesGone: Int { accounts.reduce(0) { $0 + $1.entriesGone } }
  public var entriesKept: Int { accounts.reduce(0) { $0 + $1.entriesKept } }
}

/// A received file that a text names.
public struct NamedImport: Hashable, Sendable, Codable {
  public let file: FileID
  public let sha256: ContentHash
  public let label: String
  public let isImported: Bool
  public let isWithdrawn: Bool
}

/// A withdrawal as it was recorded.
public struct ImportWithdrawal: Hashable, Sendable, Codable {
  public let file: FileID
  public let sha256: ContentHash
  public let label: String
  public let author: String
  public let reason: String
  /// As the server wrote them down; `restoredAt` is nil while the withdrawal stands.
  public let withdrawnAt: String
  public let restoredAt: String?
}

extension Store {
  /// The one received file that a text names: the beginning of its hash (8 digits at least), its exhibit
  /// mark or its name, or those of a copy.
  /// - Throws: `StoreError.unknownImport`, `.ambiguousImport`.
  public func importedFile(named text: String) async throws -> NamedImport {
    let found = try await pool.withSession { session in
      try session.query(sql("find_imports"), [.text(storable(text))]) { row in
        NamedImport(
          file: try row.id(0), sha256: try row.hash(1), label: try row.get(2),
          isImported: try row.getIfPresent(4, as: String.self) == "imported",
          isWithdrawn: try row.get(5))
      }
    }
    guard let first = found.first else { throw StoreError.unknownImport(text) }
    guard found.count == 1 else {
      throw StoreError.ambiguousImport(text, found.map(\.sha256))
    }
    return first
  }

  /// Withdraws an import by a new record. Evidence stays; what only withdrawn files show no longer counts
  /// anywhere, and transfers are paired anew. The same bytes imported again restore it.
  ///
  /// - Throws: `StoreError.unknownImport` for a file that was not imported, `.alreadyWithdrawn`,
  ///   `.unexplainedWithdrawal`; then nothing changed.
  /// - Complexity: O(*n*) in the entries of the store, for pairing.
  @discardableResult
  public func undoImport(file: FileID, by author: String, reason: String) async throws -> UndoReport
  {
    guard author.contains(where: { !$0.isWhitespace }), reason.contains(where: { !$0.isWhitespace })
    else { throw StoreError.unexplainedWithdrawal }
    return try await pool.withSession { session in
      try session.transaction {
        try session.execute(sql("lock_imports"))
        return try Withdrawal(session, file.value).record(author: author, reason: reason)
      }
    }
  }

  /// Every withdrawal, in the order they were made; also those that were lifted.
  public func withdrawals() async throws -> [ImportWithdrawal] {
    try await pool.withSession { session in
      try session.query(sql("list_withdrawals")) { row in
        ImportWithdrawal(
          file: try row.id(0), sha256: try row.hash(1), label: try row.get(2),
          author: try row.get(3), reason: try row.get(4), withdrawnAt: try row.get(5),
          restoredAt: try row.getIfPresent(6))
      }
    }
  }
}

/// One withdrawal inside a transaction that its caller holds with the import lock.
private struct Withdrawal {
  let session: Session
  let file: Int64

  init(_ session: Session, _ file: Int64) {
    self.session = session
    self.file = file
  }

  func record(author: String, reason: String) throws -> UndoReport {
    guard
      let received = try Store.readFiles(session, withdrawn: true).first(where: {
        $0.id?.value == file
      })
    else { throw StoreError.unknownImport("number \(file)") }
    let before = try transfers()
    let made = try session.first(
      sql("insert_withdrawal"),
      [.int64(file), .text(storable(author)), .text(storable(reason))]
    ) { try $0.get(0, as: Int64.self) }
    guard made != nil else { throw try refusal(received) }
    // Over what stands now: pairs that lost a leg no longer count, and a choice that was open may not be.
    try session.execute(sql("withdraw_transfers"))
    try session.execute(sql("insert_transfers"))
    let counts =
      try session.first(sql("count_withdrawn_records"), [.int64(file)]) { row in
        try (0..<6).map { Int(try row.get($0, as: Int64.self)) }
      } ?? [0, 0, 0, 0, 0, 0]
    return UndoReport(
      file: FileID(file), sha256: received.sha256, label: received.label, author: author,
      reason: reason, statements: counts[0], accounts: try accounts(), paymentsGone: counts[1],
      paymentsKept: counts[2], entitiesGone: counts[3], entitiesKept: counts[4], matters: counts[5],
      transfersBefore: before, transfersAfter: try transfers())
  }

  private func refusal(_ received: ReceivedFile) throws -> StoreError {
    let isWithdrawn = try Store.readFiles(session).allSatisfy { $0.id?.value != file }
    return isWithdrawn ? .alreadyWithdrawn(received.label) : .unknownImport(received.label)
  }

  private func transfers() throws -> Int {
    Int(try session.first(sql("count_active_transfers")) { try $0.get(0, as: Int64.self) } ?? 0)
  }

  private func accounts() throws -> [UndoReport.AccountChange] {
    try session.query(sql("count_withdrawn_entries"), [.int64(file)]) { row in
      let first = try row.day(6)
      let last = try row.day(7)
      return UndoReport.AccountChange(
        key: AccountKey(try row.get(0)), currency: try row.get(1), displayName: try row.get(2),
        hasStatements: try row.get(3), entriesGone: Int(try row.get(4, as: Int64.self)),
        gone: first.flatMap { first in last.map { Period(first: first, last: $0) } },
        entriesKept: Int(try row.get(5, as: Int64.self)))
    }
  }
}
