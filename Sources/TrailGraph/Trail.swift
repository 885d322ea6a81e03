public import CaseModel

/// The money trail: who paid whom, when and how much, as columns that can be walked both ways.
///
/// Edges are numbered so that what left one account lies together, in time order; the edges into an
/// account are a second list of edge numbers, in time order too. So "what left this account after this
/// moment" is a binary search and a run of neighbouring cells, and nothing is an object.
///
/// Size: 39 bytes a transfer (source 4, destination 4, time 8, amount 8, currency 2, channel 1, entry 8,
/// place in the incoming list 4) and 8 bytes an account. Building holds at most one more copy.
///
/// A trail is never changed once built.
public struct Trail: Sendable {
  /// Accounts and named parties; their numbers are 0 to `accountCount` − 1.
  public let accountCount: Int
  /// Movements of money; their numbers are 0 to `edgeCount` − 1.
  public var edgeCount: Int { source.count }

  // One cell an edge, sorted by source account, then time, then the loader's order.
  public let source: [Int32]
  public let destination: [Int32]
  public let time: [Int64]
  public let amountMinor: [Int64]
  public let currency: [UInt16]
  let channelBits: [UInt8]
  public let entry: [Int64]
  /// First edge of each account's outgoing slice; one more cell for the end, one for `outside`.
  let outgoingStart: [Int32]
  /// Edge numbers sorted by destination account, then time, then the loader's order.
  let incomingEdges: [Int32]
  let incomingStart: [Int32]

  /// What the numbers in the columns stand for.
  public let names: Names
  /// The second leg's entry of a paired transfer, by edge; empty for trails loaded from transfers.
  let creditEntry: [Int32: Int64]

  /// Builds a trail by two stable counting sorts.
  ///
  /// - Parameters:
  ///   - columns: rows in any order of time.
  ///   - names: what account, currency and channel numbers mean.
  ///   - creditEntries: for paired transfers, the entry of the receiving leg by row.
  /// - Complexity: O(*n*) when the rows come in time order, O(*n* log *n*) otherwise.
  public init(
    columns: TransferColumns, names: Names, creditEntries: [Int: Int64] = [:]
  ) {
    precondition(columns.count < Int(Int32.max), "a trail numbers its edges with 31 bits")
    let count = columns.count
    let accounts = names.accountCount
    let order = Self.timeOrder(of: columns.time)

    var starts = [Int32](repeating: 0, count: accounts + 2)
    for account in columns.source {
      precondition(account < accounts, "an account without a name")
      starts[Self.bucket(account, accounts) + 1] += 1
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    // Row of each edge, and edge of each row.
    var rowOfEdge = [Int32](repeating: 0, count: count)
    var edgeOfRow = [Int32](repeating: 0, count: count)
    for place in 0..<count {
      let row = order.map { Int($0[place]) } ?? place
      let bucket = Self.bucket(columns.source[row], accounts)
      let edge = next[bucket]
      next[bucket] += 1
      rowOfEdge[Int(edge)] = Int32(row)
      edgeOfRow[row] = edge
    }

    var incoming = [Int32](repeating: 0, count: accounts + 2)
    for account in columns.destination {
      precondition(account < accounts, "an account without a name")
      incoming[Self.bucket(account, accounts) + 1] += 1
    }
    for index in 1..<incoming.count { incoming[index] += incoming[index - 1] }
    next = incoming
    var incomingEdges = [Int32](repeating: 0, count: count)
    for place in 0..<count {
      let row = order.map { Int($0[place]) } ?? place
      let bucket = Self.bucket(columns.destination[row], accounts)
      incomingEdges[Int(next[bucket])] = edgeOfRow[row]
      next[bucket] += 1
    }

    accountCount = accounts
    source = Self.gather(columns.source, by: rowOfEdge)
    destination = Self.gather(columns.destination, by: rowOfEdge)
    time = Self.gather(columns.time, by: rowOfEdge)
    amountMinor = Self.gather(columns.amountMinor, by: rowOfEdge)
    currency = Self.gather(columns.currency, by: rowOfEdge)
    channelBits = Self.gather(columns.channel, by: rowOfEdge)
    entry = Self.gather(columns.entry, by: rowOfEdge)
    outgoingStart = starts
    self.incomingEdges = incomingEdges
    incomingStart = incoming
    self.names = names
    var credits: [Int32: Int64] = [:]
    for (row, entry) in creditEntries { credits[edgeOfRow[row]] = entry }
    creditEntry = credits
    checkInvariants()
  }

  /// Accounts first, `outside` after the last of them.
  private static func bucket(_ account: Int32, _ accounts: Int) -> Int {
    account < 0 ? accounts : Int(account)
  }

  /// Rows in time order, rows of equal time in their own order; nil when they already are.
  private static func timeOrder(of time: [Int64]) -> [Int32]? {
    var previous = Int64.min
    var isSorted = true
    for moment in time {
      if moment < previous {
        isSorted = false
        break
      }
      previous = moment
    }
    if isSorted { return nil }
    return (0..<Int32(time.count)).sorted { a, b in
      let (ta, tb) = (time[Int(a)], time[Int(b)])
      return ta != tb ? ta < tb : a < b
    }
  }

  private static func gather<T>(_ column: [T], by rows: [Int32]) -> [T] {
    [T](unsafeUninitializedCapacity: rows.count) { buffer, filled in
      for (edge, row) in rows.enumerated() {
        (buffer.baseAddress.map { $0 + edge })?.initialize(to: column[Int(row)])
      }
      filled = rows.count
    }
  }
}

extension Trail {
  /// The edges that left an account, in time order.
  public func outgoing(of account: Int32) -> Range<Int> {
    Int(outgoingStart[Int(account)])..<Int(outgoingStart[Int(account) + 1])
  }

  /// The numbers of the edges into an account, in time order.
  public func incoming(of account: Int32) -> ArraySlice<Int32> {
    incomingEdges[Int(incomingStart[Int(account)])..<Int(incomingStart[Int(account) + 1])]
  }

  /// The edges that left an account in a span of time, both ends included.
  /// - Complexity: O(log *d*) in the account's edges.
  public func outgoing(of account: Int32, from first: Int64, through last: Int64) -> Range<Int> {
    let slice = outgoing(of: account)
    let low = Self.firstIndex(in: slice) { time[$0] >= first }
    let high = Self.firstIndex(in: low..<slice.upperBound) { time[$0] > last }
    return low..<high
  }

  /// The numbers of the edges into an account in a span of time, both ends included.
  /// - Complexity: O(log *d*) in the account's edges.
  public func incoming(
    of account: Int32, from first: Int64, through last: Int64
  ) -> ArraySlice<Int32> {
    let slice = incoming(of: account)
    let low = Self.firstIndex(in: slice.startIndex..<slice.endIndex) {
      time[Int(incomingEdges[$0])] >= first
    }
    let high = Self.firstIndex(in: low..<slice.endIndex) { time[Int(incomingEdges[$0])] > last }
    return incomingEdges[low..<high]
  }

  /// The first index from which on `holds` is true; it must be false before and true after.
  @inline(__always)
  static func firstIndex(in range: Range<Int>, where holds: (Int) -> Bool) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// False when the record states a day only; times of one day then follow the bank's sequence.
  public func hasTimeOfDay(_ edge: Int) -> Bool {
    channelBits[edge] & TransferColumns.dateOnlyBit == 0
  }

  /// The number of the edge's channel word in `names.channels`.
  public func channelNumber(_ edge: Int) -> Int {
    Int(channelBits[edge] & ~TransferColumns.dateOnlyBit)
  }

  /// The channel, when the record's word is one the program knows; else `unknown`.
  public func channel(_ edge: Int) -> Channel { names.meanings[channelNumber(edge)] }

  public func money(_ edge: Int) -> Money {
    Money(minorUnits: amountMinor[edge], currency: names.currencies[Int(currency[edge])])
  }

  /// The booking day, counted in UTC for records with a time.
  public func day(_ edge: Int) -> CivilDate { Self.day(of: time[edge]) }

  public static func day(of time: Int64) -> CivilDate {
    let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 86_400)
    return CivilDate(dayNumber: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
  }

  /// The entries that show the edge: the debit leg, then the credit leg when the two were paired.
  public func entries(_ edge: Int) -> [EntryID] {
    let first = EntryID(entry[edge])
    guard let second = creditEntry[Int32(edge)] else { return [first] }
    return [first, EntryID(second)]
  }

  /// Whether `later` follows `earlier` within so many hours. Records that state only days are
  /// compared by days, rounded up: 24 hours is the same or the next day.
  public func follows(_ later: Int, _ earlier: Int, withinHours hours: Int) -> Bool {
    guard time[later] > time[earlier] else { return false }
    if hasTimeOfDay(later), hasTimeOfDay(earlier) {
      return time[later] - time[earlier] <= Int64(hours) * 3600
    }
    return day(later) - day(earlier) <= (hours + 23) / 24
  }
}
