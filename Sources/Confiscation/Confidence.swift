// How sure the file is of one asset: high, medium or low, with the reason. Never a percentage.

import CaseModel

extension SlicingRules {
  /// Low when something needed was missing; medium when methods disagree, when the figure depends on
  /// the order of a day or on missing records, or when a record on the way has a gap; high otherwise. The first reason found is not the only one: all are given.
  func confidence(
    in item: PropertyItem, value: ItemValue, traced: TracedMoney, sliced: SlicedItem,
    run: TracingRun, sensitivity: SensitivityTable
  ) -> (Confidence, String) {
    guard value.net != nil else { return (.low, "No net value is known.") }
    var low: [String] = []
    var medium: [String] = []
    if !sliced.isComplete { low.append("Something the split needs is missing.") }
    if !value.isSettled {
      low.append("The value rests on records that do not agree or are contested.")
    }
    if traced.tainted.isEmpty { medium.append("No traced money was found in it.") }
    if item.valuations.isEmpty, item.account == nil { medium.append("No valuation is recorded.") }
    if !item.interests.isEmpty { medium.append("Another person claims an interest in it.") }
    let touched = accountsTouched(by: traced)
    let gapped = index.caseFile.gaps.contains { touched.contains($0.account) }
    if gapped { medium.append("A period of an account on the way has no statement.") }
    let bad = index.caseFile.statements.contains {
      touched.contains($0.account) && ($0.status == .unreconciled || $0.status == .incomplete)
    }
    if bad { medium.append("A statement on the way does not agree with itself or is cut off.") }
    if let range = envelope(of: item, traced, sensitivity), !range.agrees {
      medium.append(
        "The methods compared give between \(range.lowest.text) and \(range.highest.text).")
    }
    medium += dependence(of: item, traced, run)
    if !low.isEmpty { return (.low, (low + medium).joined(separator: " ")) }
    if !medium.isEmpty { return (.medium, medium.joined(separator: " ")) }
    return (
      .high,
      "Every statement on the way agrees with itself, and all methods compared give the same sum."
    )
  }

  /// Accounts whose entries carried the traced money.
  private func accountsTouched(by traced: TracedMoney) -> Set<AccountID> {
    var result: Set<AccountID> = []
    for claim in traced.claims {
      if case .account(let id) = claim.place { result.insert(id) }
      for source in claim.amount.sources + claim.steps.map(\.source) {
        if let id = source.entry, let entry = index.entry(id) { result.insert(entry.account) }
      }
    }
    return result
  }
}
