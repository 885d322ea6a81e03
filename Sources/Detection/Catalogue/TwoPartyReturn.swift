public import CaseModel
import TrailGraph

/// Money that one party sends and the other sends back, again and again.
///
/// Definition: typologies.md ST-10. A pays B, then B pays A within 14 days an amount within 10 % of it, at
/// least three times in 90 days. Each payment counts once: in time order, a return goes with the earliest
/// open payment that fits.
///
/// Departure: within 10 % means 90 % to 110 % of what was sent. The account that sent first is the anchor;
/// of the two ways to read one exchange (A to B and back, B to A and back) the one with more returns is
/// reported, of equals the one that begins earlier.
///
/// - Complexity: O(*d* log *d* + *d* · *p*) an account, *d* its movements, *p* the open payments of a pair
///   within 14 days, at most `openMax`.
public struct TwoPartyReturn: Detector {
  public static let innocentExplanations = [
    "A household or friends share bills and settle them.",
    "A customer orders goods and returns them.",
    "One holder moves savings between two accounts, or two firms of one group lend to each other.",
  ]
  public let id = "ST-10"
  public let version = 1
  public let kind = "two_party_return"
  public let title = "Money sent and sent back, repeatedly"

  public var returnDays = 14
  public var toleranceBasisPoints = 1_000
  public var returnsMin = 3
  public var windowDays = 90
  public var openMax = 256  // default: open payments of one pair that a return is compared with

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("longest way back", "\(returnDays) days"),
      .parameter("amount within", Statistic.percent(toleranceBasisPoints)),
      .parameter("least returns", "\(returnsMin)"), .parameter("window", "\(windowDays) days"),
      .parameter("open payments compared", "\(openMax)"),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawBothSides = false
    var dropped = 0
    for account in scene.centres {
      if !sawBothSides { sawBothSides = trail.hasBothSides(account) }
      for pair in exchanges(of: account, trail) {
        for group in amounts.groups(pair.edges) where group.items.count >= 2 * returnsMin {
          let own = returns(group.items, startingAt: account, trail)
          let other = returns(group.items, startingAt: pair.partner, trail)
          dropped += own.dropped + other.dropped
          guard isBetter(own.found, than: other.found, trail) else { continue }
          proofs += runs(own.found, trail).map {
            proof($0, account, pair.partner, group.currency, trail, context)
          }
        }
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawBothSides ? nil : "no account has records of both receipts and payments",
      truncation: dropped == 0
        ? nil
        : "\(dropped) payments were not compared: more than \(openMax) open ones between two parties"
    )
  }

  /// The partners an account both pays and is paid by often enough, ascending, with all edges between
  /// the two in time order.
  private func exchanges(
    of account: Int32, _ trail: Trail
  ) -> [(partner: Int32, edges: [Int])] {
    let (payments, receipts) = (trail.outgoing(of: account), trail.incoming(of: account))
    guard payments.count >= returnsMin, receipts.count >= returnsMin else { return [] }
    // Whom it pays often enough, before the receipts are looked at: they lie all over the columns.
    let payees = Set(repeated(payments.map { trail.destination[$0] }, but: account))
    guard !payees.isEmpty else { return [] }
    let back = receipts.map { trail.source[Int($0)] }
    let partners = repeated(back.filter { payees.contains($0) }, but: account)
    guard !partners.isEmpty else { return [] }
    var between: [Int32: [Int]] = [:]
    for partner in partners { between[partner] = [] }
    for edge in payments { between[trail.destination[edge]]?.append(edge) }
    for (partner, edge) in zip(back, receipts) { between[partner]?.append(Int(edge)) }
    return partners.map { partner in
      (partner, (between[partner] ?? []).sorted { (trail.time[$0], $0) < (trail.time[$1], $1) })
    }
  }

  /// The named parties that stand in a list at least `returnsMin` times, ascending.
  private func repeated(_ parties: [Int32], but account: Int32) -> [Int32] {
    let sorted = parties.sorted()
    var found: [Int32] = []
    for place in sorted.indices.dropFirst(returnsMin - 1) {
      let party = sorted[place]
      guard party >= 0, party != account, sorted[place - returnsMin + 1] == party,
        found.last != party
      else { continue }
      found.append(party)
    }
    return found
  }

  private typealias Return = (sent: ComparableAmounts.Item, back: ComparableAmounts.Item)

  /// Pairs the payments of `start` with those that come back.
  private func returns(
    _ items: [ComparableAmounts.Item], startingAt start: Int32, _ trail: Trail
  ) -> (found: [Return], dropped: Int) {
    var open: [ComparableAmounts.Item] = []
    var found: [Return] = []
    var dropped = 0
    for item in items {
      if trail.source[item.edge] == start {
        if open.count == openMax {
          open.removeFirst()
          dropped += 1
        }
        open.append(item)
        continue
      }
      let day = trail.day(item.edge)
      open.removeAll { day - trail.day($0.edge) > returnDays }
      guard let place = open.firstIndex(where: { fits(item, $0, trail) }) else { continue }
      found.append((open.remove(at: place), item))
    }
    return (found, dropped)
  }

  private func fits(
    _ back: ComparableAmounts.Item, _ sent: ComparableAmounts.Item, _ trail: Trail
  ) -> Bool {
    let (part, whole) = (Int128(back.minor) * 10_000, Int128(sent.minor))
    return trail.time[sent.edge] < trail.time[back.edge]
      && part >= whole * Int128(10_000 - toleranceBasisPoints)
      && part <= whole * Int128(10_000 + toleranceBasisPoints)
  }

  private func isBetter(_ own: [Return], than other: [Return], _ trail: Trail) -> Bool {
    guard let first = own.first else { return false }
    guard let rival = other.first, own.count <= other.count else { return true }
    guard own.count == other.count else { return false }
    return (trail.time[first.sent.edge], first.sent.edge)
      < (trail.time[rival.sent.edge], rival.sent.edge)
  }

  /// Runs of returns of which enough came back within `windowDays` days; overlapping windows joined, with
  /// the fullest window's count.
  private func runs(_ returns: [Return], _ trail: Trail) -> [(all: ArraySlice<Return>, best: Int)] {
    var result: [(range: Range<Int>, best: Int)] = []
    var low = 0
    for high in returns.indices {
      let last = trail.day(returns[high].back.edge)
      while last - trail.day(returns[low].back.edge) >= windowDays { low += 1 }
      let count = high + 1 - low
      guard count >= returnsMin else { continue }
      if let previous = result.last, previous.range.upperBound > low {
        result[result.count - 1] = (
          previous.range.lowerBound..<(high + 1), max(previous.best, count)
        )
      } else {
        result.append((low..<(high + 1), count))
      }
    }
    return result.map { (returns[$0.range], $0.best) }
  }

  private func proof(
    _ run: (all: ArraySlice<Return>, best: Int), _ account: Int32, _ partner: Int32,
    _ currency: Currency, _ trail: Trail, _ context: CaseContext?
  ) -> Proof {
    let edges = run.all.flatMap { [$0.sent.edge, $0.back.edge] }
    func sum(_ items: [ComparableAmounts.Item]) -> String {
      Statistic.money(items.reduce(Int128(0)) { $0 + Int128($1.minor) }, currency)
    }
    let shares = run.all.map {
      Statistic.basisPoints(Int128($0.back.minor), of: Int128($0.sent.minor))
    }
    let exact = run.all.count { $0.back.minor == $0.sent.minor }
    let days = run.all.map { trail.day($0.back.edge) - trail.day($0.sent.edge) }
    return Proof(
      edges: edges, roles: [(account, "start"), (partner, "partner")],
      sentence:
        "\(sum(run.all.map(\.sent))) went from one account to another in \(run.all.count) payments, and "
        + "\(sum(run.all.map(\.back))) came back, each within \(days.max() ?? 0) days.",
      measures: [
        .atLeast("returns in \(windowDays) days", run.best, returnsMin),
        .plain(
          "returned of sent",
          "\(Statistic.percent(shares.min() ?? 0)) to \(Statistic.percent(shares.max() ?? 0))",
          limit: "within \(Statistic.percent(toleranceBasisPoints))"),
        .plain("longest way back", "\(days.max() ?? 0) days", limit: "at most \(returnDays)"),
      ],
      cautionsChecked: [
        "\(exact) of \(run.all.count) returns are exactly what was sent, as refunds are"
      ]
        + (context == nil
          ? []
          : [
            "\(Cautions.ownTransfers(edges, trail, context)) of \(edges.count) payments lie between "
              + "accounts of one holder"
          ]),
      cautionsNotChecked: ["whether the two share a household, bills or goods on approval"]
        + (context == nil ? ["whether one person holds both accounts"] : []))
  }
}
