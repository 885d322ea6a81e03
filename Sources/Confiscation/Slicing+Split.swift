// How a net value divides between the kinds of money in it, by the rule of the profile.

import CaseModel
import Legislation

extension SlicingRules {
  func split(
    net: Figure, item: PropertyItem, value: ItemValue, traced: TracedMoney,
    _ result: inout SlicedItem
  ) throws -> (parts: ValueParts, how: String) {
    let units = net.amount.minorUnits
    guard !traced.isEmpty else {
      result.remarks.append("The tracing run found no traced money in it.")
      return (ValueParts(rest: units), "no money was traced into it")
    }
    if traced.isMixedCurrency {
      result.isComplete = false
      result.remarks.append("The money traced into it is in several currencies and is not summed.")
      return (ValueParts(rest: units), "the traced money is in several currencies")
    }
    if item.account != nil || item.kind == "cash" {
      return moneyHeld(units, net: net, item: item, value: value, traced: traced, &result)
    }
    return thingBought(units, net: net, item: item, value: value, traced: traced, &result)
  }

  /// An account or cash: the traced sums themselves, no more than is there.
  private func moneyHeld(
    _ units: Int64, net: Figure, item: PropertyItem, value: ItemValue, traced: TracedMoney,
    _ result: inout SlicedItem
  ) -> (ValueParts, String) {
    guard let paid = converted(traced, into: net.amount.currency, on: value.date) else {
      return withoutRate(units, traced, net, &result)
    }
    if paid.sum > units {
      result.remarks.append(
        "The ledger holds more than the recorded value; every part is scaled down to the value.")
      result.isComplete = false
      return (
        MixedPurchase.shares(of: units, paid: paid),
        "largest-remainder share of \(net.amount.text), the parts of the ledger scaled down"
      )
    }
    var parts = paid
    parts.rest = units - paid.reached - paid.otherTainted - paid.own
    return (parts, "traced sum standing in \(net.amount.text)")
  }

  /// A thing bought: a share of it or a charge on it, as the profile says.
  private func thingBought(
    _ units: Int64, net: Figure, item: PropertyItem, value: ItemValue, traced: TracedMoney,
    _ result: inout SlicedItem
  ) -> (ValueParts, String) {
    let charge = converted(traced, into: net.amount.currency, on: value.date)
      .map { MixedPurchase.charges(on: units, paid: $0) }
    let capital = capital(of: item, value: value, traced: traced, &result)
    let share = capital.map { MixedPurchase.shares(of: units, paid: $0) }
    let isWhole = capital.map { $0.rest == 0 && $0.own == 0 && $0.otherTainted == 0 } ?? false
    let price = capital.map { text($0.sum, item.price?.currency ?? traced.currency) } ?? "unknown"
    let shareText =
      value.encumbered == nil
      ? "largest-remainder share of \(net.amount.text): value now × traced sum ÷ \(price) price"
      : "largest-remainder share of \(net.amount.text): net value now × traced capital ÷ \(price) "
        + "capital in the thing (price less what the charge still secures)"
    let chargeText = "the lesser of the traced sum and the net value of \(net.amount.text)"
    if isWhole, let share { return (share, "the whole: every payment found is traced money") }
    switch (mixedPurchase.word, share, charge) {
    case (.share, let share?, _): return (share, shareText)
    case (.charge, _, let charge?): return (charge, chargeText)
    case (.claimantChooses, let share?, let charge?):
      return share.reached >= charge.reached
        ? (share, shareText + ", elected as the greater; as a charge \(text(charge.reached, net))")
        : (charge, chargeText + ", elected as the greater; as a share \(text(share.reached, net))")
    case (.share, nil, let charge?):
      // Without a price no share can be measured. The charge never exceeds the money traced in, so
      // taking the lesser of the two rules needs the price; nothing is claimed without it.
      result.isComplete = false
      result.remarks.append(
        "The price is not recorded, so no share can be measured; nothing is claimed. "
          + "A charge would be \(text(charge.reached, net)).")
      return (ValueParts(rest: units), "the price is not recorded")
    case (.claimantChooses, nil, let charge?): return (charge, chargeText)
    case (.claimantChooses, let share?, nil): return (share, shareText)
    default: return withoutRate(units, traced, net, &result)
    }
  }

  /// What each kind of money paid of the capital in the thing, in the currency of the price.
  ///
  /// Without charges the capital is the price. With charges it is the deposit and the principal
  /// repaid: the greater of the payments found and price less charges, so that an unknown payer is
  /// never counted as traced money (rule `mortgaged_purchase`).
  private func capital(
    of item: PropertyItem, value: ItemValue, traced: TracedMoney, _ result: inout SlicedItem
  ) -> ValueParts? {
    guard let price = item.price else { return nil }
    guard var paid = converted(traced, into: price.currency, on: item.acquiredOn) else {
      return nil
    }
    let found = paid.reached + paid.otherTainted + paid.own
    var whole = price.minorUnits
    if let encumbered = value.encumbered, encumbered.amount.currency == price.currency {
      whole = max(paid.sum, price.minorUnits - encumbered.amount.minorUnits)
    } else if paid.sum > price.minorUnits {
      result.remarks.append(
        "The payments found, \(text(paid.sum, price.currency)), exceed the price; they are the "
          + "measure.")
      whole = paid.sum
    }
    paid.rest = max(0, whole - found)
    return paid
  }

  private func withoutRate(
    _ units: Int64, _ traced: TracedMoney, _ net: Figure, _ result: inout SlicedItem
  ) -> (ValueParts, String) {
    result.isComplete = false
    result.remarks.append(
      "The money traced into it is in \(traced.currency?.code ?? "another currency") and there is no "
        + "rate into \(net.amount.currency); nothing is claimed.")
    return (ValueParts(rest: units), "no rate joins the traced money and the value")
  }

  /// The traced sums in another currency, each rounded half up. Nil without a rate.
  private func converted(
    _ traced: TracedMoney, into currency: Currency, on day: CivilDate?
  ) -> ValueParts? {
    guard let own = traced.currency else { return nil }
    if own == currency { return traced.paid }
    let book = RateBook(index.matter.rates, into: currency, days: rates.days)
    var parts: [Int64] = []
    for units in traced.paid.list {
      guard let day, let conversion = book.convert(Money(minorUnits: units, currency: own), on: day)
      else { return nil }
      parts.append(conversion.amount.minorUnits)
    }
    return ValueParts(parts)
  }
}
