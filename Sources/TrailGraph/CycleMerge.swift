/// Counts the cycles from one first transfer without listing them, lengths 2 to 6.
///
/// With r the root, v the first transfer's receiver and t its time, a cycle is v → x → y at the front and
/// y → w → u → r, y → u → r or y → r at the back, later than the front. All accounts but y are named by
/// one half only, so pairs that meet at y in the right order are counted by sorting, and the pairs in
/// which x is also w or u are counted the same way by (y, x) and taken off. v, which every front shares, is
/// simply kept out of the backs. w and u differ, so x is at most one of them and nothing is taken off twice.
///
/// - Complexity: O(*p* log *p*) in the paths of up to three transfers on both sides.
struct CycleMerge<Tick: FixedWidthInteger & UnsignedInteger & Sendable> {
  /// A path's end at y: the account it must not share (or −1), and its time there.
  private struct End {
    let meeting: Int32
    let other: Int32
    let tick: Tick
    @inline(__always)
    static func < (a: End, b: End) -> Bool {
      if a.meeting != b.meeting { return a.meeting < b.meeting }
      return a.other != b.other ? a.other < b.other : a.tick < b.tick
    }
  }

  /// Cycles by length, of the last `count`.
  private(set) var found: [Int] = Array(repeating: 0, count: 7)
  /// Transfers looked at by the last `count`.
  private(set) var visits = 0
  /// Paths held at once on one side; 16 bytes each (24 for long trails).
  static var pathLimit: Int { 1 << 22 }

  private var fronts: [End] = []
  private var frontsByOther: [End] = []
  private var backs: [[End]] = [[], [], []]
  private var shared: [[End]] = [[], [], []]

  /// - Returns: false when there are more paths than the bounds allow; then nothing is counted.
  mutating func count(
    _ root: Int32, _ first: Hop<Tick>, _ closing: Range<Int>, through last: Tick, longest: Int,
    _ hops: Hops<Tick>, limit: Int
  ) -> Bool {
    for length in found.indices { found[length] = 0 }
    visits = 0
    fronts.removeAll(keepingCapacity: true)
    frontsByOther.removeAll(keepingCapacity: true)
    for place in backs.indices {
      backs[place].removeAll(keepingCapacity: true)
      shared[place].removeAll(keepingCapacity: true)
    }
    let most = min(limit, Self.pathLimit)
    guard goBack(root, first, closing, longest: longest, hops, most: most),
      goForward(root, first, through: last, longest: longest, hops, most: most)
    else { return false }
    fronts.sort(by: <)
    frontsByOther.sort(by: <)
    for steps in 1...3 where 3 + steps <= longest {
      backs[steps - 1].sort(by: <)
      shared[steps - 1].sort(by: <)
      found[3 + steps] =
        Self.meetings(fronts, backs[steps - 1]) - Self.meetings(frontsByOther, shared[steps - 1])
    }
    return true
  }

  private mutating func goBack(
    _ root: Int32, _ first: Hop<Tick>, _ closing: Range<Int>, longest: Int, _ hops: Hops<Tick>,
    most: Int
  ) -> Bool {
    guard longest > 3 else { return true }
    for place in closing {
      let one = hops.into[place]
      visits += 1
      guard one.account != first.account else { continue }
      backs[0].append(End(meeting: one.account, other: -1, tick: one.tick))
      guard longest > 4 else { continue }
      for two in before(one, after: first.tick, hops) {
        guard two.account != root, two.account != first.account else { continue }
        backs[1].append(End(meeting: two.account, other: -1, tick: two.tick))
        shared[1].append(End(meeting: two.account, other: one.account, tick: two.tick))
        guard longest > 5 else { continue }
        for three in before(two, after: first.tick, hops) {
          guard three.account != root, three.account != first.account, three.account != one.account
          else { continue }
          backs[2].append(End(meeting: three.account, other: -1, tick: three.tick))
          shared[2].append(End(meeting: three.account, other: two.account, tick: three.tick))
          shared[2].append(End(meeting: three.account, other: one.account, tick: three.tick))
        }
        if shared[2].count > most { return false }
      }
    }
    return true
  }

  /// What came into a hop's account before it, and after a tick.
  private mutating func before(
    _ hop: Hop<Tick>, after start: Tick, _ hops: Hops<Tick>
  ) -> UnsafeBufferPointer<Hop<Tick>>.SubSequence {
    let slice = hops.incoming(of: hop.account)
    let end = hops.endIn(slice, before: hop.tick)
    let from = hops.endIn(slice.lowerBound..<end, before: start + 1)
    visits += end - from
    return hops.into[from..<end]
  }

  private mutating func goForward(
    _ root: Int32, _ first: Hop<Tick>, through last: Tick, longest: Int, _ hops: Hops<Tick>,
    most: Int
  ) -> Bool {
    for two in after(first, through: last, hops) {
      if two.account == root {
        found[2] += 1
        continue
      }
      guard longest > 2 else { continue }
      for three in after(two, through: last, hops) {
        if three.account == root {
          found[3] += 1
          continue
        }
        guard longest > 3, three.account != first.account else { continue }
        fronts.append(End(meeting: three.account, other: -1, tick: three.tick))
        frontsByOther.append(End(meeting: three.account, other: two.account, tick: three.tick))
      }
      if fronts.count > most { return false }
    }
    return true
  }

  private mutating func after(
    _ hop: Hop<Tick>, through last: Tick, _ hops: Hops<Tick>
  ) -> UnsafeBufferPointer<Hop<Tick>>.SubSequence {
    let slice = hops.outgoing(of: hop.account)
    let from = hops.firstOut(slice, after: hop.tick)
    let end = hops.firstOut(from..<slice.upperBound, after: last)
    visits += end - from
    return hops.out[from..<end]
  }

  /// Pairs of a front and a later back with the same meeting and the same other account; both sorted.
  private static func meetings(_ fronts: [End], _ backs: [End]) -> Int {
    var count = 0
    var group = 0
    var front = 0
    while front < fronts.count, group < backs.count {
      let (meeting, other) = (fronts[front].meeting, fronts[front].other)
      func isBefore(_ end: End) -> Bool {
        end.meeting != meeting ? end.meeting < meeting : end.other < other
      }
      func isSame(_ end: End) -> Bool { end.meeting == meeting && end.other == other }
      while group < backs.count, isBefore(backs[group]) { group += 1 }
      var end = group
      while end < backs.count, isSame(backs[end]) { end += 1 }
      var later = group
      while front < fronts.count, isSame(fronts[front]) {
        while later < end, backs[later].tick <= fronts[front].tick { later += 1 }
        count += end - later
        front += 1
      }
      group = end
    }
    return count
  }
}
