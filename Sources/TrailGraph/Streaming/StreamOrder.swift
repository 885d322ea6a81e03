/// One transfer of a stream, as it waits for its turn.
public struct StreamTransfer: Hashable, Sendable {
  /// Unix seconds.
  public let time: Int64
  /// Minor units of the currency, not negative.
  public let amountMinor: Int64
  /// The caller's number of the transfer.
  public let entry: Int64
  /// Dense account numbers, or `TransferColumns.outside`.
  public let source: Int32
  public let destination: Int32
  public let currency: UInt16
  /// A cell of the column `channel` of `TransferColumns`.
  public let channel: UInt8

  /// - Parameters:
  ///   - source, destination: dense account numbers, or `TransferColumns.outside`.
  ///   - time: Unix seconds.
  ///   - amountMinor: not negative, minor units of the currency.
  ///   - entry: the caller's number.
  public init(
    source: Int32, destination: Int32, time: Int64, amountMinor: Int64, currency: UInt16,
    channel: UInt8 = 0, entry: Int64 = 0
  ) {
    precondition(source >= TransferColumns.outside && destination >= TransferColumns.outside)
    precondition(amountMinor >= 0, "an amount on the trail has no sign")
    self.init(
      time: time, amountMinor: amountMinor, entry: entry, source: source, destination: destination,
      currency: currency, channel: channel)
  }

  init(
    time: Int64, amountMinor: Int64, entry: Int64, source: Int32, destination: Int32,
    currency: UInt16, channel: UInt8
  ) {
    self.time = time
    self.amountMinor = amountMinor
    self.entry = entry
    self.source = source
    self.destination = destination
    self.currency = currency
    self.channel = channel
  }

  /// The number of the channel word in `Trail.Names.channels`.
  public var channelNumber: Int { Int(channel & TransferColumns.channelMask) }
}

/// Puts the transfers of a stream in order of time, and lets those go that nothing can precede any more.
///
/// A transfer may come up to `slack` seconds after a later one; what comes later still is refused, with its
/// whole batch. Transfers of one moment go together, in the order they came, once no more of that moment
/// can come: a later moment than that and the slack was seen, or the stream was finished.
///
/// Holds the transfers of the last `slack` seconds, and of the last moment.
public struct StreamOrder: Sendable {
  /// Seconds.
  public let slack: Int64
  /// Account numbers are below this.
  public let accountLimit: Int
  /// What waits, in order of time; the first `ready` may go.
  public private(set) var waiting: [StreamTransfer] = []
  public private(set) var ready = 0
  /// The latest time seen; nil before the first transfer.
  public private(set) var latest: Int64?
  /// The earliest time that is still taken; nil before the first transfer.
  public private(set) var earliest: Int64?

  public init(slack: Int64 = 0, accountLimit: Int = Int(Int32.max)) {
    precondition(slack >= 0 && accountLimit > 0 && accountLimit <= Int(Int32.max))
    self.slack = slack
    self.accountLimit = accountLimit
  }

  /// Takes a batch, all or nothing.
  /// - Complexity: O(*n*) in the batch and what waits when it is in order, else O(*n* log *n*).
  public mutating func take(_ batch: TransferColumns) throws(StreamRefusal) {
    var earliest = earliest
    var latest = latest
    var isSorted = true
    var before = waiting.last?.time ?? .min
    for row in 0..<batch.count {
      let time = batch.time[row]
      if let earliest, time < earliest {
        throw StreamRefusal(
          .tooLate(time: time, earliest: earliest, slack: slack), row: row, entry: batch.entry[row])
      }
      let account = max(batch.source[row], batch.destination[row])
      if Int(account) >= accountLimit {
        throw StreamRefusal(
          .unknownAccount(account, limit: accountLimit), row: row, entry: batch.entry[row])
      }
      if time < before { isSorted = false }
      before = time
      if time > latest ?? .min || latest == nil {
        latest = time
        let (difference, overflow) = time.subtractingReportingOverflow(slack)
        earliest = max(earliest ?? .min, overflow ? .min : difference)
      }
    }
    self.earliest = earliest
    self.latest = latest
    append(batch, isSorted: isSorted)
    if let earliest {
      ready = Trail.firstIndex(in: 0..<waiting.count) { waiting[$0].time >= earliest }
    }
  }

  private mutating func append(_ batch: TransferColumns, isSorted: Bool) {
    for row in 0..<batch.count {
      waiting.append(
        StreamTransfer(
          time: batch.time[row], amountMinor: batch.amountMinor[row], entry: batch.entry[row],
          source: batch.source[row], destination: batch.destination[row],
          currency: batch.currency[row], channel: batch.channel[row]))
    }
    guard !isSorted else { return }
    waiting = waiting.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }

  /// Lets everything go that waits. What comes afterwards must be later than all of it.
  public mutating func close() {
    ready = waiting.count
    guard let latest else { return }
    earliest = latest == .max ? .max : latest + 1
  }

  /// Forgets the ready ones, which the caller has dealt with.
  public mutating func dropReady() {
    waiting.removeFirst(ready)
    ready = 0
    // A burst that is over does not keep its room.
    if waiting.capacity > 4_096, waiting.count * 8 < waiting.capacity {
      waiting = waiting.map { $0 }
    }
  }

  /// Bytes held, by declared width.
  public var stateBytes: Int { waiting.capacity * MemoryLayout<StreamTransfer>.stride }
}
