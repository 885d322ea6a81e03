import CaseModel
import CaseStore
import TrailGraph

extension Trail {
  /// A trail of the store's columns: the store's account numbers become dense ones.
  init(of columns: TrailColumns) {
    let greatest = max(columns.source.max() ?? 0, columns.destination.max() ?? 0)
    var dense = [Int32](repeating: -1, count: Int(max(0, greatest)) + 1)
    var numbers: [Int64] = []
    func number(_ account: Int64) -> Int32 {
      guard account >= 0 else { return TransferColumns.outside }
      let known = dense[Int(account)]
      if known >= 0 { return known }
      let new = Int32(numbers.count)
      dense[Int(account)] = new
      numbers.append(account)
      return new
    }
    var transfers = TransferColumns()
    transfers.reserve(columns.count)
    var credits: [Int: Int64] = [:]
    for row in 0..<columns.count {
      if columns.creditEntry[row] >= 0 { credits[row] = columns.creditEntry[row] }
      transfers.append(
        source: number(columns.source[row]), destination: number(columns.destination[row]),
        time: columns.time[row], amountMinor: columns.amountMinor[row],
        currency: columns.currency[row], channel: columns.channel[row], entry: columns.entry[row])
    }
    self.init(
      columns: transfers,
      names: Names(
        accountCount: numbers.count, accountNumbers: numbers, currencies: columns.currencies),
      creditEntries: credits)
  }
}
