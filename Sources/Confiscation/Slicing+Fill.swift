// From the parts of a value to slices, each with one basis, its provisions and its sources.

import CaseModel
import Legislation

extension SlicingRules {
  func fill(
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
          (
            traced.tainted.isEmpty
              ? "No tainted money was followed into it; where it came from is not shown, so nothing is claimed of it."
              : "Not bought with traced money as far as the records show.", []
          )))
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

  func slice(
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

  func text(_ units: Int64, _ currency: Currency?) -> String {
    guard let currency else { return "an unknown sum" }
    return Money(minorUnits: units, currency: currency).text
  }
  func text(_ units: Int64, _ like: Figure) -> String { text(units, like.amount.currency) }
}
