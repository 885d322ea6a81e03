import CaseModel
import Digests
import Postgres

extension Store {
  /// The longest file the store keeps: one tebibyte, in parts of at most 8 MiB.
  public static let fileByteLimit: Int64 = 1 << 40

  /// Stores one file and all it gave, in one transaction: whole or not at all.
  ///
  /// The same bytes again are listed as a copy and add nothing. Entries that another file brought are
  /// recognised by their key; their further places are kept. Imports take turns, so that two files that
  /// overlap cannot both add an entry and cannot block each other.
  ///
  /// A file whose records are streamed is read again here, and stored while it is read.
  ///
  /// - Throws: `StoreError`, `PostgresError`, `CancellationError`; then nothing was stored.
  /// - Complexity: O(*n*) in the entries, by binary COPY and set-wise merging.
  @discardableResult
  public func importFile(_ input: ImportInput) async throws -> ImportReport {
    let limit = Self.fileByteLimit
    let count = Int64(input.content.byteCount)
    guard input.file.byteCount <= limit, count <= limit else {
      throw StoreError.fileTooLarge(
        name: input.file.name, byteCount: max(input.file.byteCount, count), limit: limit)
    }
    guard count == input.file.byteCount else {
      throw StoreError.fileMismatch(name: input.file.name)
    }
    return try await pool.withSession { session in
      try session.transaction {
        var writer = ImportWriter(session, input)
        return try writer.write()
      }
    }
  }

  /// Format and parser by which the very same bytes were imported before; nil when they were not. Asked before
  /// a long file is read, as a copy needs no reading.
  public func importedFormat(of hash: ContentHash) async throws -> (format: String, parser: String)?
  {
    try await pool.withSession { session in
      try session.first(sql("find_import_format"), [.bytes(hash.bytes)]) {
        (format: try $0.get(0, as: String.self), parser: try $0.get(1, as: String.self))
      }
    }
  }

  /// Pairs the two legs of transfers between accounts that both have statements.
  ///
  /// Works on everything stored, so that the result does not depend on the order of import: pairs that
  /// later evidence made ambiguous are withdrawn, each by a record of its own.
  @discardableResult
  public func pairTransfers() async throws -> PairingReport {
    try await pool.withSession { session in
      try session.transaction {
        try session.execute(sql("lock_imports"))
        let withdrawn = try session.execute(sql("withdraw_transfers"))
        let added = try session.execute(sql("insert_transfers"))
        let proposals = try session.query(sql("list_transfer_proposals")) { _ in () }.count
        return PairingReport(added: added, withdrawn: withdrawn, proposals: proposals)
      }
    }
  }

  /// Pairs of entries that could be one movement, for a person to decide: debit, credit.
  public func transferProposals() async throws -> [(debit: EntryID, credit: EntryID)] {
    try await pool.withSession { session in
      try session.query(sql("list_transfer_proposals")) { (try $0.id(0), try $0.id(1)) }
    }
  }
}
