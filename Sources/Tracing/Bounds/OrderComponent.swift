// Parts of a ledger that no order can join: each is searched on its own, and the bounds are added.

import CaseModel

/// Accounts that money, an asset or a tie can join, with their steps, as a ledger of its own.
///
/// Parts are independent: no step of one reads what a step of another changes, so that every pair of
/// their orders can be combined, and the lowest sum is the sum of the lowest values.
struct OrderComponent {
  let ledger: Ledger
  /// Names of the accounts that belong here; others of `ledger` only lend their name to a place.
  let own: Set<String>
  /// Whether it matters which class was seen first: rounding by class settles ties so.
  let tiesMatter: Bool
  /// First sights before the first step, and those in other parts that come before a day.
  let seenAtOpening: [SourceClassCode]
  let seenBefore: [DayKey: [SourceClassCode]]
}

/// Splits a ledger. Deterministic: parts in the order of their first account.
struct OrderSplitter {
  private let ledger: Ledger
  private let method: any TracingMethod
  private let policy: TracingPolicy
  private var sets: DisjointSets
  private var numbers: [String: Int] = [:]
  private var originals: [Int: LedgerStep] = [:]
  private let sights: FirstSights

  /// The ledger has been validated.
  init(_ ledger: Ledger, _ method: any TracingMethod, _ policy: TracingPolicy) {
    self.ledger = ledger
    self.method = method
    self.policy = policy
    sets = DisjointSets(count: ledger.accounts.count)
    sights = FirstSights(ledger)
    for (index, account) in ledger.accounts.enumerated() { numbers[account.name] = index }
    for step in ledger.steps { originals[step.sequence] = step }
    joinByMoney()
    joinByTies()
  }

  /// The account a step belongs to; a reversal, also one of a reversal, belongs to what it takes back.
  private func home(of step: LedgerStep) -> Int? {
    var step = step
    var seen: Set<Int> = []
    while case .reversal(let of, _) = step.movement, seen.insert(step.sequence).inserted {
      guard let original = originals[of] else { return nil }
      step = original
    }
    return directHome(of: step)
  }

  private func directHome(of step: LedgerStep) -> Int? {
    step.movement.accountNames.first.flatMap { numbers[$0] }
  }

  private mutating func joinByMoney() {
    // Assets that a sale empties, or out of which a repayment may take `BORROWED`, join their buyers.
    var lookedBackAt: Set<String> = []
    for step in ledger.steps {
      switch step.movement {
      case .sale(let asset, _, _, _): lookedBackAt.insert(asset)
      case .debit(_, .asset(let name), _, true) where policy.backwardTracing:
        lookedBackAt.insert(name)
      default: break
      }
    }
    var joined: [String: Int] = [:]
    func key(_ step: LedgerStep) -> String? {
      switch step.movement {
      case .departure(_, let transit, _), .arrival(let transit, _, _, _):
        return "transit " + transit
      case .sale(let asset, _, _, _): return "asset " + asset
      case .debit(_, .asset(let name), _, _):
        return lookedBackAt.contains(name) ? "asset " + name : nil
      default: return nil
      }
    }
    for step in ledger.steps {
      guard let home = home(of: step) else { continue }
      if case .transfer(_, let to, _, _, _) = step.movement, let other = numbers[to] {
        sets.join(home, other)
      }
      guard let key = key(step) else { continue }
      if let other = joined[key] { sets.join(home, other) } else { joined[key] = home }
    }
  }

  /// Joins parts of which one shows a class on the day on which the other could show it first, or one
  /// it could be tied with. Repeats until nothing joins, as a larger part has more classes.
  private mutating func joinByTies() {
    var isChanging = true
    while isChanging {
      isChanging = false
      for (_, members) in grouped() where settlesTies(members.steps) {
        let classes = classes(of: members)
        if classes.contains(Ledger.unknownInterest), let first = members.accounts.first {
          for name in sights.emptyAccounts.sorted() {
            if let other = numbers[name], sets.join(first, other) { isChanging = true }
          }
        }
        for (day, codes) in sights.days(of: classes) where codes.count > 1 {
          for account in sights.accounts(showing: codes, on: day) {
            guard let first = members.accounts.first, let other = numbers[account] else { continue }
            if sets.join(first, other) { isChanging = true }
          }
        }
      }
    }
  }

  /// Whether rounding by class happens here at all.
  private func settlesTies(_ steps: [LedgerStep]) -> Bool {
    if method.arrangement == .byClass { return true }
    var left: [String: Int64] = [:]
    for step in steps {
      if case .departure(_, let transit, let amount) = step.movement {
        left[transit, default: 0] += amount
      }
    }
    return steps.contains { step in
      switch step.movement {
      case .interest, .sale, .reversal: return true
      case .transfer(_, _, let amount, .some(let credited), _): return credited != amount
      case .arrival(let transit, _, let amount, _): return left[transit] != amount
      case .credit(_, _, _, let restores):
        return method.restoresOnIntent && (restores || policy.replenishIntent)
      default: return false
      }
    }
  }

  private typealias Members = (accounts: [Int], steps: [LedgerStep])

  private func grouped() -> [(root: Int, members: Members)] {
    var places: [Int: Int] = [:]
    var result: [(root: Int, members: Members)] = []
    for account in ledger.accounts.indices {
      let root = sets.root(account)
      if let place = places[root] {
        result[place].members.accounts.append(account)
      } else {
        places[root] = result.count
        result.append((root, ([account], [])))
      }
    }
    for step in ledger.steps {
      guard let home = home(of: step), let place = places[sets.root(home)] else { continue }
      result[place].members.steps.append(step)
    }
    return result
  }

  private func classes(of members: Members) -> Set<SourceClassCode> {
    var result: Set<SourceClassCode> = []
    for account in members.accounts {
      for lot in ledger.accounts[account].opening { result.insert(lot.sourceClass) }
    }
    for step in members.steps {
      result.formUnion(step.movement.classCodes)
      if case .interest(let to, _) = step.movement, sights.emptyAccounts.contains(to) {
        result.insert(Ledger.unknownInterest)
      }
    }
    return result
  }
}

extension OrderSplitter {
  /// The parts, with classes that behave alike taken together where `keepsClasses` is false.
  func components(keepsClasses: Bool) -> [OrderComponent] {
    grouped().map { _, members in
      let ties = settlesTies(members.steps)
      let own = members.accounts.map { ledger.accounts[$0] }
      let codes = classes(of: members)
      var part = Ledger(
        classes: ledger.classes.filter { codes.contains($0.code) || $0.code == Ledger.borrowed },
        accounts: own, steps: members.steps)
      let names = Set(own.map(\.name))
      for step in members.steps {
        guard case .debit(_, .untraced(let other), _, _) = step.movement, !names.contains(other),
          !part.accounts.contains(where: { $0.name == other }),
          let account = numbers[other].map({ ledger.accounts[$0] })
        else { continue }
        part.accounts.append(LedgerAccount(name: account.name, currency: account.currency))
      }
      guard ties || keepsClasses else {
        return OrderComponent(
          ledger: part.withClassesTakenTogether(), own: names, tiesMatter: false,
          seenAtOpening: [], seenBefore: [:])
      }
      return OrderComponent(
        ledger: part, own: names, tiesMatter: ties,
        seenAtOpening: sights.atOpening.filter { codes.contains($0) },
        seenBefore: sights.sights(of: codes, outside: names))
    }
  }
}
