// Every order of the steps of every day, one after the other: slow, and written without the search.

import CaseModel

@testable import Tracing

/// Runs a ledger in all orders and keeps the lowest and highest tainted amount of each place.
struct BruteForceOrders {
  struct Key: Hashable {
    let place: LedgerPlace
    let currency: Currency
    var sourceClass: SourceClassCode?
    var isTainted = true
  }
  private(set) var ranges: [Key: ClosedRange<Int64>] = [:]
  private(set) var runs = 0

  /// The number of orders to try.
  static func count(_ ledger: Ledger) -> Int {
    days(ledger).reduce(1) { product, day in
      day.indices.reduce(product) { min($0 * ($1 + 1), 1_000_000_000) }
    }
  }

  private static func days(_ ledger: Ledger) -> [[LedgerStep]] {
    let grouped = Dictionary(grouping: ledger.steps) { DayKey($0) }
    return grouped.keys.sorted().map { day in
      (grouped[day] ?? []).sorted { $0.sequence < $1.sequence }
    }
  }

  init(_ ledger: Ledger, by method: any TracingMethod, under policy: TracingPolicy) {
    let days = Self.days(ledger)
    var lists: [[[LedgerStep]]] = []
    for (number, day) in days.enumerated() {
      lists.append(
        Self.orders(of: day.indices.map { $0 }, day).map { order in
          // The place in the order becomes the phase, which the engine keeps.
          order.enumerated().map { place, index in
            LedgerStep(
              sequence: day[index].sequence, date: day[index].date, movement: day[index].movement,
              phase: number * 100 + place)
          }
        })
    }
    var choice = Array(repeating: 0, count: lists.count)
    while true {
      var ordered = ledger
      ordered.steps = zip(lists, choice).flatMap { $0[$1] }
      if let outcome = try? ordered.traced(by: method, under: policy) {
        note(outcome.rows(sharedBy: method), isFirst: runs == 0)
        runs += 1
      }
      guard let place = choice.indices.last(where: { choice[$0] + 1 < lists[$0].count }) else {
        break
      }
      choice[place] += 1
      for later in choice.indices where later > place { choice[later] = 0 }
    }
  }

  private mutating func note(_ rows: [LedgerOutcome.Row], isFirst: Bool) {
    var amounts: [Key: Int64] = [:]
    for row in rows {
      let units = row.amount.minorUnits
      if row.isTainted {
        amounts[Key(place: row.place, currency: row.amount.currency), default: 0] += units
      }
      amounts[
        Key(
          place: row.place, currency: row.amount.currency, sourceClass: row.sourceClass,
          isTainted: row.isTainted), default: 0] += units
    }
    for key in Set(amounts.keys).union(ranges.keys) {
      let amount = amounts[key] ?? 0
      let known = ranges[key] ?? (isFirst ? amount...amount : 0...0)
      ranges[key] = min(known.lowerBound, amount)...max(known.upperBound, amount)
    }
  }

  /// All orders of some steps; of equal ones only one order, if no reversal names them.
  private static func orders(of numbers: [Int], _ day: [LedgerStep]) -> [[Int]] {
    guard numbers.count > 1 else { return [numbers] }
    return numbers.indices.flatMap { index -> [[Int]] in
      let isRepeated = numbers[..<index].contains {
        day[$0].movement == day[numbers[index]].movement
      }
      guard !isRepeated || hasReversals(day) else { return [] }
      var rest = numbers
      let first = rest.remove(at: index)
      return orders(of: rest, day).map { [first] + $0 }
    }
  }

  private static func hasReversals(_ day: [LedgerStep]) -> Bool {
    day.contains { if case .reversal = $0.movement { true } else { false } }
  }
}

/// Small ledgers with few orders, in which everything the engine knows happens on shared days.
enum RandomOrders {
  static func ledger(seed: UInt64, days: Int, most: Int64, ordersMax: Int) -> Ledger {
    var random = SeededNumbers(seed: seed &* 7919 &+ 13)
    let classes = ["C1", "T1", "C2", "T2"].map {
      LedgerClass(SourceClassCode($0), isTainted: $0.hasPrefix("T"))
    }
    var ledger = Ledger(
      classes: classes + [LedgerClass(SourceClassCode("gap"), isTainted: false)],
      accounts: [
        LedgerAccount(
          name: "A", currency: RandomLedger.eur,
          opening: [
            OpeningLot(classes[0].code, amount: Int64.random(in: 0...most, using: &random)),
            OpeningLot(classes[1].code, amount: Int64.random(in: 0...most, using: &random)),
          ]),
        LedgerAccount(name: "B", currency: RandomLedger.eur, openingDebt: seed % 3 == 0 ? 5 : 0),
        LedgerAccount(name: "Y", currency: RandomLedger.yen),
      ], steps: [])
    var left = ordersMax
    for day in 0..<days {
      var rows = Int.random(in: 1...5, using: &random)
      while rows > 1, factorial(rows) > left { rows -= 1 }
      left = max(1, left / factorial(rows))
      for _ in 0..<rows {
        // Every other ledger turns back more often: refunds, sales, debts that bought the asset.
        let kinds = seed % 2 == 0 ? Array(0..<24) : [0, 0, 7, 11, 11, 13, 21, 22, 22]
        let movement = movement(in: ledger, most: most, kinds, &random)
        ledger.steps.append(
          LedgerStep(
            sequence: ledger.steps.count + 1,
            date: CivilDate(dayNumber: 19_700 + Int32(day)), movement: movement))
      }
    }
    return ledger
  }

  private static func factorial(_ number: Int) -> Int { (1...number).reduce(1, *) }

  private static func movement(
    in ledger: Ledger, most: Int64, _ kinds: [Int], _ random: inout SeededNumbers
  ) -> Movement {
    let amount = Int64.random(in: 1...most, using: &random)
    let names = ["A", "B"].shuffled(using: &random)
    let code = ledger.classes[Int.random(in: 0..<4, using: &random)].code
    switch kinds.randomElement(using: &random) ?? 0 {
    case 0..<7:
      return .credit(
        to: names[0], amount: amount, sourceClass: code,
        restores: Int.random(in: 0..<4, using: &random) == 0)
    case 7..<10: return .debit(from: names[0], to: .dissipated, amount: amount)
    case 10..<13:
      return .debit(
        from: names[0], to: .asset("X"), amount: amount,
        isCoordinated: Bool.random(using: &random))
    case 13..<17: return .transfer(from: names[0], to: names[1], amount: amount, credited: nil)
    case 17:
      return .transfer(
        from: names[0], to: names[1], amount: amount, credited: nil,
        obtainedAs: SourceClassCode("T2"))
    case 18: return .interest(to: names[0], amount: amount)
    case 19: return .fee(from: names[0], amount: amount)
    case 20:
      return Bool.random(using: &random)
        ? .transfer(from: names[0], to: "Y", amount: amount, credited: amount * 3 / 2 + 1)
        : .transfer(from: "Y", to: names[0], amount: amount, credited: amount / 2 + 1)
    case 21:
      return .sale(
        asset: "X", to: names[0], amount: amount, fraction: Fraction(1, over: 2) ?? .whole)
    case 22:
      if let original = ledger.steps.randomElement(using: &random),
        original.movement.amount > 1
      {
        let part = Int64.random(in: 1...original.movement.amount, using: &random)
        return .reversal(of: original.sequence, amount: part)
      }
      return .debit(from: names[0], to: .outside("elsewhere"), amount: amount)
    default:
      return Bool.random(using: &random)
        ? .debit(from: names[0], to: .untraced("Y"), amount: amount)
        : .gap(account: names[0], balance: amount - most / 3, sourceClass: SourceClassCode("gap"))
    }
  }
}
