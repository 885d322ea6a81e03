// Money of which only limits of the tainted part are known: lots, pieces on the way, places.

import CaseModel

/// Part of a balance: of `amount` units between `low` and `high` are tainted, in an order inside the lot
/// that is not known.
struct BoundedLot: Equatable {
  var amount: Int64
  var low: Int64
  var high: Int64
  /// Whether clean units of it may be borrowed money, which a debit moves behind the rest.
  var mayBeBorrowed = true

  var isPure: Bool { low == high && (low == 0 || low == amount) }

  static func clean(_ amount: Int64, mayBeBorrowed: Bool = true) -> BoundedLot {
    BoundedLot(amount: amount, low: 0, high: 0, mayBeBorrowed: mayBeBorrowed)
  }
  static func unknown(_ amount: Int64) -> BoundedLot {
    BoundedLot(amount: amount, low: 0, high: amount)
  }

  /// Takes units off one end. The order inside is not known, so either part holds at least what the
  /// other cannot hold, and at most all.
  mutating func take(_ units: Int64) -> BoundedLot {
    let rest = amount - units
    let taken = BoundedLot(
      amount: units, low: max(0, low - rest), high: min(high, units), mayBeBorrowed: mayBeBorrowed)
    self = BoundedLot(
      amount: rest, low: max(0, low - units), high: min(high, rest), mayBeBorrowed: mayBeBorrowed)
    return taken
  }

  /// The share of these units in `whole` other ones, class by class in whole units. Each tainted class is
  /// rounded by less than one unit, so their sum lies within `classes − 1` units of the exact share,
  /// rounded outwards.
  func share(in whole: Int64, classes: Int64) -> BoundedLot {
    guard amount > 0, whole > 0 else { return .clean(max(0, whole)) }
    if isPure {
      return BoundedLot(amount: whole, low: low == 0 ? 0 : whole, high: high == 0 ? 0 : whole)
    }
    let lowest = Rounding.down.quotient(Int128(low) * Int128(whole), by: Int128(amount))
    let highest = Rounding.down.quotient(
      Int128(high) * Int128(whole) + Int128(amount) - 1, by: Int128(amount))
    return BoundedLot(
      amount: whole, low: Self.clamp(lowest - Int128(classes - 1), 0, whole),
      high: Self.clamp(highest + Int128(classes - 1), 0, whole), mayBeBorrowed: mayBeBorrowed)
  }

  static func clamp(_ value: Int128, _ low: Int64, _ high: Int64) -> Int64 {
    Int64(clamping: min(max(value, Int128(low)), Int128(high)))
  }

  static func sum(_ lots: [BoundedLot]) -> BoundedLot {
    lots.reduce(into: BoundedLot(amount: 0, low: 0, high: 0, mayBeBorrowed: false)) { sum, lot in
      sum.amount += lot.amount
      sum.low += lot.low
      sum.high += lot.high
      sum.mayBeBorrowed = sum.mayBeBorrowed || lot.mayBeBorrowed
    }
  }
}

/// Money on its way from one place to another.
struct BoundedPieces {
  var lots: [BoundedLot]
  /// True when every unit is as the engine has it, because nothing that is missing reached it.
  var isExact: Bool
  /// The accounts whose missing records matter to it.
  var reasons: Set<AccountID> = []

  var sum: BoundedLot { BoundedLot.sum(lots) }

  /// The lots in an order that surely holds. A debit moves borrowed money behind the rest; where that may
  /// have changed the order between clean and tainted units, the lots become one.
  var inSureOrder: [BoundedLot] {
    let lots = lots.filter { $0.amount > 0 }
    guard lots.count > 1 else { return lots }
    let isSettled =
      lots.allSatisfy(\.isPure)
      && lots.dropLast().allSatisfy { $0.high > 0 || !$0.mayBeBorrowed }
    let isOneKind = lots.allSatisfy { $0.high == 0 } || lots.allSatisfy { $0.low == $0.amount }
    return isSettled || isOneKind ? lots : [BoundedLot.sum(lots)]
  }
}

/// One account in a run for bounds.
struct BoundedAccount {
  /// The engine's own state holds: nothing that is missing reached the account.
  var isExact = true
  /// The balance itself is not to be relied on; whatever leaves may be tainted or not.
  var isUnknown = false
  /// The lots, oldest first, when the method takes them from one queue.
  var queue: [BoundedLot] = []
  var head = 0
  /// The tainted part of what is held.
  var low: Int64 = 0
  var high: Int64 = 0
  /// Under `poison`: whether the account is poisoned for certain, or may be.
  var isPoisoned = false
  var mayBePoisoned = false
  var reasons: Set<AccountID> = []

  mutating func append(_ lots: [BoundedLot]) {
    queue += lots
    for lot in lots {
      low += lot.low
      high += lot.high
    }
  }

  mutating func takeOldest(_ amount: Int64) -> [BoundedLot] {
    var taken: [BoundedLot] = []
    var left = amount
    while left > 0, head < queue.count {
      let units = min(left, queue[head].amount)
      taken.append(take(units, at: head))
      left -= units
      if queue[head].amount == 0 { head += 1 }
    }
    if head > 64, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
    return taken
  }

  mutating func takeNewest(_ amount: Int64) -> [BoundedLot] {
    var taken: [BoundedLot] = []
    var left = amount
    while left > 0, let last = queue.indices.last, last >= head {
      let units = min(left, queue[last].amount)
      taken.append(take(units, at: last))
      left -= units
      if queue[last].amount == 0 { queue.removeLast() }
    }
    return taken
  }

  private mutating func take(_ units: Int64, at index: Int) -> BoundedLot {
    let before = queue[index]
    let taken = queue[index].take(units)
    low += queue[index].low - before.low
    high += queue[index].high - before.high
    return taken
  }
}

/// A place outside accounts in a run for bounds.
struct BoundedPlace {
  var low: Int64 = 0
  var high: Int64 = 0
  var isExact = true
  var reasons: Set<AccountID> = []

  mutating func add(_ pieces: BoundedPieces) {
    let sum = pieces.sum
    low += sum.low
    high += sum.high
    isExact = isExact && pieces.isExact
    reasons.formUnion(pieces.reasons)
  }

  mutating func remove(_ lot: BoundedLot, isExact: Bool) {
    (low, high) = (max(0, low - lot.high), max(0, high - lot.low))
    self.isExact = self.isExact && isExact
  }
}
