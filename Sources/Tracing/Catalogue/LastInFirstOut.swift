// Last in, first out.
import CaseModel

/// The latest money paid in is the first to be paid out.
///
/// Law: confiscation.md §4.1 lists it among the accounting choices for United States forfeiture. The
/// decision cited speaks of such choices, not of this one. Departure: none.
/// - Complexity: O(1) amortised for each lot taken.
struct LastInFirstOut: TracingMethod {
  let name = "lifo"
  let title = "Last in, first out"
  let authorities = [
    Citation(
      "United States v. Banco Cafetero Panama, 797 F.2d 1154 (2d Cir. 1986) (accounting choices in general; this rule is none of them)",
      confidence: .low)
  ]
  let departures: [String] = [
    "No decision that adopts this rule is known to the authors; it serves comparison unless a profile allows it.",
    "Entries of one day follow the bank's order; the other orders are shown beside it.",
  ]
  let arrangement = LotArrangement.oneQueue
  func consumption(towardsAsset: Bool) -> Consumption { .newestFirst }
}
