// Pari passu: the closing balance shared by contributions.
import CaseModel

/// Contributors share what is left in proportion to what each paid in, whatever the order.
///
/// Law: Barlow Clowes v Vaughan, where first in first out would be arbitrary between victims.
/// Departure: debits inside the ledger follow `RollingProRata` (tracing-examples/1, methods).
struct PariPassu: TracingMethod {
  let name = "pari_passu"
  let title = "Pari passu"
  let authorities = [
    Citation("Barlow Clowes International v Vaughan [1992] 4 All ER 22", confidence: .high)
  ]
  let departures: [String] = [
    "The closing balance is shared by all contributions, their order ignored; what left before follows rolling pro rata, so amounts in accounts and amounts spent do not add up to the contributions.",
    "Interest and refunds of own payments are not contributions; they fall to all shares alike.",
  ]
  let arrangement = LotArrangement.byClass
  let sharesClosingByContribution = true
  func consumption(towardsAsset: Bool) -> Consumption { .proportional }
}
