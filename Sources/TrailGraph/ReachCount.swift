/// How many (seed, account) pairs a path of strictly rising times joins.
///
/// Source: performance.md §2, "Reach(100)". A seed reaches itself. A seed named twice counts twice. For one
/// seed, and for the paths themselves, see `TrailWalker.reach`; this is the same label setting over an
/// index in which a transfer's time and receiver lie together, made once for all seeds.
///
/// - Complexity: O(*m*) for the index; then, for each seed, O(*r* log *r*) in the edges that leave the
///   accounts it reaches.
public struct ReachCount: TrailQuestion {
  public let seeds: [Int32]
  /// Paths leave after this moment, Unix seconds.
  public let after: Int64
  /// No transfer is later than this moment, Unix seconds.
  public let through: Int64
  private var index: HopIndex<UInt32>?
  /// `after` and `through` in ticks of the index.
  private var ticks: (after: UInt32, through: UInt32) = (0, 0)

  public init(seeds: [Int32], after: Int64, through: Int64) {
    self.seeds = seeds
    self.after = after
    self.through = through
  }

  public func prepared(for trail: Trail) -> ReachCount {
    var question = self
    guard let first = trail.time.min(), let last = trail.time.max() else { return question }
    let (span, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, span < Int64(UInt32.max) - 1 else { return question }
    // What lies before the first transfer or after the last makes no difference there.
    func tick(_ time: Int64) -> UInt32 { UInt32(max(first - 1, min(last, time)) - first + 1) }
    question.index = HopIndex(trail, first: first, isOneWay: true)
    question.ticks = (tick(after), tick(through))
    return question
  }

  public func room(for trail: Trail) -> Room { Room() }

  /// What one thread needs: one cell an account, and a walker for trails too long for the index.
  public struct Room {
    var walker: TrailWalker?
    var cells: [ReachCell] = []
    var heap = PlainHeap()
    var number: UInt32 = 0
  }

  public func answer(over accounts: Range<Int32>, of trail: Trail, in room: inout Room) -> Int {
    let own = seeds.filter { accounts.contains($0) }
    guard !own.isEmpty else { return 0 }
    guard let index else {
      var walker = room.walker ?? TrailWalker(trail)
      defer { room.walker = walker }
      return own.reduce(0) { pairs, seed in
        _ = walker.reach(from: seed, .forward, of: after, through: through)
        return pairs + walker.arrivals.count
      }
    }
    if room.cells.isEmpty {
      room.cells = Array(repeating: ReachCell(), count: trail.accountCount)
    }
    return index.withHops { hops in
      own.reduce(0) { $0 + reached(from: $1, hops, &room) }
    }
  }

  private func reached(from seed: Int32, _ hops: Hops<UInt32>, _ room: inout Room) -> Int {
    var heap = PlainHeap()
    swap(&heap, &room.heap)
    defer { swap(&heap, &room.heap) }
    room.number += 1
    let number = room.number
    let through = ticks.through
    return room.cells.withUnsafeMutableBufferPointer { cells in
      cells[Int(seed)] = ReachCell(tick: ticks.after, number: number)
      heap.push(UInt64(ticks.after) << 32 | UInt64(UInt32(seed)))
      var count = 0
      while let next = heap.pop() {
        let account = Int32(truncatingIfNeeded: next)
        let now = UInt32(truncatingIfNeeded: next >> 32)
        // An account is pushed again when a better time is found; what is stale by then is passed over.
        guard cells[Int(account)].tick == now else { continue }
        count += 1
        let slice = hops.outgoing(of: account)
        var place = hops.firstOut(slice, after: now)
        while place < slice.upperBound {
          let hop = hops.out[place]
          if hop.tick > through { break }
          place += 1
          let cell = cells[Int(hop.account)]
          guard cell.number != number || hop.tick < cell.tick else { continue }
          cells[Int(hop.account)] = ReachCell(tick: hop.tick, number: number)
          heap.push(UInt64(hop.tick) << 32 | UInt64(UInt32(hop.account)))
        }
      }
      return count
    }
  }
}

/// When the walk of a number came to an account.
struct ReachCell {
  var tick: UInt32 = 0
  var number: UInt32 = 0
}
