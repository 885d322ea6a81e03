// Rolling pro rata, also called the North American or rolling charge.
import CaseModel

/// Every debit takes each source class in proportion to its balance just before the debit.
///
/// Law: the rolling charge discussed in Barlow Clowes v Vaughan as a fairer rule between innocent
/// contributors, and not applied there. Departure: whole minor units, by largest remainder at the level of source classes
/// (confiscation.md §4.2, TR-03).
/// - Complexity: O(*c* log *c*) a debit in the classes of the account.
struct RollingProRata: TracingMethod {
  let name = "rolling_pro_rata"
  let title = "Rolling pro rata (rolling charge)"
  let authorities = [
    Citation(
      "Barlow Clowes International v Vaughan [1992] 4 All ER 22 (rolling charge considered, not applied)",
      confidence: .high
    ),
    Citation(
      "United States v. Banco Cafetero Panama, 797 F.2d 1154 (2d Cir. 1986) (averaging)",
      confidence: .medium),
    Citation(
      "UNTOC art. 12(4): intermingled property up to the assessed value (the limit, not the arithmetic)",
      confidence: .high),
  ]
  let departures: [String] = [
    "Each debit is split over source classes by largest remainder; a tie goes to the class seen first.",
    "Within one class the oldest lot is taken as spent first; this changes no amount, only the path shown.",
  ]
  let arrangement = LotArrangement.byClass
  func consumption(towardsAsset: Bool) -> Consumption { .proportional }
}
