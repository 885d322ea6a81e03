// Seeded random ledgers of everything a ledger can hold.

import CaseModel
import Tracing

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

/// One random ledger with a policy, from one seed.
struct RandomCase {
  static let currencies = [
    Currency(asset: "EUR", exponent: 2), Currency(asset: "JPY", exponent: 0),
    Currency(asset: "KWD", exponent: 3), Currency(asset: "BTC", exponent: 8),
    Currency(asset: "ETH", exponent: 18),
  ]
  var ledger = Ledger(classes: [], accounts: [], steps: [])
  var policy = TracingPolicy()
  private var random: SeededNumbers
  private var most: Int64 = 1
  private var transits = 0

  init(seed: UInt64) {
    random = SeededNumbers(seed: seed)
    let count = number(in: 4...28)
    // Small amounts make ties and leftovers, large ones come near the limit of 64 bits.
    most = [9, 300, 1_000_000, .max / Int64(count * 3), .max / 3][number(in: 0...9) % 5]
    policy = TracingPolicy(
      sameDayOrder: SameDayOrder.allCases[number(in: 0...2)], backwardTracing: chance(2),
      reversal: chance(3) ? .restoreComposition : .voidPair, replenishIntent: chance(4),
      poisonClearsAtZero: chance(2))
    // Codes whose byte order is not the order of first sight.
    let codes = ["M", "a", "Z", "T2", "T10", "b"].shuffled(using: &random)
    for code in codes.prefix(number(in: 2...6)) {
      ledger.classes.append(LedgerClass(SourceClassCode(code), isTainted: chance(2)))
    }
    ledger.classes.append(LedgerClass(SourceClassCode("gap"), isTainted: false))
    addAccounts()
    addSteps(count)
  }

  private mutating func number(in range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
  private mutating func chance(_ of: Int) -> Bool { number(in: 1...of) == 1 }
  private mutating func amount() -> Int64 {
    chance(18) ? 0 : Int64.random(in: 1...(chance(3) ? max(1, most / 50) : most), using: &random)
  }
  private mutating func code() -> SourceClassCode {
    ledger.classes[number(in: 0...ledger.classes.count - 2)].code
  }

  private mutating func addAccounts() {
    let home = Self.currencies[number(in: 0...4)]
    for name in ["A", "B", "C", "D"].prefix(number(in: 1...4)) {
      var lots: [OpeningLot] = []
      if chance(3) {
        for _ in 1...number(in: 1...3) { lots.append(OpeningLot(code(), amount: amount())) }
      }
      ledger.accounts.append(
        LedgerAccount(
          name: name, currency: chance(4) ? Self.currencies[number(in: 0...4)] : home,
          opening: lots, openingDebt: chance(6) ? amount() : 0,
          opensOn: chance(8) ? CivilDate(dayNumber: 19_700) : nil))
    }
  }

  private mutating func addSteps(_ count: Int) {
    var day = CivilDate(dayNumber: 19_700)
    // The bank's numbers need not be those of the list, and may lie anywhere.
    let numbers = Array(1...count * 2).shuffled(using: &random).prefix(count).sorted()
    for sequence in numbers {
      if chance(3) { day = day.adding(days: 1) }
      ledger.steps.append(
        LedgerStep(
          sequence: sequence, date: chance(40) ? day.adding(days: -1) : day, movement: movement(),
          phase: chance(15) ? number(in: -1...1) : 1))
    }
    if chance(3) { ledger.steps.shuffle(using: &random) }
  }

  private mutating func movement() -> Movement {
    let names = ledger.accounts.map(\.name)
    let name = names[number(in: 0...names.count - 1)]
    let other = names[number(in: 0...names.count - 1)]
    let asset = "X\(number(in: 0...2))"
    switch number(in: 0...24) {
    case 0...5:
      return .credit(to: name, amount: amount(), sourceClass: code(), restores: chance(4))
    case 6...9:
      return .debit(from: name, to: .asset(asset), amount: amount(), isCoordinated: chance(2))
    case 10, 11: return .debit(from: name, to: .dissipated, amount: amount())
    case 12:
      return .debit(from: name, to: chance(2) ? .outside("N") : .untraced(other), amount: amount())
    case 13...16:
      let currencies = ledger.accounts.filter { $0.name == name || $0.name == other }
      let isAcross = Set(currencies.map(\.currency)).count > 1
      return .transfer(
        from: name, to: other, amount: amount(),
        credited: isAcross ? (chance(12) ? nil : amount()) : (chance(6) ? amount() : nil),
        obtainedAs: chance(5) ? code() : nil)
    case 17: return .interest(to: name, amount: amount())
    case 18: return .fee(from: name, amount: amount())
    case 19:
      return .sale(
        asset: asset, to: name, amount: amount(),
        fraction: chance(2)
          ? .whole : Fraction(Int64(number(in: 1...7)), over: Int64(number(in: 7...9))) ?? .whole)
    case 20:
      transits += chance(3) ? 0 : 1
      return .departure(from: name, transit: "t\(transits)", amount: amount())
    case 21:
      return .arrival(
        transit: "t\(transits)", to: name, amount: amount(), obtainedAs: chance(6) ? code() : nil)
    case 22 where chance(3):
      return .gap(
        account: name, balance: chance(3) ? -amount() : amount(),
        sourceClass: SourceClassCode("gap")
      )
    default: return reversal()
    }
  }

  private mutating func reversal() -> Movement {
    guard !ledger.steps.isEmpty else { return .fee(from: "A", amount: 1) }
    let original = ledger.steps[number(in: 0...ledger.steps.count - 1)]
    let paid = Self.amount(of: original.movement)
    return .reversal(
      of: original.sequence,
      amount: chance(2) || paid < 2 ? paid : Int64.random(in: 1...paid, using: &random))
  }

  private static func amount(of movement: Movement) -> Int64 {
    switch movement {
    case .credit(_, let amount, _, _), .debit(_, _, let amount, _),
      .transfer(_, _, let amount, _, _), .departure(_, _, let amount),
      .arrival(_, _, let amount, _), .interest(_, let amount), .fee(_, let amount),
      .reversal(_, let amount), .sale(_, _, let amount, _):
      amount
    case .gap: 1
    }
  }
}
