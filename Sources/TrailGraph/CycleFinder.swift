/// Counts the cycles of one root after the other. One use, one thread.
struct CycleFinder<Tick: FixedWidthInteger & UnsignedInteger & Sendable> {
  let hops: Hops<Tick>
  let marks: CycleMarks<Tick>
  let longest: Int
  let window: Tick
  let listingLimit: Int
  let visitLimit: Int
  var tally: CycleTally
  /// Transfers looked at, all roots together.
  private var visits = 0
  private var merge = CycleMerge<Tick>()

  // The first transfer in hand.
  private var root: Int32 = 0
  private var last: Tick = 0
  private var depth = 0
  private var path: [Int32]
  private var found: [Int]
  private var stopAt = 0
  private var isStopped = false

  init(
    hops: Hops<Tick>, marks: CycleMarks<Tick>, search: Trail.CycleSearch, listingLimit: Int,
    visitLimit: Int
  ) {
    self.hops = hops
    self.marks = marks
    longest = search.lengths.upperBound
    window = Tick(clamping: search.window)
    self.listingLimit = listingLimit
    self.visitLimit = visitLimit
    tally = CycleTally(lengths: search.lengths)
    path = Array(repeating: -1, count: longest)
    found = Array(repeating: 0, count: longest + 1)
  }

  mutating func count(from root: Int32) {
    let leaving = hops.outgoing(of: root)
    let arriving = hops.incoming(of: root)
    guard !leaving.isEmpty, !arriving.isEmpty else { return }
    self.root = root
    var low = arriving.lowerBound
    var high = low
    for place in leaving {
      let first = hops.out[place]
      let (sum, overflow) = first.tick.addingReportingOverflow(window)
      last = overflow ? .max : sum
      while low < arriving.upperBound, hops.into[low].tick <= first.tick { low += 1 }
      if low == arriving.upperBound { return }
      while high < arriving.upperBound, hops.into[high].tick <= last { high += 1 }
      guard low < high else { continue }
      if visits >= visitLimit {
        tally.add([], open: place)
        continue
      }
      count(from: first, at: place, closing: low..<high)
    }
  }

  private mutating func count(from first: Hop<Tick>, at place: Int, closing: Range<Int>) {
    let onward = hops.outgoing(of: first.account)
    let start = hops.firstOut(onward, after: first.tick)
    guard start < onward.upperBound, hops.out[start].tick <= last else { return }
    markBackwards(closing, after: first.tick, onward: start..<onward.upperBound)
    for length in found.indices { found[length] = 0 }
    path[0] = first.account
    let before = visits
    let (sum, overflow) = visits.addingReportingOverflow(listingLimit)
    stopAt = longest > 6 || overflow ? visitLimit : min(visitLimit, sum)
    isStopped = false
    step(from: first.account, at: first.tick, length: 1)
    guard isStopped else { return tally.add(found) }
    guard longest <= 6, visits < visitLimit else { return tally.add(found, open: place) }
    let isMerged = merge.count(
      root, first, closing, through: last, longest: longest, hops, limit: visitLimit - before)
    visits += merge.visits
    if isMerged {
      tally.add(merge.found, isMerged: true)
    } else {
      tally.add(found, open: place)
    }
  }

  // MARK: Backwards

  /// Marks who can reach the root by transfers after `start`: two steps back always where they are
  /// needed, the third only where the forward side is not the narrower one anyhow.
  private mutating func markBackwards(
    _ closing: Range<Int>, after start: Tick, onward: Range<Int>
  ) {
    marks.begin()
    for place in closing {
      let hop = hops.into[place]
      marks.mark(hop.account, hop.tick, hops: 1)
    }
    visits += closing.count
    depth = 1
    guard longest > 2 else { return }
    markStep(marks.marked.count, after: start, hops: 2)
    depth = 2
    guard longest > 4 else { return }
    markStep(marks.marked.count, after: start, hops: 3)
    depth = 3
  }

  @inline(__always)
  private mutating func markStep(_ count: Int, after start: Tick, hops step: Int) {
    for place in 0..<count {
      let account = marks.marked[place]
      let latest = marks.latest(account, within: step - 1)
      let slice = hops.incoming(of: account)
      var end = hops.endIn(slice, before: latest)
      while end > slice.lowerBound {
        end -= 1
        let hop = hops.into[end]
        if hop.tick <= start { break }
        visits += 1
        if hop.account != root { marks.mark(hop.account, hop.tick, hops: step) }
      }
    }
  }

  // MARK: Forwards

  private mutating func step(from here: Int32, at now: Tick, length: Int) {
    let left = longest - length
    if left <= depth, marks.latest(here, within: left) <= now { return }
    let slice = hops.outgoing(of: here)
    var place = hops.firstOut(slice, after: now)
    while place < slice.upperBound {
      let hop = hops.out[place]
      if hop.tick > last { return }
      place += 1
      visits += 1
      if hop.account == root {
        found[length + 1] += 1
        continue
      }
      if left == 1 || isOnPath(hop.account, length: length) { continue }
      if visits > stopAt {
        isStopped = true
        return
      }
      path[length] = hop.account
      step(from: hop.account, at: hop.tick, length: length + 1)
      if isStopped { return }
    }
  }

  @inline(__always)
  private func isOnPath(_ account: Int32, length: Int) -> Bool {
    for place in 0..<length where path[place] == account { return true }
    return false
  }
}
