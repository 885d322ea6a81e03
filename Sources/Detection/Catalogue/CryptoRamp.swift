public import CaseModel
import TrailGraph

/// Money that goes to an exchange as soon as it comes, or comes from one and is drawn as cash.
///
/// Definition: typologies.md ST-22. On the way in: payments to an exchange, each within 24 hours of a receipt,
/// at least three in 30 days, together at least 60 % of the receipts of those days. On the way out: receipts
/// from an exchange of which cash is drawn within 24 hours, counted alike.
///
/// Readings: the exchange is known by the channel (`crypto_out`, `crypto_in`), not by a list. On the way out
/// the count, the days and the share are those of the way in: three drawings in 30 days, 60 % of what the
/// exchange paid. For records that state days only, 24 hours are the same or the next day.
///
/// - Complexity: O(*d* log *d*) an account, *d* its movements.
public struct CryptoRamp: Detector {
  public static let innocentExplanations = [
    "A trader in crypto assets moves capital in and out.",
    "Someone paid in crypto assets lives on cash.",
    "A saver buys whenever money comes in.",
  ]
  public let id = "ST-22"
  public let version = 1
  public let kind = "crypto_ramp"
  public let title = "Straight to an exchange, or from it into cash"

  public var windowDays = 30
  public var passagesMin = 3
  public var withinHours = 24
  public var shareBasisPoints = 6_000

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least payments", "\(passagesMin)"),
      .parameter("within", "\(withinHours) hours of a receipt"),
      .parameter("least share of the receipts", Statistic.percent(shareBasisPoints)),
    ]
  }

  /// The two ways over the ramp: which receipts feed it, and which payments take it.
  private struct Way {
    let feeds: Set<Channel>?
    let takes: Set<Channel>
    let sentence: String
  }
  private static let ways = [
    Way(feeds: nil, takes: [.cryptoOut], sentence: "went on to an exchange"),
    Way(
      feeds: [.cryptoIn], takes: [.atmWithdrawal, .cashWithdrawal],
      sentence: "from an exchange was drawn as cash"),
  ]

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawExchange = false
    for account in scene.centres {
      let sides = TwoSides(of: account, trail)
      let touches =
        sides.payments.contains { trail.channel($0) == .cryptoOut }
        || sides.receipts.contains { trail.channel($0) == .cryptoIn }
      guard touches else { continue }
      sawExchange = true
      for way in Self.ways {
        let feeds = sides.receipts.filter {
          way.feeds?.contains(trail.channel($0)) ?? (trail.channel($0) != .cryptoIn)
        }
        let takes = sides.payments.filter { way.takes.contains(trail.channel($0)) }
        let into = amounts.groups(feeds)
        for group in amounts.groups(takes) {
          guard let fed = into.first(where: { $0.currency == group.currency }) else { continue }
          proofs += passages(group.items, fed.items, trail).map {
            proof($0, way, of: account, group.currency, trail)
          }
        }
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawExchange ? nil : "no payment to or from an exchange is recorded as such")
  }

  private struct Passage {
    let taken: ArraySlice<ComparableAmounts.Item>
    let best: ArraySlice<ComparableAmounts.Item>
    let feeds: [Int]
    let sum: Int128
    let fed: Int128
  }

  /// Payments that follow a receipt closely, in windows that take enough of the receipts.
  private func passages(
    _ takes: [ComparableAmounts.Item], _ feeds: [ComparableAmounts.Item], _ trail: Trail
  ) -> [Passage] {
    let prompt = takes.filter { take in
      let before = feeds.partitionPoint { trail.time[$0.edge] >= trail.time[take.edge] }
      return before > 0
        && trail.follows(take.edge, feeds[before - 1].edge, withinHours: withinHours)
    }
    let (out, into) = (DatedSums(prompt, trail), DatedSums(feeds, trail))
    func sums(_ range: Range<Int>) -> (out: Int128, into: Int128) {
      let (first, last) = (prompt[range.lowerBound].edge, prompt[range.upperBound - 1].edge)
      let begin = trail.day(last).adding(days: 1 - windowDays)
      return (
        out.sum(fromDay: trail.day(first), beforeTime: trail.time[last] + 1),
        into.sum(fromDay: begin, beforeTime: trail.time[last])
      )
    }
    let runs = Window.joined(
      days: windowDays, count: prompt.count, day: { trail.day(prompt[$0].edge) }
    ) { range in
      guard range.count >= passagesMin else { return false }
      let (sum, fed) = sums(range)
      return fed > 0 && sum * 10_000 >= fed * Int128(shareBasisPoints)
    }
    return runs.compactMap { run, windows in
      guard
        let best = windows.enumerated().max(by: {
          ($0.element.count, -$0.offset) < ($1.element.count, -$1.offset)
        })?.element, let first = prompt[run].first, let last = prompt[run].last
      else { return nil }
      let low = feeds.partitionPoint {
        trail.day(first.edge) - trail.day($0.edge) <= (withinHours + 23) / 24
      }
      let high = feeds.partitionPoint { trail.time[$0.edge] >= trail.time[last.edge] }
      let (sum, fed) = sums(best)
      return Passage(
        taken: prompt[run], best: prompt[best],
        feeds: low < high ? feeds[low..<high].map(\.edge) : [], sum: sum, fed: fed)
    }
  }

  private func proof(
    _ passage: Passage, _ way: Way, of account: Int32, _ currency: Currency, _ trail: Trail
  ) -> Proof {
    let edges = (passage.feeds + passage.taken.map(\.edge)).sorted {
      (trail.time[$0], $0) < (trail.time[$1], $1)
    }
    let total = passage.taken.reduce(Int128(0)) { $0 + Int128($1.minor) }
    var seen: Set<Int32> = []
    let payees = passage.taken.map { trail.destination[$0.edge] }.filter {
      $0 >= 0 && seen.insert($0).inserted
    }
    let first = edges.first.map { trail.day($0).description } ?? ""
    let last = edges.last.map { trail.day($0).description } ?? ""
    return Proof(
      edges: edges, roles: [(account, "centre")] + payees.map { ($0, "destination") },
      sentence:
        "\(Statistic.money(total, currency)) \(way.sentence) in \(passage.taken.count) payments, each "
        + "within \(withinHours) hours of a receipt, from \(first) to \(last).",
      measures: [
        .atLeast("payments in \(windowDays) days", passage.best.count, passagesMin),
        .plain(
          "of the receipts of those days",
          Statistic.percent(Statistic.basisPoints(passage.sum, of: passage.fed)),
          limit: "at least \(Statistic.percent(shareBasisPoints))"),
      ],
      cautionsNotChecked: [
        "whether the holder trades in crypto assets", "what happened at the exchange",
      ])
  }
}
