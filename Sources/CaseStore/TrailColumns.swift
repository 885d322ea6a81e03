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
}

extension Store {
  /// Reads the trail by binary COPY straight into columns.
  ///
  /// - Complexity: O(*n* log *n*) on the server for the order, one pass here.
  public func loadTrailColumns() async throws -> TrailColumns {
    try await pool.withSession { session in
      let table = try CurrencyTable(session)
      var columns = TrailColumns()
      columns.currencies = table.byCode.values.sorted()
      var index: [UInt16: UInt16] = [:]
      for (number, currency) in table.byNumber {
        index[number] = UInt16(columns.currencies.firstIndex(of: currency) ?? 0)
      }
      try session.copyOut(sql("copy_trail")) { row in
        guard let source = try row.int64(), let destination = try row.int64(),
          let time = try row.int64(), let amount = try row.int64(), let currency = try row.int16(),
          let channel = try row.int16(), let entry = try row.int64(), let credit = try row.int64(),
          let sequence = try row.int32()
        else { throw StoreError.unknownSource("a trail row") }
        columns.source.append(source)
        columns.destination.append(destination)
        columns.time.append(time)
        columns.amountMinor.append(amount)
        columns.currency.append(index[UInt16(bitPattern: currency)] ?? 0)
        columns.channel.append(UInt8(truncatingIfNeeded: channel))
        columns.entry.append(entry)
        columns.creditEntry.append(credit)
        columns.sequence.append(sequence)
      }
      return columns
    }
  }
}
