/// How many (seed, account) pairs a path of strictly rising times joins.
///
/// Source: performance.md §2, "Reach(100)". A seed reaches itself. A seed named twice counts twice. For one
/// seed in order of time, and for the paths themselves, see `TrailWalker.reach`.
///
/// Method: only who is reached is asked, so nobody need be settled in order of time. An account that is
/// reached earlier than before waits again, and reads only those of its transfers that this opens: its slice
/// is read from the end towards the front, down to its arrival. So every transfer is read at most once for a
/// seed and no heap is kept.
///
/// - Complexity: O(*r*) for each seed, in the edges that leave the accounts it reaches; one cell an account.
public struct ReachCount: TrailQuestion {
  public let seeds: [Int32]
  /// Paths leave after this moment, Unix seconds.
  public let after: Int64
  /// No transfer is later than this moment, Unix seconds.
  public let through: Int64

  public init(seeds: [Int32], after: Int64, through: Int64) {
    self.seeds = seeds
    self.after = after
    self.through = through
  }

  /// What one thread needs: 12 bytes an account, taken when the first seed is asked about; a walker when the
  /// span is too long for the short times.
  public struct Room {
    fileprivate var arrivals: [UInt64] = []
    fileprivate var unread: [Int32] = []
    fileprivate var waiting: [Int32] = []
    fileprivate var number: UInt32 = 0
    fileprivate var walker: TrailWalker?
  }

  public func room(for trail: Trail) -> Room { Room() }

  /// Times before the first transfer or after the last make no difference, so they need not be written long.
  public func prepared(for trail: Trail) -> ReachCount {
    guard !isShort, let times = trail.timeSpan else { return self }
    // Before the first moment of the calendar there is none; what lies on it is after nothing.
    let before = times.lowerBound == .min ? .min : times.lowerBound - 1
    return ReachCount(
      seeds: seeds, after: max(after, before), through: max(min(through, times.upperBound), before))
  }

  /// Whether seconds since `after` fit 32 bits: 136 years.
  private var isShort: Bool {
    let (span, overflow) = through.subtractingReportingOverflow(after)
    return !overflow && span < Int64(UInt32.max)
  }

  public func answer(over accounts: Range<Int32>, of trail: Trail, in room: inout Room) -> Int {
    let own = seeds.filter { accounts.contains($0) }
    guard !own.isEmpty else { return 0 }
    guard isShort else { return longReached(from: own, trail, &room) }
    if room.arrivals.isEmpty {
      room.arrivals = Array(repeating: .max, count: trail.accountCount)
      room.unread = Array(repeating: 0, count: trail.accountCount)
    }
    return trail.withView { view in
      own.reduce(0) { $0 + reached(from: $1, view, &room) }
    }
  }

  private func longReached(from seeds: [Int32], _ trail: Trail, _ room: inout Room) -> Int {
    var walker = room.walker ?? TrailWalker(trail)
    defer { room.walker = walker }
    return seeds.reduce(0) { pairs, seed in
      _ = walker.reach(from: seed, .forward, of: after, through: through)
      return pairs + walker.arrivals.count
    }
  }

  /// An arrival is the walk's number, counted down, and then the seconds after `after`: so the arrivals of
  /// this walk come before those of all walks before it, nothing is cleared, and one comparison says enough.
  private func reached(from seed: Int32, _ view: TrailView, _ room: inout Room) -> Int {
    room.number += 1
    let walk = UInt64(UInt32.max - room.number) << 32
    var waiting: [Int32] = []
    swap(&waiting, &room.waiting)
    defer { swap(&waiting, &room.waiting) }
    return room.arrivals.withUnsafeMutableBufferPointer { arrivals in
      room.unread.withUnsafeMutableBufferPointer { unread in
        func end(_ account: Int32) -> Int32 {
          Int32(truncatingIfNeeded: self.end(of: view.outgoing(of: account), view))
        }
        arrivals[Int(seed)] = walk
        unread[Int(seed)] = end(seed)
        waiting.append(seed)
        var count = 1
        while let account = waiting.popLast() {
          let first = view.outgoing(of: account).lowerBound
          let moment = after + Int64(arrivals[Int(account)] - walk)
          // What waits for an arrival that was improved since finds everything read.
          var edge = Int(unread[Int(account)])
          while edge > first, view.time[edge - 1] > moment {
            edge -= 1
            let other = Int(view.destination[edge])
            guard other >= 0 else { continue }
            let arrival = walk | UInt64(truncatingIfNeeded: view.time[edge] - after)
            guard arrival < arrivals[other] else { continue }
            if arrivals[other] >> 32 != walk >> 32 {
              count += 1
              unread[other] = end(Int32(truncatingIfNeeded: other))
            }
            arrivals[other] = arrival
            waiting.append(Int32(truncatingIfNeeded: other))
          }
          unread[Int(account)] = Int32(truncatingIfNeeded: edge)
        }
        return count
      }
    }
  }

  /// The end of an account's transfers that are not too late.
  @inline(__always)
  private func end(of slice: Range<Int>, _ view: TrailView) -> Int {
    guard let last = slice.last, view.time[last] > through else { return slice.upperBound }
    return view.firstEdge(in: slice, after: through)
  }
}
