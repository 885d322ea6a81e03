public import CaseModel
import TrailGraph

/// Money of other patterns that becomes land, a vehicle or gold.
///
/// Definition: typologies.md ST-21. At least a quarter of the price of land, a vehicle, a vessel or precious goods is
/// paid from accounts carrying two or more other structural findings, within 90 days of the inflow.
///
/// Departures: an account carries a finding when it is the finding's anchor, so that those who merely paid into a
/// pattern carry none; findings of ST-27 and of this row do not count. The inflow is a receipt that these findings
/// cite. How much of a payment comes from it is told first in, first out among these receipts and all payments of
/// the account after them; that is a sign, not the legal method, which Tracing applies. Buildings and aircraft count
/// beside land, vehicles and vessels.
///
/// - Complexity: one run of the other detectors over the paying accounts, then O(*r* · *w*) an account.
public struct AssetConversion: Detector {
  public static let innocentExplanations = [
    "An inheritance or the sale of an earlier asset went through the same account.",
    "A business whose accounts look unusual buys the vehicles of its trade.",
    "A loan of a bank paid the price, and the account only passed it on.",
  ]
  public let id = "ST-21"
  public let version = 1
  public let kind = "asset_conversion"
  public let title = "Money of other patterns turned into assets"

  public var kinds: Set<String> = [
    "land", "building", "vehicle", "vessel", "aircraft", "precious-goods",
  ]
  public var findingsMin = 2
  public var shareBasisPoints = 2_500
  public var withinDays = 90

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("assets", kinds.sorted().joined(separator: ", ")),
      .parameter("least other patterns of an account", "\(findingsMin)"),
      .parameter("least share of the price", Statistic.percent(shareBasisPoints)),
      .parameter("paid within", "\(withinDays) days of the inflow"),
    ]
  }

  /// A purchase with its booked payments.
  struct Bought {
    let item: PropertyItem
    let price: Money
    let payments: [Int]
  }

  /// What other detectors say of an account.
  struct Load {
    let detectors: [String]
    let receipts: [Int]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.purchases.isEmpty else {
      return lacking("purchases")
    }
    let (bought, missing) = bought(around)
    let payers = Set(bought.flatMap(\.payments).map { scene.trail.source[$0] }.filter { $0 >= 0 })
    let loads = loads(of: payers, in: scene)
    let amounts = ComparableAmounts(scene.trail, scene.context)
    let proofs = bought.compactMap { look(at: $0, loads, amounts, around) }
    return result(
      proofs, in: scene, notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  private func bought(_ around: Surroundings) -> (bought: [Bought], missing: [String]) {
    let edges = around.transfers(of: around.facts.purchases.flatMap(\.payments))
    let items = Dictionary(
      around.context.property.map { ($0.code, $0) }, uniquingKeysWith: { a, _ in a })
    var (bought, missing, next): ([Bought], [String], Int) = ([], [], 0)
    for purchase in around.facts.purchases {
      let payments = edges[next..<(next + purchase.payments.count)].compactMap { $0 }
      next += purchase.payments.count
      guard let item = items[purchase.property], kinds.contains(item.kind) else { continue }
      guard let price = item.price, price.minorUnits > 0 else {
        missing.append("property \(item.code) states no `price`")
        continue
      }
      if payments.count < purchase.payments.count {
        missing.append(
          "\(purchase.payments.count - payments.count) payments of \(item.code) are not in the records"
        )
      }
      bought.append(Bought(item: item, price: price, payments: payments))
    }
    return (bought, missing)
  }

  /// Runs the other detectors of shape over the paying accounts.
  private func loads(of accounts: Set<Int32>, in scene: Scene) -> [Int32: Load] {
    guard !accounts.isEmpty else { return [:] }
    let trail = scene.trail
    let asked = Scene(trail, under: scene.law, context: scene.context, anchors: accounts)
    let others = DetectionCatalogue.all.filter {
      $0.id.hasPrefix("ST-") && !["ST-21", "ST-27"].contains($0.id)
    }
    let found = others.flatMap { $0.findings(in: asked).findings }
    var loads: [Int32: Load] = [:]
    for account in accounts.sorted() {
      guard let id = trail.names.accountID(of: account) else { continue }
      let own = found.filter { $0.accounts.first?.account == id }
      let cited = Set(own.flatMap(\.entries))
      let receipts = trail.incoming(of: account).map(Int.init).filter { edge in
        trail.source[edge] != account && trail.entries(edge).contains(where: cited.contains)
      }
      loads[account] = Load(
        detectors: Set(own.map(\.detector)).sorted(), receipts: receipts)
    }
    return loads
  }

  private func look(
    at bought: Bought, _ loads: [Int32: Load], _ amounts: ComparableAmounts,
    _ around: Surroundings
  ) -> Proof? {
    let trail = around.trail
    guard let first = bought.payments.min(by: trail.isEarlier) else { return nil }
    let price = amounts.converted(bought.price, on: trail.day(first))
    let payments = Set(bought.payments)
    var pairs: [Onward.Pair] = []
    var payers: [Int32] = []
    for account in Set(bought.payments.map { trail.source[$0] }).sorted() {
      guard let load = loads[account], load.detectors.count >= findingsMin else { continue }
      let own = amounts.groups(load.receipts).first { $0.currency == price.currency }
      let out = amounts.groups(Array(trail.outgoing(of: account)))
        .first { $0.currency == price.currency }
      let onward = Onward(own?.items ?? [], out?.items ?? [], hours: withinDays * 24, trail)
      let paid = onward.pairs.filter { payments.contains($0.payment) }
      guard !paid.isEmpty else { continue }
      pairs += paid
      payers.append(account)
    }
    let sum = pairs.reduce(Int128(0)) { $0 + Int128($1.minor) }
    let share = Statistic.basisPoints(sum, of: Int128(price.minorUnits))
    guard share >= shareBasisPoints else { return nil }
    return proof(bought, pairs, payers, share, price.currency, loads, trail)
  }

  private func proof(
    _ bought: Bought, _ pairs: [Onward.Pair], _ payers: [Int32], _ share: Int,
    _ currency: Currency, _ loads: [Int32: Load], _ trail: Trail
  ) -> Proof {
    let edges = Set(pairs.flatMap { [$0.receipt, $0.payment] }).sorted(by: trail.isEarlier)
    let sellers = Set(pairs.map { trail.destination[$0.payment] }).filter { $0 >= 0 }.sorted()
    let known = payers.compactMap { loads[$0]?.detectors }
    let least = known.map(\.count).min() ?? 0
    let days = pairs.map { trail.day($0.payment) }
    let table = pairs.prefix(Self.pairsShown).map { pair -> Finding.Measure in
      .plain(
        "inflow \(trail.day(pair.receipt)) of \(trail.money(pair.receipt))",
        "\(Statistic.money(Int128(pair.minor), currency)) of it paid on \(trail.day(pair.payment))",
        limit: "within \(withinDays) days")
    }
    return Proof(
      edges: edges,
      roles: payers.map { ($0, "payer") }
        + sellers.filter { !payers.contains($0) }.map { ($0, "seller") },
      sentence:
        "\(Statistic.percent(share)) of the price of \(bought.item.code) (\(bought.item.kind), "
        + "\(bought.price)) was paid from \(days.min()?.description ?? "") to "
        + "\(days.max()?.description ?? "") out of inflows that other patterns cite.",
      measures: [
        .atLeast("share of the price", Int128(share), Int128(shareBasisPoints)) {
          Statistic.percent(Int(clamping: $0))
        },
        .atLeast("other patterns of the paying account", least, findingsMin),
      ] + table,
      cautionsChecked: known.map { "patterns of a paying account: " + $0.joined(separator: ", ") }
        + ["matched first in, first out; the legal method is applied in Tracing"],
      cautionsNotChecked: [
        "whether an inheritance, a loan or the sale of an earlier asset paid it"
      ],
      truncation: pairs.count > Self.pairsShown
        ? "\(pairs.count - Self.pairsShown) further pairs of inflow and payment are not listed"
        : nil)
  }

  private static let pairsShown = 40
}
