public import CaseModel
import TrailGraph

/// Proceeds of a trade that pay for the trade.
///
/// Definition: typologies.md ST-28. At least 10 % of a traced inflow is spent within 90 days on inputs of the same
/// trade: advertisements, rent of premises, tickets, document fees, recruiters.
///
/// Departures: the inflow is what the case team states as receipts of a trade, before anything is traced; inputs are
/// payments to bodies stated to sell inputs of that trade. Payments are matched to receipts of the same party first
/// in, first out, each unit once, whatever else the account paid between: a sign of where the trade is fed
/// from, not a tracing. All receipts of one trade and one party are one inflow.
///
/// - Complexity: O(*r* · *w*) in the receipts of a party and its payments for inputs within 90 days.
public struct ReinvestmentLoop: Detector {
  public static let innocentExplanations = [
    "Ordinary costs of a lawful trade of the same kind.",
    "The seller of these inputs sells other things too.",
    "Other income of the same account paid the inputs.",
  ]
  public let id = "ST-28"
  public let version = 1
  public let kind = "reinvestment_loop"
  public let title = "Proceeds that pay for the same trade"

  public var shareBasisPoints = 1_000
  public var withinDays = 90

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("least share spent on inputs", Statistic.percent(shareBasisPoints)),
      .parameter("spent within", "\(withinDays) days"),
    ]
  }

  /// The stated receipts of one trade by one party, or by one account without a known holder.
  private struct Inflow {
    let trade: String
    let accounts: [Int32]
    var receipts: [Int] = []
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.receipts.isEmpty else {
      return lacking("receipts")
    }
    let sellers = around.bodies.values.filter { $0.roles.contains(.tradeInput) }
    guard !sellers.isEmpty else { return lacking("bodies of role trade-input, with their trades") }
    let (inflows, lost) = inflows(around)
    let untold = Set(around.facts.receipts.map(\.trade))
      .subtracting(sellers.flatMap(\.trades)).sorted()
    let amounts = ComparableAmounts(scene.trail, scene.context)
    let proofs = inflows.flatMap { look(at: $0, amounts, around) }
    var missing: [String] = []
    if lost > 0 { missing.append("\(lost) stated receipts are not in the records") }
    if !untold.isEmpty {
      missing.append(
        "no `circumstances: bodies` of role trade-input sells inputs of "
          + untold.joined(separator: ", "))
    }
    return result(
      proofs, in: scene, notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  private func inflows(_ around: Surroundings) -> (inflows: [Inflow], lost: Int) {
    let edges = around.transfers(of: around.facts.receipts.map(\.movement))
    var inflows: [Inflow] = []
    var lost = 0
    for (item, edge) in zip(around.facts.receipts, edges) {
      guard let edge else {
        lost += 1
        continue
      }
      let account = around.trail.destination[edge]
      let place = inflows.firstIndex { $0.trade == item.trade && $0.accounts.contains(account) }
      if let place {
        inflows[place].receipts.append(edge)
      } else {
        let accounts = around.party(of: account).map { around.accounts(of: $0) } ?? [account]
        inflows.append(Inflow(trade: item.trade, accounts: accounts, receipts: [edge]))
      }
    }
    return (inflows, lost)
  }

  private func look(
    at inflow: Inflow, _ amounts: ComparableAmounts, _ around: Surroundings
  ) -> [Proof] {
    let trail = around.trail
    let inputs = inflow.accounts.flatMap { Array(trail.outgoing(of: $0)) }.filter { edge in
      guard let body = around.body(of: trail.destination[edge]) else { return false }
      return body.roles.contains(.tradeInput) && body.trades.contains(inflow.trade)
        && !inflow.accounts.contains(trail.destination[edge])
    }.sorted(by: trail.isEarlier)
    let payments = Dictionary(
      amounts.groups(inputs).map { ($0.currency, $0.items) }, uniquingKeysWith: { a, _ in a })
    return amounts.groups(inflow.receipts.sorted(by: trail.isEarlier)).compactMap {
      currency, receipts in
      let onward = Onward(receipts, payments[currency] ?? [], hours: withinDays * 24, trail)
      let whole = receipts.reduce(Int128(0)) { $0 + Int128($1.minor) }
      let spent = onward.sum(of: Set(receipts.map(\.edge)))
      let share = Statistic.basisPoints(spent, of: whole)
      guard share >= shareBasisPoints, !onward.pairs.isEmpty else { return nil }
      return proof(inflow, receipts.map(\.edge), onward, share, (spent, whole, currency), around)
    }
  }

  private func proof(
    _ inflow: Inflow, _ receipts: [Int], _ onward: Onward, _ share: Int,
    _ sums: (spent: Int128, whole: Int128, currency: Currency), _ around: Surroundings
  ) -> Proof {
    let trail = around.trail
    let payments = Set(onward.pairs.map(\.payment)).sorted(by: trail.isEarlier)
    var seen: Set<Int32> = []
    let holders = (receipts.map { trail.destination[$0] } + payments.map { trail.source[$0] })
      .filter { seen.insert($0).inserted }
    let sellers = payments.map { trail.destination[$0] }.filter { seen.insert($0).inserted }
    let days = payments.map { trail.day($0) }
    let table = onward.pairs.prefix(Self.pairsShown).map { pair -> Finding.Measure in
      .plain(
        "receipt \(trail.day(pair.receipt)) of \(trail.money(pair.receipt))",
        "\(Statistic.money(Int128(pair.minor), sums.currency)) paid on \(trail.day(pair.payment)) to "
          + (around.body(of: trail.destination[pair.payment])?.code.text ?? ""),
        limit: "within \(withinDays) days")
    }
    return Proof(
      edges: (receipts + payments).sorted(by: trail.isEarlier),
      roles: holders.map { ($0, "holder") } + sellers.map { ($0, "seller of inputs") },
      sentence:
        "\(Statistic.money(sums.spent, sums.currency)) of \(Statistic.money(sums.whole, sums.currency)) "
        + "received from \(inflow.trade) was spent on inputs of the same trade from "
        + "\(days.first?.description ?? "") to \(days.last?.description ?? "").",
      measures: [
        .atLeast("share spent on inputs", Int128(share), Int128(shareBasisPoints)) {
          Statistic.percent(Int(clamping: $0))
        }
      ] + table,
      cautionsChecked: [
        "the receipts are stated by the case team as receipts of \(inflow.trade), not yet traced",
        "matched first in, first out; the legal method is applied in Tracing",
      ],
      cautionsNotChecked: [
        "whether the inputs served a lawful trade", "whether other income paid for them",
      ],
      truncation: onward.pairs.count > Self.pairsShown
        ? "\(onward.pairs.count - Self.pairsShown) further pairs of receipt and payment are not listed"
        : nil)
  }

  private static let pairsShown = 40
}
