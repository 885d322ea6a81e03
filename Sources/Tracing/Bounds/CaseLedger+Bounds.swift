// All that is known about the limits of a run: over the order within a day, and over missing records.

public import CaseModel

extension CaseLedger {
  /// Between which amounts the tainted value of each place lies: over every order in which the entries
  /// of one day may have been booked, and over what missing records may hide.
  ///
  /// The two are stated apart: one takes the records as complete, the other the order as it is. Source:
  /// experience.md N13, N15; confiscation.md §4.2.
  /// - Parameter budget: how long orders are searched before a proven bound takes over.
  /// - Returns: the places where the run or an end of an interval states a tainted amount, and those
  ///   that missing records leave open; sorted by place, then currency.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  /// - Complexity: that of `orderBounds` and `recordBounds`.
  public func bounds(
    method name: String, policy: TracingPolicy = TracingPolicy(),
    budget: OrderBudget = OrderBudget()
  ) throws(TracingError) -> [PlaceBounds] {
    let method = try TracingCatalogue.method(named: name)
    let outcome = try ledger.traced(by: method, under: policy)
    let traced = taintedAmounts(of: outcome, sharedBy: method)
    let orders = try orderBounds(method: name, policy: policy, budget: budget)
    var records: [PlaceInCurrency: TracedInterval] = [:]
    for bound in try recordBounds(method: name, policy: policy) {
      records[PlaceInCurrency(bound.place, bound.currency)] = bound.interval
    }
    var keys = Set(traced.keys).union(records.keys)
    for (key, interval) in orders where !interval.isPoint || !interval.lowest.isZero {
      keys.insert(key)
    }
    return keys.sorted().map { key in
      PlaceBounds(
        place: key.place, traced: traced[key] ?? .zero(key.currency), overOrders: orders[key],
        overRecords: records[key])
    }
  }
}

extension PlaceInCurrency: Comparable {
  public static func < (a: Self, b: Self) -> Bool {
    a.place.sortKey != b.place.sortKey
      ? a.place.sortKey.utf8.lexicographicallyPrecedes(b.place.sortKey.utf8)
      : a.currency < b.currency
  }
}
