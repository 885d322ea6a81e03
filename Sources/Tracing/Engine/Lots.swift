// Lots, queues of lots, and the state of one account while a ledger is run.

/// Part of a balance: minor units of one class, with the last movement that carried it.
struct Lot {
  var amount: Int64
  /// Index into `ClassTable`.
  var sourceClass: Int32
  /// Index into `Provenance`; −1 when the path is not recorded.
  var node: Int32
}

/// Lots in the order they came in. Taking from either end is O(1) amortised for each lot taken.
struct LotQueue {
  private(set) var lots: [Lot] = []
  private var head = 0

  var live: ArraySlice<Lot> { lots[head...] }

  /// Adds a lot at the end. Joins it to the last one only when the two cannot be told apart: same
  /// class, same movement. The caller has checked that the account's sum fits 64 bits.
  mutating func append(_ lot: Lot) {
    if lots.count > head, lots[lots.count - 1].sourceClass == lot.sourceClass,
      lots[lots.count - 1].node == lot.node
    {
      lots[lots.count - 1].amount += lot.amount
    } else {
      lots.append(lot)
    }
  }

  /// Moves up to `wanted` units, oldest first, to the end of `taken`; returns how many it moved.
  mutating func takeOldest(_ wanted: Int64, into taken: inout [Lot]) -> Int64 {
    var left = wanted
    while left > 0, head < lots.count {
      if lots[head].amount <= left {
        left -= lots[head].amount
        taken.append(lots[head])
        head += 1
      } else {
        lots[head].amount -= left
        taken.append(Lot(amount: left, sourceClass: lots[head].sourceClass, node: lots[head].node))
        left = 0
      }
    }
    if head == lots.count {
      lots.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 64, head * 2 > lots.count {
      lots.removeFirst(head)
      head = 0
    }
    return wanted - left
  }

  /// As `takeOldest`, newest first.
  mutating func takeNewest(_ wanted: Int64, into taken: inout [Lot]) -> Int64 {
    var left = wanted
    while left > 0, lots.count > head {
      let last = lots.count - 1
      if lots[last].amount <= left {
        left -= lots[last].amount
        taken.append(lots.removeLast())
      } else {
        lots[last].amount -= left
        taken.append(Lot(amount: left, sourceClass: lots[last].sourceClass, node: lots[last].node))
        left = 0
      }
    }
    return wanted - left
  }

  /// Takes up to `wanted` units of one class, newest first. O(lots).
  mutating func takeNewest(
    _ wanted: Int64, of sourceClass: Int32, into taken: inout [Lot]
  ) -> Int64 {
    var left = wanted
    for index in stride(from: lots.count - 1, through: head, by: -1)
    where left > 0 && lots[index].sourceClass == sourceClass {
      var piece = lots[index]
      piece.amount = min(piece.amount, left)
      lots[index].amount -= piece.amount
      left -= piece.amount
      taken.append(piece)
    }
    lots = lots[head...].filter { $0.amount > 0 }
    head = 0
    return wanted - left
  }

  /// Replaces the class of every lot (poison).
  mutating func reclassify(_ map: (Int32) -> Int32) {
    for index in head..<lots.count { lots[index].sourceClass = map(lots[index].sourceClass) }
  }
}

/// What an overdraft paid for and is not yet repaid.
struct Debt {
  var amount: Int64
  /// The asset it bought, when co-ordination is evidenced; else −1.
  let coordinatedAsset: Int
}

/// One account while a ledger is run.
struct AccountState {
  let name: String
  let currency: Int
  var lanes: [LotQueue]
  /// Units of each class in the lanes, and their sum.
  var totals: [Int64]
  var held: Int64 = 0
  var debts: [Debt] = []
  var firstDebt = 0
  var owed: Int64 = 0
  /// The balance counted from the booked amounts alone: the second path to held − owed.
  var booked: Int64 = 0
  var lowest: Int64?
  var isPoisoned = false
  /// Units of each class ever paid in (openings, credits, transfers in, sales).
  var contributed: [Int64]
  var contributionNodes: [[Int32]]
  /// The latest movement that brought each class; what interest on the class refers to.
  var latestNode: [Int32]

  init(name: String, currency: Int, lanes: Int, classes: Int) {
    self.name = name
    self.currency = currency
    self.lanes = Array(repeating: LotQueue(), count: lanes)
    totals = Array(repeating: 0, count: classes)
    contributed = totals
    contributionNodes = Array(repeating: [], count: classes)
    latestNode = Array(repeating: -1, count: classes)
  }

  var balance: Int64 { held - owed }
}
