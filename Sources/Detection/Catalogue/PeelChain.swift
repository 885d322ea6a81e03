public import CaseModel
import TrailGraph

/// A sum that is passed on and on, and loses a piece to cash, card or an exchange at each stop.
///
/// Definition: typologies.md ST-13. A chain of at least five transfers within 30 days; each is 70 % to 98 % of
/// the one before, and at each stop the rest goes to an exit: cash, a card or an exchange.
///
/// Reading of "the rest goes to an exit": within `exitDays` days after the receipt the account's exits are at
/// least half and at most one and a half times of what it did not pass on. They are sums, because a rest is
/// drawn in several pieces; they are compared with the rest, because an account that spends much more spends
/// other money. A payment with more than `receiptsMax` receipts in the days before it is not followed.
///
/// Departure: silent when at least half of the transfers lie between parties with standing dealings.
///
/// - Complexity: O(*m* · `receiptsMax` · log *d*) in the transfers of accounts with exits.
public struct PeelChain: Detector {
  public static let innocentExplanations = [
    "Agents hand on a collection and keep their commission.",
    "Relatives hand down a gift and each keeps a share.",
    "Subcontractors in a row are paid and live on what they keep.",
  ]
  public let id = "ST-13"
  public let version = 1
  public let kind = "peel_chain"
  public let title = "A sum passed on, a piece taken out at each stop"

  public var transfersMin = 5
  public var windowDays = 30
  public var keptMinBasisPoints = 7_000
  public var keptMaxBasisPoints = 9_800
  public var exitDays = 7  // default: a week to draw or spend the piece
  public var exitMinBasisPoints = 5_000  // default: most of the rest, a fee or a balance may stay
  public var exitMaxBasisPoints = 15_000
  public var receiptsMax = 64  // default: above it any amount meets its like by chance
  public var regular = Regularity()  // default: the same habit for every detector

  static let exits: Set<Channel> = [
    .cashWithdrawal, .atmWithdrawal, .cardPresent, .cardOnline, .cryptoOut, .prepaidLoad,
  ]

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("least transfers", "\(transfersMin)"), .parameter("window", "\(windowDays) days"),
      .parameter(
        "each of the one before",
        "\(Statistic.percent(keptMinBasisPoints)) to \(Statistic.percent(keptMaxBasisPoints))"),
      .parameter(
        "exits of the rest, in \(exitDays) days",
        "\(Statistic.percent(exitMinBasisPoints)) to \(Statistic.percent(exitMaxBasisPoints))"),
      .parameter("receipts compared", "\(receiptsMax) a payment"),
      .parameter(
        "standing dealing", regular.words),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var chains = Chains(trail, windowDays: windowDays)
    var sawExit = false
    for account in 0..<Int32(trail.accountCount) {
      let exits = exits(of: account, trail)
      guard !exits.isEmpty else { continue }
      sawExit = true
      let sums = Dictionary(
        uniqueKeysWithValues: amounts.groups(exits).map {
          ($0.currency, DatedSums($0.items, trail))
        })
      chains.link(
        account, receiptsMax: receiptsMax,
        earliest: { trail.time[$0] - Int64(windowDays + 1) * 86_400 },
        continues: { receipt, payment in
          guard !Self.exits.contains(trail.channel(payment)),
            amounts.share(of: payment, in: receipt, keptMinBasisPoints...keptMaxBasisPoints)
          else { return false }
          let (came, went) = (amounts.amount(receipt), amounts.amount(payment))
          let drawn =
            sums[came.currency]?.sum(
              afterTime: trail.time[receipt], throughDay: trail.day(receipt).adding(days: exitDays))
            ?? 0
          let rest = Int128(came.minorUnits) - Int128(went.minorUnits)
          return drawn * 10_000 >= rest * Int128(exitMinBasisPoints)
            && drawn * 10_000 <= rest * Int128(exitMaxBasisPoints)
        })
    }
    let proofs = chains.longest(transfersMin: transfersMin).compactMap { chain -> Proof? in
      guard scene.asksFor(trail.source[chain.shape[0]]) else { return nil }
      let standing = regular.standing(chain.shape, trail)
      guard standing * 2 < chain.shape.count else { return nil }
      return proof(chain.shape, others: chain.others, standing, trail, amounts)
    }
    let crowded = chains.crowded.count
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawExit ? nil : "no cash, card or exchange payment is recorded as such",
      truncation: crowded == 0
        ? nil
        : "payments of \(crowded) accounts with more than \(receiptsMax) receipts in \(windowDays) days "
          + "were not followed")
  }

  private func exits(of account: Int32, _ trail: Trail) -> [Int] {
    trail.outgoing(of: account).filter { Self.exits.contains(trail.channel($0)) }
  }

  private func proof(
    _ chain: [Int], others: Int, _ standing: Int, _ trail: Trail,
    _ amounts: ComparableAmounts
  ) -> Proof {
    let (first, last) = (chain[0], chain[chain.count - 1])
    var edges: [Int] = []
    for (place, transfer) in chain.enumerated() {
      edges.append(transfer)
      guard place + 1 < chain.count else { continue }
      let end = trail.day(transfer).adding(days: exitDays)
      edges += exits(of: trail.destination[transfer], trail).filter {
        trail.time[$0] > trail.time[transfer] && !(end < trail.day($0))
          && amounts.amount($0).currency == amounts.amount(transfer).currency
      }
    }
    var seen: Set<Int> = []
    edges.removeAll { !seen.insert($0).inserted }
    let kept = zip(chain, chain.dropFirst()).map { before, next in
      Statistic.basisPoints(
        Int128(amounts.amount(next).minorUnits), of: Int128(amounts.amount(before).minorUnits))
    }
    return Proof(
      edges: edges,
      roles: [(trail.source[first], "start")]
        + chain.dropLast().map { (trail.destination[$0], "hop") }
        + [(trail.destination[last], "destination")],
      sentence:
        "\(trail.money(first)) left an account on \(trail.day(first)); after \(chain.count) transfers "
        + "\(trail.money(last)) was left on \(trail.day(last)), and at each stop on the way a piece went "
        + "to cash, a card or an exchange.",
      measures: [
        .atLeast("transfers", chain.count, transfersMin),
        .plain(
          "passed on at each stop", kept.map(Statistic.percent).joined(separator: ", "),
          limit:
            "\(Statistic.percent(keptMinBasisPoints)) to \(Statistic.percent(keptMaxBasisPoints))"),
        .plain(
          "days from first to last transfer", "\(trail.day(last) - trail.day(first))",
          limit: "at most \(windowDays)"),
      ],
      cautionsChecked: [
        "\(standing) of \(chain.count) transfers lie between parties with standing dealings"
      ] + (others == 0 ? [] : ["\(others) further chains share transfers with this one"]),
      cautionsNotChecked: ["whether the stops are agents who earn a commission"]
        + regular.tooShort(trail.source[first], trail))
  }
}
