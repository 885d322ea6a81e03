// Payments taken back, wholly or in part: which earlier entry a reversal belongs to.

import CaseModel

/// One side of an account's dealings: the account and the other side as the records name it.
struct OtherSide: Hashable {
  let account: AccountID
  let counterparty: AccountID?
  let name: String?

  var isNamed: Bool { counterparty != nil || name != nil }

  init(_ entry: Entry) {
    account = entry.account
    counterparty = entry.counterpartyAccount
    name = entry.counterpartyName
  }
}

struct OtherSideAmount: Hashable {
  let side: OtherSide
  let amount: Money
}

/// An entry that a later one may take back, and how much of it was taken back already.
struct ReversibleEntry {
  let draft: Int
  let amount: Int64
  let bookedOn: CivilDate
  var reversed: Int64 = 0
}

extension CaseLedgerBuilder {
  /// Remembers an entry that is no leg of a transfer as one that may be taken back.
  mutating func offerForReversal(_ entry: Entry, draft: Int) {
    let side = OtherSide(entry)
    let list = reversible[side]?.count ?? 0
    reversible[side, default: []].append(
      ReversibleEntry(
        draft: draft, amount: entry.amount.minorUnits, bookedOn: entry.bookedOn))
    reversibleByAmount[OtherSideAmount(side: side, amount: entry.amount), default: []].append(list)
  }

  /// The draft that a reversal takes back: the latest earlier entry of the account with the opposite
  /// amount and the same other side; else, when the records name the other side, the only earlier one that
  /// is larger. Nil when there is none, or several that are larger.
  ///
  /// - Complexity: O(1) for whole reversals, O(entries of that other side) for parts.
  mutating func takeBack(_ entry: Entry) -> Int? {
    let side = OtherSide(entry)
    if let whole = latestEqual(to: entry, side) {
      counts.reversals += 1
      noteAmbiguity(of: entry, original: reversible[side]?[whole], isPart: false)
      return reverse(whole, side, by: entry)
    }
    guard side.isNamed else { return nil }
    let wanted = Int128(entry.amount.minorUnits).magnitude
    var found: Int?
    for (index, candidate) in (reversible[side] ?? []).enumerated() {
      let rest = Int128(candidate.amount).magnitude - Int128(candidate.reversed).magnitude
      guard (candidate.amount < 0) != entry.amount.isNegative, rest >= wanted,
        mayTakeBack(entry, candidate, isPart: true)
      else { continue }
      if found != nil { return nil }
      found = index
    }
    guard let part = found else { return nil }
    counts.partReversals += 1
    noteAmbiguity(of: entry, original: reversible[side]?[part], isPart: true)
    return reverse(part, side, by: entry)
  }

  private mutating func latestEqual(to entry: Entry, _ side: OtherSide) -> Int? {
    let key = OtherSideAmount(side: side, amount: -entry.amount)
    while let index = reversibleByAmount[key]?.last {
      guard let candidate = reversible[side]?[index], candidate.reversed == 0 else {
        reversibleByAmount[key]?.removeLast()
        continue
      }
      return mayTakeBack(entry, candidate, isPart: false) ? index : nil
    }
    return nil
  }

  private mutating func reverse(_ index: Int, _ side: OtherSide, by entry: Entry) -> Int? {
    reversible[side]?[index].reversed -= entry.amount.minorUnits
    guard let original = reversible[side]?[index] else { return nil }
    purse.takenBack[original.draft, default: 0] = Int64(clamping: original.reversed.magnitude)
    counter.takenBack[original.draft] = Int64(clamping: original.reversed.magnitude)
    return original.draft
  }

  /// What was bought and sold again cannot be taken back as if it were still there; part of a receipt
  /// can only be taken back on a later day, because a same-day order may put it before the receipt.
  private func mayTakeBack(
    _ entry: Entry, _ candidate: ReversibleEntry, isPart: Bool
  ) -> Bool {
    guard candidate.bookedOn <= entry.bookedOn else { return false }
    if isPart, candidate.amount > 0, candidate.bookedOn == entry.bookedOn { return false }
    if case .debit(_, .asset(let code), _, _)? = drafts[candidate.draft].movements.first,
      let sold = counter.firstSale[PropertyCode(code)], sold <= entry.bookedOn
    {
      return false
    }
    return true
  }
}
