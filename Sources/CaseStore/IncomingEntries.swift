import CaseModel
import Postgres

/// The entries of one import with their keys, before anything of them is sent.
struct IncomingEntries {
  /// One entry to be stored: its place in the input and what it gets from the store.
  struct Line {
    let id: Int64
    let key: (UInt64, UInt64)
    let account: Int64
    let statement: Int64
    let position: Int32
  }

  private let statements: [Statement]
  private let numbers: [Int64]
  private let positions: [Int]
  /// By line: the key's two halves and the account.
  private(set) var high: [UInt64] = []
  private(set) var low: [UInt64] = []
  private(set) var accounts: [Int64] = []
  /// Booked entries without a booking day: kept, not guessed at.
  private(set) var undated: [StatementEntry] = []
  /// Some line states a reference that another file may contradict.
  private(set) var namesReference = false
  var count: Int { high.count }

  /// - Throws: `StoreError.unusableKey` for an entry without the key that tells it from others.
  init(
    _ statements: [Statement], numbers: [Int64], _ table: AccountNumbers, fileName: String
  ) throws {
    self.statements = statements
    self.numbers = numbers
    positions = statements.map { $0.isNewestFirst ? $0.entries.count - 1 : -1 }
    let total = statements.reduce(0) { $0 + $1.entries.count }
    high.reserveCapacity(total)
    low.reserveCapacity(total)
    accounts.reserveCapacity(total)
    var keys = EntryKeys()
    for statement in statements {
      keys.begin(statement.accountKey)
      var last: (currency: Currency, number: Int64)?
      for entry in statement.entries {
        guard !entry.transactionKey.isEmpty else {
          throw StoreError.unusableKey(file: fileName, locator: entry.locator)
        }
        guard !Self.isUndated(entry) else {
          undated.append(entry)
          continue
        }
        if last?.currency != entry.amount.currency {
          let currency = entry.amount.currency
          last = (currency, try table.number(statement.accountKey, currency))
        }
        let halves = keys.key(of: entry)
        high.append(halves.0)
        low.append(halves.1)
        accounts.append(last?.number ?? 0)
        if !namesReference, !entry.references.isEmpty,
          entry.references["servicer"] != nil || entry.references["reference"] != nil
        {
          namesReference = true
        }
      }
    }
  }

  static func isUndated(_ entry: StatementEntry) -> Bool {
    entry.kind == .booked && entry.bookedOn == nil
  }

  /// No two lines share a key. Half a key that comes twice counts as a repetition: rare, and only slower.
  var isDistinct: Bool {
    let sorted = high.sorted()
    return !zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
  }

  /// Calls `body` with every line in file order; `base` is the greatest number of an entry so far.
  func forEach(
    after base: Int64, _ body: (Int, StatementEntry, Statement, Line) throws -> Void
  ) rethrows {
    var line = 0
    for (place, statement) in statements.enumerated() {
      for (index, entry) in statement.entries.enumerated() where !Self.isUndated(entry) {
        let position = positions[place] < 0 ? index : positions[place] - index
        try body(
          line, entry, statement,
          Line(
            id: base + Int64(line) + 1, key: (high[line], low[line]), account: accounts[line],
            statement: numbers[place], position: Int32(position)))
        line += 1
      }
    }
  }
}
