public import CaseModel
import TrailGraph

/// Cash paid in at several far places and taken out somewhere else at once.
///
/// Definition: typologies.md ST-03. Cash comes in at three or more places at least 100 km from the holder's home,
/// and at least 70 % of that value is withdrawn or sent from another area within 48 hours.
///
/// Departures: the row names no window; the places count within 30 days. A payment whose place is stated
/// counts as elsewhere when it lies 100 km or more from the deposit; a payment without a place counts, and
/// the finding says how many. Which payment carries which deposit on is told first in, first out.
/// Distances: `GeoPoint.metres`.
///
/// - Complexity: O(*n* log *n*) in an account's movements, times those within 48 hours.
public struct FunnelAccount: Detector {
  public static let innocentExplanations = [
    "A travelling trader banks takings on the road and pays suppliers.",
    "Relatives in several towns support a student or a patient.",
    "Branches of one business bank into one account that its head office uses.",
  ]
  public let id = "ST-03"
  public let version = 1
  public let kind = "funnel_account"
  public let title = "Cash paid in at far places and taken out elsewhere"

  public var windowDays = 30  // default: a month, because the row names none
  public var placesMin = 3
  public var farMetres = 100_000
  public var withinHours = 48
  public var shareBasisPoints = 7_000

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least places", "\(placesMin)"),
      .parameter("far from home and from each other", "\(farMetres / 1_000) km"),
      .parameter("taken out within", "\(withinHours) hours"),
      .parameter("least share taken out", Statistic.percent(shareBasisPoints)),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene) else { return lacking("movements, homes and places") }
    guard !around.facts.movements.isEmpty else { return lacking("movements") }
    guard !around.facts.homes.isEmpty else { return lacking("homes") }
    let placed = placedEdges(around)
    var proofs: [Proof] = []
    var homeless = 0
    let homes = Dictionary(
      around.facts.homes.compactMap { home in
        around.account(home.account).map { ($0, home.place) }
      }, uniquingKeysWith: { a, _ in a })
    for account in Set(placed.keys.map { scene.trail.destination[$0] }).sorted() where account >= 0
    {
      guard let home = homes[account].flatMap({ around.point($0) }) else {
        homeless += 1
        continue
      }
      proofs += look(at: account, home: home, placed, around)
    }
    let own = around.facts.movements.count { around.account($0.movement.account) != nil }
    let lost = own - placed.count
    var missing: [String] = []
    if homeless > 0 { missing.append("\(homeless) accounts with placed cash state no home") }
    if lost > 0 { missing.append("\(lost) placed movements are not in the records") }
    return result(
      proofs, in: scene,
      notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  private struct Spot {
    let point: GeoPoint
    let code: PlaceCode
    let by: PartyCode?
  }

  private func placedEdges(_ around: Surroundings) -> [Int: Spot] {
    var placed: [Int: Spot] = [:]
    let edges = around.transfers(of: around.facts.movements.map(\.movement))
    for (item, edge) in zip(around.facts.movements, edges) {
      guard let edge, let point = around.point(item.place) else { continue }
      placed[edge] = Spot(point: point, code: item.place, by: item.by)
    }
    return placed
  }

  private func look(
    at account: Int32, home: GeoPoint, _ placed: [Int: Spot], _ around: Surroundings
  ) -> [Proof] {
    let trail = around.trail
    let (into, out) = around.transfers(of: account)
    let amounts = ComparableAmounts(trail, around.context)
    let far = into.filter { edge in
      trail.channel(edge) == .cashDeposit
        && (placed[edge].map { $0.point.metres(to: home) >= farMetres } ?? false)
    }
    let payments = Dictionary(
      amounts.groups(out.filter { trail.destination[$0] != account }).map {
        ($0.currency, $0.items)
      }, uniquingKeysWith: { a, _ in a })
    return amounts.groups(far).flatMap { currency, deposits -> [Proof] in
      let onward = Onward(deposits, payments[currency] ?? [], hours: withinHours, trail) {
        payment, deposit in
        guard let there = placed[payment], let here = placed[deposit] else { return true }
        return there.point.metres(to: here.point) >= farMetres
      }
      let runs = Window.joined(
        days: windowDays, count: deposits.count, day: { trail.day(deposits[$0].edge) }
      ) { holds(deposits[$0], onward, placed) }
      return runs.compactMap { run, windows in
        let sized = windows.map {
          (Set(deposits[$0].compactMap { placed[$0.edge]?.code }).count, $0)
        }
        guard
          let best = sized.enumerated().max(by: {
            ($0.element.0, -$0.offset) < ($1.element.0, -$1.offset)
          })?.element
        else { return nil }
        return proof(
          account, deposits[run], best: deposits[best.1], places: best.0, onward, currency, home,
          placed, trail)
      }
    }
  }

  private func holds(
    _ deposits: ArraySlice<ComparableAmounts.Item>, _ onward: Onward, _ placed: [Int: Spot]
  ) -> Bool {
    guard Set(deposits.compactMap { placed[$0.edge]?.code }).count >= placesMin else {
      return false
    }
    let sum = deposits.reduce(Int128(0)) { $0 + Int128($1.minor) }
    return onward.sum(of: Set(deposits.map(\.edge))) * 10_000 >= sum * Int128(shareBasisPoints)
  }

  private func proof(
    _ account: Int32, _ shown: ArraySlice<ComparableAmounts.Item>,
    best: ArraySlice<ComparableAmounts.Item>, places: Int, _ onward: Onward, _ currency: Currency,
    _ home: GeoPoint, _ placed: [Int: Spot], _ trail: Trail
  ) -> Proof {
    let deposits = Set(shown.map(\.edge))
    let pairs = onward.pairs.filter { deposits.contains($0.receipt) }
    let payments = Set(pairs.map(\.payment))
    let sum = best.reduce(Int128(0)) { $0 + Int128($1.minor) }
    let moved = onward.sum(of: Set(best.map(\.edge)))
    let whole = shown.reduce(Int128(0)) { $0 + Int128($1.minor) }
    let nearest = shown.compactMap { placed[$0.edge]?.point.metres(to: home) }.min() ?? 0
    let days = shown.map { trail.day($0.edge) }
    let depositors = Set(shown.compactMap { placed[$0.edge]?.by }).sorted()
    let table = pairs.prefix(Self.pairsShown).map { pair -> Finding.Measure in
      let spot = placed[pair.receipt]
      let distance = spot.map { $0.point.metres(to: home) / 1_000 } ?? 0
      return .plain(
        "paid in \(trail.day(pair.receipt)) at \(spot?.code.text ?? ""), \(distance) km from home",
        "\(Statistic.money(Int128(pair.minor), currency)) went on \(trail.day(pair.payment))",
        limit: "within \(withinHours) hours")
    }
    return Proof(
      edges: (deposits.union(payments)).sorted { (trail.time[$0], $0) < (trail.time[$1], $1) },
      roles: [(account, "centre")],
      sentence:
        "\(Statistic.money(whole, currency)) in cash was paid into one account at "
        + "\(Set(shown.compactMap { placed[$0.edge]?.code }).count) places at least "
        + "\(farMetres / 1_000) km from its holder's home from \(days.first?.description ?? "") to "
        + "\(days.last?.description ?? ""), and left it within \(withinHours) hours.",
      measures: [
        .atLeast("far places in \(windowDays) days", places, placesMin),
        .plain(
          "share taken out in \(withinHours) hours",
          Statistic.percent(Statistic.basisPoints(moved, of: sum)),
          limit: "at least \(Statistic.percent(shareBasisPoints))"),
        .plain(
          "nearest place of a deposit", "\(nearest / 1_000) km from home",
          limit: "at least \(farMetres / 1_000) km"),
      ] + table,
      cautionsChecked: [
        depositors.isEmpty
          ? "no depositor is stated"
          : "depositors stated: " + depositors.map(\.text).joined(separator: ", "),
        "\(payments.count { placed[$0] != nil }) of \(payments.count) payments out state their place",
      ],
      cautionsNotChecked: [
        "whether the holder travels for a trade or is supported by relatives"
      ],
      truncation: pairs.count > Self.pairsShown
        ? "\(pairs.count - Self.pairsShown) further pairs of deposit and payment are not listed"
        : nil)
  }

  private static let pairsShown = 40
}
