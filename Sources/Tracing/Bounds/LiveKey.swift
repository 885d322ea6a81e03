// What the future of a run depends on, as a key: two states with one key go on alike.

/// The live part of a state in a canonical form.
///
/// Holds all that a later step can read: lots in their order (joined where the method cannot tell
/// them apart), the order of debts with their assets under backward tracing, classes by first sight
/// where ties are settled by it, poison, money under way, assets and payments that a later step turns
/// back to, contributions under pari passu. Leaves out what no later step reads: money spent, places
/// nothing returns from, accounts without further steps, the lowest balance.
struct LiveKey: Hashable {
  var words: [Int64] = []
}

extension TracingEngine {
  /// The key of this state when everything up to `day` has been taken; `day` may be one less while
  /// the day is under way.
  /// - Complexity: O(live lots and classes).
  func liveKey(after day: Int, _ plan: OrderPlan) -> LiveKey {
    var words: [Int64] = []
    words.reserveCapacity(32)
    if plan.tiesMatter {
      for index in classes.splitOrder { words.append(Int64(index)) }
    }
    for index in accounts.indices
    where plan.isLive(.account(index), after: day) || method.sharesClosingByContribution {
      words.append(-1)
      accounts[index].appendLive(to: &words, method, withDebts: !plan.back.coordinated.isEmpty)
    }
    var underWay: [(name: String, lots: [Lot])] = []
    for (number, holding) in holdings.enumerated() {
      if case .transit(let name) = holding.key {
        if !holding.lots.isEmpty { underWay.append((name, holding.lots)) }
      } else if plan.isLive(holding.key, after: day) {
        words += [-3, Int64(number)]
        holding.totals.append(to: &words)
      }
    }
    for (name, lots) in underWay.sorted(by: { $0.name < $1.name }) {
      words += [-2, Int64(plan.transitNumbers[name] ?? -1)]
      for lot in lots { words += [Int64(lot.sourceClass), lot.amount] }
    }
    for (sequence, last) in plan.lastReversal.sorted(by: { $0.key < $1.key }) where last > day {
      words += [-4, Int64(sequence)]
      for piece in piecesToTakeBack(ofSequence: sequence) ?? [] {
        words += [Int64(piece.sourceClass), piece.amount]
      }
    }
    return LiveKey(words: words)
  }
}

extension AccountState {
  fileprivate func appendLive(
    to words: inout [Int64], _ method: any TracingMethod, withDebts: Bool
  ) {
    words += [booked, isPoisoned ? 1 : 0]
    switch method.arrangement {
    case .byClass: totals.append(to: &words)
    case .oneQueue, .byTaint:
      for lane in lanes {
        words.append(-5)
        var last: Int32 = -1
        for lot in lane.live {
          if lot.sourceClass == last {
            words[words.count - 1] += lot.amount
          } else {
            words += [Int64(lot.sourceClass), lot.amount]
            last = lot.sourceClass
          }
        }
      }
    }
    if withDebts {
      words.append(-6)
      var last = Int32.min
      for debt in debts[firstDebt...] {
        if debt.coordinatedAsset == last {
          words[words.count - 1] += debt.amount
        } else {
          words += [Int64(debt.coordinatedAsset), debt.amount]
          last = debt.coordinatedAsset
        }
      }
    }
    if method.sharesClosingByContribution { contributed.append(to: &words) }
  }
}

extension Composition {
  /// Class and units of each share, by class, then an end mark.
  fileprivate func append(to words: inout [Int64]) {
    for share in shares.sorted(by: { $0.sourceClass < $1.sourceClass }) {
      words += [Int64(share.sourceClass), share.units]
    }
    words.append(-7)
  }
}
