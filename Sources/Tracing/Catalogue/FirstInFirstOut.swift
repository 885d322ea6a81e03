// First in, first out (Clayton's Case).
import CaseModel

/// The earliest money paid in is the first to be paid out.
///
/// Law: Clayton's Case. Not applied against a wrongdoing trustee, who is taken to spend their own
/// money first (Re Hallett's Estate, see `LowestIntermediateBalance`), and doubted between innocent
/// contributors (Barlow Clowes v Vaughan).
/// Departure: none in the arithmetic; the order inside a day is the bank's, as no finer is in evidence.
/// - Complexity: O(1) amortised for each lot taken.
struct FirstInFirstOut: TracingMethod {
  let name = "fifo"
  let title = "First in, first out"
  let authorities = [
    Citation("Clayton's Case (1816) 1 Mer 572", confidence: .high),
    Citation(
      "Barlow Clowes International v Vaughan [1992] 4 All ER 22 (doubted)", confidence: .high),
  ]
  let departures: [String] = [
    "Entries of one day follow the bank's order; the other orders are shown beside it."
  ]
  let arrangement = LotArrangement.oneQueue
  func consumption(towardsAsset: Bool) -> Consumption { .oldestFirst }
}
