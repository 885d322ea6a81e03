extension HopIndex where Tick == UInt64 {
  /// A sliding trail with time and directions turned round: what left an account stands as what came in, and
  /// ticks count the seconds before the newest transfer, plus one.
  /// - Complexity: O(*m*) in the transfers held and the accounts.
  convenience init(mirroring trail: SlidingTrail) {
    let newest = trail.count > 0 ? trail[trail.next &- 1].time : 0
    let out = Self.side(of: trail, newest) { ($0.destination, $0.source) }
    let into = Self.side(of: trail, newest) { ($0.source, $0.destination) }
    self.init(outHops: out.hops, outStart: out.starts, inHops: into.hops, inStart: into.starts)
  }

  /// One direction: transfers by account, the latest first.
  private static func side(
    of trail: SlidingTrail, _ newest: Int64,
    _ ends: (SlidingTrail.Cell) -> (account: Int32, other: Int32)
  ) -> (hops: [Hop<UInt64>], starts: [Int32]) {
    var starts = [Int32](repeating: 0, count: trail.accountCount + 1)
    func forEach(_ body: (SlidingTrail.Cell) -> Void) {
      var number = trail.next
      while number != trail.first {
        number &-= 1
        let cell = trail[number]
        if cell.source >= 0, cell.destination >= 0, cell.source != cell.destination { body(cell) }
      }
    }
    forEach { starts[Int(ends($0).account) + 1] += 1 }
    for account in 1..<max(1, starts.count) { starts[account] += starts[account - 1] }
    var next = starts
    var hops = [Hop<UInt64>](
      repeating: Hop(tick: 0, account: -1), count: Int(starts.last ?? 0))
    forEach { cell in
      let (account, other) = ends(cell)
      hops[Int(next[Int(account)])] = Hop(
        tick: UInt64(bitPattern: newest &- cell.time) + 1, account: other)
      next[Int(account)] += 1
    }
    return (hops, starts)
  }
}
