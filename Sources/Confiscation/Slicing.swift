// Cutting an item's net value into slices, each with exactly one basis. The slices always sum to
// the net value (N4), and a slice that no provision reaches stays with its owner.

import CaseModel
import Legislation

/// What decides about an item besides its value: the track, its law, who is convicted.
struct SlicingRules {
  let track: Track
  let law: Law
  let index: CaseIndex
  let rates: RateBook
  let mixedPurchase: LegalChoice<MixedPurchaseRule>
  /// Persons convicted on a count; asked in the conviction-based track only.
  let convicted: Set<PersonCode>
  /// Counts that ended in conviction; asked in the conviction-based track only.
  let convictedCounts: Set<Int>

  /// Whether the track reaches money of a tainted class.
  func reaches(_ code: SourceClassCode) -> Bool {
    switch track {
    case .nonConvictionBased: true
    case .convictionBased:
      index.classes[code]?.count.map(convictedCounts.contains) ?? false
    }
  }
}

/// The slices of one item, with what has to be said about them.
struct SlicedItem {
  var slices: [AssetSlice] = []
  var remarks: [String] = []
  /// False when something needed for the split was missing and less, or nothing, is claimed.
  var isComplete = true
}

extension SlicingRules {
  func slices(of item: PropertyItem, value: ItemValue, traced: TracedMoney) throws -> SlicedItem {
    var result = SlicedItem()
    guard let net = value.net else { return result }
    guard net.amount.minorUnits > 0 else {
      result.remarks.append("The charges reach or exceed the value: 0.00 is claimed.")
      return result
    }
    if let shield = try shield(of: item) {
      result.slices = [slice(.notReached, net.amount, of: item, net: net, shield)]
      result.remarks.append(shield.reason)
      return result
    }
    let (parts, how) = try split(net: net, item: item, value: value, traced: traced, &result)
    try fill(&result, parts: parts, how: how, item: item, net: net, traced: traced)
    return result
  }

  // MARK: Who is spared

  /// Why nothing of an item is taken in this track, whatever was traced into it.
  private func shield(of item: PropertyItem) throws -> (reason: String, law: [Citation])? {
    let asOf = index.matter.asOf
    let (owner, controller) = index.hands(of: item)
    let person = owner.flatMap { index.persons[$0] }
    if let person, person.has(.bonaFidePurchaser) {
      let rule = try law.goodFaith(of: track, on: asOf)
      return (
        "\(person.displayName) is recorded as a purchaser in good faith. \(rule.text)",
        [rule.citation]
      )
    }
    if let person, person.isVictim,
      controller == nil || controller.flatMap({ index.persons[$0] })?.isVictim == true
    {
      return ("The item belongs to \(person.code), a victim, and is not claimed.", [])
    }
    if track == .convictionBased {
      let hands = [owner, controller].compactMap { $0 }
      if !hands.contains(where: convicted.contains) {
        return (
          "No convicted person is recorded as owner or controller; this file does not reach it.", []
        )
      }
    }
    return nil
  }

  // MARK: How the net value is split

  private func split(
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
      "largest-remainder share of \(net.amount.text): value now × traced sum ÷ \(price) paid"
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

  // MARK: Slices

  private func fill(
    _ result: inout SlicedItem, parts: ValueParts, how: String, item: PropertyItem, net: Figure,
    traced: TracedMoney
  ) throws {
    let asOf = index.matter.asOf
    let currency = net.amount.currency
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
    let isWhole = parts.rest == 0 && parts.own == 0 && parts.otherTainted == 0
    let isMoney = item.account != nil || item.kind == "cash"
    var kept = parts.rest
    if parts.reached > 0 {
      let basis: AssetBasis = isWhole ? (isMoney ? .directProceeds : .converted) : .intermingled
      let sources = traced.tainted.filter { reaches($0.sourceClass) }.flatMap(\.amount.sources)
      if let provisions = law.basis(basis, of: track, on: asOf) {
        var cited = provisions.map(\.citation)
        if basis == .intermingled, !isMoney { cited.append(mixedPurchase.provision.citation) }
        result.slices.append(
          AssetSlice(
            basis: basis,
            amount: figure(money(parts.reached), of: item, how, net: net, sources),
            provisions: unique(cited), reason: provisions.map(\.text).joined(separator: " ")))
      } else {
        result.slices.append(
          slice(
            .notReached, money(parts.reached), of: item, net: net,
            ("The profile has no rule for \(basis.rawValue) in this track.", [])))
      }
    }
    if parts.own > 0 {
      let owners = traced.claims.filter { index.classes[$0.sourceClass]?.nature == .claimant }
      let rank = try law.victimsRank(on: asOf)
      result.slices.append(
        AssetSlice(
          basis: .notReached,
          amount: figure(
            money(parts.own), of: item, how, net: net, owners.flatMap(\.amount.sources)),
          provisions: [rank.provision.citation],
          reason: "Own money of a victim or other claimant; not claimed, kept for its owner."))
      result.remarks.append("\(money(parts.own).text) is a claimant's own money and is kept apart.")
    }
    if let instrument = instrumentality(of: item),
      let provisions = law.basis(
        instrument.basis, of: track, on: asOf), kept + parts.otherTainted > 0
    {
      result.slices.append(
        AssetSlice(
          basis: instrument.basis,
          amount: figure(
            money(kept + parts.otherTainted), of: item,
            "the part not bought with traced money", net: net, instrument.facts.map(\.source)),
          provisions: provisions.map(\.citation),
          reason: provisions.map(\.text).joined(separator: " ")))
      return
    }
    if parts.otherTainted > 0 {
      let other = traced.tainted.filter { !reaches($0.sourceClass) }.flatMap(\.amount.sources)
      result.slices.append(
        AssetSlice(
          basis: .notReached,
          amount: figure(money(parts.otherTainted), of: item, how, net: net, other),
          provisions: [], reason: "Traced to conduct that no conviction in this matter covers."))
    }
    if instrumentality(of: item) != nil {
      result.remarks.append("Use in the offence is recorded; this track has no rule that takes it.")
    }
    if kept > 0 || result.slices.isEmpty {
      kept = max(kept, 0)
      result.slices.append(
        slice(
          .notReached, money(kept), of: item, net: net,
          ("Not bought with traced money as far as the records show.", [])))
    }
  }

  /// The facts of use in the offence that a court may see (the wall of confiscation.md §5.2).
  private func instrumentality(
    of item: PropertyItem
  ) -> (basis: AssetBasis, facts: [CaseFact])? {
    let codes = Set(item.instrumentalityFacts)
    let facts = index.matter.facts.filter { codes.contains($0.code) && $0.status.mayReachCourt }
    guard !facts.isEmpty else { return nil }
    let isIntended = facts.allSatisfy { $0.topic.contains("intended") }
    return (isIntended ? .instrumentalityIntended : .instrumentalityUsed, facts)
  }

  private func slice(
    _ basis: AssetBasis, _ amount: Money, of item: PropertyItem, net: Figure,
    _ why: (reason: String, law: [Citation])
  ) -> AssetSlice {
    AssetSlice(
      basis: basis,
      amount: Figure(
        amount, label: "part of \(item.code)", derivation: "remainder of the net value",
        from: net.sources) ?? net,
      provisions: why.law, reason: why.reason)
  }

  private func figure(
    _ amount: Money, of item: PropertyItem, _ how: String, net: Figure, _ sources: [SourceRef]
  ) -> Figure {
    Figure(
      amount, label: "part of \(item.code)", derivation: how, from: net.sources + sources) ?? net
  }

  private func text(_ units: Int64, _ currency: Currency?) -> String {
    guard let currency else { return "an unknown sum" }
    return Money(minorUnits: units, currency: currency).text
  }
  private func text(_ units: Int64, _ like: Figure) -> String { text(units, like.amount.currency) }
}

/// Citations without repetition, in their first order.
func unique(_ citations: [Citation]) -> [Citation] {
  var seen: Set<Citation> = []
  return citations.filter { seen.insert($0).inserted }
}

extension CaseIndex {
  /// Owner and controller of an item: as the item says, else as its account says.
  func hands(of item: PropertyItem) -> (owner: PersonCode?, controller: PersonCode?) {
    let accounts = (item.account.map(accounts) ?? []).sorted { $0.currency < $1.currency }
    return (
      item.legalOwner ?? accounts.lazy.compactMap(holder).first,
      item.controller ?? accounts.lazy.compactMap(controller).first
    )
  }
}
