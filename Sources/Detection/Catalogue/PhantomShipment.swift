public import CaseModel
import TrailGraph

/// Goods paid for that nobody carried.
///
/// Definition: typologies.md ST-20. Payment for goods with no matching transport or customs record within 60 days
/// before or after; two or more.
///
/// Departures: absence is shown only by a search: a register searched for all of those days, from 60 before the
/// payment to 60 after, and the finding names it. Payments of two different invoices are needed, so that two
/// instalments of one late delivery are none. A record matches when it names the invoice. One finding a payer.
///
/// - Complexity: O(*i* · (*s* + *r*)) in the invoices, the shipments and the searches.
public struct PhantomShipment: Detector {
  public static let innocentExplanations = [
    "The bill is for a service, a licence or work on the spot: nothing was to be carried.",
    "The seller delivers from a store abroad straight to the customer.",
    "The carrier's records came late or name another invoice number.",
  ]
  public let id = "ST-20"
  public let version = 1
  public let kind = "phantom_shipment"
  public let title = "Goods paid for and never carried"

  public var withinDays = 60
  public var invoicesMin = 2

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("transport or customs record within", "\(withinDays) days before or after"),
      .parameter("least invoices without one", "\(invoicesMin)"),
    ]
  }

  private struct Blank {
    let invoice: Invoice
    let payments: [Int]
    let registers: [String]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.trade.invoices.isEmpty else {
      return lacking("invoices")
    }
    let trade = around.facts.trade
    guard !trade.searches.isEmpty else { return lacking("searches") }
    let edges = around.transfers(of: trade.invoices.flatMap(\.payments))
    let carried = Dictionary(grouping: trade.shipments, by: \.invoice)
    var (next, unpaid, unsearched): (Int, Int, Int) = (0, 0, 0)
    var blanks: [Int32: [Blank]] = [:]
    for invoice in trade.invoices {
      let payments = edges[next..<(next + invoice.payments.count)].compactMap { $0 }
      next += invoice.payments.count
      guard let first = payments.first else {
        unpaid += 1
        continue
      }
      let shipments = carried[invoice.code] ?? []
      let bare = payments.filter { edge in
        !shipments.contains { abs($0.day - scene.trail.day(edge)) <= withinDays }
      }
      guard bare.count == payments.count else { continue }
      let registers = registers(searched: bare.map { scene.trail.day($0) }, trade.searches)
      if registers.isEmpty {
        unsearched += 1
      } else {
        blanks[scene.trail.source[first], default: []]
          .append(Blank(invoice: invoice, payments: bare, registers: registers))
      }
    }
    var missing: [String] = []
    if unpaid > 0 { missing.append("no payment of \(unpaid) invoices is in the records") }
    if unsearched > 0 {
      missing.append(
        "no `circumstances: searches` covers \(withinDays) days around the payments of "
          + "\(unsearched) invoices")
    }
    let proofs = blanks.sorted { $0.key < $1.key }
      .filter { $0.key >= 0 && $0.value.count >= invoicesMin }
      .map { proof($0.key, $0.value, around) }
    return result(
      proofs, in: scene, notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  /// The registers that were searched for every day that matters, in the order of the sheet.
  private func registers(searched days: [CivilDate], _ searches: [RegisterSearch]) -> [String] {
    guard let first = days.min(), let last = days.max() else { return [] }
    return searches.filter {
      $0.period.contains(first.adding(days: 0 - withinDays))
        && $0.period.contains(last.adding(days: withinDays))
    }.map { "\($0.register), \($0.period.first) to \($0.period.last)" }
  }

  private func proof(_ payer: Int32, _ blanks: [Blank], _ around: Surroundings) -> Proof {
    let trail = around.trail
    let edges = blanks.flatMap(\.payments).sorted(by: trail.isEarlier)
    var seen: Set<Int32> = [payer]
    let payees = edges.map { trail.destination[$0] }.filter { $0 >= 0 && seen.insert($0).inserted }
    var known: Set<String> = []
    let registers = blanks.flatMap(\.registers).filter { known.insert($0).inserted }
    let days = edges.map { trail.day($0) }
    return Proof(
      edges: edges, roles: [(payer, "payer")] + payees.map { ($0, "seller") },
      sentence:
        "\(blanks.count) invoices for goods were paid from \(days.first?.description ?? "") to "
        + "\(days.last?.description ?? ""), and the registers searched hold no transport of any of them "
        + "within \(withinDays) days.",
      measures: [.atLeast("invoices without a transport", blanks.count, invoicesMin)]
        + blanks.map { blank in
          .plain(
            "\(blank.invoice.code), \(blank.invoice.quantity) of \(blank.invoice.goods) on "
              + blank.invoice.route,
            "paid "
              + blank.payments.map { "\(trail.day($0)) \(trail.money($0))" }
              .joined(separator: ", "), limit: "a transport within \(withinDays) days")
        },
      cautionsChecked: registers.map { "searched: \($0)" },
      cautionsNotChecked: [
        "whether the bills are for goods at all, not for services",
        "whether the goods went by another route or under another number",
      ])
  }
}
