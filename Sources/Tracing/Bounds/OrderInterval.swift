// Between which amounts the tainted value of each place lies over all orders within a day.

public import CaseModel

/// The tainted value at one place in one currency, over every admissible order (N15).
public struct OrderInterval: Hashable, Sendable {
  public let place: LedgerPlace
  /// Nil: all tainted classes together. Else the one class that is meant.
  public let sourceClass: SourceClassCode?
  /// False only for a clean class, when classes were asked for.
  public let isTainted: Bool
  public let interval: TracedInterval

  public init(
    place: LedgerPlace, sourceClass: SourceClassCode?, isTainted: Bool, interval: TracedInterval
  ) {
    self.place = place
    self.sourceClass = sourceClass
    self.isTainted = isTainted
    self.interval = interval
  }

  /// True iff every admissible order gives the same amount.
  public var isOrderIndependent: Bool { interval.isOrderIndependent }
}

extension TracedInterval {
  /// True iff the same amount follows whatever is not known, and this is proven.
  public var isOrderIndependent: Bool { isPoint && isExact }
}

/// How much work the search for exact bounds may take before it goes on with proven ones.
public struct OrderBudget: Hashable, Sendable {
  /// Steps the engine may take over all orders together; a count, so that every machine stops alike.
  /// Default: our choice. Ten thousand entries on five joined accounts spend it in two to three seconds
  /// in a release build on a busy two-core machine.
  public var steps: Int
  public init(steps: Int = 200_000) { self.steps = max(0, steps) }
}

extension Ledger {
  /// Bounds the tainted value of every place over every order of the steps of one day.
  ///
  /// Admissible is every order of the steps of one day and phase that the engine accepts: a reversal
  /// stands after its original, an arrival after its departure, a sale after its purchase. Full
  /// reversals are left out with their originals first, as in any run. `policy.sameDayOrder` decides
  /// nothing here. Source: experience.md N15; confiscation.md §4.2 (order).
  ///
  /// Exact as long as `budget` lasts, see `OrderSearch`; from there on a proven bound that holds every
  /// admissible order's value and may be wider, see `IntervalLedger`. Accounts that no money joins are
  /// treated apart and their bounds added. Not used: a bank's running balance after each line, which
  /// could rule out further orders, so that the interval may be wider than the records allow.
  ///
  /// Where the budget ends, whether any order can be run is no longer asked: trace the ledger first.
  ///
  /// - Parameter classes: also gives every class at every place. Costs more, as classes that behave
  ///   alike can then not be taken together.
  /// - Throws: `TracingError` when the ledger cannot be run in any order. Parts that hold no tainted class
  ///   are searched, and can refuse, only with `classes`.
  /// - Returns: places in the order of accounts, then of first mention; classes after their place.
  /// - Complexity: at most `budget.steps` engine steps, then linear in the steps and open lots.
  public func overOrders(
    by method: any TracingMethod, under policy: TracingPolicy = TracingPolicy(),
    budget: OrderBudget = OrderBudget(), classes: Bool = false
  ) throws(TracingError) -> [OrderInterval] {
    let groups = try OrderBounds(
      of: self, by: method, under: policy, budget: budget, withClasses: classes
    ).intervals { $0 }
    return groups.map {
      OrderInterval(
        place: $0.group, sourceClass: $0.sourceClass, isTainted: $0.isTainted,
        interval: $0.interval)
    }
  }
}
