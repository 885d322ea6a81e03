// One part of a ledger made ready for the search: its days, what each step touches, how long it matters.

import CaseModel

/// The steps of one day and phase: the order among them is not known.
struct OrderDay {
  let date: CivilDate
  let phase: Int
  var steps: [LedgerStep] = []
  var footprints: [Footprint] = []
  /// It takes back a step of a later day, which no order allows.
  var isRefused = false
  /// Classes another part of the ledger shows before this day, in that order.
  var seenBefore: [SourceClassCode] = []
}

/// What the search and the bounds know before they start.
struct OrderPlan {
  /// Nothing taken yet, openings laid, every place in its fixed position.
  let start: TracingEngine
  private(set) var days: [OrderDay] = []
  let back: LookBacks
  /// Places in a fixed order: accounts, then holdings by position in the engine.
  let places: [LedgerPlace]
  /// Whether rounding can depend on which class was seen first.
  let tiesMatter: Bool
  /// The last day on which anything reads the account, the asset, the step to be taken back.
  private(set) var lastUse: [Resource: Int] = [:]
  private(set) var lastReversal: [Int: Int] = [:]
  /// The day of each step, by sequence.
  private(set) var dayOfStep: [Int: Int] = [:]
  private(set) var transitNumbers: [String: Int] = [:]

  /// - Throws: `TracingError` when the part cannot be opened.
  init(
    _ part: OrderComponent, method: any TracingMethod, policy: TracingPolicy
  ) throws(TracingError) {
    var engine = try TracingEngine(
      part.ledger, method: method, policy: policy, recordsPaths: false)
    for code in part.seenAtOpening {
      if let index = engine.classes.index(of: code) { engine.classes.see(index) }
    }
    try engine.open()
    back = LookBacks(engine, steps: Array(engine.order))
    engine.reserveHoldings(back)
    places =
      engine.accounts.map { .account($0.name) }
      + engine.holdings.map { engine.place(of: $0.key) }
    tiesMatter = part.tiesMatter
    start = engine
    for step in engine.order {
      let isNewDay = days.last.map { $0.date != step.date || $0.phase != step.phase } ?? true
      if isNewDay {
        var day = OrderDay(date: step.date, phase: step.phase)
        day.seenBefore = part.seenBefore[DayKey(step)] ?? []
        days.append(day)
      }
      days[days.count - 1].steps.append(step)
      days[days.count - 1].footprints.append(Footprint(step, in: engine, back))
    }
    noteUse()
  }

  private mutating func noteUse() {
    for (index, day) in days.enumerated() {
      for (step, footprint) in zip(day.steps, day.footprints) {
        dayOfStep[step.sequence] = index
        for account in footprint.accounts { lastUse[.account(account)] = index }
        for resource in footprint.exclusive {
          lastUse[resource] = index
          if case .transit(let name) = resource, transitNumbers[name] == nil {
            transitNumbers[name] = transitNumbers.count
          }
        }
        if case .reversal(let of, _) = step.movement { lastReversal[of] = index }
      }
    }
    for (index, day) in days.enumerated() {
      days[index].isRefused = day.footprints.contains { footprint in
        footprint.follows.flatMap { dayOfStep[$0] }.map { $0 > index } ?? false
      }
    }
  }

  /// Whether anything after `day` reads what lies there.
  func isLive(_ key: HoldingKey, after day: Int) -> Bool {
    switch key {
    case .asset(let name, _): isLive(.asset(name), after: day)
    case .dissipated(let account):
      back.restoring.contains(account) && isLive(.account(account), after: day)
    default: false
    }
  }

  func isLive(_ resource: Resource, after day: Int) -> Bool {
    (lastUse[resource] ?? -1) > day
  }
}

/// A day and phase as a key.
struct DayKey: Hashable, Comparable {
  let day: Int32
  let phase: Int
  init(_ step: LedgerStep) {
    day = step.date.dayNumber
    phase = step.phase
  }
  static func < (a: DayKey, b: DayKey) -> Bool { (a.day, a.phase) < (b.day, b.phase) }
}

extension TracingEngine {
  /// Gives every place outside accounts its position before the first step, so that the positions
  /// do not depend on the order. Money under way is left out: its absence is what refuses an arrival.
  mutating func reserveHoldings(_ back: LookBacks) {
    for step in order {
      switch step.movement {
      case .debit(let from, let to, _, _):
        guard let account = accountIndexes[from] else { continue }
        if let key = holdingKey(of: to, from: account) { reserve(key, account) }
      case .fee(let from, _):
        guard let account = accountIndexes[from] else { continue }
        reserve(.dissipated(account: account), account)
      case .gap(let name, _, _):
        guard let account = accountIndexes[name] else { continue }
        reserve(.untraced(account: account, currency: accounts[account].currency), account)
      case .reversal(let of, _):
        for name in back.originals[of]?.movement.accountNames ?? [] {
          guard let account = accountIndexes[name] else { continue }
          reserve(.outside("returned to payer", currency: accounts[account].currency), account)
        }
      default: break
      }
    }
    for account in accounts.indices { reserve(.discharged(account: account), account) }
    for account in accounts.indices where back.restoring.contains(account) {
      reserve(.dissipated(account: account), account)
    }
  }

  private mutating func reserve(_ key: HoldingKey, _ account: Int) {
    guard let place = numbered.places.known(key) else { return }
    _ = holdingIndex(of: place, currency: accounts[account].currency)
  }
}
