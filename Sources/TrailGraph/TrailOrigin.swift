/// Which records a trail was made of, so that it is never taken for a trail of others.
public struct TrailOrigin: Hashable, Sendable {
  /// The store: an identifier that no other store has.
  public let store: String
  /// The greatest entry number there was, taken or not.
  public let lastEntry: Int64
  /// How many imports there were, and a hash over all of them in their order.
  public let importCount: Int64
  public let imports: String
  /// The greatest number of a pair there was, standing or not.
  public let lastPair: Int64
  /// How many pairs and imports had been withdrawn or restored, and how many entries read anew. Entries
  /// that were there read otherwise after each of these.
  public let changes: Int64
  /// How many further places of entries there were: two statements that show one day.
  public let furtherPlaces: Int64

  public init(
    store: String, lastEntry: Int64, importCount: Int64, imports: String, lastPair: Int64,
    changes: Int64, furtherPlaces: Int64
  ) {
    self.store = store
    self.lastEntry = lastEntry
    self.importCount = importCount
    self.imports = imports
    self.lastPair = lastPair
    self.changes = changes
    self.furtherPlaces = furtherPlaces
  }

  /// One line that names this version of the store to a person.
  public var version: String {
    "entry \(lastEntry), import \(importCount), pair \(lastPair), change \(changes)"
  }

  var fields: [String] {
    [store, imports]
      + [lastEntry, importCount, lastPair, changes, furtherPlaces].map { String($0) }
  }

  init?(fields: [String]) {
    guard fields.count == 7 else { return nil }
    let numbers = fields[2...].compactMap { Int64($0) }
    guard numbers.count == 5 else { return nil }
    self.init(
      store: fields[0], lastEntry: numbers[0], importCount: numbers[1], imports: fields[1],
      lastPair: numbers[2], changes: numbers[3], furtherPlaces: numbers[4])
  }
}
