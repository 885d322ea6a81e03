// Seeded random ledgers and a slow oracle that moves money one unit at a time.

import CaseModel

@testable import Tracing

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

enum RandomLedger {
  static let eur = Currency(asset: "EUR", exponent: 2)
  static let yen = Currency(asset: "JPY", exponent: 0)

  /// Steps over three accounts of one currency: credits, debits, transfers, overdrafts.
  static func plain(seed: UInt64, steps: Int, most: Int64) -> Ledger {
    var random = SeededNumbers(seed: seed)
    let classes = ["C1", "T1", "C2", "T2"].map {
      LedgerClass(SourceClassCode($0), isTainted: $0.hasPrefix("T"))
    }
    let names = ["A", "B", "C"]
    let accounts = names.enumerated().map { index, name in
      LedgerAccount(
        name: name, currency: eur,
        opening: index == 0 ? [OpeningLot(classes[0].code, amount: 5)] : [],
        openingDebt: index == 1 ? 7 : 0)
    }
    let movements: [Movement] = (0..<steps).map { _ in
      let amount = Int64.random(in: 1...most, using: &random)
      let from = Int.random(in: 0..<3, using: &random)
      let other = (from + Int.random(in: 1...2, using: &random)) % 3
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        return .credit(
          to: names[from], amount: amount,
          sourceClass: classes[Int.random(in: 0..<4, using: &random)].code)
      case 4..<6: return .debit(from: names[from], to: .dissipated, amount: amount)
      case 6..<8:
        return .debit(
          from: names[from], to: .asset("X\(other)"), amount: amount,
          isCoordinated: Bool.random(using: &random))
      default:
        return .transfer(from: names[from], to: names[other], amount: amount, credited: nil)
      }
    }
    return Ledger(classes: classes, accounts: accounts, steps: dated(movements, &random))
  }

  /// The same with interest, fees, sales, conversions, part reversals, gaps and two-day transfers.
  static func full(seed: UInt64, steps: Int, most: Int64) -> Ledger {
    var random = SeededNumbers(seed: seed &+ 0x5EED)
    var ledger = plain(seed: seed, steps: steps, most: most)
    ledger.accounts.append(LedgerAccount(name: "Y", currency: yen))
    ledger.classes.append(LedgerClass(SourceClassCode("gap"), isTainted: false))
    var movements = ledger.steps.map(\.movement)
    for index in movements.indices where Int.random(in: 0..<3, using: &random) == 0 {
      let amount = Int64.random(in: 1...most, using: &random)
      let name = ["A", "B", "C"][Int.random(in: 0..<3, using: &random)]
      switch Int.random(in: 0..<7, using: &random) {
      case 0: movements[index] = .interest(to: name, amount: amount)
      case 1: movements[index] = .fee(from: name, amount: amount)
      case 2:
        movements[index] = .transfer(
          from: name, to: "Y", amount: amount,
          credited: Int64.random(in: 1...most, using: &random))
      case 3:
        movements[index] = .transfer(
          from: "Y", to: name, amount: amount,
          credited: Int64.random(in: 1...most, using: &random))
      case 4:
        movements[index] = .gap(
          account: name, balance: amount - most / 2, sourceClass: SourceClassCode("gap"))
      case 5:
        movements[index] = .debit(from: name, to: .outside("elsewhere"), amount: amount)
      default: movements[index] = .debit(from: name, to: .untraced("A"), amount: amount)
      }
    }
    let more: [Movement] = [
      .departure(from: "A", transit: "t", amount: most),
      .arrival(transit: "t", to: "C", amount: most),
      .credit(to: "A", amount: most, sourceClass: SourceClassCode("T1")),
      .debit(from: "A", to: .asset("Z"), amount: most),
    ]
    movements += more
    ledger.steps = dated(movements, &random)
    let last = ledger.steps[ledger.steps.count - 1]
    let later = last.date.adding(days: 1)
    ledger.steps.append(
      LedgerStep(
        sequence: last.sequence + 1, date: later,
        movement: .reversal(of: last.sequence, amount: max(1, most / 3))))
    ledger.steps.append(
      LedgerStep(
        sequence: last.sequence + 2, date: later.adding(days: 1),
        movement: .sale(asset: "Z", to: "B", amount: most * 2)))
    return ledger
  }

  private static func dated(_ movements: [Movement], _ random: inout SeededNumbers) -> [LedgerStep]
  {
    var day = CivilDate(dayNumber: 19_700)
    return movements.enumerated().map { index, movement in
      // The last four stand on days of their own, so that no same-day order parts them.
      if index >= movements.count - 4 || Int.random(in: 0..<3, using: &random) == 0 {
        day = day.adding(days: 1)
      }
      return LedgerStep(sequence: index + 1, date: day, movement: movement)
    }
  }
}

/// Traces by moving one unit after the other: slow, and written without the engine.
struct UnitOracle {
  enum Rule: String, CaseIterable {
    case fifo, lifo, proceedsFirst = "proceeds_first", proceedsLast = "proceeds_last"
  }
  let rule: Rule
  let backward: Bool
  var units: [String: [String]] = [:]
  var debts: [String: [String]] = [:]
  /// Place and class of every unit that left the accounts.
  var elsewhere: [String: [String]] = [:]

  init(_ ledger: Ledger, rule: Rule, backward: Bool) {
    self.rule = rule
    self.backward = backward
    for account in ledger.accounts {
      debts[account.name] = Array(repeating: "", count: Int(account.openingDebt))
      for lot in account.opening { add(lot.sourceClass.text, lot.amount, to: account.name) }
    }
    let ordered = ledger.steps.sorted { ($0.date, $0.sequence) < ($1.date, $1.sequence) }
    for step in ordered {
      switch step.movement {
      case .credit(let to, let amount, let code, _): add(code.text, amount, to: to)
      case .debit(let from, let to, let amount, let isCoordinated):
        var place = "dissipated"
        if case .asset(let name) = to { place = "asset \(name)" }
        let taken = take(amount, from: from, debt: isCoordinated ? place : "")
        elsewhere[place, default: []] += taken
      case .transfer(let from, let to, let amount, _, _):
        for unit in take(amount, from: from, debt: "") { add(unit, 1, to: to) }
      default: preconditionFailure("the oracle knows plain ledgers only")
      }
    }
  }

  private mutating func add(_ unit: String, _ count: Int64, to account: String) {
    for _ in 0..<count {
      if let debt = debts[account]?.first {
        debts[account]?.removeFirst()
        // A debt is not replaced by a debt.
        if backward, !debt.isEmpty, unit != "BORROWED",
          let spot = elsewhere[debt]?.firstIndex(of: "BORROWED")
        {
          elsewhere[debt]?.remove(at: spot)
          elsewhere[debt]?.append(unit)
        } else {
          elsewhere["debt", default: []].append(unit)
        }
      } else {
        units[account, default: []].append(unit)
      }
    }
  }

  private mutating func take(_ count: Int64, from account: String, debt: String) -> [String] {
    var taken: [String] = []
    for _ in 0..<count {
      let held = units[account] ?? []
      guard !held.isEmpty else {
        debts[account, default: []].append(debt)
        taken.append("BORROWED")
        continue
      }
      let spot: Int =
        switch rule {
        case .fifo: 0
        case .lifo: held.count - 1
        case .proceedsFirst: held.firstIndex { $0.hasPrefix("T") } ?? 0
        case .proceedsLast: held.firstIndex { !$0.hasPrefix("T") } ?? 0
        }
      taken.append(held[spot])
      units[account]?.remove(at: spot)
    }
    return taken.filter { $0 != "BORROWED" } + taken.filter { $0 == "BORROWED" }
  }

  /// Units by place and class, as text.
  var table: [String: Int] {
    var table: [String: Int] = [:]
    for (account, held) in units {
      for unit in held { table["\(account) \(unit)", default: 0] += 1 }
    }
    for (place, held) in elsewhere {
      for unit in held { table["\(place) \(unit)", default: 0] += 1 }
    }
    return table
  }
}
