import CaseModel
import Postgres

/// Everything booked, as columns of plain integers in the order of time.
///
/// One row a paired transfer, one row an unpaired entry. Numbers are handles of this store. All columns
/// have the same length.
public struct TrailColumns: Sendable, Hashable {
  /// Accounts the money left and reached; −1 when records do not identify one.
  public var source: [Int64] = []
  public var destination: [Int64] = []
  /// Seconds since 1970-01-01 of the booking day, with the time of day when the record states one.
  public var time: [Int64] = []
  /// Positive minor units.
  public var amountMinor: [Int64] = []
  /// Index into `currencies`.
  public var currency: [UInt16] = []
  /// `Channel.number`.
  public var channel: [UInt8] = []
  /// The entry; of a paired transfer the debit.
  public var entry: [Int64] = []
  /// The credit of a paired transfer; −1 for an unpaired entry.
  public var creditEntry: [Int64] = []
  /// The place among the account's entries, for those of one moment.
  public var sequence: [Int32] = []
  /// Currencies by code; `currency` counts into this list.
  public var currencies: [Currency] = []

  public init() {}
  public var count: Int { entry.count }

  mutating func reserve(_ capacity: Int) {
    source.reserveCapacity(capacity)
    destination.reserveCapacity(capacity)
    time.reserveCapacity(capacity)
    amountMinor.reserveCapacity(capacity)
    currency.reserveCapacity(capacity)
    channel.reserveCapacity(capacity)
    entry.reserveCapacity(capacity)
    creditEntry.reserveCapacity(capacity)
    sequence.reserveCapacity(capacity)
  }
}

extension Store {
  /// Reads the trail by binary COPY straight into columns.
  ///
  /// Order: time, then `sequence`, then the hash of the account's key; independent of the order of
  /// import. Where statements contest a day the server is asked for the order of those accounts.
  ///
  /// - Complexity: O(*n*) here, one scan on the server; the contested accounts cost a sort there.
  public func loadTrailColumns() async throws -> TrailColumns {
    try await pool.withSession { session in
      try session.transaction("begin isolation level repeatable read read only") {
        try TrailLoad(session).columns()
      }
    }
  }
}

/// One loading of the trail. One use.
private struct TrailLoad {
  let session: Session
  private let table: CurrencyTable

  init(_ session: Session) throws {
    self.session = session
    table = try CurrencyTable(session)
  }

  func columns() throws -> TrailColumns {
    var columns = TrailColumns()
    columns.currencies = table.byCode.values.sorted()
    var index: [UInt16: UInt16] = [:]
    for (number, currency) in table.byNumber {
      index[number] = UInt16(columns.currencies.firstIndex(of: currency) ?? 0)
    }
    var rank: [Int64: Int32] = [:]
    var currencyOf: [UInt16] = []
    for (account, currency) in try session.query(
      sql("list_trail_accounts"),
      row: { (try $0.get(0, as: Int64.self), try $0.get(1, as: Int32.self)) })
    {
      rank[account] = Int32(currencyOf.count)
      currencyOf.append(index[UInt16(clamping: currency)] ?? 0)
    }
    let rows = try readRows()
    let trail = TrailOrder(rank: rank)
    let (order, starts) = trail.byAccount(rows)
    let sequence = try sequence(rows, trail, order, starts)
    let time = (0..<rows.count).map {
      Int64(rows[$0].day) * 86_400 + Int64(max(0, rows[$0].timeOfDay))
    }
    let bySequence = TrailOrder.sorted(order, byKey: sequence.map(Int64.init))
    let byTime = TrailOrder.sorted(bySequence, byKey: time)
    let pairs = try readPairs(rows)
    columns.reserve(rows.count)
    var last: (account: Int64, currency: UInt16) = (-1, 0)
    for place in byTime {
      let row = Int(place)
      if pairs.isCredit(row) { continue }
      if rows[row].account != last.account {
        last = (rows[row].account, currencyOf[Int(rank[rows[row].account] ?? 0)])
      }
      let credit = pairs.credit(of: row)
      let isDebit = rows[row].amount < 0
      let other = credit.map { rows[$0].account } ?? rows[row].other
      columns.source.append(isDebit ? rows[row].account : other)
      columns.destination.append(isDebit ? other : rows[row].account)
      columns.time.append(time[row])
      columns.amountMinor.append(abs(rows[row].amount))
      columns.currency.append(last.currency)
      columns.channel.append(rows[row].channel)
      columns.entry.append(rows[row].id)
      columns.creditEntry.append(credit.map { rows[$0].id } ?? -1)
      columns.sequence.append(sequence[row])
    }
    return columns
  }

  private func readRows() throws -> [TrailOrder.Row] {
    var rows: [TrailOrder.Row] = []
    // The usual store has nothing withdrawn; it is read without asking row by row.
    let hasMore = try session.first(sql("any_withdrawn")) { try $0.get(0, as: Bool.self) } ?? true
    try session.copyOut(hasMore ? sql("copy_standing_trail") : sql("copy_trail")) { row in
      guard let id = try row.int64(), let account = try row.int64() else {
        throw StoreError.unknownSource("a trail row")
      }
      let other = try row.int64()
      guard let amount = try row.int64(), let day = try row.date() else {
        throw StoreError.unknownSource("a trail row")
      }
      let time = try row.int32()
      guard let channel = try row.int16(), let statement = try row.int64(),
        let position = try row.int32()
      else { throw StoreError.unknownSource("a trail row") }
      rows.append(
        TrailOrder.Row(
          id: id, account: account, other: other ?? -1, amount: amount, statement: statement,
          day: day, timeOfDay: time ?? -1, position: position,
          channel: UInt8(truncatingIfNeeded: channel)))
    }
    return rows
  }

  /// The place of each row among its account's entries, from 1.
  private func sequence(
    _ rows: [TrailOrder.Row], _ trail: TrailOrder, _ order: [Int32], _ starts: [Int]
  ) throws -> [Int32] {
    var sequence = [Int32](repeating: 0, count: rows.count)
    for account in 0..<(starts.count - 1) {
      for (index, place) in (starts[account]..<starts[account + 1]).enumerated() {
        sequence[Int(order[place])] = Int32(index + 1)
      }
    }
    let shared = try session.query(sql("list_shared_days")) { try $0.get(0, as: Int64.self) }
    let contested = trail.contested(rows, order, starts).union(shared).sorted()
    guard !contested.isEmpty else { return sequence }
    var asked: [Int64: Int32] = [:]
    for (entry, place) in try session.query(
      sql("list_contested_order"), [.int64s(contested)],
      row: { (try $0.get(0, as: Int64.self), try $0.get(1, as: Int32.self)) })
    {
      asked[entry] = place
    }
    let isContested = Set(contested)
    for row in 0..<rows.count where isContested.contains(rows[row].account) {
      if let place = asked[rows[row].id] { sequence[row] = place }
    }
    return sequence
  }

  /// Which rows are the legs of pairs; empty when there are none.
  private struct Pairs {
    /// By row: −1 none, −2 a credit, otherwise the row of the credit.
    var leg: [Int32] = []
    func isCredit(_ row: Int) -> Bool { !leg.isEmpty && leg[row] == -2 }
    func credit(of row: Int) -> Int? { leg.isEmpty || leg[row] < 0 ? nil : Int(leg[row]) }
  }

  private func readPairs(_ rows: [TrailOrder.Row]) throws -> Pairs {
    var debits: [Int64] = []
    var credits: [Int64] = []
    try session.copyOut(sql("copy_pairs")) { row in
      guard let debit = try row.int64(), let credit = try row.int64() else {
        throw StoreError.unknownSource("a pair")
      }
      debits.append(debit)
      credits.append(credit)
    }
    guard !debits.isEmpty else { return Pairs() }
    // Numbers of entries are given without holes, so a plain array finds the row.
    var rowOf = [Int32](repeating: -1, count: Int(rows.lazy.map(\.id).max() ?? 0) + 1)
    for row in 0..<rows.count { rowOf[Int(rows[row].id)] = Int32(row) }
    var pairs = Pairs(leg: [Int32](repeating: -1, count: rows.count))
    for (debit, credit) in zip(debits, credits) {
      guard debit < rowOf.count, credit < rowOf.count, rowOf[Int(debit)] >= 0,
        rowOf[Int(credit)] >= 0
      else { throw StoreError.unknownSource("a leg of a pair") }
      pairs.leg[Int(rowOf[Int(debit)])] = rowOf[Int(credit)]
      pairs.leg[Int(rowOf[Int(credit)])] = -2
    }
    return pairs
  }
}
