// Substitution: an item was sold, and its price stands in its place.

import CaseModel

/// What the case sheet says was sold, and the receipts that are the prices.
struct SalesCounter {
  struct Offer {
    let entry: Entry
    let draft: Int
  }
  /// The sale, by its place in the sheet, that a receipt is the price of.
  var saleOfEntry: [EntryID: Int] = [:]
  var firstSale: [PropertyCode: CivilDate] = [:]
  var offers: [Offer] = []
  /// How much of a draft was taken back.
  var takenBack: [Int: Int64] = [:]
  /// Items with a sale in the ledger.
  var sold: Set<PropertyCode> = []
}

extension CaseLedgerBuilder {
  private var sales: [AssetSale] { caseFile.matter.tracing?.sales ?? [] }

  /// Finds the receipts that are prices; the first sale listed takes one.
  mutating func findSales(among entries: [Entry]) {
    for (index, sale) in sales.enumerated() where isShown(by: sale.facts) {
      for entry in entries where !entry.amount.isNegative && matcher.selects(sale.selector, entry) {
        guard counter.saleOfEntry[entry.id] == nil else { continue }
        counter.saleOfEntry[entry.id] = index
        let day = min(counter.firstSale[sale.property] ?? entry.bookedOn, entry.bookedOn)
        counter.firstSale[sale.property] = day
      }
    }
  }

  /// Makes a sale of each price whose item the ledger saw paid for, in the order of the days. Several
  /// prices of one sale are instalments: each takes its share of the fraction sold.
  mutating func settleSales() {
    guard !counter.offers.isEmpty else { return }
    let rank = rank
    let offers = counter.offers.sorted {
      ($0.entry.bookedOn, rank[$0.entry.account] ?? 0, $0.entry.sequence)
        < ($1.entry.bookedOn, rank[$1.entry.account] ?? 0, $1.entry.sequence)
    }
    var wholes: [Int: Int128] = [:]
    var currencies: [Int: Set<Currency>] = [:]
    for offer in offers {
      guard let index = counter.saleOfEntry[offer.entry.id] else { continue }
      wholes[index, default: 0] += Int128(offer.entry.amount.minorUnits)
      currencies[index, default: []].insert(offer.entry.amount.currency)
    }
    let payments = paymentsForSold()
    var got: [Int: Int128] = [:]
    var removed: [PropertyCode: Int128] = [:]
    for offer in offers {
      guard let index = counter.saleOfEntry[offer.entry.id], let whole = wholes[index] else {
        continue
      }
      let sale = sales[index]
      let before = payments[sale.property] ?? []
      let paid = before.filter { Self.isBefore($0.entry, offer.entry) }
      let price = Int128(offer.entry.amount.minorUnits)
      let held = paid.reduce(Int128(0)) { $0 + $1.amount } - (removed[sale.property] ?? 0)
      let unsure = before.contains {
        $0.entry.bookedOn == offer.entry.bookedOn && !Self.isBefore($0.entry, offer.entry)
      }
      let stated = sale.fraction.map { Fraction($0) } ?? .whole
      guard held > 0, !unsure, Set(paid.map(\.entry.amount.currency)).count == 1,
        currencies[index]?.count == 1, let stated,
        let part = Self.part(price, after: got[index] ?? 0, of: whole, selling: stated)
      else {
        leaveUnsold(offer, sale)
        continue
      }
      got[index, default: 0] += price
      removed[sale.property, default: 0] += Rounding.halfUp.quotient(
        held * Int128(part.numerator), by: Int128(part.denominator))
      sell(offer, sale, part)
    }
  }

  /// The fraction of what is still held that this price stands for, when `before` of `whole` was paid
  /// already and `selling` is the fraction the whole price stands for; nil when it leaves 64 bits.
  private static func part(
    _ price: Int128, after before: Int128, of whole: Int128, selling: Fraction
  ) -> Fraction? {
    let (top, bottom) = (Int128(selling.numerator), Int128(selling.denominator))
    let (numerator, tooMuch) = price.multipliedReportingOverflow(by: top)
    let (all, tooMuch2) = whole.multipliedReportingOverflow(by: bottom)
    let (sold, tooMuch3) = before.multipliedReportingOverflow(by: top)
    guard !tooMuch, !tooMuch2, !tooMuch3, numerator > 0, all > sold else { return nil }
    let denominator = all - sold
    var (a, b) = (numerator, denominator)
    while b != 0 { (a, b) = (b, a % b) }
    guard let small = Int64(exactly: numerator / a), let large = Int64(exactly: denominator / a)
    else { return nil }
    return Fraction(small, over: large)
  }

  /// Every payment for an item that is said to be sold, less what of it was taken back.
  private func paymentsForSold() -> [PropertyCode: [(entry: Entry, amount: Int128)]] {
    var entries: [OtherPlace: Entry] = [:]
    for entry in caseFile.entries { entries[.init(entry.account, entry.sequence)] = entry }
    var result: [PropertyCode: [(entry: Entry, amount: Int128)]] = [:]
    for (index, draft) in drafts.enumerated() {
      for movement in draft.movements {
        guard case .debit(_, .asset(let text), let amount, _) = movement,
          counter.firstSale[PropertyCode(text)] != nil, let place = draft.places.first,
          let entry = entries[.init(place.account, place.sequence)]
        else { continue }
        let net = Int128(amount) - Int128(counter.takenBack[index] ?? 0)
        if net > 0 { result[PropertyCode(text), default: []].append((entry, net)) }
      }
    }
    return result
  }

  private struct OtherPlace: Hashable {
    let account: AccountID
    let sequence: Int32
    init(_ account: AccountID, _ sequence: Int32) {
      self.account = account
      self.sequence = sequence
    }
  }

  private mutating func sell(_ offer: SalesCounter.Offer, _ sale: AssetSale, _ part: Fraction) {
    let entry = offer.entry
    drafts[offer.draft].movements = [
      .sale(
        asset: sale.property.text, to: name(entry.account), amount: entry.amount.minorUnits,
        fraction: part)
    ]
    counter.sold.insert(sale.property)
    let which = part == .whole ? "" : " (\(part.numerator)/\(part.denominator) of what was held)"
    limits.append(
      "\(sale.property): sold on \(entry.bookedOn) for \(entry.amount)\(which), \(entry.source.label), "
        + "\(entry.source.locator); the price stands in its place.")
  }

  private mutating func leaveUnsold(_ offer: SalesCounter.Offer, _ sale: AssetSale) {
    let entry = offer.entry
    limits.append(
      "\(sale.property): the records do not show, in one currency and before the sale, what paid for it; "
        + "the \(entry.amount) of \(entry.bookedOn) count as an ordinary receipt.")
    guard isForBounds, missing.misses(followed) else { return }
    let code = declareUncertain(
      "price of something bought unseen, \(name(entry.account))", entry.account)
    drafts[offer.draft].movements = [
      .credit(to: name(entry.account), amount: entry.amount.minorUnits, sourceClass: code)
    ]
  }
}
