public import CaseModel
import TrailGraph

/// Many strangers pay one account, and days later it pays as many strangers.
///
/// Definition: typologies.md ST-07. The fan-in of ST-05 and then the fan-out of ST-06 at one account: the
/// payments begin after the receipts began and at most `pauseDays` days after the last of them, end after
/// the receipts ended, and are 80 % to 102 % of the receipts.
///
/// Departure: receipts and payments may overlap, as long as the payments begin and end later: who passes
/// money on does not wait for the last payer. Both fans are exactly those of ST-05 and ST-06, their
/// silence about regular payers and payees included.
///
/// - Complexity: O(*d* log *d* + *g* · *s*) an account, *d* its movements, *g* and *s* the windows of a fan
///   in and out within days of each other, at most `pairLimit` of them.
public struct GatherScatter: Detector {
  public static let innocentExplanations = [
    "The clearing account of a platform pays its sellers what their customers paid.",
    "A collection is handed out to those it was made for.",
    "A ticket or course seller refunds a cancelled event.",
  ]
  public let id = "ST-07"
  public let version = 1
  public let kind = "gather_scatter"
  public let title = "Gathered from many, scattered to many"

  public var gather = FanIn()  // ST-05 with its defaults
  public var scatter = FanOut()  // ST-06 with its defaults
  public var pauseDays = 7
  public var outMinBasisPoints = 8_000
  public var outMaxBasisPoints = 10_200
  public var pairLimit = 1_000_000  // default: well under a second an account

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("longest pause", "\(pauseDays) days"),
      .parameter(
        "out of in",
        "\(Statistic.percent(outMinBasisPoints)) to \(Statistic.percent(outMaxBasisPoints))"),
      .parameter("pair limit", "\(pairLimit) windows"),
    ] + gather.parameters.map { .parameter("gathering: " + $0.name, $0.value) }
      + scatter.parameters.map { .parameter("scattering: " + $0.name, $0.value) }
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawBothSides = false
    var stopped = 0
    for account in scene.centres {
      if !sawBothSides { sawBothSides = trail.hasBothSides(account) }
      guard trail.pays(account, times: scatter.payeesMin, withinDays: scatter.windowDays),
        trail.isPaid(account, times: gather.sourcesMin, withinDays: gather.windowDays)
      else { continue }
      let sides = TwoSides(of: account, trail)
      guard sides.receipts.count >= gather.sourcesMin, sides.named.count >= scatter.payeesMin else {
        continue
      }
      for (currency, receipts, payments) in sides.groups(amounts) {
        let named = receipts.filter { trail.source[$0.edge] >= 0 }
        let gathered = gather.gathered(named, trail)
        guard !gathered.runs.isEmpty else { continue }
        let payout = scatter.payout(payments, from: receipts, trail)
        var search = Joining(detector: self, payers: gathered.payers, payees: payout.payees, trail)
        let gatherings = gathered.runs.flatMap { $0 }
        for run in payout.runs {
          if let pair = search.best(of: run, after: gatherings) {
            proofs.append(search.proof(pair, account, currency))
          }
        }
        stopped += search.isStopped ? 1 : 0
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawBothSides ? nil : "no account has records of both receipts and payments",
      truncation: stopped == 0
        ? nil : "pairing stopped at \(pairLimit) pairs of windows at \(stopped) accounts")
  }
}

/// Pairs the windows of one account's fans.
private struct Joining {
  typealias Fan = Partners.Fan
  let detector: GatherScatter
  let payers: Partners
  let payees: Partners
  let trail: Trail
  var looked = 0
  var isStopped = false

  init(detector: GatherScatter, payers: Partners, payees: Partners, _ trail: Trail) {
    self.detector = detector
    self.payers = payers
    self.payees = payees
    self.trail = trail
  }

  /// The pair with the most partners on its smaller side, then on both; then the earlier.
  mutating func best(of scattering: [Fan], after fans: [Fan]) -> (in: Fan, out: Fan)? {
    var best: (in: Fan, out: Fan)?
    for out in scattering {
      let (first, last) = edges(out, payees)
      let low = fans.partitionPoint {
        trail.day(first) - trail.day(edges($0, payers).last) <= detector.pauseDays
      }
      for fan in fans[low...] {
        let (begin, end) = edges(fan, payers)
        guard trail.time[end] < trail.time[last] else { break }
        guard looked < detector.pairLimit else {
          isStopped = true
          return best
        }
        looked += 1
        guard trail.time[begin] < trail.time[first],
          out.sum * 10_000 >= fan.sum * Int128(detector.outMinBasisPoints),
          out.sum * 10_000 <= fan.sum * Int128(detector.outMaxBasisPoints)
        else { continue }
        if best.map({ rank((fan, out)) > rank($0) }) ?? true { best = (fan, out) }
      }
    }
    return best
  }

  private func rank(_ pair: (in: Fan, out: Fan)) -> (Int, Int) {
    (min(pair.in.partners, pair.out.partners), pair.in.partners + pair.out.partners)
  }

  private func edges(_ fan: Fan, _ side: Partners) -> (first: Int, last: Int) {
    (side.items[fan.range.lowerBound].edge, side.items[fan.range.upperBound - 1].edge)
  }

  func proof(_ pair: (in: Fan, out: Fan), _ account: Int32, _ currency: Currency) -> Proof {
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, currency)
    }
    let (received, paid) = (payers.payments(in: pair.in), payees.payments(in: pair.out))
    let edges = received.map { payers.items[$0].edge } + paid.map { payees.items[$0].edge }
    let (begin, end) = (self.edges(pair.in, payers), self.edges(pair.out, payees))
    let pause = max(0, trail.day(end.first) - trail.day(begin.last))
    let share = Statistic.basisPoints(pair.out.sum, of: pair.in.sum)
    return Proof(
      edges: edges,
      roles: [(account, "centre")] + payers.distinct(received).map { ($0, "source") }
        + payees.distinct(paid).map { ($0, "destination") },
      sentence:
        "\(money(pair.in.sum)) came into one account from \(pair.in.partners) payers who had not paid "
        + "before, and \(money(pair.out.sum)) left it to \(pair.out.partners) payees not paid before, "
        + "from \(trail.day(begin.first)) to \(trail.day(end.last)).",
      measures: [
        .atLeast(
          "new sources in \(detector.gather.windowDays) days", pair.in.partners,
          detector.gather.sourcesMin),
        .atLeast(
          "new payees in \(detector.scatter.windowDays) days", pair.out.partners,
          detector.scatter.payeesMin),
        .plain(
          "out of in", Statistic.percent(share),
          limit: "\(Statistic.percent(detector.outMinBasisPoints)) to "
            + "\(Statistic.percent(detector.outMaxBasisPoints))"),
        .plain("pause", "\(pause) days", limit: "at most \(detector.pauseDays)"),
      ],
      cautionsChecked: [
        "\(payers.knownPartners(received)) of \(pair.in.partners) payers and "
          + "\(payees.knownPartners(paid)) of \(pair.out.partners) payees have regular or earlier dealings"
      ],
      cautionsNotChecked: [
        "whether the account clears for a platform",
        "whether a collection was handed out or refunded",
      ])
  }
}
