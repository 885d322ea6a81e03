// The bounds over same-day orders, at the places of a case.

public import CaseModel

/// A place of a case in one currency.
public struct PlaceInCurrency: Hashable, Sendable {
  public let place: Place
  public let currency: Currency
  public init(_ place: Place, _ currency: Currency) {
    self.place = place
    self.currency = currency
  }
}

extension CaseLedger {
  /// Bounds the tainted value at each place over every order in which the entries of one day may have
  /// been booked: `PlaceBounds.overOrders`. Places of the ledger that are one place of the case, such
  /// as money spent from several accounts, count together in every order.
  ///
  /// Source: experience.md N15. See `Ledger.overOrders` for what is exact and what is a bound.
  /// - Throws: `TracingError` for an unknown method or a ledger that cannot be run.
  public func orderBounds(
    method name: String, policy: TracingPolicy = TracingPolicy(),
    budget: OrderBudget = OrderBudget()
  ) throws(TracingError) -> [PlaceInCurrency: TracedInterval] {
    let method = try TracingCatalogue.method(named: name)
    let rows = try OrderBounds(
      of: ledger, by: method, under: policy, budget: budget, withClasses: false
    ).intervals { place(of: $0) }
    var result: [PlaceInCurrency: TracedInterval] = [:]
    for row in rows {
      result[PlaceInCurrency(row.group, row.interval.lowest.currency)] = row.interval
    }
    return result
  }
}
