// Election into a retained asset (Re Oatway).
import CaseModel

/// Money paid for an asset is taken from the tainted lots first, all other money from the clean ones.
///
/// Law: Re Oatway lets the claimant look to a retained asset when the rest was later spent. Departure:
/// the election is applied to every asset, whether or not enough was left in the account, which is
/// unsettled (Shalson v Russo against Turner v Jacob).
struct Oatway: TracingMethod {
  let name = "oatway"
  let title = "Election into a retained asset"
  let authorities = [
    Citation("Re Oatway [1903] 2 Ch 356", confidence: .high),
    Citation("Shalson v Russo [2003] EWHC 1637 (Ch)", confidence: .high),
    Citation("Turner v Jacob [2006] EWHC 1317 (Ch)", confidence: .high),
    Citation("Lapome v Kemp [2023] EWHC 1564 (Ch)", confidence: .high),
  ]
  let departures: [String] = [
    "Whether the claimant may elect into an asset while enough money remains in the account is unsettled.",
    "Every asset of the ledger counts as retained, also one that was later sold.",
  ]
  let arrangement = LotArrangement.byTaint
  func consumption(towardsAsset: Bool) -> Consumption { towardsAsset ? .taintedFirst : .cleanFirst }
}
