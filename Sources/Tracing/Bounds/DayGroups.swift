// Which steps of a day must be tried in every order, and which give the same in any.

import CaseModel

/// Parts the steps of one day into groups, so that steps of different groups can change places.
///
/// Steps that touch nothing in common commute. On one account more is known, from what it holds when
/// the day begins and what the day takes out in all: when the money at hand covers every payment, first
/// in first out never reaches the day's credits; payments that all take the same class, and payments
/// to one place under methods that take lots in a row, can change places; so can credits of one class.
/// Each rule holds in every state the day can pass through, so the groups can be taken one after the
/// other, each in all its own orders, and no outcome is missed.
struct DayGroups {
  private struct Facts {
    /// A step does more here than pay in or out, so that nothing is known.
    var isOpen = false
    var paid: Int64 = 0
    var paidCleanFirst: Int64 = 0
    var paidTaintedFirst: Int64 = 0
    /// No order overdraws the account.
    var isCovered = false
    /// Receipts and payments can change places.
    var inOutCommute = false
    /// The class every payment takes, by consumption; nil when it depends.
    var takenFromAsset: Int32?
    var taken: Int32?
    /// Everything there and everything coming is of one class.
    var isUniform = false
  }
  private let engine: TracingEngine
  private let steps: [Footprint]
  private let tiesMatter: Bool
  private var facts: [Int: Facts] = [:]
  private var receivedClass: [Int32?] = []

  init(_ steps: [Footprint], in engine: TracingEngine, tiesMatter: Bool) {
    self.engine = engine
    self.steps = steps
    self.tiesMatter = tiesMatter
    for step in steps {
      guard let draw = step.draw else { continue }
      var each = facts[draw.account] ?? Facts()
      each.paid += draw.amount
      if consumption(draw) == .taintedFirst {
        each.paidTaintedFirst += draw.amount
      } else {
        each.paidCleanFirst += draw.amount
      }
      facts[draw.account] = each
    }
    for step in steps {
      if let account = step.deposit?.account, facts[account] == nil { facts[account] = Facts() }
      for case .account(let account) in step.exclusive where !step.isInterest {
        facts[account, default: Facts()].isOpen = true
      }
    }
    for account in facts.keys.sorted() { learn(account) }
    receivedClass = steps.map { classReceived(by: $0) }
  }

  private func consumption(_ draw: Footprint.Draw) -> Consumption {
    draw.towardsAsset ? engine.consumptionForAssets : engine.consumptionOtherwise
  }

  private mutating func learn(_ account: Int) {
    var each = facts[account] ?? Facts()
    let state = engine.accounts[account]
    each.isCovered = !each.isOpen && state.booked >= each.paid && state.booked >= 0
    guard each.isCovered else { return facts[account] = each }
    let only = state.totals.shares.map(\.sourceClass)
    // Interest on an account that is never empty is of the class the account holds.
    let receipts = steps.filter {
      $0.deposit?.account == account && !($0.isInterest && state.booked > each.paid)
    }
    let coming = receipts.map { $0.deposit?.sourceClass }
    if only.count == 1, coming.allSatisfy({ $0 == only[0] }) { each.isUniform = true }
    if each.isUniform {
      each.inOutCommute = true
      each.taken = only[0]
      each.takenFromAsset = each.taken
    } else {
      switch engine.method.arrangement {
      case .oneQueue where engine.consumptionOtherwise == .oldestFirst:
        guard !engine.method.poisons || poisonIsSettled(state, each, coming) else { break }
        each.inOutCommute = true
        each.taken = state.lanes[0].uniformHead(each.paid)
        each.takenFromAsset = each.taken
      case .byTaint:
        let clean = state.lanes[0].uniformHead(each.paidCleanFirst)
        let tainted = state.lanes[1].uniformHead(each.paidTaintedFirst)
        each.inOutCommute =
          state.lanes[0].covers(each.paidCleanFirst)
          && state.lanes[1].covers(each.paidTaintedFirst)
        guard each.inOutCommute else { break }
        each.taken = engine.consumptionOtherwise == .taintedFirst ? tainted : clean
        each.takenFromAsset = engine.consumptionForAssets == .taintedFirst ? tainted : clean
      default: break
      }
    }
    facts[account] = each
  }

  /// Whether no receipt of the day changes the class of what the account pays out.
  private func poisonIsSettled(_ state: AccountState, _ each: Facts, _ coming: [Int32?]) -> Bool {
    if state.isPoisoned { return !engine.policy.poisonClearsAtZero || state.booked > each.paid }
    return coming.allSatisfy { $0.map { !engine.classes.isTainted[Int($0)] } ?? false }
  }

  private func classTaken(by draw: Footprint.Draw) -> Int32? {
    draw.towardsAsset ? facts[draw.account]?.takenFromAsset : facts[draw.account]?.taken
  }

  /// The class a deposit brings, if the same in every order.
  private func classReceived(by step: Footprint) -> Int32? {
    guard let deposit = step.deposit else { return nil }
    if let known = deposit.sourceClass { return known }
    if step.isInterest {
      return facts[deposit.account]?.isUniform == true ? facts[deposit.account]?.taken : nil
    }
    guard deposit.passesDraw, let draw = step.draw else { return nil }
    return classTaken(by: draw)
  }

  /// Numbers of steps, in groups; groups and members in the order given.
  /// - Complexity: O(*n*²) for *n* steps of the day.
  func groups() -> [[Int]] {
    var sets = DisjointSets(count: steps.count)
    for a in steps.indices {
      for b in steps.indices where b > a && conflict(a, b) { sets.join(a, b) }
    }
    var places: [Int: Int] = [:]
    var result: [[Int]] = []
    for index in steps.indices {
      let root = sets.root(index)
      if let place = places[root] {
        result[place].append(index)
      } else {
        places[root] = result.count
        result.append([index])
      }
    }
    return result
  }

  private func conflict(_ a: Int, _ b: Int) -> Bool {
    let (one, two) = (steps[a], steps[b])
    if blocks(one, two) || blocks(two, one) { return true }
    if tiesMatter, let first = one.sees, let second = two.sees, first != second,
      !engine.classes.splitOrder.contains(first) || !engine.classes.splitOrder.contains(second)
    {
      return true
    }
    if let first = one.draw, let second = two.draw, first.account == second.account,
      !commute(first, second)
    {
      return true
    }
    if let first = one.deposit, let second = two.deposit, first.account == second.account,
      !depositsCommute(a, b, on: first.account)
    {
      return true
    }
    return drawConflicts(one.draw, two.deposit) || drawConflicts(two.draw, one.deposit)
  }

  /// Whether the first step may not be moved across the other for what it alone may touch.
  private func blocks(_ one: Footprint, _ other: Footprint) -> Bool {
    for resource in one.exclusive {
      if case .account(let index) = resource {
        if one.isInterest, facts[index]?.isUniform == true { continue }
        if other.draw?.account == index || other.deposit?.account == index { return true }
      }
      if other.exclusive.contains(resource) || other.adds.contains(resource) { return true }
    }
    return false
  }

  private func drawConflicts(_ draw: Footprint.Draw?, _ deposit: Footprint.Deposit?) -> Bool {
    guard let draw, let deposit, draw.account == deposit.account else { return false }
    return facts[draw.account]?.inOutCommute != true
  }

  private func commute(_ a: Footprint.Draw, _ b: Footprint.Draw) -> Bool {
    if engine.method.arrangement != .byClass, let sink = a.sink, sink == b.sink { return true }
    guard let each = facts[a.account], each.isCovered else { return false }
    if engine.method.arrangement == .byTaint, each.inOutCommute, consumption(a) != consumption(b) {
      return true
    }
    guard each.inOutCommute, let first = classTaken(by: a), let second = classTaken(by: b) else {
      return false
    }
    return first == second
  }

  private func depositsCommute(_ a: Int, _ b: Int, on account: Int) -> Bool {
    if let first = receivedClass[a], let second = receivedClass[b] {
      if first == second { return true }
      if facts[account]?.isCovered == true, engine.method.arrangement == .byTaint {
        return engine.classes.isTainted[Int(first)] != engine.classes.isTainted[Int(second)]
      }
    }
    return facts[account]?.isCovered == true && engine.method.arrangement == .byClass
  }
}

extension LotQueue {
  /// The class of the first `amount` units, oldest first; nil when they differ or are not all there.
  func uniformHead(_ amount: Int64) -> Int32? {
    var missing = amount
    var found: Int32?
    for lot in live {
      if let found, found != lot.sourceClass { return nil }
      found = lot.sourceClass
      missing -= lot.amount
      if missing <= 0 { return found }
    }
    return nil
  }

  func covers(_ amount: Int64) -> Bool {
    var missing = amount
    for lot in live where missing > 0 { missing -= lot.amount }
    return missing <= 0
  }
}
