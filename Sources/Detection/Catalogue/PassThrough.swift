public import CaseModel
import TrailGraph

/// An account that money only runs through.
///
/// Definition: typologies.md ST-04. Within `windowDays` days at least five receipts, together at least
/// five times what the account usually receives in as many days (the median of the totals of the whole
/// windows in the 90 days before), of which 90 % to 102 % leaves again, the middle of the money (median
/// by value, first in first out) within 48 hours.
///
/// Departures: the balance at the end of the window (at most 5 % of the receipts) is not on the trail,
/// so it is named as not checked; the ratio of out to in stands for it. An account without earlier
/// receipts has no usual, and the finding says so. For records that state days only, 48 hours are two
/// days. At least two payers or two payees are asked for: one payer to one payee is a standing order.
///
/// - Complexity: O(*d* log *d*) an account, *d* its edges, and O(*w* log *w*) in the edges of each window whose
///   sums fit.
public struct PassThrough: Detector {
  public static let innocentExplanations = [
    "A payroll agent, an escrow or a lawyer's client account hands on others' money by design.",
    "A seller's settlement account is swept to a main account.",
    "A household account gets contributions and pays the rent.",
  ]
  public let id = "ST-04"
  public let version = 1
  public let kind = "pass_through"
  public let title = "Money passed on within days"

  public var windowDays = 30
  public var receiptsMin = 5
  public var baselineDays = 90
  public var timesUsual = 5
  public var outMinBasisPoints = 9_000
  public var outMaxBasisPoints = 10_200
  public var dwellMaxHours = 48

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least receipts", "\(receiptsMin)"),
      .parameter("least sum in", "\(timesUsual) × the usual of \(baselineDays) days"),
      .parameter(
        "out of in",
        "\(Statistic.percent(outMinBasisPoints)) to \(Statistic.percent(outMaxBasisPoints))"),
      .parameter("longest middle stay", "\(dwellMaxHours) hours"),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawBothSides = false
    for account in scene.centres {
      let sent = trail.outgoing(of: account)
      if !sawBothSides {
        sawBothSides =
          trail.hasBothSides(account) && sent.contains { trail.destination[$0] != account }
      }
      guard !sent.isEmpty, trail.isPaid(account, times: receiptsMin, withinDays: windowDays) else {
        continue
      }
      let out = sent.lazy.filter { trail.destination[$0] != account }
      let incoming = trail.incoming(of: account).lazy.map(Int.init).filter {
        trail.source[$0] != account
      }
      let outGroups = Dictionary(
        uniqueKeysWithValues: amounts.groups(out).map { ($0.currency, $0.items) })
      for group in amounts.groups(incoming) {
        guard let outItems = outGroups[group.currency], group.items.count >= receiptsMin else {
          continue
        }
        proofs += Flow(
          detector: self, account: account, currency: group.currency, incoming: group.items,
          outgoing: outItems, trail: trail, receipts: DatedSums(group.items, trail),
          payments: DatedSums(outItems, trail)
        ).proofs(context)
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawBothSides ? nil : "no account has records of both receipts and payments")
  }
}

/// One account's receipts and payments in one currency.
private struct Flow {
  let detector: PassThrough
  let account: Int32
  let currency: Currency
  let incoming: [ComparableAmounts.Item]
  let outgoing: [ComparableAmounts.Item]
  let trail: Trail
  let receipts: DatedSums
  let payments: DatedSums

  /// What one window shows.
  struct Passage {
    let received: ArraySlice<ComparableAmounts.Item>
    let paid: ArraySlice<ComparableAmounts.Item>
    let sumIn: Int128
    let sumOut: Int128
    let usual: Int64?
    let dwellHours: Int64
  }

  func proofs(_ context: CaseContext?) -> [Proof] {
    var found: [[Passage]] = []
    for start in incoming.indices {
      guard let passage = passage(startingAt: start) else { continue }
      if let last = found.last?.last?.received, last.endIndex > start {
        found[found.count - 1].append(passage)
      } else {
        found.append([passage])
      }
    }
    return found.compactMap(proof)
  }

  private func passage(startingAt start: Int) -> Passage? {
    let first = trail.day(incoming[start].edge)
    let end = incoming[start...].partitionPoint {
      trail.day($0.edge) - first >= detector.windowDays
    }
    let received = incoming[start..<end]
    guard received.count >= detector.receiptsMin else { return nil }
    let begin = trail.time[incoming[start].edge]
    let low = outgoing.partitionPoint { trail.time[$0.edge] > begin }
    let high = outgoing[low...].partitionPoint {
      trail.day($0.edge) - first >= detector.windowDays
    }
    let paid = outgoing[low..<high]
    let sumIn = receipts.sum(of: start..<end)
    let sumOut = payments.sum(of: low..<high)
    guard sumIn > 0, sumOut * 10_000 >= sumIn * Int128(detector.outMinBasisPoints),
      sumOut * 10_000 <= sumIn * Int128(detector.outMaxBasisPoints)
    else { return nil }
    let usual = receipts.usual(
      before: first, windowDays: detector.windowDays, baselineDays: detector.baselineDays)
    guard sumIn >= Int128(detector.timesUsual) * Int128(usual ?? 0) else { return nil }
    guard
      differ(received.lazy.map { trail.source[$0.edge] })
        || differ(paid.lazy.map { trail.destination[$0.edge] })
    else { return nil }
    guard let dwell = medianDwellHours(received, paid), dwell <= detector.dwellMaxHours else {
      return nil
    }
    return Passage(
      received: received, paid: paid, sumIn: sumIn, sumOut: sumOut, usual: usual, dwellHours: dwell)
  }

  /// Whether there are two or more parties.
  private func differ(_ parties: some Collection<Int32>) -> Bool {
    parties.first.map { first in parties.contains { $0 != first } } ?? false
  }

  /// Matches payments to receipts, first in, first out, and takes the stay of the middle unit of the
  /// matched money, in hours rounded up; whole days where records state only days.
  private func medianDwellHours(
    _ received: ArraySlice<ComparableAmounts.Item>, _ paid: ArraySlice<ComparableAmounts.Item>
  ) -> Int64? {
    var stays: [(hours: Int64, minor: Int128)] = []
    var queue = received.map { (edge: $0.edge, left: $0.minor) }
    var head = 0
    for payment in paid {
      var left = payment.minor
      while left > 0, head < queue.count,
        trail.time[queue[head].edge] < trail.time[payment.edge]
      {
        let part = min(left, queue[head].left)
        stays.append((hours(from: queue[head].edge, to: payment.edge), Int128(part)))
        left -= part
        queue[head].left -= part
        if queue[head].left == 0 { head += 1 }
      }
    }
    let total = stays.reduce(Int128(0)) { $0 + $1.minor }
    guard total > 0 else { return nil }
    var reached: Int128 = 0
    for stay in stays.sorted(by: { $0.hours < $1.hours }) {
      reached += stay.minor
      if reached * 2 >= total { return stay.hours }
    }
    return nil
  }

  private func hours(from: Int, to: Int) -> Int64 {
    guard trail.hasTimeOfDay(from), trail.hasTimeOfDay(to) else {
      return Int64(trail.day(to) - trail.day(from)) * 24
    }
    return (trail.time[to] - trail.time[from] + 3599) / 3600
  }

  private func proof(_ passages: [Passage]) -> Proof? {
    guard
      let best = passages.enumerated().max(by: {
        ($0.element.sumIn, -$0.offset) < ($1.element.sumIn, -$1.offset)
      })?.element
    else { return nil }
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, currency)
    }
    let edges = Set(passages.flatMap { ($0.received + $0.paid).map(\.edge) }).sorted {
      (trail.time[$0], $0) < (trail.time[$1], $1)
    }
    guard let first = edges.first, let last = edges.last else { return nil }
    var others: [(account: Int32, part: String)] = []
    var (sources, destinations) = (Set<Int32>(), Set<Int32>())
    for edge in edges {
      let isIn = trail.destination[edge] == account
      let other = isIn ? trail.source[edge] : trail.destination[edge]
      guard other >= 0,
        isIn ? sources.insert(other).inserted : destinations.insert(other).inserted
      else { continue }
      others.append((other, isIn ? "source" : "destination"))
    }
    let limit = Int128(detector.timesUsual) * Int128(best.usual ?? 0)
    var notChecked = [
      "the balance at the end of the window: opening balances are not on the trail",
      "whether the holder is a payroll agent, escrow or lawyer with client money",
    ]
    if best.usual == nil {
      notChecked.append(
        "how much the account usually receives: nothing is recorded in the "
          + "\(detector.baselineDays) days before")
    }
    return Proof(
      edges: edges, roles: [(account, "centre")] + others,
      sentence:
        "\(money(best.sumIn)) came into one account in \(best.received.count) receipts and "
        + "\(money(best.sumOut)) left it again, between \(trail.day(first)) and \(trail.day(last)).",
      measures: [
        .atLeast(
          "receipts in \(detector.windowDays) days", best.received.count, detector.receiptsMin),
        limit > 0
          ? .atLeast("sum in, \(detector.windowDays) days", best.sumIn, limit, text: money)
          : .plain(
            "sum in, \(detector.windowDays) days", money(best.sumIn),
            limit: "no usual receipts to compare"),
        .plain(
          "out of in", Statistic.percent(Statistic.basisPoints(best.sumOut, of: best.sumIn)),
          limit: "\(Statistic.percent(detector.outMinBasisPoints)) to "
            + "\(Statistic.percent(detector.outMaxBasisPoints))"),
        .plain(
          "middle stay", "\(best.dwellHours) hours",
          limit: "at most \(detector.dwellMaxHours) hours"),
      ],
      cautionsNotChecked: notChecked)
  }
}
