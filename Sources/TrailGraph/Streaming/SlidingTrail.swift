/// The transfers of the last so many seconds, in a ring, each linked to those before it.
///
/// Transfers are numbered as they come, with 32 bits that wrap around; a number's cell is its place in the
/// ring. A cell names the transfer before it into the same account, out of the same account and between the
/// same two; and what its sender last received and its receiver last paid *strictly before* its moment. So a
/// walk backwards in time from any transfer looks at nothing that it does not need. A link to what was
/// dropped is not held any more and ends the walk.
///
/// Size: 56 bytes a transfer held and up to 24 for its pair (a ring keeps room for up to eight times what it
/// holds until it halves), 16 an account number. Nothing is allocated for a transfer.
public struct SlidingTrail: Sendable {
  struct Cell {
    var time: Int64 = 0
    var amountMinor: Int64 = 0
    var entry: Int64 = 0
    var source: Int32 = -1
    var destination: Int32 = -1
    /// The transfer before this one into its receiver.
    var previousIn: UInt32 = 0
    /// The transfer before this one out of its sender.
    var previousOut: UInt32 = 0
    /// The transfer before this one between the same two.
    var previousPair: UInt32 = 0
    /// The last transfer into the sender before this moment.
    var receipt: UInt32 = 0
    /// The last transfer out of the receiver before this moment.
    var payment: UInt32 = 0
    var currency: UInt16 = 0
    /// As in `TransferColumns`.
    var channel: UInt8 = 0
    /// Whether a later transfer between the same two has come.
    var isSuperseded = false
  }

  /// An account's newest transfers; their numbers mean nothing where the count is 0.
  struct Head {
    var lastIn: UInt32 = 0
    var lastOut: UInt32 = 0
    var inCount: UInt32 = 0
    var outCount: UInt32 = 0
  }

  /// Seconds: transfers older than the newest by more than this are dropped.
  public let window: Int64
  private(set) var cells: [Cell]
  private(set) var heads: [Head] = []
  private(set) var pairs = PairTable()
  private(set) var mask: UInt32
  /// The oldest transfer held, and the number the next one gets.
  public private(set) var first: UInt32 = 0
  public private(set) var next: UInt32 = 0

  /// What was read in advance, so that it is read at all; it means nothing.
  var warmth: UInt32 = 0

  private static let leastCapacity = 1_024
  /// Links tell old from new by half the numbers; a quarter leaves room for links to what was dropped.
  static let capacityLimit = 1 << 30

  public init(window: Int64) { self.init(window: window, startingAt: 0) }

  /// - Parameter number: of the first transfer, so that a test need not feed four thousand million.
  init(window: Int64, startingAt number: UInt32) {
    precondition(window >= 0)
    (first, next) = (number, number)
    self.window = window
    cells = Array(repeating: Cell(), count: Self.leastCapacity)
    mask = UInt32(Self.leastCapacity - 1)
  }

  /// Transfers held.
  public var count: Int { Int(next &- first) }
  /// Cells of the ring.
  public var capacity: Int { cells.count }
  /// Account numbers that have a cell: one more than the highest seen.
  public var accountCount: Int { heads.count }
  /// Bytes held, by declared width.
  public var stateBytes: Int {
    cells.capacity * MemoryLayout<Cell>.stride + heads.capacity * MemoryLayout<Head>.stride
      + pairs.stateBytes
  }

  /// Whether a number's transfer has come and was not dropped.
  @inline(__always)
  public func holds(_ link: UInt32) -> Bool { link &- first < next &- first }

  @inline(__always)
  subscript(link: UInt32) -> Cell {
    // In the ring whatever the link: its size is a power of two. Callers ask `holds` first.
    assert(holds(link))
    return cells[Int(link & mask)]
  }

  @inline(__always)
  func lastIn(_ account: Int32) -> UInt32 {
    let head = heads[Int(account)]
    return head.inCount > 0 ? head.lastIn : first &- 1
  }

  @inline(__always)
  func lastOut(_ account: Int32) -> UInt32 {
    let head = heads[Int(account)]
    return head.outCount > 0 ? head.lastOut : first &- 1
  }

  /// The latest transfer between two accounts.
  @inline(__always)
  func last(from source: Int32, to destination: Int32) -> UInt32? {
    pairs.value(of: PairTable.key(source, destination))
  }

  // MARK: Adding and dropping

  /// Adds the transfers of one moment, which must be later than every one held.
  /// - Complexity: O(1) a transfer, amortized.
  public mutating func append(moment: ArraySlice<StreamTransfer>) {
    append(moment, moment.indices)
  }

  /// Adds transfers in order of time, the first of them later than every one held.
  /// - Complexity: as `append(moment:)`, and quicker where the state is larger than the processor's cache.
  public mutating func append(inOrder transfers: ArraySlice<StreamTransfer>) {
    var start = transfers.startIndex
    var warmed = start
    while start < transfers.endIndex {
      if start >= warmed {
        warmed = min(start + Self.warmedAtOnce, transfers.endIndex)
        warm(transfers, start..<warmed)
      }
      var end = start + 1
      while end < transfers.endIndex, transfers[end].time == transfers[start].time { end += 1 }
      append(transfers, start..<end)
      start = end
    }
  }

  private mutating func append(_ transfers: ArraySlice<StreamTransfer>, _ moment: Range<Int>) {
    while count + moment.count > cells.count { lay(out: cells.count * 2) }
    for place in moment {
      let highest = Int(max(transfers[place].source, transfers[place].destination))
      while heads.count <= highest { heads.append(Head()) }
    }
    let start = next
    for place in moment {
      let transfer = transfers[place]
      let none = next &- (1 << 31)
      cells[Int(next & mask)] = Cell(
        time: transfer.time, amountMinor: transfer.amountMinor, entry: transfer.entry,
        source: transfer.source,
        destination: transfer.destination, previousIn: none, previousOut: none, previousPair: none,
        receipt: transfer.source >= 0 ? link(lastIn(transfer.source), none) : none,
        payment: transfer.destination >= 0 ? link(lastOut(transfer.destination), none) : none,
        currency: transfer.currency, channel: transfer.channel)
      next &+= 1
    }
    var number = start
    while number != next {
      join(number)
      number &+= 1
    }
  }

  /// Sets what an account moved last before a transfer just added.
  mutating func setLinks(of number: UInt32, receipt: UInt32, payment: UInt32) {
    let none = next &- (1 << 31)
    cells[Int(number & mask)].receipt = link(receipt, none)
    cells[Int(number & mask)].payment = link(payment, none)
  }

  @inline(__always)
  private func link(_ found: UInt32, _ none: UInt32) -> UInt32 { holds(found) ? found : none }

  @inline(__always)
  private mutating func join(_ number: UInt32) {
    let place = Int(number & mask)
    let (source, destination) = (cells[place].source, cells[place].destination)
    if destination >= 0 {
      let account = Int(destination)
      if heads[account].inCount > 0 { cells[place].previousIn = heads[account].lastIn }
      heads[account].lastIn = number
      heads[account].inCount += 1
    }
    guard source >= 0 else { return }
    let account = Int(source)
    if heads[account].outCount > 0 { cells[place].previousOut = heads[account].lastOut }
    heads[account].lastOut = number
    heads[account].outCount += 1
    guard destination >= 0,
      let before = pairs.replace(PairTable.key(source, destination), with: number)
    else { return }
    cells[place].previousPair = before
    cells[Int(before & mask)].isSuperseded = true
  }

  /// Drops what is older than the window before a moment.
  /// - Complexity: O(1) a transfer dropped, amortized.
  public mutating func drop(before now: Int64) {
    let (oldest, overflow) = now.subtractingReportingOverflow(window)
    guard !overflow else { return }
    while first != next {
      let cell = cells[Int(first & mask)]
      guard cell.time < oldest else { break }
      if cell.destination >= 0 { heads[Int(cell.destination)].inCount -= 1 }
      if cell.source >= 0 {
        heads[Int(cell.source)].outCount -= 1
        if cell.destination >= 0, !cell.isSuperseded {
          pairs.remove(PairTable.key(cell.source, cell.destination))
        }
      }
      first &+= 1
    }
    if cells.count > Self.leastCapacity, count * 8 < cells.count { lay(out: cells.count / 2) }
    pairs.shrink()
  }

  /// Lays the cells out in a ring of another size.
  private mutating func lay(out size: Int) {
    precondition(size <= Self.capacityLimit, "a stream's window holds at most 2^30 transfers")
    var ring = Array(repeating: Cell(), count: size)
    let wider = UInt32(size - 1)
    var number = first
    while number != next {
      ring[Int(number & wider)] = cells[Int(number & mask)]
      number &+= 1
    }
    cells = ring
    mask = wider
  }
}
