// What the builder had to assume, said once for each kind.

import CaseModel

/// How often the builder had to decide something; each becomes a limit.
struct AssumptionCounts {
  var inferredPairs = 0
  var unpairedDebits = 0
  var unpairedCredits = 0
  var bookedLate = 0
  var bookedLateAtSource = 0
  var reversals = 0
  var partReversals = 0
  var unlinkedRefunds = 0
  var cashOut = 0
  var severalClasses = 0
  var severalAssets = 0
  var unusablePairs = 0
}

extension CaseLedgerBuilder {
  mutating func noteAssumptions() {
    func note(_ count: Int, _ one: String, _ many: String) {
      guard count > 0 else { return }
      limits.append(count == 1 ? "One \(one)" : "\(count) \(many)")
    }
    note(
      counts.inferredPairs,
      "transfer between accounts of the ledger was paired because amount, accounts and days allow no other way.",
      "transfers between accounts of the ledger were paired because amount, accounts and days allow no other way."
    )
    note(
      counts.unpairedDebits,
      "payment to an account of the ledger has no arrival on record; it counts as untraced.",
      "payments to accounts of the ledger have no arrival on record; they count as untraced.")
    note(
      counts.unpairedCredits,
      "receipt from an account of the ledger has no departure on record; it counts as unexplained and clean.",
      "receipts from accounts of the ledger have no departure on record; they count as unexplained and clean."
    )
    note(
      counts.bookedLate,
      "transfer was booked at its source after its arrival; it is taken as made on the day of arrival.",
      "transfers were booked at their source after their arrival; they are taken as made on the day of arrival."
    )
    note(
      counts.bookedLateAtSource,
      "transfer arrived before its source held it; it is taken as made on the day its source booked it.",
      "transfers arrived before their source held them; they are taken as made on the day their source booked them."
    )
    note(
      counts.reversals,
      "reversal was linked to its original by equal amount and other side.",
      "reversals were linked to their originals by equal amount and other side.")
    note(
      counts.unlinkedRefunds, "refund names no payment it returns; it counts as clean.",
      "refunds name no payment they return; they count as clean.")
    note(
      counts.partReversals,
      "part of a payment came back; it was linked to the only earlier payment it can belong to.",
      "parts of payments came back; they were linked to the only earlier payments they can belong to."
    )
    note(
      counts.cashOut,
      "cash withdrawal lies with the cash of its person; a later deposit is joined to it only on evidence.",
      "cash withdrawals lie with the cash of their persons; later deposits are joined to them only on evidence."
    )
    note(
      counts.severalClasses,
      "receipt fits several source classes of the case sheet; the first one listed was taken.",
      "receipts fit several source classes of the case sheet; the first one listed was taken.")
    note(
      counts.severalAssets,
      "payment fits several property items of the case sheet; the first one listed was taken.",
      "payments fit several property items of the case sheet; the first one listed was taken.")
    note(
      counts.unusablePairs,
      "stored pair of entries is no transfer (direction, account, or a leg used twice) and was left out.",
      "stored pairs of entries are no transfers (direction, account, or a leg used twice) and were left out."
    )
  }
}
