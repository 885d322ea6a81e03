// Proceeds out first.
import CaseModel

/// Every debit takes tainted money first, then clean money.
///
/// Law: one of the choices open to the government in United States forfeiture (proceeds first,
/// proceeds last or averaging; confiscation.md §4.1). Departure: none.
struct ProceedsFirst: TracingMethod {
  let name = "proceeds_first"
  let title = "Proceeds out first"
  let authorities = [
    Citation(
      "United States v. Banco Cafetero Panama, 797 F.2d 1154 (2d Cir. 1986)", confidence: .medium)
  ]
  let departures: [String] = [
    "Within tainted and within clean money the oldest lot goes first."
  ]
  let arrangement = LotArrangement.byTaint
  func consumption(towardsAsset: Bool) -> Consumption { .taintedFirst }
}
