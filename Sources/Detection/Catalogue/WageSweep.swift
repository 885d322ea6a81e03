public import CaseModel
import TrailGraph

/// Several workers' wages go, payday after payday, to one party at once.
///
/// Definition: typologies.md FL-01 (from FATF 2018 and FIN-2020-A008; the numbers are ours). Within 24
/// hours of payroll at least 80 % leaves to one party, on at least three consecutive paydays, for at
/// least three workers to the same party. For records that state days only, 24 hours are the same or
/// the next day.
///
/// The payers are possible victims: their part is `worker`, never `source`, and documents show them by
/// pseudonym. Cash taken out is no party and is not counted here.
///
/// - Complexity: O(*p* · *w*) in the paydays and the payments within 24 hours of each.
public struct WageSweep: Detector {
  public static let innocentExplanations = [
    "Members of one family keep a joint budget and one of them manages it.",
    "Rent and board of a lawful dormitory is collected on payday.",
    "Workers send pay home through one licensed remitter.",
  ]
  public let id = "FL-01"
  public let version = 1
  public let kind = "wage_sweep"
  public let title = "Wages of several workers swept to one party"

  public var shareMinBasisPoints = 8_000
  public var paydaysMin = 3
  public var workersMin = 3
  public var withinHours = 24

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("least share of pay", Statistic.percent(shareMinBasisPoints)),
      .parameter("within", "\(withinHours) hours of pay"),
      .parameter("least consecutive paydays", "\(paydaysMin)"),
      .parameter("least workers", "\(workersMin)"),
    ]
  }

  /// One payday of one worker, and who got how much of it in time.
  private struct Payday {
    var pay: [Int]
    var currency: Currency
    var minor: Int128
    var swept: [Int32: (minor: Int128, edges: [Int])] = [:]
  }

  /// Consecutive paydays of one worker swept to one party.
  private struct Run {
    let worker: Int32
    let paydays: [Payday]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var runs: [Int32: [Run]] = [:]
    var sawPayroll = false
    for worker in 0..<Int32(trail.accountCount) {
      let days = paydays(of: worker, trail, amounts)
      if !days.isEmpty { sawPayroll = true }
      guard days.count >= paydaysMin else { continue }
      for (party, run) in sweeps(days) {
        runs[party, default: []].append(Run(worker: worker, paydays: run))
      }
    }
    let proofs = runs.keys.sorted().flatMap { party -> [Proof] in
      let workers = runs[party] ?? []
      guard Set(workers.map(\.worker)).count >= workersMin else { return [] }
      return [proof(party, workers, trail, context)]
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawPayroll ? nil : "no entry is recorded as payroll")
  }

  private func paydays(
    of worker: Int32, _ trail: Trail, _ amounts: ComparableAmounts
  ) -> [Payday] {
    var days: [Payday] = []
    for edge in trail.incoming(of: worker).map(Int.init) where trail.channel(edge) == .payroll {
      let money = amounts.amount(edge)
      if let last = days.last, let first = last.pay.first, trail.day(first) == trail.day(edge),
        last.currency == money.currency
      {
        days[days.count - 1].pay.append(edge)
        days[days.count - 1].minor += Int128(money.minorUnits)
      } else {
        days.append(Payday(pay: [edge], currency: money.currency, minor: Int128(money.minorUnits)))
      }
    }
    for index in days.indices {
      guard let first = days[index].pay.first else { continue }
      // Pay in parts on one day: in time after any part counts once, from the first part on.
      for edge in trail.outgoing(
        of: worker, from: trail.time[first],
        through: trail.time[first] + Int64(withinHours + 48) * 3600)
      {
        let to = trail.destination[edge]
        guard to >= 0, to != worker,
          days[index].pay.contains(where: { trail.follows(edge, $0, withinHours: withinHours) })
        else { continue }
        let money = amounts.amount(edge)
        guard money.currency == days[index].currency else { continue }
        days[index].swept[to, default: (0, [])].minor += Int128(money.minorUnits)
        days[index].swept[to]?.edges.append(edge)
      }
    }
    return days
  }

  /// The runs of enough consecutive paydays, by party in account order.
  private func sweeps(_ days: [Payday]) -> [(party: Int32, run: [Payday])] {
    let parties = Set(days.flatMap(\.swept.keys)).sorted()
    var result: [(party: Int32, run: [Payday])] = []
    for party in parties {
      var run: [Payday] = []
      func close() {
        if run.count >= paydaysMin { result.append((party, run)) }
        run = []
      }
      for day in days {
        let part = day.swept[party]?.minor ?? 0
        if day.minor > 0, part * 10_000 >= day.minor * Int128(shareMinBasisPoints) {
          run.append(day)
        } else {
          close()
        }
      }
      close()
    }
    return result
  }

  private func proof(
    _ party: Int32, _ runs: [Run], _ trail: Trail, _ context: CaseContext?
  ) -> Proof {
    var workers: [Int32] = []
    for run in runs where !workers.contains(run.worker) { workers.append(run.worker) }
    // A worker counts with the longest run; the pattern holds for as many paydays as the
    // `workersMin` best workers have, so that one long run does not speak for the others.
    let longest = workers.map { worker in
      runs.filter { $0.worker == worker }.map(\.paydays.count).max() ?? 0
    }.sorted(by: >)
    let paydays = longest[workersMin - 1]
    var edges: [Int] = []
    var lowest = 10_000
    for run in runs {
      for day in run.paydays {
        let swept = day.swept[party]
        edges += day.pay + (swept?.edges ?? [])
        lowest = min(lowest, Statistic.basisPoints(swept?.minor ?? 0, of: day.minor))
      }
    }
    let days = edges.map { trail.day($0) }
    let span =
      (days.min().map(\.description) ?? "") + " to " + (days.max().map(\.description) ?? "")
    let sweptEdges = edges.filter { trail.destination[$0] == party }
    let own = Cautions.ownTransfers(sweptEdges, trail, context)
    let dateOnly = sweptEdges.contains { !trail.hasTimeOfDay($0) }
    return Proof(
      edges: edges,
      roles: [(party, "collector")] + workers.map { (account: $0, part: "worker") },
      sentence:
        "Of the pay of \(workers.count) workers at least \(Statistic.percent(lowest)) went to one "
        + "party within \(withinHours) hours on \(paydays) or more consecutive paydays, \(span).",
      measures: [
        .atLeast("workers", workers.count, workersMin),
        .atLeast("consecutive paydays", paydays, paydaysMin),
        .plain(
          "smallest share of pay", Statistic.percent(lowest),
          limit: "at least \(Statistic.percent(shareMinBasisPoints))"),
      ],
      cautionsChecked: context == nil
        ? [] : ["\(own) of \(sweptEdges.count) payments lie between accounts of one holder"],
      cautionsNotChecked: [
        "whether worker and party are kin with a joint budget",
        "whether the payments are rent of a lawful dormitory",
        "whether the party is a licensed remitter",
      ] + (dateOnly ? ["the hours between pay and payment: records state days only"] : []))
  }
}
