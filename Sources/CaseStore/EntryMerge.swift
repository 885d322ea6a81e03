import CaseModel
import Postgres

/// Brings the entries of one import into the store, each once.
///
/// The usual import goes straight into the table: its keys are compared first, unless none of its
/// accounts has an entry yet. What needs thought (a key twice in one file, one key with two contents, a
/// bank's references that another file may contradict) goes through a temporary table and is merged
/// set-wise. Either way the table's own trigger and constraints check every row.
struct EntryMerge {
  let session: Session
  let entries: IncomingEntries
  let accounts: AccountNumbers
  let fileName: String

  struct Counts {
    var stored = 0
    var known = 0
    var conflicts = 0
    /// The accounts had entries before.
    var meetsOthers = false
    /// The lines went through the temporary table, which is still there.
    var isMerged = false
  }

  func run() throws -> Counts {
    guard entries.count > 0 else { return Counts() }
    try session.execute(sql("widen_memory"))
    let base = try session.first(sql("greatest_entry")) { try $0.get(0, as: Int64.self) } ?? 0
    guard entries.isDistinct else { return try merge(after: base) }
    let touched = try session.first(
      sql("any_entries"), [.int64s(Set(entries.accounts).sorted())]
    ) { try $0.get(0, as: Bool.self) }
    if touched == false { return try load(after: base, known: [:], meetsOthers: false) }
    guard !entries.namesReference, let known = try findKnown() else {
      return try merge(after: base)
    }
    return try load(after: base, known: known, meetsOthers: true)
  }

  // MARK: Straight into the table

  /// The entries that are there, by line; nil when one of them has other content.
  private func findKnown() throws -> [Int32: Int64]? {
    try session.execute(sql("create_keys"))
    try session.copyIn(sql("copy_keys")) { writer in
      for line in 0..<entries.count {
        try writer.row(3)
        try writer.int32(Int32(line))
        try writer.int64(entries.accounts[line])
        try writer.uuid((entries.high[line], entries.low[line]))
      }
    }
    try session.execute(sql("analyze_keys"))
    struct Found {
      let entry: Int64
      let amount: Int64
      let day: Int32?
    }
    var found: [Int32: Found] = [:]
    try session.copyOut(sql("copy_known")) { row in
      guard let line = try row.int32(), let entry = try row.int64(), let amount = try row.int64()
      else { throw StoreError.unknownSource("a known entry") }
      found[line] = Found(entry: entry, amount: amount, day: try row.date())
    }
    guard !found.isEmpty else { return [:] }
    var agrees = true
    entries.forEach(after: 0) { line, entry, _, _ in
      guard let there = found[Int32(line)] else { return }
      if there.amount != entry.amount.minorUnits || there.day != entry.bookedOn?.dayNumber {
        agrees = false
      }
    }
    return agrees ? found.mapValues(\.entry) : nil
  }

  private func load(
    after base: Int64, known: [Int32: Int64], meetsOthers: Bool
  ) throws -> Counts {
    var counts = Counts(known: known.count, meetsOthers: meetsOthers)
    if known.count < entries.count {
      counts.stored = try session.copyIn(sql("copy_entries")) { writer in
        let encoder = EntryEncoder(writer, accounts)
        try entries.forEach(after: base) { line, entry, statement, place in
          guard known.isEmpty || known[Int32(line)] == nil else { return }
          try encoder.encode(entry, of: statement, as: place)
        }
      }
    }
    guard !known.isEmpty else { return counts }
    try fillIncoming(after: base) { known[$0] != nil }
    try session.execute(sql("mark_known"))
    try Self.keepPlaces(session)
    return counts
  }

  // MARK: Through a temporary table

  private func merge(after base: Int64) throws -> Counts {
    try fillIncoming(after: base) { _ in true }
    return try Self.settleIncoming(session, fileName: fileName, first: firstLocator)
  }

  /// Merges what the temporary table holds: each entry is stored once, each place is kept.
  static func settleIncoming(
    _ session: Session, fileName: String, first: Locator
  ) throws -> Counts {
    if try session.execute(sql("mark_known")) > 0,
      try session.execute(sql("rekey_conflicts")) > 0
    {
      try session.execute(sql("mark_known"))
    }
    let added = try session.execute(sql("insert_entries"))
    let unknown = try count(session).stored
    if added < unknown { try session.execute(sql("mark_repeated")) }
    let contradictions = try session.first(sql("count_contradictions")) {
      try $0.get(0, as: Int64.self)
    }
    guard contradictions == 0 else {
      throw StoreError.unusableKey(file: fileName, locator: first)
    }
    try keepPlaces(session)
    let ofKeys = try session.execute(sql("insert_key_conflicts"))
    let ofServicers = try session.execute(sql("insert_reference_conflicts"))
    let ofReferences =
      try session.first(sql("keep_reference_conflicts")) { try $0.get(0, as: Int64.self) } ?? 0
    var counts = try count(session)
    counts.conflicts = ofKeys + ofServicers + Int(ofReferences)
    (counts.meetsOthers, counts.isMerged) = (true, true)
    return counts
  }

  static func createIncoming(_ session: Session) throws {
    try session.execute(sql("create_incoming"))
    try session.execute(sql("grant_incoming"))
  }

  /// Sends the lines that `isSent` admits to the temporary table.
  private func fillIncoming(after base: Int64, where isSent: (Int32) -> Bool) throws {
    try Self.createIncoming(session)
    try session.copyIn(sql("copy_incoming")) { writer in
      let encoder = EntryEncoder(writer, accounts)
      try entries.forEach(after: base) { line, entry, statement, place in
        guard isSent(Int32(line)) else { return }
        try encoder.encode(entry, of: statement, as: place)
      }
    }
    try session.execute(sql("analyze_incoming"))
  }

  /// The further places of known entries, and what is said there otherwise.
  private static func keepPlaces(_ session: Session) throws {
    try session.execute(sql("insert_places"))
    _ = try session.query(sql("keep_entry_readings")) { _ in () }
  }

  private static func count(_ session: Session) throws -> Counts {
    try session.first(sql("count_incoming")) {
      Counts(
        stored: Int(try $0.get(0, as: Int64.self)), known: Int(try $0.get(1, as: Int64.self)))
    } ?? Counts()
  }

  private var firstLocator: Locator {
    var first: Locator?
    entries.forEach(after: 0) { _, _, statement, _ in
      if first == nil { first = statement.locator }
    }
    return first ?? .line(1)
  }
}
