public import CaseModel

/// The money trail: who paid whom, when and how much, as columns that can be walked both ways.
///
/// Edges are numbered so that what left one account lies together, in time order; the edges into an
/// account are a second list of edge numbers, in time order too. So "what left this account after this
/// moment" is a binary search and a run of neighbouring cells, and nothing is an object.
///
/// Size: 39 bytes a transfer (source 4, destination 4, time 8, amount 8, currency 2, channel 1, entry 8,
/// place in the incoming list 4), 12 more for one that joins two statement lines, and 8 bytes an account
/// (16 when the store's number is kept with it). The columns are built, or lie in a mapped snapshot.
///
/// A trail is never changed once built.
public struct Trail: Sendable {
  /// Accounts and named parties; their numbers are 0 to `accountCount` − 1.
  public let accountCount: Int
  /// Movements of money; their numbers are 0 to `edgeCount` − 1.
  public var edgeCount: Int { source.count }

  // One cell an edge, sorted by source account, then time, then the loader's order.
  public let source: Column<Int32>
  public let destination: Column<Int32>
  public let time: Column<Int64>
  public let amountMinor: Column<Int64>
  public let currency: Column<UInt16>
  let channelBits: Column<UInt8>
  public let entry: Column<Int64>
  /// First edge of each account's outgoing slice; one more cell for the end, one for `outside`.
  let outgoingStart: Column<Int32>
  /// Edge numbers sorted by destination account, then time, then the loader's order.
  let incomingEdges: Column<Int32>
  let incomingStart: Column<Int32>
  /// Edges that are paired transfers, rising, and the entry of each one's receiving leg.
  let pairedEdges: Column<Int32>
  let pairedCredits: Column<Int64>

  /// What the numbers in the columns stand for.
  public let names: Names

  init(_ columns: Columns, names: Names) {
    accountCount = names.accountCount
    source = columns.source
    destination = columns.destination
    time = columns.time
    amountMinor = columns.amountMinor
    currency = columns.currency
    channelBits = columns.channelBits
    entry = columns.entry
    outgoingStart = columns.outgoingStart
    incomingEdges = columns.incomingEdges
    incomingStart = columns.incomingStart
    pairedEdges = columns.pairedEdges
    pairedCredits = columns.pairedCredits
    self.names = names
    checkInvariants()
  }

  /// The columns by themselves, as a builder or a snapshot hands them over.
  struct Columns {
    var source: Column<Int32>
    var destination: Column<Int32>
    var time: Column<Int64>
    var amountMinor: Column<Int64>
    var currency: Column<UInt16>
    var channelBits: Column<UInt8>
    var entry: Column<Int64>
    var outgoingStart: Column<Int32>
    var incomingEdges: Column<Int32>
    var incomingStart: Column<Int32>
    var pairedEdges: Column<Int32>
    var pairedCredits: Column<Int64>
  }
}

extension Trail {
  /// The edges that left an account, in time order.
  public func outgoing(of account: Int32) -> Range<Int> {
    Int(outgoingStart[Int(account)])..<Int(outgoingStart[Int(account) + 1])
  }

  /// The numbers of the edges into an account, in time order.
  public func incoming(of account: Int32) -> Slice<Column<Int32>> {
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
  ) -> Slice<Column<Int32>> {
    let slice = incoming(of: account)
    let low = Self.firstIndex(in: slice.startIndex..<slice.endIndex) {
      time[Int(incomingEdges[$0])] >= first
    }
    let high = Self.firstIndex(in: low..<slice.endIndex) { time[Int(incomingEdges[$0])] > last }
    return incomingEdges[low..<high]
  }

  /// The times of the first transfer and of the last; nil when there is none.
  /// - Complexity: O(*m*).
  var timeSpan: ClosedRange<Int64>? {
    time.withUnsafeBufferPointer { time in
      guard var first = time.first else { return nil }
      var last = first
      for moment in time {
        first = min(first, moment)
        last = max(last, moment)
      }
      return first...last
    }
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
    Int(channelBits[edge] & TransferColumns.channelMask)
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
    guard let second = creditEntry(edge) else { return [first] }
    return [first, EntryID(second)]
  }

  /// The entry of the receiving leg of a paired transfer.
  /// - Complexity: O(log *p*) in the pairs.
  func creditEntry(_ edge: Int) -> Int64? {
    let place = Self.firstIndex(in: 0..<pairedEdges.count) { pairedEdges[$0] >= Int32(edge) }
    guard place < pairedEdges.count, pairedEdges[place] == Int32(edge) else { return nil }
    return pairedCredits[place]
  }

  /// True for a line of the receiving account's statement that has no pair.
  public func isShownByReceiver(_ edge: Int) -> Bool {
    channelBits[edge] & TransferColumns.shownByReceiverBit != 0
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
