/// Transfers as columns of plain integers: what a loader fills and a `Trail` is built from.
///
/// One position in every column is one movement of money. Loaders (binary `COPY`, a transfers file, a
/// case file) append in any order of time; rows of equal time keep the order they were appended in, so
/// a loader's own order must end in a key that comes from the content.
public struct TransferColumns: Sendable {
  /// What stands for the other side when it is outside the records: cash, or nobody named.
  public static let outside: Int32 = -1

  /// Dense account numbers, 0 to `accountCount` − 1, or `outside`.
  public private(set) var source: [Int32] = []
  public private(set) var destination: [Int32] = []
  /// Unix seconds, UTC. For a record that states only a day: the day × 86,400 + its place in the day.
  public private(set) var time: [Int64] = []
  /// Minor units of the row's currency, not negative.
  public private(set) var amountMinor: [Int64] = []
  /// Position in the trail's list of currencies.
  public private(set) var currency: [UInt16] = []
  /// Position in the trail's list of channel words; the highest bit says "no time of day".
  public private(set) var channel: [UInt8] = []
  /// The caller's number of the transfer or entry.
  public private(set) var entry: [Int64] = []

  static let dateOnlyBit: UInt8 = 0x80
  /// Channel words a trail can tell apart.
  public static let channelLimit = 128

  public init() {}

  public var count: Int { source.count }

  public mutating func reserve(_ capacity: Int) {
    source.reserveCapacity(capacity)
    destination.reserveCapacity(capacity)
    time.reserveCapacity(capacity)
    amountMinor.reserveCapacity(capacity)
    currency.reserveCapacity(capacity)
    channel.reserveCapacity(capacity)
    entry.reserveCapacity(capacity)
  }

  /// Adds one movement of money.
  /// - Parameters:
  ///   - amountMinor: not negative; the direction is in source and destination.
  ///   - hasTimeOfDay: false when the record states a day only.
  public mutating func append(
    source: Int32, destination: Int32, time: Int64, hasTimeOfDay: Bool = true, amountMinor: Int64,
    currency: UInt16, channel: UInt8, entry: Int64
  ) {
    precondition(source >= Self.outside && destination >= Self.outside, "no such account")
    precondition(amountMinor >= 0, "an amount on the trail has no sign")
    precondition(channel < Self.dateOnlyBit, "a trail tells 128 channels apart")
    self.source.append(source)
    self.destination.append(destination)
    self.time.append(time)
    self.amountMinor.append(amountMinor)
    self.currency.append(currency)
    self.channel.append(hasTimeOfDay ? channel : channel | Self.dateOnlyBit)
    self.entry.append(entry)
  }
}
