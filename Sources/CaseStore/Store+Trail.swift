import CaseModel
import Postgres
public import TrailGraph

extension Store {
  /// Reads the trail of everything booked that stands.
  ///
  /// Accounts are numbered in the order of their content, rows come in showing order (`Trail`'s
  /// `bringingForward`), so the same records give the same trail whatever order they were imported in.
  /// A record that states only a day counts at its place in the day (`TrailOrder.placesInDay`).
  ///
  /// Two sessions read half of the table each. That is sound because evidence is never changed and
  /// numbers are given in order under the import lock: the entries up to a number are the same for both.
  /// Whatever else was recorded meanwhile is noticed, and then everything is read again in one transaction.
  ///
  /// - Throws: `PostgresError`, `StoreError`, `CancellationError`.
  /// - Complexity: O(*n*) here and one scan on the server; accounts whose days two statements contest cost a
  ///   sort there. Holds at most 80 bytes an entry at a time.
  public func loadTrail() async throws -> TrailShelf.Version {
    let plan = try await pool.withSession { session in
      try session.transaction(Self.reading) { try TrailPlan(session) }
    }
    if !plan.isReadByView {
      let rows = TrailRows(after: 0, through: plan.origin.lastEntry)
      let middle = plan.origin.lastEntry / 2
      async let second: Void = readTrail(plan, rows, after: middle, through: rows.last)
      try await readTrail(plan, rows, after: 0, through: middle)
      try await second
      let version = try await pool.withSession { session in
        try session.transaction(Self.reading) {
          try plan.isCurrent(session)
            ? TrailLoad(session, plan, rows).version() : nil as TrailShelf.Version?
        }
      }
      if let version { return version }
    }
    return try await pool.withSession { session in
      try session.transaction(Self.reading) {
        let plan = try TrailPlan(session)
        let rows = TrailRows(after: 0, through: plan.origin.lastEntry)
        try plan.read(session, into: rows, after: 0, through: rows.last)
        return try TrailLoad(session, plan, rows).version()
      }
    }
  }

  static let reading: Query = "begin isolation level repeatable read read only"

  private func readTrail(
    _ plan: TrailPlan, _ rows: TrailRows, after before: Int64, through last: Int64
  ) async throws {
    try await pool.withSession { session in
      try session.transaction(Self.reading) {
        try plan.read(session, into: rows, after: before, through: last)
      }
    }
  }
}

/// What has to be known before the rows: which records there are, and how accounts and currencies are numbered.
struct TrailPlan: Sendable {
  let origin: TrailOrigin
  /// The hash of the first imports, as many as were asked about.
  let earlierImports: String
  /// True when an import is withdrawn, or a place reads an entry otherwise than its row.
  let isReadByView: Bool
  let ranks: AccountRanks
  let currencies: [Currency]

  /// - Parameter importCount: how many imports an earlier version knew.
  init(_ session: Session, importCount: Int64 = 0) throws {
    let version = try Self.version(session, importCount)
    origin = version.origin
    earlierImports = version.earlier
    isReadByView = try session.first(sql("any_withdrawn")) { try $0.get(0, as: Bool.self) } ?? true
    let table = try CurrencyTable(session)
    currencies = table.byNumber.values.sorted()
    var numbers: [Int32: UInt16] = [:]
    for (number, currency) in table.byNumber {
      numbers[Int32(number)] = currencies.firstIndex(of: currency).map { UInt16(clamping: $0) }
    }
    ranks = try AccountRanks(session, currencyOf: numbers)
  }

  var names: Trail.Names {
    Trail.Names(
      accountCount: ranks.accounts.count, accountNumbers: ranks.accounts, currencies: currencies)
  }

  /// Whether nothing was recorded since.
  func isCurrent(_ session: Session) throws -> Bool {
    try Self.version(session, 0).origin == origin
  }

  /// Reads what is booked with numbers in a range; where entries are read by the view, everything.
  func read(
    _ session: Session, into rows: TrailRows, after before: Int64, through last: Int64
  ) throws {
    _ = try session.query(
      sql("set_trail_range"), [.text(String(before)), .text(String(last))], row: { _ in })
    try session.copyOut(isReadByView ? sql("copy_standing_trail") : sql("copy_trail")) { row in
      try rows.take(row.encoded, ranks)
    }
  }

  private static func version(
    _ session: Session, _ importCount: Int64
  ) throws -> (origin: TrailOrigin, earlier: String) {
    let found = try session.first(sql("trail_origin"), [.int64(importCount)]) { row in
      (
        TrailOrigin(
          store: try row.get(0, as: String.self), lastEntry: try row.get(1, as: Int64.self),
          importCount: try row.get(2, as: Int64.self), imports: try row.get(3, as: String.self),
          lastPair: try row.get(4, as: Int64.self), changes: try row.get(5, as: Int64.self),
          furtherPlaces: try row.get(6, as: Int64.self)),
        earlier: try row.get(7, as: String.self)
      )
    }
    guard let found else { throw StoreError.unknownSource("the trail's origin") }
    return found
  }
}
