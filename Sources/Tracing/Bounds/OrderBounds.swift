// The bounds of a whole ledger: its parts searched one by one, their bounds added.

import CaseModel

/// Runs the search over every part of a ledger and adds the bounds.
struct OrderBounds {
  struct Row<Group: Hashable> {
    let group: Group
    /// Nil for all tainted classes together.
    let sourceClass: SourceClassCode?
    let isTainted: Bool
    let interval: TracedInterval
  }
  struct Target<Group: Hashable>: Hashable {
    let group: Group
    let currency: Currency
    let sourceClass: SourceClassCode?
    let isTainted: Bool
  }

  private let ledger: Ledger
  private let method: any TracingMethod
  private let policy: TracingPolicy
  private let budget: OrderBudget
  private let withClasses: Bool

  /// - Throws: `TracingError` when the ledger is refused.
  init(
    of ledger: Ledger, by method: any TracingMethod, under policy: TracingPolicy,
    budget: OrderBudget, withClasses: Bool
  ) throws(TracingError) {
    // Refuses what a run refuses before its first step.
    _ = try TracingEngine(ledger, method: method, policy: policy, recordsPaths: false)
    self.ledger = ledger
    self.method = method
    self.policy = policy
    self.budget = budget
    self.withClasses = withClasses
  }

  /// Bounds of the places, gathered by group: places of one group count together, in each order.
  /// - Returns: groups and currencies in the order of first mention, each before its classes.
  func intervals<Group: Hashable>(
    _ group: (LedgerPlace) -> Group
  ) throws(TracingError) -> [Row<Group>] {
    let parts = OrderSplitter(ledger, method, policy).components(keepsClasses: withClasses)
    var sums = BoundSums<Group>()
    for account in ledger.accounts {
      sums.mention(
        Target(
          group: group(.account(account.name)), currency: account.currency, sourceClass: nil,
          isTainted: true))
    }
    var budgetLeft = budget.steps
    var stepsLeft = ledger.steps.count
    for part in parts {
      let steps = part.ledger.steps.count
      // Each part may take its share by number of steps; what it leaves goes to the later ones.
      let share = stepsLeft > 0 ? Int(Int128(budgetLeft) * Int128(steps) / Int128(stepsLeft)) : 0
      stepsLeft -= steps
      let plan = try OrderPlan(part, method: method, policy: policy)
      let layout = TargetLayout(plan, part, withClasses: withClasses, group)
      if !withClasses, !part.ledger.canBeTainted {
        sums.add(layout.keys.map { ($0, .nothing) }, reasons: [])
        continue
      }
      var search = OrderSearch(plan, layout.targets, budget: share)
      search.run()
      budgetLeft -= share - max(0, search.budgetLeft)
      guard !search.states.isEmpty else { throw refusal() }
      let found = layout.read(search)
      sums.add(found.bounds, reasons: found.reasons)
    }
    return sums.rows
  }

  /// The error of an ordinary run, as no order was accepted.
  private func refusal() -> TracingError {
    do throws(TracingError) {
      _ = try ledger.traced(by: method, under: policy)
    } catch {
      return error
    }
    return TracingError(
      .malformed("no order of the steps of a day can be run"), at: "the ledger",
      remedy: "check reversals and sales that are booked on the day of their original")
  }
}

extension Ledger {
  /// False when no class with money in it is tainted, so that no order can taint anything.
  fileprivate var canBeTainted: Bool {
    let tainted = Set(classes.filter(\.isTainted).map(\.code))
    return accounts.contains { $0.opening.contains { tainted.contains($0.sourceClass) } }
      || steps.contains { $0.movement.classCodes.contains { tainted.contains($0) } }
  }
}

/// One bound of one target in one part of a ledger.
struct OrderBound {
  var low: Int64
  /// Nil: no upper bound.
  var high: Int64?
  var isExact: Bool
  static let nothing = OrderBound(low: 0, high: 0, isExact: true)

  var isPoint: Bool { low == high }
}

/// Bounds of independent parts, added target by target.
struct BoundSums<Group: Hashable> {
  typealias Target = OrderBounds.Target<Group>
  private var order: [Target] = []
  private var bounds: [Target: OrderBound] = [:]
  private var reasons: [Target: [String]] = [:]

  mutating func mention(_ target: Target) {
    guard bounds[target] == nil else { return }
    bounds[target] = .nothing
    order.append(target)
  }

  /// A point that is a proven bound is reached by every order, so it is exact.
  mutating func add(_ found: [(Target, OrderBound)], reasons why: [String]) {
    for (target, bound) in found {
      mention(target)
      guard let sum = bounds[target] else { continue }
      bounds[target] = OrderBound(
        low: sum.low + bound.low,
        high: sum.high.flatMap { high in bound.high.map { high + $0 } },
        isExact: sum.isExact && (bound.isExact || bound.isPoint))
      guard !bound.isPoint else { continue }
      for reason in why where !reasons[target, default: []].contains(reason) {
        reasons[target, default: []].append(reason)
      }
    }
  }

  var rows: [OrderBounds.Row<Group>] {
    let totals = order.filter { $0.sourceClass == nil }
    var classes: [Target: [Target]] = [:]
    for target in order where target.sourceClass != nil {
      let whole = Target(
        group: target.group, currency: target.currency, sourceClass: nil, isTainted: true)
      classes[whole, default: []].append(target)
    }
    return totals.flatMap { [$0] + (classes[$0] ?? []) }.map { target in
      let bound = bounds[target] ?? .nothing
      return OrderBounds.Row(
        group: target.group, sourceClass: target.sourceClass, isTainted: target.isTainted,
        interval: TracedInterval(
          lowest: Money(minorUnits: bound.low, currency: target.currency),
          highest: bound.high.map { Money(minorUnits: $0, currency: target.currency) },
          isExact: bound.isExact, reasons: reasons[target] ?? []))
    }
  }
}
