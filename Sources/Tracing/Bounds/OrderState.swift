// One state of the search: an engine, and what may have gathered elsewhere on the way to it.

/// Stands for every order that leads to the same live part. `low` and `high` say, target by target,
/// by how much the gathered value of those orders lies below or above the engine's own; empty: by
/// nothing.
struct OrderState {
  var engine: TracingEngine
  var low: [Int64] = []
  var high: [Int64] = []

  /// Takes in another state with the same live part.
  ///
  /// Exact, because what a target gains from here on depends on the live part alone: the final value
  /// of an order is its value here plus a gain that all these orders share for each continuation. So
  /// the extremes over orders and continuations are the extremes here plus those of the gain.
  mutating func join(_ other: OrderState, _ targets: OrderTargets) {
    let mine = targets.values(engine)
    let theirs = targets.values(other.engine)
    if low.isEmpty {
      guard mine != theirs || !other.low.isEmpty else { return }
      low = Array(repeating: 0, count: mine.count)
      high = low
    }
    for index in mine.indices {
      let shift = theirs[index] - mine[index]
      low[index] = min(low[index], shift + (other.low.isEmpty ? 0 : other.low[index]))
      high[index] = max(high[index], shift + (other.high.isEmpty ? 0 : other.high[index]))
    }
  }
}

/// Which places count towards which figure. Target numbers are those of `OrderBounds`.
struct OrderTargets {
  /// For each place of the plan its target; targets are numbered within one part of the ledger.
  let ofPlace: [Int]
  /// For each place and class a target of its own, −1 for none; empty when classes are not asked for.
  let ofClass: [[Int]]
  let count: Int
  /// Money under way has no fixed place: all of it counts here, by name.
  let ofTransit: [String: Int]
  let ofTransitClass: [String: [Int]]

  /// What each target holds of tainted value, and of each class when asked. Accounts shared by
  /// contributions are left out until the end: until then they are part of the live key.
  /// - Complexity: O(places × classes).
  func values(
    _ engine: TracingEngine, atEnd: Bool = false, countsAccount: (Int) -> Bool = { _ in true },
    countsHolding: (HoldingKey) -> Bool = { _ in true }
  ) -> [Int64] {
    var result = Array(repeating: Int64(0), count: count)
    let shares = engine.method.sharesClosingByContribution
    for index in engine.accounts.indices where countsAccount(index) {
      if !shares {
        add(engine.accounts[index].totals, at: index, engine, to: &result)
      } else if atEnd {
        var totals = Composition()
        for row in engine.contributionShares(of: index) {
          guard let each = engine.classes.index(of: row.sourceClass) else { continue }
          totals.add(
            Lot(amount: row.amount.minorUnits, sourceClass: each, node: -1),
            rank: engine.classes.ranks[Int(each)])
        }
        add(totals, at: index, engine, to: &result)
      }
    }
    for (index, holding) in engine.holdings.enumerated() where countsHolding(holding.key) {
      if case .transit(let name) = holding.key {
        guard let target = ofTransit[name] else { continue }
        gather(holding.totals, target, ofTransitClass[name] ?? [], engine, to: &result)
      } else {
        add(holding.totals, at: engine.accounts.count + index, engine, to: &result)
      }
    }
    return result
  }

  private func add(
    _ totals: Composition, at place: Int, _ engine: TracingEngine, to result: inout [Int64]
  ) {
    gather(totals, ofPlace[place], ofClass.isEmpty ? [] : ofClass[place], engine, to: &result)
  }

  private func gather(
    _ totals: Composition, _ target: Int, _ classTargets: [Int], _ engine: TracingEngine,
    to result: inout [Int64]
  ) {
    for share in totals.shares {
      let index = Int(share.sourceClass)
      if target >= 0, engine.classes.isTainted[index] { result[target] += share.units }
      if !classTargets.isEmpty, classTargets[index] >= 0 {
        result[classTargets[index]] += share.units
      }
    }
  }
}
