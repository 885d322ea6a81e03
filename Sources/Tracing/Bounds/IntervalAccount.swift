// What one account holds, as parts in a row: taking over from the search, paying out, taking in.

import CaseModel

extension IntervalAccount {
  /// The account as several states know it. Balances are the same in all of them, unless a stated
  /// balance came among steps of unknown order (`unboundedFrom`).
  init(_ states: [AccountState], _ engine: TracingEngine) {
    guard let first = states.first else { return }
    held = first.held
    owed = first.owed
    guard states.allSatisfy({ $0.held == held && $0.owed == owed }) else { return }
    isPoisoned = states.allSatisfy(\.isPoisoned)
    mayBePoisoned = states.contains(where: \.isPoisoned)
    for (number, state) in states.enumerated() {
      let all = Int64(clamping: state.contributed.sum)
      let part = Part(amount: all, tainted: engine.tainted(state.contributed))
      contributed = number == 0 ? part : contributed.hull(part)
    }
    parts = Self.parts(states, engine)
  }

  /// Cuts the row of lots where any state changes between tainted and clean.
  private static func parts(_ states: [AccountState], _ engine: TracingEngine) -> [Part] {
    guard let held = states.first?.held, held > 0 else { return [] }
    let whole = states.map { Part(amount: held, tainted: engine.tainted($0.totals)) }
    let single = whole.dropFirst().reduce(whole[0]) { $0.hull($1) }
    guard engine.method.arrangement == .oneQueue, !engine.method.poisons else { return [single] }
    var cuts: Set<Int64> = [0, held]
    for state in states {
      var end: Int64 = 0
      for lot in state.lanes[0].live {
        end += lot.amount
        cuts.insert(end)
      }
      if cuts.count > IntervalLedger.partsMax { return [single] }
    }
    let sorted = cuts.sorted()
    var result: [Part?] = Array(repeating: nil, count: sorted.count - 1)
    for state in states {
      var (cut, end) = (0, Int64(0))
      for lot in state.lanes[0].live {
        end += lot.amount
        while cut + 1 < sorted.count, sorted[cut + 1] <= end {
          let part = Part.pure(
            sorted[cut + 1] - sorted[cut],
            isTainted: engine.classes.isTainted[Int(lot.sourceClass)])
          result[cut] = result[cut].map { $0.hull(part) } ?? part
          cut += 1
        }
      }
    }
    return result.compactMap { $0 }
  }

  /// Takes the oldest units out of the row.
  mutating func takeOldest(_ wanted: Int64) -> Part {
    var (taken, left, index) = (Part.nothing, wanted, 0)
    while left > 0, index < parts.count {
      if parts[index].amount <= left {
        taken = taken + parts[index]
        left -= parts[index].amount
        index += 1
      } else {
        taken = taken + parts[index].any(left)
        parts[index] = parts[index].any(parts[index].amount - left)
        left = 0
      }
    }
    parts.removeFirst(index)
    held -= wanted
    return taken
  }

  /// Takes the newest units out of the row.
  mutating func takeNewest(_ wanted: Int64) -> Part {
    parts.reverse()
    let taken = takeOldest(wanted)
    parts.reverse()
    return taken
  }

  /// Takes `wanted` units as the rule says; the account holds them.
  mutating func take(_ wanted: Int64, by consumption: Consumption, slack: Int64) -> Part {
    let all = whole
    let rest = all.amount - wanted
    let taken: Part
    let left: Part
    switch consumption {
    case .oldestFirst: return takeOldest(wanted)
    case .newestFirst: return takeNewest(wanted)
    case .cleanFirst:
      taken = Part(
        amount: wanted, low: wanted - all.cleanMost, high: wanted - (all.amount - all.high))
      left = Part(amount: rest, low: min(all.low, rest), high: min(all.high, rest))
    case .taintedFirst:
      taken = Part(amount: wanted, low: min(wanted, all.low), high: min(wanted, all.high))
      left = Part(amount: rest, low: all.low - wanted, high: all.high - wanted)
    case .proportional:
      let (share, remainder) = (
        all.rescaled(to: wanted, slack: slack), all.rescaled(to: rest, slack: slack)
      )
      taken = all.any(wanted).narrowed(low: share.low, high: share.high)
      left = all.any(rest).narrowed(low: remainder.low, high: remainder.high)
    }
    held -= wanted
    parts = rest > 0 ? [left] : []
    return taken
  }

  /// Adds at the end of the row; parts stay few.
  mutating func append(_ part: Part, inRow: Bool) {
    guard part.amount > 0 else { return }
    held += part.amount
    guard inRow, let last = parts.last else {
      parts = [part + whole]
      return
    }
    let bothClean = last.high == 0 && part.high == 0
    let bothTainted = last.low == last.amount && part.low == part.amount
    if bothClean || bothTainted {
      parts[parts.count - 1] = last + part
    } else {
      parts.append(part)
    }
    if parts.count > IntervalLedger.partsMax {
      parts = stride(from: 0, to: parts.count, by: 2).map {
        $0 + 1 < parts.count ? parts[$0] + parts[$0 + 1] : parts[$0]
      }
    }
  }
}
