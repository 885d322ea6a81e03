// Lowest intermediate balance: own money is spent first, and later own money restores nothing.
import CaseModel

/// The holder spends their own money first; the claim never exceeds the lowest balance since.
///
/// Law: Re Hallett's Estate presumes that a wrongdoer spends their own money first; Roscoe v Winder
/// limits the claim to the lowest balance since the mixing. Taking clean lots before tainted ones and
/// never turning clean credits into tainted ones yields that limit after every entry, which the
/// engine's tests check. Departure: a credit shown to be meant as repayment
/// (`replenish_intent`) restores the lost class, up to the loss.
struct LowestIntermediateBalance: TracingMethod {
  let name = "libr"
  let title = "Lowest intermediate balance"
  let authorities = [
    Citation("Re Hallett's Estate (1880) 13 Ch D 696", confidence: .high),
    Citation("Roscoe v Winder [1915] 1 Ch 62", confidence: .high),
  ]
  let departures: [String] = [
    "Between several tainted classes, and between several clean ones, the oldest lot goes first.",
    "Interest on tainted money is tainted, and raises the traceable amount by itself.",
  ]
  let arrangement = LotArrangement.byTaint
  let restoresOnIntent = true
  func consumption(towardsAsset: Bool) -> Consumption { .cleanFirst }
}
