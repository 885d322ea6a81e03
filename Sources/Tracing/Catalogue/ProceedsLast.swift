// Proceeds out last.
import CaseModel

/// Every debit takes clean money first, then tainted money.
///
/// Law: one of the choices open to the government in United States forfeiture, and the most cautious
/// for what was bought on the way (confiscation.md §4.1). Departure: none.
struct ProceedsLast: TracingMethod {
  let name = "proceeds_last"
  let title = "Proceeds out last"
  let authorities = [
    Citation(
      "United States v. Banco Cafetero Panama, 797 F.2d 1154 (2d Cir. 1986)", confidence: .medium)
  ]
  let departures: [String] = [
    "Within tainted and within clean money the oldest lot goes first."
  ]
  let arrangement = LotArrangement.byTaint
  func consumption(towardsAsset: Bool) -> Consumption { .cleanFirst }
}
