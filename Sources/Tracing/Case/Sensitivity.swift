// What the other methods and same-day orders would give, place by place.

public import CaseModel

extension CaseLedger {
  /// Runs every method under every same-day order and tabulates the tainted amounts.
  ///
  /// - Parameter backward: without and with tracing back through debts, as asked; nil as the policy says.
  ///
  /// Source: confiscation.md §4.1, product rule. Rows sorted by place, then currency; columns in the
  /// order given, methods outer.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  public func sensitivity(
    methods: [String], orders: [SameDayOrder] = SameDayOrder.allCases,
    policy: TracingPolicy = TracingPolicy(), backward: [Bool]? = nil
  ) throws(TracingError) -> SensitivityTable {
    let prepared = try ledger.prepared()
    var columns: [SensitivityTable.Column] = []
    var runs: [[PlaceInCurrency: Int64]] = []
    var keys: Set<PlaceInCurrency> = []
    for name in methods {
      let method = try TracingCatalogue.method(named: name)
      for (looksBack, order) in (backward ?? [policy.backwardTracing]).flatMap({ looksBack in
        orders.map { (looksBack, $0) }
      }) {
        var policy = policy
        policy.sameDayOrder = order
        policy.backwardTracing = looksBack
        let outcome = try prepared.traced(by: method, under: policy)
        var amounts: [PlaceInCurrency: Int64] = [:]
        for row in outcome.rows(sharedBy: method) where row.isTainted && !row.amount.isZero {
          let key = PlaceInCurrency(place(of: row.place), row.amount.currency)
          let (sum, tooMuch) = amounts[key, default: 0].addingReportingOverflow(
            row.amount.minorUnits)
          guard !tooMuch else {
            throw TracingError(.overflow, at: "sensitivity", remedy: "check the amounts")
          }
          amounts[key] = sum
          keys.insert(key)
        }
        columns.append(
          .init(method: name, sameDayOrder: order, backwardTracing: looksBack))
        runs.append(amounts)
      }
    }
    return SensitivityTable(
      columns: columns,
      rows: keys.sorted().map { key in
        .init(
          place: key.place,
          tainted: runs.map { run in
            run[key].map { Money(minorUnits: $0, currency: key.currency) }
          })
      })
  }
}

extension LedgerOutcome {
  /// The rows as the method states them: closing balances by contribution where it says so.
  func rows(sharedBy method: any TracingMethod) -> [Row] {
    guard method.sharesClosingByContribution else { return rows }
    return contributionShares
      + rows.filter { row in
        if case .account = row.place { false } else { true }
      }
  }
}

extension SensitivityTable.Row {
  /// The lowest and highest tainted amount over all runs; a run without any counts as nothing (N2).
  /// Nil when no run holds any.
  public var envelope: ClosedRange<Money>? {
    let amounts = tainted.compactMap { $0 }
    guard let first = amounts.first, let highest = amounts.max(), let lowest = amounts.min() else {
      return nil
    }
    return (amounts.count < tainted.count ? .zero(first.currency) : lowest)...highest
  }
  /// True iff every run gives the same amount (N2).
  public var agrees: Bool { envelope.map { $0.lowerBound == $0.upperBound } ?? true }
}
