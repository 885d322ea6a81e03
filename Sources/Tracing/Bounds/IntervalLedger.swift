// Proven bounds where the orders are too many: every amount exact, its tainted part between two ends.

import CaseModel

/// One account: booked balances are exact at the end of each day, whatever the order and the method.
struct IntervalAccount {
  var held: Int64 = 0
  var owed: Int64 = 0
  /// What it holds, oldest first. Several parts only where the method takes lots in a row.
  var parts: [Part] = []
  var contributed = Part.nothing
  var mayBePoisoned = false
  var isPoisoned = false

  var booked: Int64 { held - owed }
  var whole: Part { parts.reduce(.nothing, +) }
}

/// Money outside accounts to which later steps turn back.
struct IntervalPlace {
  var part: Part
  /// False when the amount itself depends on the order.
  var isKnown = true
}

/// Carries bounds forward from the day on which the search stopped.
///
/// Sound: every transfer rule holds for each state between the ends, and steps of one day that touch a
/// common account are bounded for all their orders at once (`IntervalLedger+Unordered`), also orders
/// that are not admissible. So every admissible order's value lies between the ends. Wider than the
/// truth: what one payment took is not remembered when the next is bounded. No bound at all
/// (`unboundedFrom`) is given where records resume with a stated balance among steps of unknown order.
/// - Complexity: linear in steps and parts; parts are kept below `partsMax` an account.
struct IntervalLedger {
  static let partsMax = 256

  let plan: OrderPlan
  let targets: OrderTargets
  private let firstDay: Int
  let engine: TracingEngine
  var accounts: [IntervalAccount] = []
  var places: [HoldingKey: IntervalPlace] = [:]
  var transits: [String: IntervalPlace] = [:]
  /// Pieces a later step takes back in part.
  var reversible: [Int: Part] = [:]
  /// The day from which nothing can be said; nil while bounds hold.
  var unboundedFrom: CivilDate?
  /// What has gathered at each target outside the live accounts and places.
  var low: [Int64]
  var high: [Int64]
  /// How far rounding by class can move a tainted sum: less than the smaller number of classes.
  let slack: Int64
  let indexOfHolding: TracingEngine.HoldingIndexes
  let liveAccounts: [Bool]

  /// Takes over where the search stopped; it had reached at least one state.
  init(_ search: OrderSearch) {
    plan = search.plan
    targets = search.targets
    firstDay = search.stoppedAt ?? search.plan.days.count
    engine = search.plan.start
    let tainted = engine.classes.isTainted.count { $0 }
    slack = Int64(min(tainted, engine.classes.count - tainted))
    indexOfHolding = engine.holdingIndexes
    let before = firstDay - 1
    let shares = engine.method.sharesClosingByContribution
    liveAccounts = engine.accounts.indices.map { [plan] account in
      plan.isLive(.account(account), after: before) || shares
    }
    low = Array(repeating: 0, count: targets.count)
    high = low
    takeOver(search.states, before)
  }

  private mutating func takeOver(_ states: [OrderState], _ before: Int) {
    for (number, state) in states.enumerated() {
      let values = targets.gathered(state.engine, liveAccounts) { plan.isLive($0, after: before) }
      for index in values.indices {
        let least = values[index] + (state.low.isEmpty ? 0 : state.low[index])
        let most = values[index] + (state.high.isEmpty ? 0 : state.high[index])
        low[index] = number == 0 ? least : min(low[index], least)
        high[index] = number == 0 ? most : max(high[index], most)
      }
      for holding in state.engine.holdings {
        let part = Part(
          amount: Int64(clamping: holding.totals.sum), tainted: state.engine.tainted(holding.totals)
        )
        if case .transit(let name) = holding.key {
          transits[name] = IntervalPlace(part, joining: transits[name])
        } else if plan.isLive(holding.key, after: before) {
          places[holding.key] = IntervalPlace(part, joining: places[holding.key])
        }
      }
      for (sequence, last) in plan.lastReversal where last > before {
        guard let pieces = state.engine.piecesToTakeBack(ofSequence: sequence) else { continue }
        let part = pieces.reduce(Part.nothing) {
          $0 + .pure($1.amount, isTainted: engine.classes.isTainted[Int($1.sourceClass)])
        }
        reversible[sequence] = reversible[sequence].map { $0.hull(part) } ?? part
      }
    }
    for index in engine.accounts.indices {
      let known = states.map { $0.engine.accounts[index] }
      if known.contains(where: { $0.held != known[0].held || $0.owed != known[0].owed }) {
        unboundedFrom = plan.days[max(0, before)].date
      }
      accounts.append(IntervalAccount(known, engine))
    }
  }

  /// Bounds every remaining day.
  mutating func run() {
    for day in firstDay..<plan.days.count where unboundedFrom == nil {
      for group in plan.days[day].groupsByTouch {
        let steps = group.map { plan.days[day].steps[$0] }
        if steps.count == 1 {
          takeAlone(steps[0])
        } else {
          takeUnordered(steps, group.map { plan.days[day].footprints[$0] })
        }
      }
    }
  }

  /// The bounds of the totals by number; exact only by being a point.
  func bounds() -> [OrderBound] {
    guard unboundedFrom == nil else {
      return low.map { _ in OrderBound(low: 0, high: nil, isExact: false) }
    }
    var result = self
    for (index, account) in accounts.enumerated() where liveAccounts[index] {
      let part =
        engine.method.sharesClosingByContribution
        ? account.contributed.rescaled(to: account.held, slack: slack) : account.whole
      result.gather(part, targets.ofPlace[index])
    }
    for (key, place) in places {
      guard let index = indexOfHolding[key] else { continue }
      result.gather(place.part, targets.ofPlace[engine.accounts.count + index])
    }
    for (name, place) in transits { result.gather(place.part, targets.ofTransit[name] ?? -1) }
    return zip(result.low, result.high).map {
      OrderBound(low: max(0, $0), high: max(0, $1), isExact: false)
    }
  }

  mutating func gather(_ part: Part, _ target: Int) {
    guard target >= 0 else { return }
    low[target] += part.low
    high[target] += part.high
  }
}

extension IntervalPlace {
  /// What a state holds here, joined with what other states hold.
  fileprivate init(_ part: Part, joining other: IntervalPlace?) {
    guard let other else {
      self.init(part: part)
      return
    }
    let amount = max(part.amount, other.part.amount)
    self.init(
      part: Part(
        amount: amount, low: min(part.low, other.part.low), high: max(part.high, other.part.high)),
      isKnown: other.isKnown && part.amount == other.part.amount)
  }
}

extension Part {
  init(amount: Int64, tainted: Int64) { self.init(amount: amount, low: tainted, high: tainted) }
}

extension OrderTargets {
  /// As `values`, without what the bounds follow on their own: live accounts and places, and money
  /// under way.
  func gathered(
    _ engine: TracingEngine, _ liveAccounts: [Bool], _ isLive: (HoldingKey) -> Bool
  ) -> [Int64] {
    values(
      engine, countsAccount: { !liveAccounts[$0] },
      countsHolding: { !$0.isTransit && !isLive($0) })
  }
}

extension OrderDay {
  /// Steps that touch a common account, asset or transfer, whatever they do there.
  var groupsByTouch: [[Int]] {
    var sets = DisjointSets(count: steps.count)
    var first: [Resource: Int] = [:]
    for (index, footprint) in footprints.enumerated() {
      for resource in footprint.accounts.map({ Resource.account($0) }) + footprint.exclusive
        + footprint.adds
      {
        if let other = first[resource] { sets.join(index, other) } else { first[resource] = index }
      }
    }
    return Dictionary(grouping: steps.indices) { sets.root($0) }.sorted { $0.key < $1.key }
      .map(\.value)
  }
}
