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
    let cell = self[number]
    return forEachPath(
      closedBy: transfer(number), receipt: cell.receipt, payment: cell.payment, search,
      continues: continues, found: { found($0 + [number]) })
  }

  /// The same for a transfer that is not among those held: the cycles it would close.
  ///
  /// - Parameter found: receives the transfers of each cycle but the closing one, the first one first.
  /// - Complexity: O(`visitLimit`), and the later movements of its two accounts, of which there are none
  ///   when nothing held is later than it.
  public func forEachCycle(
    thatWouldClose pending: StreamTransfer, _ search: Trail.CycleSearch,
    continues: (StreamTransfer, StreamTransfer) -> Bool, found: ([UInt32]) -> Void
  ) -> Trail.End {
    forEachPath(
      closedBy: pending, receipt: receipt(of: pending.source, before: pending.time),
      payment: payment(of: pending.destination, before: pending.time), search,
      continues: continues, found: found)
  }

  /// Paths from the closing transfer's receiver to its sender.
  /// - Parameters:
  ///   - receipt: the last transfer into its sender before it.
  ///   - payment: the last transfer out of its receiver before it.
  private func forEachPath(
    closedBy last: StreamTransfer, receipt: UInt32, payment: UInt32, _ search: Trail.CycleSearch,
    continues: (StreamTransfer, StreamTransfer) -> Bool, found: ([UInt32]) -> Void
  ) -> Trail.End {
    guard last.source >= 0, last.destination >= 0, last.source != last.destination,
      holds(receipt), holds(payment)
    else { return .complete }
    let (difference, overflow) = last.time.subtractingReportingOverflow(search.window)
    let start = overflow ? .min : difference
    guard self[receipt].time >= start, self[payment].time >= start else { return .complete }
    var path: [UInt32] = []
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
        if isFirst ? path.count + 2 < search.lengths.lowerBound : !mayLeadOn(cell) { continue }
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
      path.count + 3 <= search.lengths.upperBound && cell.source != last.source
        && !path.contains { self[$0].source == cell.source }
    }

    return step(before: last, receipt)
      ? .complete
      : Trail.End(truncation: "cycle search stopped at \(search.visitLimit) transfers looked at")
  }
}
