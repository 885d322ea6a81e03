// Poison: any taint taints the whole account. An upper bound.
import CaseModel

/// From the first tainted credit the whole balance, and every later credit, counts as tainted.
///
/// Law: none; Australia's whole-property rule is a rule of status, not this arithmetic
/// (confiscation.md §4.1). Departure: ends when the account reaches zero only if the policy says so.
struct Poison: TracingMethod {
  let name = "poison"
  let title = "Poison (upper bound only)"
  let authorities = [
    Citation("No authority: an upper bound for triage", confidence: .low)
  ]
  let departures: [String] = [
    "An upper bound for triage; no figure of it is a claim unless the profile says so.",
    "Inside a poisoned account the oldest lot goes first; this moves classes, never the tainted total.",
  ]
  let arrangement = LotArrangement.oneQueue
  let poisons = true
  func consumption(towardsAsset: Bool) -> Consumption { .oldestFirst }
}
