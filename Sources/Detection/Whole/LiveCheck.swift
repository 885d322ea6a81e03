public import CaseModel
public import TrailGraph

/// One transfer that is about to be made, beside what the trail holds.
public struct PendingTransfer: Hashable, Sendable {
  public var source: Int32
  public var destination: Int32
  /// Unix seconds; nothing later on the trail is looked at.
  public var time: Int64
  public var amount: Money

  public init(source: Int32, destination: Int32, time: Int64, amount: Money) {
    self.source = source
    self.destination = destination
    self.time = time
    self.amount = amount
  }
}

/// What a single transfer would do, asked before it is made: does it close a circle, does it push an
/// account's out ÷ in over the limit (typologies.md ST-09 and ST-04; LDBC FinBench RW1 and RW2).
///
/// Looks back over the windows only, changes nothing, and may be asked by several threads at once.
public struct LiveCheck: Sendable {
  public struct Answer: Hashable, Sendable {
    /// Circles the transfer would close: edges of the trail from the first to the last before it, the
    /// shortest first, then by edges.
    public let circles: [[Int]]
    /// What the paying account received and paid in the window, this transfer included, in its currency.
    public let received: Int128
    public let paid: Int128
    /// Receipts in the window.
    public let receipts: Int
    /// True when receipts, their count and out ÷ in all reach their limits with this transfer.
    public let passesThrough: Bool
    /// True when out ÷ in reached the limit with this transfer and not before.
    public let crossesLimit: Bool
    /// Which bound the search for circles stopped at.
    public let truncation: String?
  }

  public let trail: Trail
  public var circleDays = 30
  public var hopsMax = 6
  public var keptMinBasisPoints = 7_000
  public var keptMaxBasisPoints = 10_500
  public var passDays = 2  // default: 48 hours, the stay of ST-04
  public var receiptsMin = 5
  public var outMinBasisPoints = 9_000
  public var outMaxBasisPoints = 10_200
  /// Edges looked at for circles before the search stops and says so.
  public var visitLimit = 20_000

  public init(_ trail: Trail) { self.trail = trail }

  /// - Complexity: O(`visitLimit`) for circles, O(log *d* + *w*) for the ratio, *w* the account's edges in the
  ///   window.
  public func answer(_ transfer: PendingTransfer) -> Answer {
    let found = circles(transfer)
    let flow = flow(transfer)
    let after = reaches(flow.paid + Int128(transfer.amount.minorUnits), flow)
    return Answer(
      circles: found.circles, received: flow.received,
      paid: flow.paid + Int128(transfer.amount.minorUnits), receipts: flow.receipts,
      passesThrough: after, crossesLimit: after && !reaches(flow.paid, flow),
      truncation: found.isCut ? "circle search stopped at \(visitLimit) edges looked at" : nil)
  }

  // MARK: Circles

  private func circles(_ transfer: PendingTransfer) -> (circles: [[Int]], isCut: Bool) {
    guard transfer.source != transfer.destination else { return ([], false) }
    var search = Backwards(check: self, transfer: transfer)
    search.step(
      to: transfer.source, before: transfer.time, then: Int128(transfer.amount.minorUnits), depth: 1
    )
    let ordered = search.found.sorted { a, b in
      a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }
    return (ordered, search.visits > visitLimit)
  }

  /// Paths from the payee to the payer with strictly rising times, found from their end.
  private struct Backwards {
    let check: LiveCheck
    let transfer: PendingTransfer
    var path: [Int] = []
    var found: [[Int]] = []
    var visits = 0

    mutating func step(to account: Int32, before time: Int64, then amount: Int128, depth: Int) {
      guard depth < check.hopsMax, visits <= check.visitLimit else { return }
      let trail = check.trail
      let first = transfer.time - Int64(check.circleDays) * 86_400
      guard first < time else { return }
      for index in trail.incoming(of: account, from: first, through: time - 1).reversed() {
        let edge = Int(index)
        visits += 1
        guard visits <= check.visitLimit else { return }
        let from = trail.source[edge]
        guard from >= 0, from != account, trail.money(edge).currency == transfer.amount.currency
        else { continue }
        let whole = Int128(trail.amountMinor[edge])
        guard whole > 0, amount * 10_000 >= whole * Int128(check.keptMinBasisPoints),
          amount * 10_000 <= whole * Int128(check.keptMaxBasisPoints)
        else { continue }
        if from == transfer.destination {
          if depth + 1 >= 3 { found.append([edge] + path.reversed()) }
          continue
        }
        guard from != transfer.source,
          !path.contains(where: { trail.source[$0] == from })
        else { continue }
        path.append(edge)
        step(to: from, before: trail.time[edge], then: whole, depth: depth + 1)
        path.removeLast()
      }
    }
  }

  // MARK: Ratio

  private typealias Flow = (received: Int128, receipts: Int, paid: Int128)

  private func flow(_ transfer: PendingTransfer) -> Flow {
    let first = transfer.time - Int64(passDays) * 86_400
    var flow: Flow = (0, 0, 0)
    for index in trail.incoming(of: transfer.source, from: first, through: transfer.time) {
      let edge = Int(index)
      guard trail.money(edge).currency == transfer.amount.currency,
        trail.source[edge] != transfer.source
      else { continue }
      flow.received += Int128(trail.amountMinor[edge])
      flow.receipts += 1
    }
    for edge in trail.outgoing(of: transfer.source, from: first, through: transfer.time)
    where trail.money(edge).currency == transfer.amount.currency
      && trail.destination[edge] != transfer.source
    {
      flow.paid += Int128(trail.amountMinor[edge])
    }
    return flow
  }

  private func reaches(_ paid: Int128, _ flow: Flow) -> Bool {
    flow.receipts >= receiptsMin && flow.received > 0
      && paid * 10_000 >= flow.received * Int128(outMinBasisPoints)
      && paid * 10_000 <= flow.received * Int128(outMaxBasisPoints)
  }
}
