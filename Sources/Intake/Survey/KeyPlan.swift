import CaseModel

/// What a survey found out for the keys of the entries (see `KeyNotes`).
struct KeyPlan: Sendable {
  private(set) var movements: RepeatFilter
  /// Made when the first reference comes.
  private var bare: RepeatFilter?
  private let expected: Int
  private var references = RepeatLog()

  /// - Parameter expected: entries to come, roughly.
  init(expected: Int) {
    movements = RepeatFilter(expected: expected)
    self.expected = expected
  }

  mutating func add(_ notes: KeyNotes) {
    for hash in notes.movements { movements.insert(hash) }
    for hash in notes.bare { addBare(hash) }
    if !notes.references.isEmpty { references.insert(contentsOf: notes.references) }
  }

  /// Adds one entry of an account, whose hash is given.
  mutating func add(_ entry: borrowing StatementEntry, account: UInt64) {
    let movement = KeyNotes.movement(
      account: account, day: KeyMaker.day(of: entry), minorUnits: entry.amount.minorUnits,
      currency: KeyNotes.currency(entry.amount.currency))
    movements.insert(movement)
    guard !entry.references.isEmpty else { return }
    for (rank, text) in KeyMaker.ranked(entry) {
      references.insert(Self.hash(text, rank: rank, movement: movement))
    }
    if let text = KeyMaker.bare(entry) { addBare(Self.bare(text, account: account)) }
  }

  private mutating func addBare(_ hash: UInt64) {
    if bare == nil { bare = RepeatFilter(expected: expected / 4) }
    bare?.insert(hash)
  }

  /// Ends the collecting.
  mutating func close() { references.close() }

  /// Whether a reference comes again with the same day and amount. Exact.
  func isRepeated(_ text: String, rank: Int, movement: UInt64) -> Bool {
    references.isRepeated(Self.hash(text, rank: rank, movement: movement))
  }

  /// False: the reference comes once in the account.
  func mayRepeat(_ text: String, account: UInt64) -> Bool {
    bare?.mayRepeat(Self.bare(text, account: account)) ?? false
  }

  private static func hash(_ text: String, rank: Int, movement: UInt64) -> SIMD2<UInt64> {
    var text = text
    return text.withUTF8 { KeyNotes.reference($0, rank: UInt64(rank), movement: movement) }
  }

  private static func bare(_ text: String, account: UInt64) -> UInt64 {
    var text = text
    return text.withUTF8 { KeyNotes.bare($0, account: account) }
  }
}
