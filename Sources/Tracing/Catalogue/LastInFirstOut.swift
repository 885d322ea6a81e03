// Last in, first out.
import CaseModel

/// The latest money paid in is the first to be paid out.
///
/// Law: one of the accounting choices before United States forfeiture courts; allowed by no other
/// profile (confiscation.md §4.1). Departure: none.
/// - Complexity: O(1) amortised for each lot taken.
struct LastInFirstOut: TracingMethod {
  let name = "lifo"
  let title = "Last in, first out"
  let authorities = [
    Citation(
      "United States v. Banco Cafetero Panama, 797 F.2d 1154 (2d Cir. 1986)", confidence: .medium)
  ]
  let departures: [String] = [
    "Entries of one day follow the bank's order; the other orders are shown beside it."
  ]
  let arrangement = LotArrangement.oneQueue
  func consumption(towardsAsset: Bool) -> Consumption { .newestFirst }
}
