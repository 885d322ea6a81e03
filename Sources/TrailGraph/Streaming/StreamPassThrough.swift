extension PassThroughCount {
  /// Chains whose third transfer is this one.
  func chains(endingWith third: UInt32, _ trail: SlidingTrail) -> Int {
    let last = trail[third]
    guard last.source >= 0, last.destination >= 0, last.source != last.destination else { return 0 }
    var total = 0
    var second = last.receipt
    while trail.holds(second) {
      let middle = trail[second]
      guard isWithinGap(last.time, after: middle.time) else { break }
      if middle.source >= 0, middle.source != last.source, middle.source != last.destination,
        isCarried(last, after: middle)
      {
        total += firsts(before: middle, last, trail)
      }
      second = middle.previousIn
    }
    return total
  }

  private func firsts(
    before middle: SlidingTrail.Cell, _ last: SlidingTrail.Cell, _ trail: SlidingTrail
  ) -> Int {
    var count = 0
    var first = middle.receipt
    while trail.holds(first) {
      let cell = trail[first]
      guard isWithinGap(middle.time, after: cell.time) else { break }
      if cell.source >= 0, cell.source != middle.source, cell.source != last.source,
        cell.source != last.destination, isCarried(middle, after: cell)
      {
        count += 1
      }
      first = cell.previousIn
    }
    return count
  }

  @inline(__always)
  private func isWithinGap(_ later: Int64, after earlier: Int64) -> Bool {
    let (span, overflow) = later.subtractingReportingOverflow(earlier)
    return !overflow && span <= gap
  }

  /// Same currency, and within the share of the transfer before. Compared multiplied, not divided.
  private func isCarried(
    _ later: SlidingTrail.Cell, after earlier: SlidingTrail.Cell
  ) -> Bool {
    guard later.currency == earlier.currency else { return false }
    let carried = Int128(later.amountMinor) * 100
    let whole = Int128(earlier.amountMinor)
    return carried >= whole * Int128(carriedPercent.lowerBound)
      && carried <= whole * Int128(carriedPercent.upperBound)
  }
}
