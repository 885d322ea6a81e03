// Which places of one part of a ledger count towards which figures, and what the search found for each.

import CaseModel

/// Numbers the targets of one part and reads their bounds when the search has ended.
struct TargetLayout<Group: Hashable> {
  typealias Target = OrderBounds.Target<Group>
  /// Targets by number.
  private(set) var keys: [Target] = []
  private(set) var targets: OrderTargets
  /// For a class, the number of its group's total; −1 for a total.
  private var totalOf: [Int] = []
  private var numbers: [Target: Int] = [:]

  init(
    _ plan: OrderPlan, _ part: OrderComponent, withClasses: Bool, _ group: (LedgerPlace) -> Group
  ) {
    let engine = plan.start
    targets = OrderTargets(
      ofPlace: [], ofClass: [], count: 0, ofTransit: [:], ofTransitClass: [:])
    var ofPlace: [Int] = []
    var ofClass: [[Int]] = []
    for (index, place) in plan.places.enumerated() {
      let isAccount = index < engine.accounts.count
      if case .account(let name) = place, !part.own.contains(name) {
        ofPlace.append(-1)
        if withClasses { ofClass.append([]) }
        continue
      }
      let currency =
        isAccount
        ? engine.accounts[index].currency : engine.holdings[index - engine.accounts.count].currency
      ofPlace.append(total(group(place), engine.currencies[currency]))
      if withClasses { ofClass.append(classTargets(of: ofPlace[index], engine.classes)) }
    }
    var ofTransit: [String: Int] = [:]
    var ofTransitClass: [String: [Int]] = [:]
    for step in engine.order {
      guard case .departure(let from, let transit, _) = step.movement,
        let account = engine.accountIndexes[from]
      else { continue }
      let currency = engine.currencies[engine.accounts[account].currency]
      let target = total(group(.underWay(transit)), currency)
      ofTransit[transit] = target
      if withClasses { ofTransitClass[transit] = classTargets(of: target, engine.classes) }
    }
    targets = OrderTargets(
      ofPlace: ofPlace, ofClass: ofClass, count: keys.count, ofTransit: ofTransit,
      ofTransitClass: ofTransitClass)
  }

  private mutating func total(_ group: Group, _ currency: Currency) -> Int {
    number(
      Target(group: group, currency: currency, sourceClass: nil, isTainted: true), totalOf: -1)
  }

  private mutating func classTargets(of total: Int, _ classes: ClassTable) -> [Int] {
    (0..<classes.count).map { index in
      number(
        Target(
          group: keys[total].group, currency: keys[total].currency,
          sourceClass: classes.codes[index], isTainted: classes.isTainted[index]), totalOf: total)
    }
  }

  private mutating func number(_ target: Target, totalOf total: Int) -> Int {
    if let known = numbers[target] { return known }
    numbers[target] = keys.count
    keys.append(target)
    totalOf.append(total)
    return keys.count - 1
  }

  /// The extremes over all final states, or proven bounds where the search stopped early.
  func read(_ search: OrderSearch) -> (bounds: [(Target, OrderBound)], reasons: [String]) {
    if search.stoppedAt != nil {
      var rest = IntervalLedger(search)
      rest.run()
      return (bounded(rest), search.reasons(unboundedFrom: rest.unboundedFrom))
    }
    var bounds: [OrderBound] = []
    for state in search.states {
      let values = targets.values(state.engine, atEnd: true)
      for (index, value) in values.enumerated() {
        let low = value + (state.low.isEmpty ? 0 : state.low[index])
        let high = value + (state.high.isEmpty ? 0 : state.high[index])
        if bounds.count <= index {
          bounds.append(OrderBound(low: low, high: high, isExact: true))
        } else {
          bounds[index].low = min(bounds[index].low, low)
          bounds[index].high = bounds[index].high.map { max($0, high) }
        }
      }
    }
    return (Array(zip(keys, bounds)), search.reasons(unboundedFrom: nil))
  }

  /// Bounds are kept for totals. Of a tainted class no place holds more than of all; a clean class has
  /// no upper bound here.
  private func bounded(_ rest: IntervalLedger) -> [(Target, OrderBound)] {
    let totals = rest.bounds()
    return keys.indices.map { index in
      guard totalOf[index] >= 0 else { return (keys[index], totals[index]) }
      let high = keys[index].isTainted ? totals[totalOf[index]].high : nil
      return (keys[index], OrderBound(low: 0, high: high, isExact: false))
    }
  }
}

extension OrderSearch {
  /// Why the bounds are no points, for a reader of the file.
  func reasons(unboundedFrom: CivilDate?) -> [String] {
    var result: [String] = []
    let days = openDays.map { plan.days[$0].date }
    if let first = days.first {
      let more = days.count - 1
      result.append(
        more == 0
          ? "The records do not show in which order the entries of \(first) were booked."
          : "The records do not show in which order the entries of \(first) and of \(more) other"
            + " \(more == 1 ? "day" : "days") were booked.")
    }
    if let stoppedAt {
      result.append(
        "From \(plan.days[stoppedAt].date) on the orders are too many to try them all; the figures"
          + " are outer limits from that day on, and the true range may be narrower.")
    }
    if let unboundedFrom {
      result.append(
        "On \(unboundedFrom) the records resume with a stated balance among entries whose order is not"
          + " known; from there no upper bound is given.")
    }
    return result
  }
}
