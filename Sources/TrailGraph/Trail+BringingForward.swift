// A trail and what was recorded since, put together without sorting what was there.

extension Trail {
  /// What a trail does not know yet.
  public struct Additions: Sendable {
    /// New movements, in showing order, by the account numbers of `names`.
    public var columns: TransferColumns
    /// What the numbers stand for afterwards: every account, old and new.
    public var names: Names
    /// The number each account of the trail has afterwards, rising.
    public var renumbered: [Int32]
    /// New rows that are paired transfers, rising, and the entry of each one's receiving leg.
    public var creditRows: [Int32] = []
    public var creditEntries: [Int64] = []
    /// Edges of the trail that turned out to be the paying leg of a pair.
    public var joined: [Joined] = []
    /// Entries of edges that are gone: each is now the receiving leg of a pair.
    public var absorbed: [Int64] = []

    public init(columns: TransferColumns, names: Names, renumbered: [Int32]) {
      self.columns = columns
      self.names = names
      self.renumbered = renumbered
    }
  }

  /// An edge that was a line of its own and is now a paired transfer.
  public struct Joined: Hashable, Sendable {
    public let debitEntry: Int64
    public let creditEntry: Int64
    /// The account of the receiving leg, by the new numbers.
    public let destination: Int32
    public init(debitEntry: Int64, creditEntry: Int64, destination: Int32) {
      self.debitEntry = debitEntry
      self.creditEntry = creditEntry
      self.destination = destination
    }
  }

  /// Why a trail cannot be brought forward and has to be built anew.
  public enum NeedsRebuild: Error, Hashable, Sendable {
    /// An entry that a pair names is on no edge of the trail, or on one that is a pair already.
    case entryIsNoSingleLine(Int64)
    /// The numbers of old accounts do not rise, or do not fit the names.
    case accountsAreReordered
    /// Currencies or channel words of the trail stand elsewhere in the new lists.
    case listsAreReordered
  }

  /// The trail with what was recorded since: equal, column for column, to building it anew from all rows.
  ///
  /// That holds for rows in *showing order*: of equal times, first those shown by the account with the
  /// smaller number, then by place in that account's statements, old ones before new ones.
  ///
  /// - Throws: `NeedsRebuild` when the change cannot be merged; this trail stays as it was either way.
  /// - Complexity: O(*n* + *k* log *k*) for *k* additions; the rows that were there are only copied.
  public func bringingForward(with additions: Additions) throws(NeedsRebuild) -> Trail {
    try ForwardMerge(self, additions).merged()
  }
}

/// One merging. Movements are known by a number that counts the old edges first, then the new rows.
private struct ForwardMerge {
  let trail: Trail
  let additions: Trail.Additions
  let oldCount: Int
  /// The new number of each old account, and the old number of each new one, −1 for none.
  let newNumber: [Int32]
  let oldNumber: [Int32]
  /// Old edges that are gone, and those that have another destination now.
  var isGone: Set<Int32> = []
  var joined: [Int32: Trail.Joined] = [:]

  init(_ trail: Trail, _ additions: Trail.Additions) throws(Trail.NeedsRebuild) {
    self.trail = trail
    self.additions = additions
    oldCount = trail.edgeCount
    newNumber = additions.renumbered
    let names = additions.names
    guard newNumber.count == trail.accountCount,
      zip(newNumber, newNumber.dropFirst()).allSatisfy({ $0 < $1 }),
      newNumber.first ?? 0 >= 0, Int(newNumber.last ?? -1) < names.accountCount
    else { throw .accountsAreReordered }
    guard names.currencies.starts(with: trail.names.currencies),
      names.channels.starts(with: trail.names.channels)
    else { throw .listsAreReordered }
    precondition(
      trail.edgeCount + additions.columns.count < Int(Int32.max),
      "a trail numbers its edges with 31 bits")
    var oldNumber = [Int32](repeating: -1, count: names.accountCount)
    for (old, new) in newNumber.enumerated() { oldNumber[Int(new)] = Int32(old) }
    self.oldNumber = oldNumber
    try findChanges()
  }

  /// Finds the edges of the entries that pairs name.
  private mutating func findChanges() throws(Trail.NeedsRebuild) {
    guard !additions.joined.isEmpty || !additions.absorbed.isEmpty else { return }
    var wanted: [Int64: Trail.Joined?] = [:]
    for entry in additions.absorbed { wanted[entry] = .some(nil) }
    for pair in additions.joined { wanted[pair.debitEntry] = pair }
    for edge in 0..<oldCount {
      guard let change = wanted.removeValue(forKey: trail.entry[edge]) else { continue }
      let isPaired = trail.creditEntry(edge) != nil
      guard !isPaired, trail.isShownByReceiver(edge) == (change == nil) else {
        throw .entryIsNoSingleLine(trail.entry[edge])
      }
      if let change { joined[Int32(edge)] = change } else { isGone.insert(Int32(edge)) }
    }
    if let missing = wanted.keys.min() { throw .entryIsNoSingleLine(missing) }
  }

  // MARK: What a number stands for

  private func renumbered(_ account: Int32) -> Int32 {
    account < 0 ? account : newNumber[Int(account)]
  }

  private func time(_ number: Int) -> Int64 {
    number < oldCount ? trail.time[number] : additions.columns.time[number - oldCount]
  }

  private func source(_ number: Int) -> Int32 {
    number < oldCount
      ? renumbered(trail.source[number]) : additions.columns.source[number - oldCount]
  }

  private func destination(_ number: Int) -> Int32 {
    guard number < oldCount else { return additions.columns.destination[number - oldCount] }
    if !joined.isEmpty, let pair = joined[Int32(number)] { return pair.destination }
    return renumbered(trail.destination[number])
  }

  /// The account whose statement shows the movement.
  private func shower(_ number: Int) -> Int32 {
    let bits =
      number < oldCount
      ? trail.channelBits[number] : additions.columns.channel[number - oldCount]
    return bits & TransferColumns.shownByReceiverBit != 0 ? destination(number) : source(number)
  }

  /// Showing order; of one account and moment, old edges by number, then new rows by number.
  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (ta, tb) = (time(a), time(b))
    if ta != tb { return ta < tb }
    let (sa, sb) = (shower(a), shower(b))
    return sa != sb ? sa < sb : a < b
  }

  // MARK: Merging

  func merged() -> Trail {
    let accounts = additions.names.accountCount
    let (numbers, starts) = mergedSlices(
      added: Array(oldCount..<(oldCount + additions.columns.count)), account: source, accounts,
      old: { trail.outgoingSlice($0) }, stays: { !isGone.contains(Int32($0)) })
    var edgeOf = [Int32](repeating: -1, count: oldCount + additions.columns.count)
    for (edge, number) in numbers.enumerated() { edgeOf[Int(number)] = Int32(edge) }
    let moved = joined.keys.map(Int.init)
    let (into, incomingStarts) = mergedSlices(
      added: moved + Array(oldCount..<(oldCount + additions.columns.count)), account: destination,
      accounts, old: { trail.incomingSlice($0).lazy.map(Int.init) },
      stays: { !isGone.contains(Int32($0)) && joined[Int32($0)] == nil })
    let (paired, credits) = pairs(edgeOf)
    let old = trail
    let new = additions.columns
    return Trail(
      Trail.Columns(
        source: Column(count: numbers.count) { fill($0, numbers, source) },
        destination: Column(count: numbers.count) { fill($0, numbers, destination) },
        time: gather(numbers, old.time, new.time),
        amountMinor: gather(numbers, old.amountMinor, new.amountMinor),
        currency: gather(numbers, old.currency, new.currency),
        channelBits: gather(numbers, old.channelBits, new.channel),
        entry: gather(numbers, old.entry, new.entry),
        outgoingStart: Column(starts), incomingEdges: Column(into.map { edgeOf[Int($0)] }),
        incomingStart: Column(incomingStarts), pairedEdges: paired, pairedCredits: credits),
      names: additions.names)
  }

  /// Every account's slice with what is added to it, in showing order.
  /// - Parameters:
  ///   - account: the account a movement belongs to, in this direction.
  ///   - old: the old slice of an old account; `outside` has one too.
  ///   - stays: whether an edge of an old slice is still in it.
  private func mergedSlices(
    added: [Int], account: (Int) -> Int32, _ accounts: Int,
    old: (Int32) -> some RandomAccessCollection<Int>, stays: (Int) -> Bool
  ) -> (numbers: [Int32], starts: [Int32]) {
    func bucket(_ number: Int) -> Int { TimeSlices.bucket(account(number), accounts) }
    let added = added.sorted { a, b in
      let (ba, bb) = (bucket(a), bucket(b))
      return ba != bb ? ba < bb : precedes(a, b)
    }
    let hasChanges = !isGone.isEmpty || !joined.isEmpty
    var numbers: [Int32] = []
    numbers.reserveCapacity(oldCount + added.count)
    var starts: [Int32] = []
    starts.reserveCapacity(accounts + 2)
    var place = 0
    for slot in 0...accounts {
      starts.append(Int32(numbers.count))
      let isOutside = slot == accounts
      let oldAccount = isOutside ? TransferColumns.outside : oldNumber[slot]
      if isOutside || oldAccount >= 0 {
        for edge in old(oldAccount) {
          if hasChanges, !stays(edge) { continue }
          while place < added.count, bucket(added[place]) == slot, precedes(added[place], edge) {
            numbers.append(Int32(added[place]))
            place += 1
          }
          numbers.append(Int32(edge))
        }
      }
      while place < added.count, bucket(added[place]) == slot {
        numbers.append(Int32(added[place]))
        place += 1
      }
    }
    starts.append(Int32(numbers.count))
    return (numbers, starts)
  }

  private func fill(
    _ cells: UnsafeMutableBufferPointer<Int32>, _ numbers: [Int32], _ value: (Int) -> Int32
  ) {
    for (edge, number) in numbers.enumerated() { cells[edge] = value(Int(number)) }
  }

  private func gather<T>(_ numbers: [Int32], _ old: Column<T>, _ new: [T]) -> Column<T> {
    Column(count: numbers.count) { cells in
      for (edge, number) in numbers.enumerated() {
        cells[edge] = Int(number) < oldCount ? old[Int(number)] : new[Int(number) - oldCount]
      }
    }
  }

  private func pairs(_ edgeOf: [Int32]) -> (Column<Int32>, Column<Int64>) {
    var pairs: [(edge: Int32, credit: Int64)] = []
    for (edge, credit) in zip(trail.pairedEdges, trail.pairedCredits) {
      pairs.append((edgeOf[Int(edge)], credit))
    }
    for (edge, pair) in joined { pairs.append((edgeOf[Int(edge)], pair.creditEntry)) }
    for (row, credit) in zip(additions.creditRows, additions.creditEntries) {
      pairs.append((edgeOf[oldCount + Int(row)], credit))
    }
    pairs.sort { $0.edge < $1.edge }
    return (Column(pairs.map(\.edge)), Column(pairs.map(\.credit)))
  }
}

extension Trail {
  /// The outgoing slice of an account or of `outside`.
  fileprivate func outgoingSlice(_ account: Int32) -> Range<Int> {
    outgoing(of: Int32(TimeSlices.bucket(account, accountCount)))
  }

  fileprivate func incomingSlice(_ account: Int32) -> Slice<Column<Int32>> {
    incoming(of: Int32(TimeSlices.bucket(account, accountCount)))
  }
}
