import CaseModel
import Digests
import Postgres

/// Brings the entries of a file into the store while they are read from it: nothing of them is held.
///
/// Where none of the file's accounts has an entry yet, entries go straight into the table; the keys of one
/// file are distinct by construction, and the table's constraint says so. Else they go through the
/// temporary table and are merged set-wise, as `EntryMerge` does.
struct EntryStream {
  let session: Session
  let input: ImportInput
  let stream: StreamedRecords
  /// Numbers of the statements, and of the accounts.
  let numbers: [Int64]
  let accounts: AccountNumbers

  struct Merged {
    var counts = EntryMerge.Counts()
    /// Booked entries without a booking day: not stored, to be quarantined.
    var undated: [StatementEntry] = []
    var issues: [Issue] = []
  }

  /// About 100 MB of rows, which the memory that `widen_memory` allows holds.
  private static let rowsAtOnce = 250_000

  func run() throws -> Merged {
    guard stream.summaries.contains(where: { $0.count > 0 }) else { return Merged() }
    try session.execute(sql("widen_memory"))
    let base = try session.first(sql("greatest_entry")) { try $0.get(0, as: Int64.self) } ?? 0
    let own = try ownAccounts()
    let isTouched =
      try session.first(sql("any_entries"), [.int64s(own)]) { try $0.get(0, as: Bool.self) } ?? true
    var merged = Merged()
    guard isTouched else {
      merged.counts.stored = try copy(sql("copy_entries"), after: base, &merged)
      return merged
    }
    try EntryMerge.createIncoming(session)
    try copy(sql("copy_incoming"), after: base, &merged)
    try session.execute(sql("analyze_incoming"))
    merged.counts = try EntryMerge.settleIncoming(
      session, fileName: input.file.name, first: input.statements.first?.locator ?? .line(1))
    return merged
  }

  private func ownAccounts() throws -> [Int64] {
    var own: Set<Int64> = []
    for (statement, summary) in zip(input.statements, stream.summaries) {
      for totals in summary.totals {
        own.insert(try accounts.number(statement.accountKey, totals.currency))
      }
    }
    return own.sorted()
  }

  @discardableResult
  private func copy(_ query: Query, after base: Int64, _ merged: inout Merged) throws -> Int {
    var result = Merged()
    let count = try session.copyIn(query, rowsAtOnce: Self.rowsAtOnce) { writer in
      let rows = EntryRows(self, EntryEncoder(writer, accounts), after: base)
      result.issues = try stream.source.read(into: rows)
      result.undated = rows.undated
    }
    merged.issues = result.issues
    merged.undated = result.undated
    return count
  }
}

/// Encodes each entry as it comes.
private final class EntryRows: RecordVisitor {
  private let statements: [Statement]
  private let numbers: [Int64]
  private let accounts: AccountNumbers
  private let encoder: EntryEncoder
  private let fileName: String
  private let progress: (@Sendable (ImportProgress) -> Void)?
  private let byteCount: Int64
  private var keys = EntryKeys()
  /// By statement: the place of the next entry, and whether places count down.
  private var positions: [Int32]
  private let steps: [Int32]
  private var next: Int64
  private var count = 0
  private var last: (statement: Int, currency: Currency, account: Int64)?
  private(set) var undated: [StatementEntry] = []

  init(_ stream: EntryStream, _ encoder: EntryEncoder, after base: Int64) {
    statements = stream.input.statements
    numbers = stream.numbers
    accounts = stream.accounts
    fileName = stream.input.file.name
    progress = stream.input.progress
    byteCount = stream.input.file.byteCount
    self.encoder = encoder
    next = base + 1
    steps = stream.stream.summaries.map { $0.isNewestFirst ? -1 : 1 }
    positions = stream.stream.summaries.map { $0.isNewestFirst ? Int32($0.count - 1) : 0 }
  }

  func take(_ entry: StatementEntry, of place: Int) throws {
    let position = positions[place]
    positions[place] += steps[place]
    guard !entry.transactionKey.isEmpty else {
      throw StoreError.unusableKey(file: fileName, locator: entry.locator)
    }
    guard !IncomingEntries.isUndated(entry) else {
      undated.append(entry)
      return
    }
    if last?.statement != place || last?.currency != entry.amount.currency {
      let key = statements[place].accountKey
      last = (
        place, entry.amount.currency, try accounts.number(key, entry.amount.currency)
      )
      keys.begin(key)
    }
    try encoder.encode(
      entry, of: statements[place],
      as: IncomingEntries.Line(
        id: next, key: keys.key(of: entry), account: last?.account ?? 0,
        statement: numbers[place], position: position))
    next += 1
    count += 1
    if count & 0xFFFF == 0 {
      progress?(
        ImportProgress(
          phase: .storing, bytesDone: entry.byteOffset ?? 0, bytesTotal: byteCount, records: count))
    }
  }
}

/// Makes the keys of entries with one hash context and one buffer.
///
/// A key is the head of SHA-256 over account key and transaction key: the same in every store. A record
/// that is not booked has a key of its own beside the booked one, so that a pending entry stays in the
/// history when its booking arrives.
struct EntryKeys: ~Copyable {
  private var hash = ReusedSHA256()
  private var text: [UInt8] = []
  private var start = 0

  /// The entries that follow belong to this account.
  mutating func begin(_ account: AccountKey) {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: account.text.utf8)
    text.append(10)
    start = text.count
  }

  /// The first sixteen bytes of the key, as two numbers.
  mutating func key(of entry: borrowing StatementEntry) -> (UInt64, UInt64) {
    text.removeSubrange(start...)
    text.append(contentsOf: entry.transactionKey.utf8)
    if entry.kind != .booked { text.append(contentsOf: ("\n" + entry.kind.rawValue).utf8) }
    let words = hash.words(of: text)
    return (words.0, words.1)
  }
}
