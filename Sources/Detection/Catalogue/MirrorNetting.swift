public import CaseModel
import TrailGraph

/// An agent here takes in what an agent there pays out, and no transfer joins the two.
///
/// Definition: typologies.md ST-14. Two places P and Q: on five days or more in thirty, local inflows at an agent
/// in P and local outflows by a linked agent in Q match within 3 % in value (after exchange) and three days,
/// with no transfer P→Q; otherwise the two settle in bulk from time to time.
///
/// Departures: an agent is a stated body of role `agent` or `remitter` with a place; two are linked by a tie that
/// holds on the day or by a common controller. The payout may come up to three days before or after the receipt;
/// each movement is matched once, receipts in time order, to the nearest amount. A transfer P→Q is a settlement
/// when it is at least twice the largest match of the window; a smaller one inside the window rules it out.
///
/// - Complexity: O(*r* · *w*) for each linked pair in the receipts and the payouts within three days of one, at most
///   `nearMax`.
public struct MirrorNetting: Detector {
  public static let innocentExplanations = [
    "A licensed remitter pays out through its agents and settles with them; hawala is lawful in places.",
    "A freight or ticket agent collects for a partner who serves the customers elsewhere.",
    "Two shops with the same prices take in and pay out the same amounts by chance.",
  ]
  public let id = "ST-14"
  public let version = 1
  public let kind = "mirror_netting"
  public let title = "Taken in here, paid out there, no transfer between"

  public var windowDays = 30
  public var matchDaysMin = 5
  public var toleranceBasisPoints = 300
  public var withinDays = 3
  public var bulkTimes = 2  // default: what settles several orders is larger than any of them
  public var nearMax = 2_000  // payouts looked at for one receipt

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"),
      .parameter("least days with a match", "\(matchDaysMin)"),
      .parameter("match within", "\(Statistic.percent(toleranceBasisPoints)), \(withinDays) days"),
      .parameter("a settlement is at least", "\(bulkTimes) times the largest match"),
    ]
  }

  struct Match {
    let receipt: Int
    let payout: Int
    let minor: Int64
  }

  /// Two linked agents, with what one takes in, what the other pays out, and what goes between.
  struct Sides {
    let p: Body
    let q: Body
    let into: [Int]
    let out: [Int]
    let across: [Int]
    let back: [Int]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene) else { return lacking("bodies, places and ties") }
    let agents = around.bodies.values.filter {
      !$0.roles.filter { [.agent, .remitter].contains($0) }.isEmpty && around.place(of: $0) != nil
        && !around.accounts(of: $0.code).isEmpty
    }.sorted { $0.code < $1.code }
    guard agents.count > 1 else {
      return lacking("bodies of role agent or remitter, two or more, each with its place")
    }
    guard !around.facts.ties.isEmpty else { return lacking("ties between agents") }
    let amounts = ComparableAmounts(scene.trail, scene.context)
    var proofs: [Proof] = []
    var cut = 0
    for p in agents {
      for q in agents where p.code != q.code && p.place != q.place {
        guard let sides = sides(p, q, around) else { continue }
        let (matches, left) = matches(sides, amounts, scene.trail)
        cut += left
        proofs += look(at: matches, sides, amounts, around)
      }
    }
    return result(
      proofs, in: scene,
      truncation: cut > 0
        ? "for \(cut) receipts only the first \(nearMax) payouts near them were compared" : nil)
  }

  /// Nil when nothing stated links the two on any day they deal.
  private func sides(_ p: Body, _ q: Body, _ around: Surroundings) -> Sides? {
    let trail = around.trail
    let here = Set(around.accounts(of: p.code))
    let there = Set(around.accounts(of: q.code))
    func isLinked(_ edge: Int) -> Bool { link(p, q, trail.day(edge), around) != nil }
    let received = here.flatMap { trail.incoming(of: $0).map(Int.init) }
    let paid = there.flatMap { Array(trail.outgoing(of: $0)) }
    let into = received.filter { !here.contains(trail.source[$0]) }
    let out = paid.filter { !there.contains(trail.destination[$0]) }
    let sides = Sides(
      p: p, q: q,
      into: into.filter { !there.contains(trail.source[$0]) && isLinked($0) }
        .sorted(by: trail.isEarlier),
      out: out.filter { !here.contains(trail.destination[$0]) }.sorted(by: trail.isEarlier),
      across: here.flatMap { Array(trail.outgoing(of: $0)) }
        .filter { there.contains(trail.destination[$0]) }.sorted(by: trail.isEarlier),
      back: out.filter { here.contains(trail.destination[$0]) }.sorted(by: trail.isEarlier))
    return sides.into.isEmpty || sides.out.isEmpty ? nil : sides
  }

  private func link(_ p: Body, _ q: Body, _ day: CivilDate, _ around: Surroundings) -> String? {
    if let tie = around.tie(p.code, q.code, on: day) { return "tie of \(tie.kind.rawValue)" }
    let common = around.controllers(of: p.code, on: day)
      .intersection(around.controllers(of: q.code, on: day))
    return common.min().map { "both directed by \($0)" }
  }

  /// - Returns: the matches in time order, and for how many receipts the bound left payouts out.
  private func matches(
    _ sides: Sides, _ amounts: ComparableAmounts, _ trail: Trail
  ) -> ([Match], Int) {
    let payouts = sides.out.map { (edge: $0, money: amounts.amount($0)) }
    var used: Set<Int> = []
    var (matches, cut, start): ([Match], Int, Int) = ([], 0, 0)
    for receipt in sides.into {
      let money = amounts.amount(receipt)
      let day = trail.day(receipt)
      while start < payouts.count, day - trail.day(payouts[start].edge) > withinDays { start += 1 }
      var best: (off: Int128, edge: Int)?
      var place = start
      while place < payouts.count, trail.day(payouts[place].edge) - day <= withinDays {
        guard place - start < nearMax else {
          cut += 1
          break
        }
        let payout = payouts[place]
        place += 1
        guard payout.money.currency == money.currency, !used.contains(payout.edge) else { continue }
        let off = abs(Int128(payout.money.minorUnits) - Int128(money.minorUnits))
        let isNear = off * 10_000 <= Int128(money.minorUnits) * Int128(toleranceBasisPoints)
        if isNear, best.map({ off < $0.off }) ?? true { best = (off, payout.edge) }
      }
      guard let best else { continue }
      used.insert(best.edge)
      matches.append(Match(receipt: receipt, payout: best.edge, minor: money.minorUnits))
    }
    return (matches, cut)
  }

  private func look(
    at matches: [Match], _ sides: Sides, _ amounts: ComparableAmounts, _ around: Surroundings
  ) -> [Proof] {
    let trail = around.trail
    func days(_ part: ArraySlice<Match>) -> Int { Set(part.map { trail.day($0.receipt) }).count }
    let runs = Window.joined(
      days: windowDays, count: matches.count, day: { trail.day(matches[$0].receipt) }
    ) { range in
      let part = matches[range]
      return days(part) >= matchDaysMin && small(part, sides, amounts, trail).isEmpty
    }
    return runs.map { run, windows in
      let most = windows.map { days(matches[$0]) }.max() ?? 0
      return proof(matches[run], most: most, sides, around)
    }
  }

  /// Transfers P→Q in the days of these matches that are too small to settle several.
  private func small(
    _ matches: ArraySlice<Match>, _ sides: Sides, _ amounts: ComparableAmounts, _ trail: Trail
  ) -> [Int] {
    guard let first = matches.first, let last = matches.last else { return [] }
    let largest = matches.map { Int128($0.minor) }.max() ?? 0
    let (from, until) = (trail.day(first.receipt), trail.day(last.receipt).adding(days: withinDays))
    return sides.across.filter { edge in
      trail.day(edge) >= from && trail.day(edge) <= until
        && Int128(amounts.amount(edge).minorUnits) < largest * Int128(bulkTimes)
    }
  }
}
