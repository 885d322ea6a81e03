import CaseModel
import Tracing

/// A seeded ledger with every kind of step: equal numbers give equal ledgers.
///
/// Inflow and outflow are about equal, so that accounts run into debt and out of it. An asset is
/// bought in one currency and sold at most once; what is reversed was booked on an earlier day.
struct MadeLedger {
  let steps: Int
  var accounts: Int
  var classes = 12
  private var random = SplitMix(state: 20_240_301)
  private var day = CivilDate(dayNumber: 19_700)
  private var made: [LedgerStep] = []
  private var bought: [String] = []
  private var underWay: [(transit: String, to: String, amount: Int64, leaves: CivilDate)] = []
  private var names: [String] = []
  private var codes: [SourceClassCode] = []

  init(steps: Int, accounts: Int? = nil, classes: Int = 12) {
    self.steps = steps
    self.accounts = accounts ?? max(4, steps / 5_000)
    self.classes = classes
  }

  /// One account in four is kept in yen; every third class is tainted.
  mutating func ledger() -> Ledger {
    names = (0..<accounts).map { "A\($0)" }
    codes = (0..<classes).map { SourceClassCode("class \($0)") }
    made.reserveCapacity(steps)
    let stepsADay = max(4, steps / 3_000)
    while made.count < steps {
      if made.count % stepsADay == 0 { day = day.adding(days: 1) }
      append(movement())
    }
    let euro = Currency(asset: "EUR", exponent: 2)
    let yen = Currency(asset: "JPY", exponent: 0)
    return Ledger(
      classes: codes.enumerated().map { LedgerClass($1, isTainted: $0 % 3 == 0) },
      accounts: names.enumerated().map { index, name in
        LedgerAccount(
          name: name, currency: index % 4 == 3 ? yen : euro,
          opening: index % 2 == 0 ? [OpeningLot(codes[index % classes], amount: 100_000)] : [],
          openingDebt: index % 5 == 1 ? 20_000 : 0)
      }, steps: made)
  }

  private mutating func append(_ movement: Movement) {
    made.append(LedgerStep(sequence: made.count + 1, date: day, movement: movement))
  }

  private mutating func movement() -> Movement {
    let from = random.below(accounts)
    let amount = Int64(random.below(50_000) + 1)
    switch random.below(1_000) {
    case 0..<330:
      return .credit(to: names[from], amount: amount * 2, sourceClass: codes[random.below(classes)])
    case 330..<560: return .debit(from: names[from], to: .dissipated, amount: amount)
    case 560..<650:
      let asset = "X\(made.count)"
      bought.append(asset)
      return .debit(
        from: names[from], to: .asset(asset), amount: amount * 2, isCoordinated: amount % 2 == 0)
    case 650..<730:
      return .debit(
        from: names[from], to: .outside("O\(random.below(max(8, steps / 100)))"), amount: amount)
    case 730..<890: return transfer(from: from, amount)
    case 890..<930: return .fee(from: names[from], amount: amount % 500)
    case 930..<960: return .interest(to: names[from], amount: amount % 2_000)
    case 960..<970: return pending(from: from, amount)
    case 970..<985: return reversal(amount)
    default: return sale(to: from, amount)
    }
  }

  private mutating func transfer(from: Int, _ amount: Int64) -> Movement {
    let to = (from + 1 + random.below(accounts - 1)) % accounts
    let isConversion = (from % 4 == 3) != (to % 4 == 3)
    return .transfer(
      from: names[from], to: names[to], amount: amount,
      credited: isConversion ? amount * 3 / 2 + 1 : nil)
  }

  /// A transfer that takes a day: leaves now, or arrives if one left on an earlier day.
  private mutating func pending(from: Int, _ amount: Int64) -> Movement {
    if let first = underWay.first, first.leaves < day {
      underWay.removeFirst()
      return .arrival(transit: first.transit, to: first.to, amount: first.amount)
    }
    let transit = "T\(made.count)"
    let to = (from + 4) % accounts
    underWay.append((transit, names[to], amount, day))
    return .departure(from: names[from], transit: transit, amount: amount)
  }

  /// Takes back a half, or now and then the whole, of a recent payment, transfer or receipt.
  private mutating func reversal(_ amount: Int64) -> Movement {
    for _ in 0..<8 where !made.isEmpty {
      let step = made[max(0, made.count - 1 - random.below(200_000))]
      guard step.date < day, isReversible(step.movement), reversed.insert(step.sequence).inserted
      else { continue }
      return .reversal(
        of: step.sequence, amount: random.below(4) == 0 ? whole(step) : max(1, whole(step) / 2))
    }
    return .fee(from: names[0], amount: amount)
  }

  private var reversed: Set<Int> = []

  private func isReversible(_ movement: Movement) -> Bool {
    switch movement {
    case .debit(_, .dissipated, _, _), .debit(_, .outside, _, _), .credit,
      .transfer(_, _, _, nil, _):
      true
    default: false
    }
  }

  private func whole(_ step: LedgerStep) -> Int64 {
    switch step.movement {
    case .debit(_, _, let amount, _), .credit(_, let amount, _, _),
      .transfer(_, _, let amount, _, _):
      amount
    default: 0
    }
  }

  private mutating func sale(to account: Int, _ amount: Int64) -> Movement {
    guard !bought.isEmpty else { return .fee(from: names[account], amount: amount) }
    let asset = bought.remove(at: bought.count - 1 - random.below(min(bought.count, 50)))
    return .sale(
      asset: asset, to: names[account], amount: amount * 2,
      fraction: Fraction(1, over: amount % 3 == 0 ? 2 : 1) ?? .whole)
  }
}
