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
        let named = Set(hands).sorted().map(\.text).joined(separator: ", ")
        return (
          (named.isEmpty
            ? "No owner or controller is recorded"
            : "Held or controlled by \(named), not convicted")
            + ". No convicted person is recorded as owner or controller, so an order on conviction "
            + "does not reach it and nothing is claimed here; an application without conviction may.",
          []
        )
      }
    }
    return nil
  }
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
