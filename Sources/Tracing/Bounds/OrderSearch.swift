// Every order of every day, without trying the same thing twice.

import CaseModel

/// Dynamic programming over the days of one part of a ledger.
///
/// Within a day: over the sets of steps already taken, equal steps counted together, with states
/// joined by `LiveKey` (what the future depends on). A state keeps for each target the lowest and the
/// highest value gathered by the orders it stands for. Exact: by induction over the steps, after each
/// set of steps the states with their ranges hold exactly the extremes over all admissible orders of
/// that set, because equal keys take and refuse the same steps and gain the same in each
/// (`OrderState.join`), and because steps of different groups can change places (`DayGroups`).
struct OrderSearch {
  let plan: OrderPlan
  let targets: OrderTargets
  private(set) var budgetLeft: Int
  /// States after the days taken so far.
  private(set) var states: [OrderState]
  /// The day at whose start the budget ended; nil when the search went through.
  private(set) var stoppedAt: Int?
  /// Days on which there was more than one order to try.
  private(set) var openDays: [Int] = []

  init(_ plan: OrderPlan, _ targets: OrderTargets, budget: Int) {
    self.plan = plan
    self.targets = targets
    budgetLeft = budget
    states = [OrderState(engine: plan.start)]
  }

  /// Takes day after day until the end or until the budget is spent.
  mutating func run() {
    for day in plan.days.indices {
      guard takeDay(day) else {
        stoppedAt = day
        return
      }
    }
  }

  /// False when the budget does not last for this day; the states are then those before it.
  private mutating func takeDay(_ index: Int) -> Bool {
    let day = plan.days[index]
    if day.isRefused { states = [] }
    if day.steps.count * states.count > budgetLeft { return false }
    if states.count == 1, takeInPlace(day) { return true }
    let before = states
    var after = StateTable()
    var isOpen = false
    for state in before {
      guard let outcomes = outcomes(of: day, index, from: state, &isOpen) else { return false }
      for outcome in outcomes {
        after.insert(outcome, key: outcome.engine.liveKey(after: index, plan), targets)
      }
    }
    if isOpen { openDays.append(index) }
    states = after.states
    return true
  }

  /// The short way for a single state in which nothing depends on the order.
  private mutating func takeInPlace(_ day: OrderDay) -> Bool {
    let groups =
      day.steps.count == 1
      ? [[0]] : groups(of: day, states[0].engine)
    guard groups.count == day.steps.count else { return false }
    var state = states.removeLast()
    state.engine.see(day.seenBefore)
    budgetLeft -= day.steps.count
    for step in day.steps where !state.take(step) { return true }
    states.append(state)
    return true
  }

  private func groups(of day: OrderDay, _ engine: TracingEngine) -> [[Int]] {
    DayGroups(day.footprints, in: engine, tiesMatter: plan.tiesMatter).groups()
  }

  /// All ends of one day from one state; nil when the budget does not last.
  private mutating func outcomes(
    of day: OrderDay, _ index: Int, from state: OrderState, _ isOpen: inout Bool
  ) -> [OrderState]? {
    var start = state
    start.engine.see(day.seenBefore)
    var current = [start]
    for group in groups(of: day, start.engine) {
      if group.count == 1 {
        budgetLeft -= current.count
        guard budgetLeft >= 0 else { return nil }
        current = current.compactMap { state in
          var state = state
          return state.take(day.steps[group[0]]) ? state : nil
        }
        continue
      }
      var next = StateTable()
      let orders = GroupOrders(day, group)
      if orders.kinds.count > 1 { isOpen = true }
      for state in current {
        guard orders.isWithin(budgetLeft) else { return nil }
        var table = [orders.nothingTaken: StateTable(state)]
        for _ in group {
          guard let following = orders.extend(table, index, plan, targets, &budgetLeft) else {
            return nil
          }
          table = following
        }
        for end in table.values {
          for state in end.states {
            next.insert(state, key: state.engine.liveKey(after: index - 1, plan), targets)
          }
        }
      }
      current = next.states
    }
    return current
  }
}

/// States by key, in the order in which their keys came up.
struct StateTable {
  private(set) var states: [OrderState] = []
  private var places: [LiveKey: Int] = [:]

  init() {}
  init(_ state: OrderState) { states = [state] }

  mutating func insert(_ state: OrderState, key: LiveKey, _ targets: OrderTargets) {
    if let place = places[key] {
      states[place].join(state, targets)
    } else {
      places[key] = states.count
      states.append(state)
    }
  }
}

extension OrderState {
  /// False when the engine refuses the step here, so that the order is not admissible.
  mutating func take(_ step: LedgerStep) -> Bool {
    do {
      try engine.take(step)
      return true
    } catch {
      return false
    }
  }
}

extension TracingEngine {
  mutating func see(_ codes: [SourceClassCode]) {
    for code in codes {
      if let index = classes.index(of: code) { classes.see(index) }
    }
  }
}
