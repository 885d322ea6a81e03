/// Chains of three transfers by which money is handed on, nearly whole and soon.
///
/// Three transfers between four different accounts, each within `gap` seconds of the one before and
/// later than it, in the same currency, each `carriedPercent` of the one before (both ends included).
/// Source: performance.md §2, "Pass-through(3)". A chain is counted at the account between its first
/// and its second transfer.
///
/// - Complexity: O(*m* + *p* log *d*), *p* the pairs of a transfer in and a transfer out within the gap.
public struct PassThroughCount: TrailQuestion {
  /// Seconds between a transfer and the next, included.
  public let gap: Int64
  /// How much of a transfer the next one carries, in per cent.
  public let carriedPercent: ClosedRange<Int64>

  public init(gap: Int64 = 86_400, carriedPercent: ClosedRange<Int64> = 85...100) {
    precondition(gap > 0 && carriedPercent.lowerBound >= 0 && carriedPercent.upperBound <= 10_000)
    self.gap = gap
    self.carriedPercent = carriedPercent
  }

  public func room(for trail: Trail) {}

  public func answer(over accounts: Range<Int32>, of trail: Trail, in room: inout ()) -> Int {
    trail.withView { view in
      var total = 0
      for account in accounts { total += chains(through: account, view, trail) }
      return total
    }
  }

  private func chains(through account: Int32, _ view: TrailView, _ trail: Trail) -> Int {
    let leaving = view.outgoing(of: account)
    guard !leaving.isEmpty else { return 0 }
    var total = 0
    var low = leaving.lowerBound
    for place in view.incoming(of: account) {
      let first = Int(view.incomingEdges[place])
      let now = view.time[first]
      while low < leaving.upperBound, view.time[low] <= now { low += 1 }
      if low == leaving.upperBound { break }
      guard view.time[low] - now <= gap else { continue }
      let payer = view.source[first]
      guard payer >= 0, payer != account else { continue }
      var second = low
      while second < leaving.upperBound, view.time[second] - now <= gap {
        let payee = view.destination[second]
        if payee >= 0, payee != payer, payee != account, isCarried(second, after: first, in: trail)
        {
          total += thirds(after: second, from: payee, notTo: payer, account, in: trail)
        }
        second += 1
      }
    }
    return total
  }

  private func thirds(
    after second: Int, from payee: Int32, notTo payer: Int32, _ account: Int32, in trail: Trail
  ) -> Int {
    let now = trail.time[second]
    let (sum, overflow) = now.addingReportingOverflow(gap)
    var count = 0
    for third in trail.outgoing(of: payee, from: now + 1, through: overflow ? .max : sum) {
      let last = trail.destination[third]
      if last >= 0, last != payer, last != account, last != payee,
        isCarried(third, after: second, in: trail)
      {
        count += 1
      }
    }
    return count
  }

  /// Same currency, and within the share of the transfer before. Compared multiplied, not divided.
  private func isCarried(_ later: Int, after earlier: Int, in trail: Trail) -> Bool {
    guard trail.currency[later] == trail.currency[earlier] else { return false }
    let carried = Int128(trail.amountMinor[later]) * 100
    let whole = Int128(trail.amountMinor[earlier])
    return carried >= whole * Int128(carriedPercent.lowerBound)
      && carried <= whole * Int128(carriedPercent.upperBound)
  }
}
