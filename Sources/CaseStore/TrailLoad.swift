import CaseModel
import Dispatch
import Postgres
import TrailGraph

/// Makes columns of the rows that were read. One use.
struct TrailLoad {
  let session: Session
  let plan: TrailPlan
  let rows: TrailRows

  init(_ session: Session, _ plan: TrailPlan, _ rows: TrailRows) {
    self.session = session
    self.plan = plan
    self.rows = rows
  }

  /// The whole trail.
  func version() throws -> TrailShelf.Version {
    var legs = TrailLegs(count: rows.count)
    try session.copyOut(sql("copy_pairs")) { row in
      guard let debit = try row.int64(), let credit = try row.int64(),
        let debit = rows.row(debit), let credit = rows.row(credit)
      else { throw StoreError.unknownSource("a leg of a pair") }
      legs.join(debit: debit, credit: credit)
    }
    let laidOut = try columns(legs)
    return TrailShelf.Version(
      trail: Trail(
        columns: laidOut.columns, names: plan.names, creditRows: laidOut.creditRows,
        creditEntries: laidOut.creditEntries),
      origin: plan.origin)
  }

  struct LaidOut {
    var columns: TransferColumns
    var creditRows: [Int32] = []
    var creditEntries: [Int64] = []
  }

  /// The rows as transfers in showing order: by account, then as its statements state them. The trail sorts
  /// by time, stably.
  func columns(_ legs: TrailLegs) throws -> LaidOut {
    var order = TrailOrder(rows, accounts: plan.ranks.accounts.count)
    try settleContested(&order)
    let places = order.placesInDay(legs)
    let shown = legs.isEmpty ? order.order : order.order.filter { !legs.isCredit(Int($0)) }
    var creditRows: [Int32] = []
    var creditEntries: [Int64] = []
    if !legs.isEmpty {
      for (place, row) in shown.enumerated() {
        let credit =
          legs.credit(of: Int(row)).map(rows.entry) ?? legs.creditsElsewhere[Int(row)]?.entry
        guard let credit else { continue }
        creditRows.append(Int32(place))
        creditEntries.append(credit)
      }
    }
    return LaidOut(
      columns: transfers(shown, legs, places), creditRows: creditRows,
      creditEntries: creditEntries)
  }

  /// Where statements contest a day, the store says the order.
  private func settleContested(_ order: inout TrailOrder) throws {
    var contested = Set(order.contested())
    for account in try session.query(
      sql("list_shared_days"), row: { try $0.get(0, as: Int64.self) })
    {
      if let rank = plan.ranks[account], !order.slice(Int(rank)).isEmpty {
        contested.insert(Int(rank))
      }
    }
    guard !contested.isEmpty else { return }
    let ranks = contested.sorted()
    var place: [Int64: Int32] = [:]
    for (entry, sequence) in try session.query(
      sql("list_contested_order"), [.int64s(ranks.map { plan.ranks.accounts[$0] })],
      row: { (try $0.get(0, as: Int64.self), try $0.get(1, as: Int32.self)) })
    {
      place[entry] = sequence
    }
    for rank in ranks { order.reorder(rank, by: place) }
  }

  private func transfers(
    _ shown: [Int32], _ legs: TrailLegs, _ places: [Int32]
  ) -> TransferColumns {
    let rows = rows
    let currencyOf = plan.ranks.currency
    @Sendable func other(_ row: Int) -> Int32 {
      if legs.isEmpty { return rows.other[row] }
      if let credit = legs.credit(of: row) { return rows.rank(credit) }
      return legs.creditsElsewhere[row]?.rank ?? rows.other[row]
    }
    @Sendable func time(_ row: Int) -> Int64 {
      let clock = rows.clock[row]
      return Int64(rows.day[row]) * 86_400 + Int64(clock >= 0 ? clock : min(places[row], 86_399))
    }
    var (first, second) = (First(), Second())
    withUnsafeMutablePointer(to: &first) { first in
      withUnsafeMutablePointer(to: &second) { second in
        // Safe: each turn writes to a place of its own, and both end before this returns.
        nonisolated(unsafe) let (first, second) = (first, second)
        DispatchQueue.concurrentPerform(iterations: 2) { turn in
          if turn == 0 {
            first.pointee.source = column(shown) { rows.isDebit($0) ? rows.rank($0) : other($0) }
            first.pointee.destination = column(shown) {
              rows.isDebit($0) ? other($0) : rows.rank($0)
            }
            first.pointee.time = column(shown, time)
          } else {
            second.pointee.amountMinor = column(shown) { abs(rows.amount[$0]) }
            second.pointee.currency = column(shown) { currencyOf[Int(rows.rank($0))] }
            second.pointee.channel = column(shown) {
              TransferColumns.channelCell(
                rows.channel[$0], hasTimeOfDay: rows.hasClock($0),
                shownByReceiver: !rows.isDebit($0))
            }
            second.pointee.entry = column(shown) { rows.entry($0) }
          }
        }
      }
    }
    return TransferColumns(
      source: first.source, destination: first.destination, time: first.time,
      amountMinor: second.amountMinor, currency: second.currency, channel: second.channel,
      entry: second.entry)
  }

  private struct First {
    var source: [Int32] = []
    var destination: [Int32] = []
    var time: [Int64] = []
  }

  private struct Second {
    var amountMinor: [Int64] = []
    var currency: [UInt16] = []
    var channel: [UInt8] = []
    var entry: [Int64] = []
  }
}

/// One cell a row, in the order shown.
@inline(__always)
private func column<T>(_ shown: [Int32], _ cell: (Int) -> T) -> [T] {
  // Room for nothing would write into the storage that all empty arrays share.
  guard !shown.isEmpty else { return [] }
  return [T](unsafeUninitializedCapacity: shown.count) { cells, filled in
    // In bounds, and each cell is set once.
    for place in shown.indices {
      (cells.baseAddress.map { $0 + place })?.initialize(to: cell(Int(shown[place])))
    }
    filled = shown.count
  }
}
