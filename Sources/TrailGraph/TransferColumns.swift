/// Transfers as columns of plain integers: what a loader fills and a `Trail` is built from.
///
/// One position in every column is one movement of money. Loaders (binary `COPY`, a transfers file, a
/// case file) append in any order of time; rows of equal time keep the order they were appended in, so
/// a loader's own order must end in a key that comes from the content.
public struct TransferColumns: Sendable {
  /// What stands for the other side when it is outside the records: cash, or nobody named.
  public static let outside: Int32 = -1

  /// Dense account numbers, 0 to `accountCount` − 1, or `outside`.
  public internal(set) var source: [Int32] = []
  public internal(set) var destination: [Int32] = []
  /// Unix seconds, UTC. For a record that states only a day: the day × 86,400 + its place in the day.
  public internal(set) var time: [Int64] = []
  /// Minor units of the row's currency, not negative.
  public internal(set) var amountMinor: [Int64] = []
  /// Position in the trail's list of currencies.
  public internal(set) var currency: [UInt16] = []
  /// Position in the trail's list of channel words; the highest bit says "no time of day", the next
  /// "shown by the statement of the receiving account only".
  public internal(set) var channel: [UInt8] = []
  /// The caller's number of the transfer or entry.
  public internal(set) var entry: [Int64] = []

  static let dateOnlyBit: UInt8 = 0x80
  static let shownByReceiverBit: UInt8 = 0x40
  static let channelMask: UInt8 = 0x3F
  /// Channel words a trail can tell apart.
  public static let channelLimit = 64

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
  ///   - shownByReceiver: true for a line of the receiving account that has no pair.
  public mutating func append(
    source: Int32, destination: Int32, time: Int64, hasTimeOfDay: Bool = true,
    shownByReceiver: Bool = false, amountMinor: Int64, currency: UInt16, channel: UInt8,
    entry: Int64
  ) {
    precondition(source >= Self.outside && destination >= Self.outside, "no such account")
    precondition(amountMinor >= 0, "an amount on the trail has no sign")
    precondition(channel <= Self.channelMask, "a trail tells 64 channels apart")
    self.source.append(source)
    self.destination.append(destination)
    self.time.append(time)
    self.amountMinor.append(amountMinor)
    self.currency.append(currency)
    self.channel.append(
      Self.bits(channel, hasTimeOfDay: hasTimeOfDay, shownByReceiver: shownByReceiver))
    self.entry.append(entry)
  }

  static func bits(_ channel: UInt8, hasTimeOfDay: Bool, shownByReceiver: Bool) -> UInt8 {
    channel | (hasTimeOfDay ? 0 : dateOnlyBit) | (shownByReceiver ? shownByReceiverBit : 0)
  }

  /// Columns that a loader filled by itself, all of one length.
  /// - Parameter channel: as made by `channelCell`.
  /// - Complexity: O(*n*): every cell is checked.
  public init(
    source: [Int32], destination: [Int32], time: [Int64], amountMinor: [Int64],
    currency: [UInt16], channel: [UInt8], entry: [Int64]
  ) {
    let count = source.count
    precondition(
      destination.count == count && time.count == count && amountMinor.count == count
        && currency.count == count && channel.count == count && entry.count == count,
      "columns of different length")
    precondition(
      source.allSatisfy { $0 >= Self.outside } && destination.allSatisfy { $0 >= Self.outside },
      "no such account")
    precondition(amountMinor.allSatisfy { $0 >= 0 }, "an amount on the trail has no sign")
    self.source = source
    self.destination = destination
    self.time = time
    self.amountMinor = amountMinor
    self.currency = currency
    self.channel = channel
    self.entry = entry
  }

  /// A cell of the column `channel`.
  public static func channelCell(
    _ channel: UInt8, hasTimeOfDay: Bool, shownByReceiver: Bool
  ) -> UInt8 {
    precondition(channel <= channelMask, "a trail tells 64 channels apart")
    return bits(channel, hasTimeOfDay: hasTimeOfDay, shownByReceiver: shownByReceiver)
  }

  /// Gives one column away, so that a large trail need not be held twice while it is built.
  mutating func give<T>(_ column: WritableKeyPath<TransferColumns, [T]>) -> [T] {
    var given: [T] = []
    swap(&given, &self[keyPath: column])
    return given
  }
}
