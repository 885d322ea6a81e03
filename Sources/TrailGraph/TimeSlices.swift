/// Row numbers by account, then time, then row: the slices of one direction. One use.
struct TimeSlices: Sendable {
  /// First place of each account's slice; one more cell for the end, one for `outside`.
  let starts: [Int32]
  /// Every row once.
  private(set) var rows: [Int32]

  /// - Parameters:
  ///   - accounts: the account of each row, or `outside`.
  ///   - isSorted: whether `time` never falls; then nothing is left to sort.
  ///   - largest: slices up to this size are sorted by keys copied out of them, 2 × 16 bytes each; larger
  ///     ones by digits, with 8 bytes a row.
  init(of column: [Int32], accounts: Int, time: [Int64], isSorted: Bool, largest: Int = 1 << 18) {
    var starts = [Int32](repeating: 0, count: accounts + 2)
    for account in column {
      precondition(account < accounts, "an account without a name")
      starts[Self.bucket(account, accounts) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    rows = [Int32](room: column.count) { places, filled in
      // In bounds: `next` counts what was counted above.
      for row in 0..<column.count {
        let bucket = Self.bucket(column[row], accounts)
        places[Int(next[bucket])] = Int32(truncatingIfNeeded: row)
        next[bucket] += 1
      }
      filled = column.count
    }
    self.starts = starts
    if !isSorted { sort(by: time, largest) }
  }

  /// Accounts first, `outside` after the last of them.
  @inline(__always)
  static func bucket(_ account: Int32, _ accounts: Int) -> Int {
    account < 0 ? accounts : Int(account)
  }

  static func isSorted(_ time: [Int64]) -> Bool {
    time.withUnsafeBufferPointer { time in
      var previous = Int64.min
      for moment in time {
        if moment < previous { return false }
        previous = moment
      }
      return true
    }
  }

  private struct Key {
    let time: Int64
    let row: Int32
  }

  private mutating func sort(by time: [Int64], _ largest: Int) {
    var keys: [Key] = []
    var spare: [Key] = []
    for bucket in 0..<(starts.count - 1) {
      let slice = Int(starts[bucket])..<Int(starts[bucket + 1])
      guard slice.count > 1 else { continue }
      if slice.count > largest {
        sortLarge(slice, by: time)
        continue
      }
      keys.removeAll(keepingCapacity: true)
      var isSorted = true
      for place in slice {
        let row = rows[place]
        let moment = time[Int(row)]
        if let last = keys.last, moment < last.time { isSorted = false }
        keys.append(Key(time: moment, row: row))
      }
      if isSorted { continue }
      Self.mergeSort(&keys, &spare)
      for (place, key) in zip(slice, keys) { rows[place] = key.row }
    }
  }

  /// Merges the runs that are already there, stably. Statements come in the order of days, so there are few.
  private static func mergeSort(_ keys: inout [Key], _ spare: inout [Key]) {
    let count = keys.count
    var runs = [0]
    for place in 1..<count where keys[place].time < keys[place - 1].time { runs.append(place) }
    runs.append(count)
    if spare.count < count { spare = keys }
    while runs.count > 2 {
      var next = [0]
      keys.withUnsafeBufferPointer { from in
        spare.withUnsafeMutableBufferPointer { into in
          var run = 0
          while run < runs.count - 1 {
            let (low, middle) = (runs[run], runs[run + 1])
            let high = run + 2 < runs.count ? runs[run + 2] : middle
            merge(from, low..<middle, middle..<high, into)
            next.append(high)
            run += 2
          }
        }
      }
      swap(&keys, &spare)
      runs = next
    }
    if keys.count > count { keys.removeLast(keys.count - count) }
  }

  /// Two neighbouring runs into the same places of another buffer; equal times keep their order.
  private static func merge(
    _ from: UnsafeBufferPointer<Key>, _ first: Range<Int>, _ second: Range<Int>,
    _ into: UnsafeMutableBufferPointer<Key>
  ) {
    var (a, b) = (first.lowerBound, second.lowerBound)
    for place in first.lowerBound..<second.upperBound {
      if b == second.upperBound || (a < first.upperBound && from[a].time <= from[b].time) {
        into[place] = from[a]
        a += 1
      } else {
        into[place] = from[b]
        b += 1
      }
    }
  }

  /// Sorts a slice by time, stably, eleven bits a pass.
  private mutating func sortLarge(_ slice: Range<Int>, by time: [Int64]) {
    var from = Array(rows[slice])
    var (least, most) = (Int64.max, Int64.min)
    var isSorted = true
    for row in from {
      let moment = time[Int(row)]
      if moment < most { isSorted = false }
      least = Swift.min(least, moment)
      most = Swift.max(most, moment)
    }
    if isSorted { return }
    let span = UInt64(bitPattern: most &- least)
    var into = from
    var shift: UInt64 = 0
    while shift < 64, span >> shift > 0 {
      var next = [Int](repeating: 0, count: 2049)
      func digit(_ row: Int32) -> Int {
        Int((UInt64(bitPattern: time[Int(row)] &- least) >> shift) & 2047)
      }
      for row in from { next[digit(row) + 1] += 1 }
      for index in 1..<next.count { next[index] += next[index - 1] }
      for row in from {
        let place = digit(row)
        into[next[place]] = row
        next[place] += 1
      }
      swap(&from, &into)
      shift += 11
    }
    rows.replaceSubrange(slice, with: from)
  }
}
