// One account while a ledger is run.

/// What an overdraft paid for and is not yet repaid.
struct Debt {
  var amount: Int64
  /// The place of the asset it bought, when co-ordination is evidenced; else −1.
  let coordinatedAsset: Int32
}

/// One account while a ledger is run.
struct AccountState {
  let name: String
  let currency: Int
  let arrangement: LotArrangement
  /// Units of each class, and under methods that take by class the lots of each class.
  private(set) var money: ClassedLots
  /// Under the other methods: all lots in one line, or the clean ones.
  private var line = LotQueue()
  /// Under methods that go by taint: the tainted lots.
  private var taintedLine = LotQueue()
  /// The sum of the units.
  private(set) var held: Int64 = 0
  var debts: [Debt] = []
  var firstDebt = 0
  var owed: Int64 = 0
  /// The balance counted from the booked amounts alone: the second path to held − owed.
  var booked: Int64 = 0
  var lowest: Int64?
  var isPoisoned = false
  /// Units of each class ever paid in (openings, credits, transfers in, sales).
  var contributed = Composition()
  var contributionNodes = NodesByClass()

  init(name: String, currency: Int, arrangement: LotArrangement, recordsPaths: Bool) {
    self.name = name
    self.currency = currency
    self.arrangement = arrangement
    money = ClassedLots(keepsLots: arrangement == .byClass && recordsPaths)
  }

  var balance: Int64 { held - owed }
  var totals: Composition { money.totals }

  /// The lots as they lie: in one line, clean before tainted, or class by class.
  var lanes: [LotQueue] {
    switch arrangement {
    case .oneQueue: [line]
    case .byTaint: [line, taintedLine]
    case .byClass: money.lanes
    }
  }

  /// Takes note of a booked amount; false when the booked balance would not fit 64 bits.
  mutating func book(_ amount: Int64) -> Bool {
    let (sum, tooMuch) = booked.addingReportingOverflow(amount)
    booked = sum
    return !tooMuch
  }

  mutating func noteLowest() { lowest = min(lowest ?? balance, balance) }

  /// Puts a lot at the end of its line. The caller has checked that the sum fits 64 bits.
  mutating func put(_ lot: Lot, rank: Int32, isTainted: Bool) {
    held += lot.amount
    guard arrangement != .byClass else {
      money.add(lot, rank: rank)
      return
    }
    money.count(lot, rank: rank)
    if arrangement == .byTaint, isTainted { taintedLine.append(lot) } else { line.append(lot) }
  }

  /// Takes exactly `amount` from the lines: newest first, tainted lots first, or else clean lots first
  /// and in each line the oldest first.
  mutating func take(
    _ amount: Int64, by consumption: Consumption, ranks: [Int32], into taken: inout [Lot]
  ) {
    let start = taken.count
    var units: Int64
    switch consumption {
    case .newestFirst where arrangement == .oneQueue:
      units = line.takeNewest(amount, into: &taken)
    case .taintedFirst where arrangement == .byTaint:
      units = taintedLine.takeOldest(amount, into: &taken)
      units += line.takeOldest(amount - units, into: &taken)
    default:
      units = line.takeOldest(amount, into: &taken)
      units += taintedLine.takeOldest(amount - units, into: &taken)
    }
    precondition(units == amount, "an account held less than its total")
    held -= amount
    for piece in taken[start...] {
      money.discount(piece.amount, rank: ranks[Int(piece.sourceClass)])
    }
  }

  /// Takes parts of classes that stand in the order of first sight.
  mutating func take(_ parts: [Composition.Share], into taken: inout [Lot]) {
    money.take(parts, into: &taken)
    for part in parts { held -= part.units }
  }

  /// Takes up to `wanted` units of one class, the newest lot first.
  mutating func takeNewest(
    _ wanted: Int64, of sourceClass: Int32, rank: Int32, into taken: inout [Lot]
  ) -> Int64 {
    var units: Int64 = 0
    if arrangement == .byClass {
      units = money.take(wanted, of: sourceClass, rank: rank, newestFirst: true, into: &taken)
    } else {
      units = line.takeNewest(wanted, of: sourceClass, into: &taken)
      units += taintedLine.takeNewest(wanted - units, of: sourceClass, into: &taken)
      if units > 0 { money.discount(units, rank: rank) }
    }
    held -= units
    return units
  }

  /// Repays part of the oldest debt, at most all of it.
  mutating func reduceFirstDebt(by amount: Int64) {
    owed -= amount
    debts[firstDebt].amount -= amount
    guard debts[firstDebt].amount == 0 else { return }
    firstDebt += 1
    if firstDebt == debts.count { forgetDebts() }
  }

  /// All debts are repaid, or no longer known behind a gap.
  mutating func forgetDebts() {
    debts.removeAll(keepingCapacity: true)
    firstDebt = 0
    owed = 0
  }

  /// Turns every class into its tainted twin (poison); `turned` is told what each one had.
  mutating func turn(
    to twin: [Int32], ranks: [Int32], turned: (_ units: Int64, _ sourceClass: Int32) -> Void
  ) {
    line.reclassify { twin[Int($0)] }
    taintedLine.reclassify { twin[Int($0)] }
    for share in totals.shares where twin[Int(share.sourceClass)] != share.sourceClass {
      let other = twin[Int(share.sourceClass)]
      if arrangement == .byClass {
        var lots: [Lot] = []
        _ = money.take(share.units, of: share.sourceClass, rank: share.rank, into: &lots)
        for lot in lots {
          money.add(
            Lot(amount: lot.amount, sourceClass: other, node: lot.node), rank: ranks[Int(other)])
        }
      } else {
        money.discount(share.units, rank: share.rank)
        money.count(
          Lot(amount: share.units, sourceClass: other, node: share.latestNode),
          rank: ranks[Int(other)])
      }
      turned(share.units, share.sourceClass)
    }
  }
}
