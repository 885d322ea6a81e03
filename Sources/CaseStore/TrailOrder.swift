/// Puts the trail's rows in order: by time, then by the place among the account's entries, then by the
/// account's key. Counting sorts over plain integers; the server sorts nothing.
struct TrailOrder {
  /// A booked entry, in one piece so that reading it out of order is one reach into memory.
  struct Row {
    let id: Int64
    let account: Int64
    /// −1 when the record names none.
    let other: Int64
    let amount: Int64
    let statement: Int64
    let day: Int32
    /// −1 when the record states none.
    let timeOfDay: Int32
    let position: Int32
    let channel: UInt8
  }

  /// Dense number of each account of the store, in the order of content.
  let rank: [Int64: Int32]

  /// Rows by account, then day, then the statement's own order; with the first row of each account.
  func byAccount(_ rows: [Row]) -> (order: [Int32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: rank.count + 1)
    var ranks = [Int32](repeating: 0, count: rows.count)
    var last: (account: Int64, rank: Int32) = (-1, 0)
    for row in 0..<rows.count {
      if rows[row].account != last.account {
        last = (rows[row].account, rank[rows[row].account] ?? 0)
      }
      ranks[row] = last.rank
      starts[Int(last.rank) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var order = [Int32](repeating: 0, count: rows.count)
    for row in 0..<rows.count {
      order[next[Int(ranks[row])]] = Int32(row)
      next[Int(ranks[row])] += 1
    }
    func precedes(_ a: Int32, _ b: Int32) -> Bool {
      let (a, b) = (Int(a), Int(b))
      if rows[a].day != rows[b].day { return rows[a].day < rows[b].day }
      return rows[a].position != rows[b].position
        ? rows[a].position < rows[b].position : rows[a].id < rows[b].id
    }
    for account in 0..<rank.count {
      let slice = starts[account]..<starts[account + 1]
      guard slice.count > 1 else { continue }
      let isSorted = slice.dropFirst().allSatisfy { !precedes(order[$0], order[$0 - 1]) }
      if !isSorted { order[slice].sort(by: precedes) }
    }
    return (order, starts)
  }

  /// Accounts that have a day which two statements show; their order is the store's to say.
  func contested(_ rows: [Row], _ order: [Int32], _ starts: [Int]) -> Set<Int64> {
    var found: Set<Int64> = []
    for account in 0..<rank.count {
      var previous: Int?
      for place in starts[account]..<starts[account + 1] {
        let row = Int(order[place])
        if let previous, rows[previous].day == rows[row].day,
          rows[previous].statement != rows[row].statement
        {
          found.insert(rows[row].account)
          break
        }
        previous = row
      }
    }
    return found
  }

  /// Sorts positions by a key, stably: eleven bits a pass.
  static func sorted(_ order: [Int32], byKey keys: [Int64]) -> [Int32] {
    guard let least = keys.min(), let most = keys.max(), most > least else { return order }
    let span = UInt64(bitPattern: most &- least)
    var from = order
    var into = order
    var shift: UInt64 = 0
    while shift < 64, span >> shift > 0 {
      var starts = [Int](repeating: 0, count: 2049)
      func digit(_ row: Int32) -> Int {
        Int((UInt64(bitPattern: keys[Int(row)] &- least) >> shift) & 2047)
      }
      for row in from { starts[digit(row) + 1] += 1 }
      for index in 1..<starts.count { starts[index] += starts[index - 1] }
      for row in from {
        let place = digit(row)
        into[starts[place]] = row
        starts[place] += 1
      }
      swap(&from, &into)
      shift += 11
    }
    return from
  }
}
