// Haircut: the analysts' name for rolling pro rata across accounts.
import CaseModel

/// Taint spreads in proportion, from account to account.
///
/// Law: as `RollingProRata`, whose arithmetic it shares to the last unit. Departure: as there.
struct Haircut: TracingMethod {
  let name = "haircut"
  let title = "Haircut"
  let authorities = [
    Citation(
      "Barlow Clowes International v Vaughan [1992] 4 All ER 22 (rolling charge considered, not applied)",
      confidence: .high
    )
  ]
  let departures: [String] = [
    "The same arithmetic as rolling pro rata, carried across accounts; kept as a name of its own because analysts use it."
  ]
  let arrangement = LotArrangement.byClass
  func consumption(towardsAsset: Bool) -> Consumption { .proportional }
}
