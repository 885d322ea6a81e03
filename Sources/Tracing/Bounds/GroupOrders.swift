// The orders of a few steps of one day: sets of steps taken, with equal steps counted together.

import CaseModel

/// The steps of one group by kind, and how far each set of them has been taken.
struct GroupOrders {
  struct Kind {
    let step: LedgerStep
    /// Kinds that must have been taken: the original of a reversal.
    var follows: Int?
    var count = 1
  }
  /// How many of each kind have been taken.
  typealias Taken = [UInt8]

  private(set) var kinds: [Kind] = []

  init(_ day: OrderDay, _ group: [Int]) {
    var byMovement: [Movement: Int] = [:]
    var bySequence: [Int: Int] = [:]
    for member in group {
      let (step, footprint) = (day.steps[member], day.footprints[member])
      if !footprint.isReferredTo, footprint.follows == nil {
        if let known = byMovement[step.movement], kinds[known].count < Int(UInt8.max) {
          kinds[known].count += 1
          continue
        }
        byMovement[step.movement] = kinds.count
      }
      bySequence[step.sequence] = kinds.count
      kinds.append(Kind(step: step))
    }
    for index in kinds.indices {
      if case .reversal(let of, let amount) = kinds[index].step.movement, amount > 0 {
        kinds[index].follows = bySequence[of]
      }
    }
  }

  var nothingTaken: Taken { Array(repeating: 0, count: kinds.count) }

  /// Whether every set of steps can be looked at once at all.
  func isWithin(_ budget: Int) -> Bool {
    var sets = 1
    for kind in kinds {
      let (product, tooMuch) = sets.multipliedReportingOverflow(by: kind.count + 1)
      if tooMuch || product > budget { return false }
      sets = product
    }
    return true
  }

  /// All sets with one step more; nil when the budget does not last. Sets stay in a fixed order.
  func extend(
    _ table: [Taken: StateTable], _ day: Int, _ plan: OrderPlan, _ targets: OrderTargets,
    _ budget: inout Int
  ) -> [Taken: StateTable]? {
    var result: [Taken: StateTable] = [:]
    for taken in table.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      for state in table[taken]?.states ?? [] {
        for (index, kind) in kinds.enumerated() where Int(taken[index]) < kind.count {
          if let follows = kind.follows, taken[follows] == 0 { continue }
          budget -= 1
          guard budget >= 0 else { return nil }
          var next = state
          guard next.take(kind.step) else { continue }
          var set = taken
          set[index] += 1
          let key = next.engine.liveKey(after: day - 1, plan)
          result[set, default: StateTable()].insert(next, key: key, targets)
        }
      }
    }
    return result
  }
}
