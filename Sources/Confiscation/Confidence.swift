// How sure the file is of one asset: high, medium or low, with the reason. Never a percentage.

import CaseModel

extension SlicingRules {
  /// Low when something needed was missing; medium when methods disagree or a record on the way has
  /// a gap; high otherwise. The first reason found is not the only one: all are given.
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
    if let range = envelope(of: item, sensitivity), range.least != range.most {
      medium.append(
        "The methods compared give between \(range.least.text) and \(range.most.text).")
    }
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

  /// The least and the greatest tainted sum over all columns of the sensitivity table, places of
  /// the item added up column by column; a place that holds nothing counts zero. Nil when the
  /// table has no row for the item or its rows are of several currencies.
  func envelope(
    of item: PropertyItem, _ table: SensitivityTable
  ) -> (least: Money, most: Money)? {
    let ids = Set((item.account.map(index.accounts) ?? []).map(\.id))
    let rows = table.rows.filter { row in
      switch row.place {
      case .asset(let code): code == item.code
      case .account(let id): ids.contains(id)
      default: false
      }
    }
    let currencies = Set(rows.flatMap { $0.tainted.compactMap { $0?.currency } })
    guard let currency = currencies.first, currencies.count == 1, !table.columns.isEmpty else {
      return nil
    }
    let sums = table.columns.indices.map { column in
      rows.compactMap { column < $0.tainted.count ? $0.tainted[column] : nil }.sum(in: currency)
    }
    guard let least = sums.min(), let most = sums.max() else { return nil }
    return (least, most)
  }
}
