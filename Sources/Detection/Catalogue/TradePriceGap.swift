public import CaseModel
import TrailGraph

/// Goods billed far from their price, or paid far from their bill.
///
/// Definition: typologies.md ST-19. The unit price of an invoice lies outside [0.5, 2.0] of the twelve-month median
/// for its goods code and route, from 20 observations or more; or payment and invoice differ by 25 % or more.
///
/// Departures: the median is of the observations in the 365 days up to the invoice, in its currency, of an even
/// count the lower of the two middle ones. Prices are compared by cross-multiplication, so none is rounded. A
/// payment below the bill counts only where the payer's records run on for 90 days after it: until then an
/// instalment may come. One finding a payer; the widest gap tells the strength.
///
/// - Complexity: O(*i* · *p*) in the invoices and the observed prices.
public struct TradePriceGap: Detector {
  public static let innocentExplanations = [
    "Quality, brand or a bundle makes the unit worth more or less than the code suggests.",
    "Companies of one group price between each other by a filed method.",
    "A credit note, a deposit, a penalty or an instalment explains the difference to the bill.",
  ]
  public let id = "ST-19"
  public let version = 1
  public let kind = "trade_price_gap"
  public let title = "Goods billed or paid far from their price"

  public var highTimes = 2
  public var lowDivisor = 2
  public var monthsDays = 365
  public var observationsMin = 20
  public var gapBasisPoints = 2_500
  public var instalmentDays = 90  // default: the longest usual term of payment

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("unit price ÷ median", "outside 1/\(lowDivisor) to \(highTimes)"),
      .parameter("observations in \(monthsDays) days", "at least \(observationsMin)"),
      .parameter("payment against invoice", "at least \(Statistic.percent(gapBasisPoints)) off"),
      .parameter("instalments awaited", "\(instalmentDays) days"),
    ]
  }

  /// What is off with an invoice.
  private struct Gap {
    let invoice: Invoice
    let payments: [Int]
    let measures: [Finding.Measure]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.trade.invoices.isEmpty else {
      return lacking("invoices")
    }
    let trade = around.facts.trade
    let edges = around.transfers(of: trade.invoices.flatMap(\.payments))
    var (next, unpaid, unpriced): (Int, Int, Int) = (0, 0, 0)
    var gaps: [Int32: [Gap]] = [:]
    for invoice in trade.invoices {
      let payments = edges[next..<(next + invoice.payments.count)].compactMap { $0 }
      let isWhole = payments.count == invoice.payments.count
      next += invoice.payments.count
      guard let first = payments.first, isWhole else {
        unpaid += 1
        continue
      }
      let price = priceGap(of: invoice, among: trade.prices)
      if price == nil { unpriced += 1 }
      let measures = (price ?? []) + paymentGap(of: invoice, payments, around)
      guard !measures.isEmpty else { continue }
      gaps[scene.trail.source[first], default: []]
        .append(Gap(invoice: invoice, payments: payments, measures: measures))
    }
    var missing: [String] = []
    if unpaid > 0 {
      missing.append("\(unpaid) invoices have no `payments`, or these are not all in the records")
    }
    if unpriced > 0 {
      missing.append(
        "the unit price of \(unpriced) invoices was not looked at: fewer than \(observationsMin) "
          + "`circumstances: prices` of their goods, route and currency")
    }
    let proofs = gaps.sorted { $0.key < $1.key }.filter { $0.key >= 0 }
      .map { proof($0.key, $0.value, around) }
    return result(
      proofs, in: scene, notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  /// Nil when too few prices are known; empty when the price is usual.
  private func priceGap(
    of invoice: Invoice, among prices: [PriceObservation]
  ) -> [Finding.Measure]? {
    let from = invoice.day.adding(days: 1 - monthsDays)
    let seen = prices.filter {
      $0.goods == invoice.goods && $0.route == invoice.route && $0.day >= from
        && $0.day <= invoice.day && $0.unitPrice.currency == invoice.amount.currency
    }.map(\.unitPrice.minorUnits)
    guard seen.count >= observationsMin, let median = Statistic.lowerMedian(seen), median > 0
    else { return nil }
    let usual = Int128(median) * Int128(invoice.quantity)
    let billed = Int128(invoice.amount.minorUnits)
    let currency = invoice.amount.currency
    func text(_ minor: Int128) -> String { Statistic.money(minor, currency) }
    let name = "bill for \(invoice.quantity) of \(invoice.goods) on \(invoice.route)"
    let of = "of \(text(usual)), the median of \(seen.count) prices"
    if billed > usual * Int128(highTimes) {
      let margin = Rounding.down.quotient(billed * 10_000, by: usual * Int128(highTimes))
      return [
        Finding.Measure(
          name: name, value: text(billed), limit: "at most \(highTimes) times \(of)",
          marginBasisPoints: Int(clamping: margin))
      ]
    }
    if billed * Int128(lowDivisor) < usual {
      let margin = Rounding.down.quotient(
        usual * 10_000, by: max(1, billed * Int128(lowDivisor)))
      return [
        Finding.Measure(
          name: name, value: text(billed), limit: "at least 1/\(lowDivisor) \(of)",
          marginBasisPoints: Int(clamping: margin))
      ]
    }
    return []
  }

  private func paymentGap(
    of invoice: Invoice, _ payments: [Int], _ around: Surroundings
  ) -> [Finding.Measure] {
    let trail = around.trail
    let amounts = ComparableAmounts(trail, around.context)
    let currency = invoice.amount.currency
    let paid = payments.map { edge in
      trail.money(edge).currency == currency ? trail.money(edge) : amounts.amount(edge)
    }
    guard paid.allSatisfy({ $0.currency == currency }), let last = payments.max(by: trail.isEarlier)
    else { return [] }
    let sum = paid.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
    let billed = Int128(invoice.amount.minorUnits)
    // Rounded up, so that a gap at the limit is never below it.
    let limit = Rounding.down.quotient(billed * Int128(gapBasisPoints) + 9_999, by: 10_000)
    guard abs(sum - billed) >= limit, limit > 0 else { return [] }
    if sum < billed {
      let payer = trail.source[last]
      let end = trail.outgoing(of: payer).last.map { trail.day($0) } ?? trail.day(last)
      guard end - trail.day(last) >= instalmentDays else { return [] }
    }
    let name = "paid \(Statistic.money(sum, currency)) on a bill of \(invoice.amount): off by"
    return [.atLeast(name, abs(sum - billed), limit) { Statistic.money($0, currency) }]
  }

  private func proof(_ payer: Int32, _ gaps: [Gap], _ around: Surroundings) -> Proof {
    let trail = around.trail
    let edges = gaps.flatMap(\.payments).sorted(by: trail.isEarlier)
    var seen: Set<Int32> = [payer]
    let payees = edges.map { trail.destination[$0] }.filter { $0 >= 0 && seen.insert($0).inserted }
    let widest = gaps.flatMap(\.measures).compactMap(\.marginBasisPoints).max()
    let parties = [around.party(of: payer)] + payees.map { around.party(of: $0) }
    return Proof(
      edges: edges,
      roles: [(payer, "payer")] + payees.map { ($0, "seller") },
      sentence:
        "\(gaps.count == 1 ? "One invoice" : "\(gaps.count) invoices") paid from one account "
        + "\(gaps.count == 1 ? "lies" : "lie") far from the price of the goods or from what was paid: "
        + gaps.map(\.invoice.code.text).joined(separator: ", ") + ".",
      measures: gaps.flatMap { gap in
        gap.measures.map {
          Finding.Measure(
            name: "\(gap.invoice.code) \($0.name)", value: $0.value, limit: $0.limit,
            marginBasisPoints: $0.marginBasisPoints)
        }
      },
      cautionsChecked: gaps.map {
        "invoice \($0.invoice.code) stands in \($0.invoice.source.label), \($0.invoice.source.locator.text)"
      } + [
        shared(parties.compactMap { $0 }, on: edges.first.map { trail.day($0) }, around)
      ],
      cautionsNotChecked: [
        "whether quality, quantity discounts or other goods in the bundle explain the price",
        "whether a credit note or a later instalment belongs to the bill",
      ],
      strength: widest.map { Finding.Strength(marginBasisPoints: $0) })
  }

  private func shared(_ parties: [PartyCode], on day: CivilDate?, _ around: Surroundings) -> String
  {
    guard let payer = parties.first, let day else { return "payer and sellers are not stated" }
    let own = around.controllers(of: payer, on: day)
    let common = parties.dropFirst().filter {
      !own.isDisjoint(with: around.controllers(of: $0, on: day))
    }
    return common.isEmpty
      ? "no stated control joins payer and sellers"
      : "payer and seller under shared control: " + common.map(\.text).joined(separator: ", ")
  }
}
