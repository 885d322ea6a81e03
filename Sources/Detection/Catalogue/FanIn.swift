public import CaseModel
import TrailGraph

/// Many who never paid before pay one account within days.
///
/// Definition: typologies.md ST-05. Within `windowDays` days at least `sourcesMin` distinct sources, none
/// of which paid the account in the 180 days before, together at least three times what the account
/// usually receives in as many days. Usual is the median of the totals of the whole windows in the 90
/// days before (12 windows of 7 days); an account without earlier receipts has no usual, and the
/// finding says so.
///
/// Departure: silent when at least half of the sources are regular payers, that is, pay the account in
/// three or more calendar months: rent, a savings club, a remitter's customers. Sources without name or
/// account (cash) cannot be told apart and are not counted.
public struct FanIn: Detector {
  public static let innocentExplanations = [
    "A collection for a wedding, a funeral or a cause.",
    "Rent, dues or course fees from many tenants, members or pupils.",
    "A seller's first customers, or a sale.",
  ]
  public let id = "ST-05"
  public let version = 1
  public let kind = "fan_in"
  public let title = "Many new payers to one account"

  public var windowDays = 7
  public var sourcesMin = 10
  public var newAfterDays = 180  // default: half a year without a payment makes a payer new
  public var baselineDays = 90
  public var timesUsual = 3
  public var regularMonths = 3  // default: three months with a payment make a payer regular

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("window", "\(windowDays) days"), .parameter("least new sources", "\(sourcesMin)"),
      .parameter("new after", "\(newAfterDays) days without payment"),
      .parameter("least sum", "\(timesUsual) × the usual of \(baselineDays) days"),
      .parameter("regular payer", "pays in \(regularMonths) calendar months"),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var proofs: [Proof] = []
    var sawSource = false
    for account in scene.centres {
      let incoming = trail.incoming(of: account).map(Int.init).filter {
        trail.source[$0] >= 0 && trail.source[$0] != account
      }
      if !incoming.isEmpty { sawSource = true }
      guard incoming.count >= sourcesMin else { continue }
      for group in amounts.groups(incoming) where group.items.count >= sourcesMin {
        proofs += look(at: group.items, of: account, group.currency, trail, context)
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawSource ? nil : "no record names who paid")
  }

  private typealias Item = ComparableAmounts.Item

  private func look(
    at items: [Item], of account: Int32, _ currency: Currency, _ trail: Trail,
    _ context: CaseContext?
  ) -> [Proof] {
    // A payment is by a new source when the source's run of payments began within the window and
    // nothing came from it for `newAfterDays` before.
    var lastDay: [Int32: CivilDate] = [:]
    var runStart: [Int] = []
    var startOfSource: [Int32: Int] = [:]
    var months: [Int32: Set<Int>] = [:]
    for (place, item) in items.enumerated() {
      let source = trail.source[item.edge]
      let day = trail.day(item.edge)
      if let last = lastDay[source], day - last < newAfterDays {
        runStart.append(startOfSource[source] ?? place)
      } else {
        startOfSource[source] = place
        runStart.append(place)
      }
      lastDay[source] = day
      months[source, default: []].insert(day.year * 12 + day.month)
    }
    func newPayments(_ window: Range<Int>) -> [Int] {
      window.filter { runStart[$0] >= window.lowerBound }
    }
    func usual(_ window: Range<Int>) -> Int64? {
      usualReceipts(before: trail.day(items[window.lowerBound].edge), in: items, trail)
    }
    let runs = Window.joined(
      days: windowDays, count: items.count, day: { trail.day(items[$0].edge) }
    ) { window in
      guard window.count >= sourcesMin else { return false }
      let new = newPayments(window)
      let sources = Set(new.map { trail.source[items[$0].edge] })
      guard sources.count >= sourcesMin else { return false }
      let regular = sources.count { (months[$0]?.count ?? 0) >= regularMonths }
      guard regular * 2 < sources.count else { return false }
      let sum = new.reduce(Int128(0)) { $0 + Int128(items[$1].minor) }
      return sum >= Int128(timesUsual) * Int128(usual(window) ?? 0)
    }
    return runs.compactMap { run, windows in
      let sized = windows.map { window in
        (
          window: window,
          sources: Set(newPayments(window).map { trail.source[items[$0].edge] }).count
        )
      }
      guard
        let best = sized.enumerated().max(by: {
          ($0.element.sources, -$0.offset) < ($1.element.sources, -$1.offset)
        })?.element.window
      else { return nil }
      let shown = windows.reduce(into: Set<Int>()) { $0.formUnion(newPayments($1)) }.sorted()
      return proof(
        shown.map { items[$0] }, best: newPayments(best).map { items[$0] }, usual: usual(best),
        account, currency, months, trail, context)
    }
  }

  /// The median of the totals of the whole windows before a day; nil when the account received nothing
  /// in the baseline days.
  private func usualReceipts(before day: CivilDate, in items: [Item], _ trail: Trail) -> Int64? {
    let spans = baselineDays / windowDays
    var totals = [Int64](repeating: 0, count: spans)
    var sawAny = false
    let from = items.partitionPoint { day - trail.day($0.edge) <= spans * windowDays }
    for item in items[from...] {
      if trail.day(item.edge) >= day { break }
      let back = day - trail.day(item.edge)
      guard back > 0, (back - 1) / windowDays < spans else { continue }
      totals[(back - 1) / windowDays] =
        totals[(back - 1) / windowDays].addingReportingOverflow(item.minor).partialValue
      sawAny = true
    }
    return sawAny ? Statistic.lowerMedian(totals) : nil
  }

  private func proof(
    _ shown: [Item], best: [Item], usual: Int64?, _ account: Int32, _ currency: Currency,
    _ months: [Int32: Set<Int>], _ trail: Trail, _ context: CaseContext?
  ) -> Proof? {
    guard let first = shown.first, let last = shown.last else { return nil }
    func money(_ minor: Int128) -> String {
      Statistic.money(minor, currency)
    }
    let sum = best.reduce(Int128(0)) { $0 + Int128($1.minor) }
    let total = shown.reduce(Int128(0)) { $0 + Int128($1.minor) }
    var sources: [Int32] = []
    for item in shown where !sources.contains(trail.source[item.edge]) {
      sources.append(trail.source[item.edge])
    }
    let inBest = Set(best.map { trail.source[$0.edge] })
    let regular = sources.count { (months[$0]?.count ?? 0) >= regularMonths }
    let limit = Int128(timesUsual) * Int128(usual ?? 0)
    var notChecked = ["whether the payers answered a collection, a sale or a landlord"]
    if usual == nil {
      notChecked.append(
        "how much the account usually receives: nothing is recorded in the \(baselineDays) days before"
      )
    }
    return Proof(
      edges: shown.map(\.edge),
      roles: [(account, "centre")] + sources.map { (account: $0, part: "source") },
      sentence:
        "\(sources.count) payers who had not paid before sent \(money(total)) to one account from "
        + "\(trail.day(first.edge)) to \(trail.day(last.edge)).",
      measures: [
        .atLeast("new sources in \(windowDays) days", inBest.count, sourcesMin),
        limit > 0
          ? .atLeast("sum in \(windowDays) days", sum, limit, text: money)
          : .plain("sum in \(windowDays) days", money(sum), limit: "no usual receipts to compare"),
      ],
      cautionsChecked: [
        "\(regular) of \(sources.count) payers pay in \(regularMonths) or more months"
      ], cautionsNotChecked: notChecked)
  }
}
