public import CaseModel
import TrailGraph

/// Money that came in goes out to many who were never paid before, within days.
///
/// Definition: typologies.md ST-06. Within `windowDays` days one account pays at least `payeesMin` new
/// beneficiaries (not paid in the 180 days before), together at least 70 % of what it received from seven
/// days before the first of these payments to the last.
///
/// Departures: something must have been received in those days, else there is nothing that goes on. Silent
/// when at least half of the beneficiaries have a dealing that explains the payment: they are paid in
/// three or more times over eight weeks (a payroll, standing suppliers), or they had paid the
/// account before (a refund). Beneficiaries without name or account are not counted.
///
/// - Complexity: O(*d* log *d*) an account, *d* its movements.
public struct FanOut: Detector {
  public static let innocentExplanations = [
    "A payroll or supplier run, the first of its kind on record.",
    "Refunds to customers, prizes, or shares paid out to members.",
    "A family helps many relatives after a disaster.",
  ]
  public let id = "ST-06"
  public let version = 1
  public let kind = "fan_out"
  public let title = "Many new payees of one account"

  public var windowDays = 3  // default: one sitting and the banking days around it
  public var payeesMin = 10
  public var newAfterDays = 180  // default: half a year without a payment makes a payee new
  public var inflowDays = 7  // default: money that stays longer is not merely passed on
  public var inflowShareBasisPoints = 7_000
  public var regular = Regularity()  // default: the same habit for every detector

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least new payees", "\(payeesMin)"),
      .parameter("new after", "\(newAfterDays) days without payment"),
      .parameter(
        "least sum",
        "\(Statistic.percent(inflowShareBasisPoints)) of the receipts since \(inflowDays) days before"
      ),
      .parameter(
        "regular payee", regular.words),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawBothSides = false
    for account in scene.centres {
      if !sawBothSides { sawBothSides = trail.hasBothSides(account) }
      guard trail.pays(account, times: payeesMin, withinDays: windowDays) else { continue }
      let sides = TwoSides(of: account, trail)
      guard sides.isComplete, sides.named.count >= payeesMin else { continue }
      for (currency, receipts, payments) in sides.groups(amounts) where payments.count >= payeesMin
      {
        let payout = payout(payments, from: receipts, trail)
        proofs += payout.runs.compactMap {
          proof($0, of: payout, account, currency, trail)
        }
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawBothSides ? nil : "no account has records of both receipts and payments")
  }

  /// The payments of one account as partners, the fans among them, and its receipts.
  struct Payout {
    let payees: Partners
    let runs: [[Partners.Fan]]
    let receipts: DatedSums
    let hadPaid: [Int32: Int64]
  }

  func payout(
    _ payments: [ComparableAmounts.Item], from incoming: [ComparableAmounts.Item], _ trail: Trail
  ) -> Payout {
    let tallies = regular.tallies(payments.lazy.map(\.edge), trail) { trail.destination[$0] }
    var hadPaid: [Int32: Int64] = [:]
    for item in incoming where hadPaid[trail.source[item.edge]] == nil {
      hadPaid[trail.source[item.edge]] = trail.time[item.edge]
    }
    let payees = Partners(
      payments, trail, newAfterDays: newAfterDays, party: { trail.destination[$0] },
      isKnown: { payee, edge in
        regular.holds(tallies[payee]) || (hadPaid[payee] ?? .max) < trail.time[edge]
      })
    let receipts = DatedSums(incoming, trail)
    let runs = payees.fans(days: windowDays, partnersMin: payeesMin, trail) { fan in
      let inflow = self.inflow(to: fan, payees, receipts, trail)
      return inflow > 0 && fan.sum * 10_000 >= inflow * Int128(inflowShareBasisPoints)
    }
    return Payout(payees: payees, runs: runs, receipts: receipts, hadPaid: hadPaid)
  }

  /// What came in from `inflowDays` days before the fan's first day to its last payment.
  private func inflow(
    to fan: Partners.Fan, _ payees: Partners, _ receipts: DatedSums, _ trail: Trail
  ) -> Int128 {
    let first = trail.day(payees.items[fan.range.lowerBound].edge)
    let last = trail.time[payees.items[fan.range.upperBound - 1].edge]
    return receipts.sum(fromDay: first.adding(days: 0 - inflowDays), beforeTime: last)
  }

  private func proof(
    _ fans: [Partners.Fan], of payout: Payout, _ account: Int32, _ currency: Currency,
    _ trail: Trail
  ) -> Proof? {
    let payees = payout.payees
    let shown = payees.payments(in: fans)
    let edges = shown.map { payees.items[$0].edge }
    guard let best = Partners.fullest(fans), let first = edges.first, let last = edges.last else {
      return nil
    }
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, currency)
    }
    let total = shown.reduce(Int128(0)) { $0 + Int128(payees.items[$1].minor) }
    let distinct = payees.distinct(shown)
    let inflow = inflow(to: best, payees, payout.receipts, trail)
    let limit = Rounding.halfUp.quotient(inflow * Int128(inflowShareBasisPoints), by: 10_000)
    let refunded = distinct.count { payout.hadPaid[$0] != nil }
    let payroll = edges.count { trail.channel($0) == .payroll }
    return Proof(
      edges: edges,
      roles: [(account, "centre")] + distinct.map { (account: $0, part: "destination") },
      sentence:
        "\(money(total)) went from one account to \(distinct.count) payees that it had not paid before, "
        + "from \(trail.day(first)) to \(trail.day(last)).",
      measures: [
        .atLeast("new payees in \(windowDays) days", best.partners, payeesMin),
        .atLeast("sum in \(windowDays) days", best.sum, limit, text: money),
      ],
      cautionsChecked: [
        "\(payees.knownPartners(shown)) of \(distinct.count) payees are paid regularly or had paid "
          + "the account before",
        "\(refunded) of \(distinct.count) payees pay the account too",
        "\(payroll) of \(edges.count) payments are recorded as payroll",
      ],
      cautionsNotChecked: ["whether the payees are staff, suppliers, customers or relatives"]
        + regular.tooShort(account, trail))
  }
}
