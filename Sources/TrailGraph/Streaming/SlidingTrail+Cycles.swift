extension SlidingTrail {
  /// Finds the temporal cycles that a transfer closes, as `Trail.forEachTemporalCycle` defines them.
  ///
  /// Looks backwards from the closing transfer, at nothing later than each transfer found.
  /// - Parameters:
  ///   - number: of the closing transfer.
  ///   - search: `visitLimit` bounds this one search.
  ///   - continues: whether a transfer may follow an earlier one; asked of the earlier, then the later.
  ///   - found: receives the transfers of each cycle, the first one first.
  /// - Returns: whether the search ended by itself.
  public func forEachCycle(
    closedBy number: UInt32, _ search: Trail.CycleSearch,
    continues: (StreamTransfer, StreamTransfer) -> Bool, found: ([UInt32]) -> Void
  ) -> Trail.End {
    let last = transfer(number)
    let cell = self[number]
    guard last.source >= 0, last.destination >= 0, last.source != last.destination,
      holds(cell.receipt), holds(cell.payment)
    else { return .complete }
    let (difference, overflow) = last.time.subtractingReportingOverflow(search.window)
    let start = overflow ? .min : difference
    guard self[cell.receipt].time >= start, self[cell.payment].time >= start else {
      return .complete
    }
    var path = [number]
    var visits = 0

    func step(before later: StreamTransfer, _ receipt: UInt32) -> Bool {
      var place = receipt
      while holds(place) {
        let cell = self[place]
        guard cell.time >= start else { return true }
        let here = place
        place = cell.previousIn
        visits += 1
        if visits > search.visitLimit { return false }
        guard cell.source >= 0, cell.source != cell.destination else { continue }
        let isFirst = cell.source == last.destination
        if isFirst ? path.count + 1 < search.lengths.lowerBound : !mayLeadOn(cell) { continue }
        let earlier = transfer(here)
        guard continues(earlier, later) else { continue }
        path.append(here)
        defer { path.removeLast() }
        if isFirst {
          found(path.reversed())
        } else if !step(before: earlier, cell.receipt) {
          return false
        }
      }
      return true
    }

    /// Whether a path may go on backwards over a transfer: there is room, and its sender is not on it.
    func mayLeadOn(_ cell: Cell) -> Bool {
      path.count + 2 <= search.lengths.upperBound
        && !path.contains { self[$0].source == cell.source }
    }

    return step(before: last, cell.receipt)
      ? .complete
      : Trail.End(truncation: "cycle search stopped at \(search.visitLimit) transfers looked at")
  }
}
