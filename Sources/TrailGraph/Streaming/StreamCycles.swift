/// `CycleCount` in a stream: the cycles that a transfer closes.
///
/// The search is that of `CycleFinder` in a mirror: time runs backwards and every transfer the other way, so
/// the closing transfer is the first one. Ticks are seconds before the closing transfer. Where listing takes
/// more than `listingLimit` steps, the transfer is put aside and its cycles are merged by `CycleMerge` over
/// an index of the mirrored window, made at most once a stretch.
struct StreamCycles: Sendable {
  let search: Trail.CycleSearch
  let listingLimit: Int
  private var marks = Marks()
  private var found: [Int]
  private var path: [Int32]
  private var aside: [UInt32] = []
  private var merge = CycleMerge<UInt64>()

  // The closing transfer in hand.
  private var root: Int32 = 0
  private var now: Int64 = 0
  private var start: Int64 = 0
  private var depth = 0
  private var visits = 0
  private var stopAt = 0
  private var isStopped = false

  init(_ search: Trail.CycleSearch, listingLimit: Int) {
    precondition(listingLimit > 0)
    self.search = search
    self.listingLimit = listingLimit
    found = Array(repeating: 0, count: search.lengths.upperBound + 1)
    path = Array(repeating: -1, count: search.lengths.upperBound)
  }

  var stateBytes: Int {
    marks.stateBytes + aside.capacity * 4
  }

  private var longest: Int { search.lengths.upperBound }

  // MARK: Listing

  mutating func close(
    _ number: UInt32, _ trail: SlidingTrail, _ counts: inout StreamCounts.Cycles
  ) {
    let last = trail[number]
    guard last.source >= 0, last.destination >= 0, last.source != last.destination,
      trail.holds(last.receipt), trail.holds(last.payment)
    else { return }
    let (difference, overflow) = last.time.subtractingReportingOverflow(search.window)
    start = overflow ? .min : difference
    guard trail[last.receipt].time >= start, trail[last.payment].time >= start else { return }
    root = last.destination
    now = last.time
    visits = 0
    markForwards(from: last.payment, trail)
    for length in found.indices { found[length] = 0 }
    path[0] = last.source
    let (sum, isEndless) = visits.addingReportingOverflow(listingLimit)
    stopAt = longest > 6 || isEndless ? search.visitLimit : min(search.visitLimit, sum)
    isStopped = false
    step(from: last.source, last.receipt, tick: 0, length: 1, trail)
    if isStopped, longest <= 6, visits < search.visitLimit {
      aside.append(number)
    } else {
      add(to: &counts, found)
      if isStopped { counts.openCloses += 1 }
    }
  }

  private func add(to counts: inout StreamCounts.Cycles, _ found: [Int]) {
    for length in search.lengths where length < found.count {
      counts.counts[length - search.lengths.lowerBound] += found[length]
    }
  }

  /// Marks who was reached from the root by one, two or three transfers before now, as early as possible.
  private mutating func markForwards(from payment: UInt32, _ trail: SlidingTrail) {
    marks.begin(accounts: trail.accountCount)
    var number = payment
    while trail.holds(number) {
      let cell = trail[number]
      guard cell.time >= start else { break }
      visits += 1
      if cell.destination >= 0, cell.destination != root {
        marks.mark(cell.destination, tick(cell.time), hops: 1)
      }
      number = cell.previousOut
    }
    depth = 1
    guard longest > 2 else { return }
    markStep(hops: 2, trail)
    depth = 2
    guard longest > 4 else { return }
    markStep(hops: 3, trail)
    depth = 3
  }

  private mutating func markStep(hops: Int, _ trail: SlidingTrail) {
    for place in 0..<marks.marked.count {
      let account = marks.marked[place]
      let reached = marks.earliest(account, within: hops - 1)
      var number = trail.lastOut(account)
      while trail.holds(number) {
        let cell = trail[number]
        let tick = tick(cell.time)
        guard tick < reached else { break }
        visits += 1
        if tick > 0, cell.destination >= 0, cell.destination != root {
          marks.mark(cell.destination, tick, hops: hops)
        }
        number = cell.previousOut
      }
    }
  }

  @inline(__always)
  private func tick(_ time: Int64) -> UInt64 { UInt64(bitPattern: now &- time) }

  /// Extends a path that goes back from the closing transfer to `here`, of which it has `length` transfers.
  private mutating func step(
    from here: Int32, _ receipt: UInt32, tick after: UInt64, length: Int, _ trail: SlidingTrail
  ) {
    let left = longest - length
    if left <= depth, marks.earliest(here, within: left) <= after { return }
    var number = receipt
    while trail.holds(number) {
      let cell = trail[number]
      guard cell.time >= start else { return }
      number = cell.previousIn
      visits += 1
      if cell.source == root {
        found[length + 1] += 1
        continue
      }
      if left == 1 || cell.source < 0 || isOnPath(cell.source, length: length) { continue }
      if visits > stopAt {
        isStopped = true
        return
      }
      path[length] = cell.source
      step(from: cell.source, cell.receipt, tick: tick(cell.time), length: length + 1, trail)
      if isStopped { return }
    }
  }

  @inline(__always)
  private func isOnPath(_ account: Int32, length: Int) -> Bool {
    for place in 0..<length where path[place] == account { return true }
    return false
  }

  // MARK: Merging

  /// Counts what was put aside. Before anything that was held then is dropped.
  mutating func settle(_ trail: SlidingTrail, _ counts: inout StreamCounts.Cycles) {
    guard !aside.isEmpty else { return }
    let newest = trail[trail.next &- 1].time
    let index = HopIndex<UInt64>(mirroring: trail)
    index.withHops { hops in
      for number in aside {
        let last = trail[number]
        let first = UInt64(bitPattern: newest &- last.time) + 1
        let (sum, overflow) = first.addingReportingOverflow(UInt64(search.window))
        let end: UInt64 = overflow ? .max : sum
        let arriving = hops.incoming(of: last.destination)
        let low = Trail.firstIndex(in: arriving) { hops.into[$0].tick > first }
        let high = Trail.firstIndex(in: low..<arriving.upperBound) { hops.into[$0].tick > end }
        if merge.count(
          last.destination, Hop(tick: first, account: last.source), low..<high, through: end,
          longest: longest, hops, limit: search.visitLimit)
        {
          add(to: &counts, merge.found)
          counts.mergedCloses += 1
        } else {
          counts.openCloses += 1
        }
      }
    }
    aside.removeAll(keepingCapacity: true)
  }
}

/// Marks of one search, in plain cells; valid where a cell carries the search's number.
private struct Marks: Sendable {
  private struct Cell {
    var number: UInt32 = 0
    /// Seconds before the closing transfer at which the account was first reached in at most one, two or
    /// three transfers; the larger the earlier, 0 for never.
    var one: UInt64 = 0
    var two: UInt64 = 0
    var three: UInt64 = 0
  }
  private var cells: [Cell] = []
  private var number: UInt32 = 0
  /// Accounts with a mark, in the order they got it.
  private(set) var marked: [Int32] = []

  var stateBytes: Int { cells.capacity * MemoryLayout<Cell>.stride + marked.capacity * 4 }

  mutating func begin(accounts: Int) {
    marked.removeAll(keepingCapacity: true)
    while cells.count < accounts { cells.append(Cell()) }
    if number == .max {
      number = 0
      for place in cells.indices { cells[place].number = 0 }
    }
    number += 1
  }

  @inline(__always)
  func earliest(_ account: Int32, within left: Int) -> UInt64 {
    let cell = cells[Int(account)]
    guard cell.number == number else { return 0 }
    return left == 1 ? cell.one : left == 2 ? cell.two : cell.three
  }

  @inline(__always)
  mutating func mark(_ account: Int32, _ tick: UInt64, hops: Int) {
    let place = Int(account)
    var cell = cells[place]
    if cell.number != number {
      cell = Cell(number: number)
      marked.append(account)
    }
    if hops == 1, cell.one < tick { cell.one = tick }
    if hops <= 2, cell.two < tick { cell.two = tick }
    if cell.three < tick { cell.three = tick }
    cells[place] = cell
  }
}
