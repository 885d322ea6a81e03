// Runs the ledger of a case with limits in place of classes: how much of each place may be tainted when
// some records are missing.
//
// The engine runs the same steps, so amounts and balances are its own; beside it, every account and place
// that something missing may have reached carries limits of its tainted part. Why the limits hold, method
// by method, given that balances on record are right:
//
// - `fifo`, `lifo`: which units a debit takes depends on their place in the queue, never on their class.
//   Money of unknown composition takes the places that the true money took. Where the order inside a
//   receipt is not known (borrowed money goes behind the rest; sales and interest follow the order in which
//   classes were first seen, which a missing record can change), the receipt is one lot with limits.
// - `proceeds_first`, `proceeds_last`, `libr`, `oatway`: what a debit takes of the taint, and what stays,
//   are both monotone in the taint that is there: min(t, m) and max(0, m − (h − t)). So the limits map to
//   limits.
// - `rolling_pro_rata`, `haircut`, `pari_passu`: a debit takes each class in proportion, rounded by less
//   than a unit a class; with k tainted classes the sum lies within k − 1 units of the exact share,
//   rounded outwards (`BoundedLot.share`). The closing share of `pari_passu` on an account that
//   something missing reached lies between nothing and the whole balance.
// - `poison`: an account is poisoned for certain, perhaps, or not; all of it is tainted or none.
//
// An account or place that nothing missing reached is exact: its amounts are the engine's.

import CaseModel

struct BoundsRun {
  struct PlaceKey: Hashable {
    let place: LedgerPlace
    let currency: Int
  }
  /// A step that is taken back in part later, as far as its tainted part is known.
  struct Original {
    var pieces: BoundedLot
    var isExact: Bool
    let from: Int
    let place: PlaceKey?
    /// The account it went to, when it was a transfer.
    var pool: Int?
    let reasons: Set<AccountID>
  }

  var engine: TracingEngine
  var accounts: [BoundedAccount] = []
  var places: [PlaceKey: BoundedPlace] = [:]
  var transits: [String: BoundedPieces] = [:]
  var originals: [Int: Original] = [:]
  /// Assets of which a part was sold: a debt that bought them may find less borrowed money there.
  var sold: Set<String> = []
  /// Classes whose money is of unknown composition, with the account whose records are missing.
  let uncertain: [Int32: AccountID]
  /// Days from which an account's balance is not to be relied on.
  var distrusted: [Int: Int32]
  /// Accounts of which records are missing; under `poison` they may be poisoned before the ledger begins.
  let missesRecords: Set<Int>
  /// Assets that records which are missing may have paid for.
  let openAssets: Set<String>
  let accountIDs: [AccountID]
  /// The account of each receipt that is taken back in part, by its sequence.
  let receivers: [Int: String]
  let taintedClasses: Int64

  var policy: TracingPolicy { engine.policy }
  var consumesInParts: Bool { engine.method.arrangement == .byClass }
  var consumesInQueue: Bool { engine.method.arrangement == .oneQueue }
  var poisons: Bool { engine.method.poisons }

  mutating func run() throws(TracingError) {
    try engine.open()
    for index in engine.accounts.indices { open(index) }
    for index in engine.order.indices {
      let step = engine.order[index]
      for (account, day) in distrusted where day <= step.date.dayNumber {
        accounts[account].isExact = false
        accounts[account].isUnknown = true
        accounts[account].reasons.insert(id(account))
        distrusted[account] = nil
      }
      engine.advance(to: index)
      try take(step)
    }
  }

  private mutating func open(_ index: Int) {
    accounts.append(BoundedAccount())
    let lots = engine.ledger.accounts[index].opening.filter { $0.amount > 0 }
    let unknown = lots.contains { lot in
      engine.classes.index(of: lot.sourceClass).map { uncertain[$0] != nil } ?? false
    }
    guard unknown || (poisons && missesRecords.contains(index)) else { return }
    accounts[index].isExact = false
    accounts[index].mayBePoisoned = true
    accounts[index].reasons = [id(index)]
    accounts[index].append(lots.map { .unknown($0.amount) })
  }

  /// The account of the case behind an account of the ledger; a pool of cash stands for none of them.
  func id(_ index: Int) -> AccountID {
    index < accountIDs.count ? accountIDs[index] : AccountID(-1)
  }

  // MARK: What the engine knows

  func tainted(of account: Int) -> Int64 { engine.tainted(engine.accounts[account].totals) }

  func tainted(at key: HoldingKey) -> Int64 {
    engine.holdingIndexes[key].map { engine.tainted(engine.holdings[$0].totals) } ?? 0
  }

  /// Whether a share of the account's classes is tainted, clean and rounded in a way that the order of the
  /// classes decides; a missing record may have changed that order.
  func isRoundingOpen(_ amount: Int64, over totals: Composition) -> Bool {
    let whole = totals.sum
    guard amount > 0, whole > 0 else { return false }
    var remainders: [(rest: Int128, isTainted: Bool)] = []
    var left = Int128(amount)
    for share in totals.shares {
      let (part, rest) = (Int128(amount) * Int128(share.units)).quotientAndRemainder(
        dividingBy: whole)
      left -= part
      if rest > 0 { remainders.append((rest, engine.classes.isTainted[Int(share.sourceClass)])) }
    }
    guard left > 0, left < Int128(remainders.count) else { return false }
    let sorted = remainders.map(\.rest).sorted(by: >)
    let edge = sorted[Int(left) - 1]
    guard sorted[Int(left)] == edge else { return false }
    return true
  }

  func isMixed(_ account: Int) -> Bool {
    let tainted = tainted(of: account)
    return tainted > 0 && tainted < engine.accounts[account].held
  }

  /// Turns an account that was exact into limits, as it stands.
  mutating func loosen(_ index: Int) {
    guard accounts[index].isExact else { return }
    accounts[index].isExact = false
    let state = engine.accounts[index]
    accounts[index].isPoisoned = state.isPoisoned
    accounts[index].mayBePoisoned = state.isPoisoned
    if consumesInQueue {
      for lane in state.lanes {
        accounts[index].append(
          lane.live.map { lot in
            engine.classes.isTainted[Int(lot.sourceClass)]
              ? BoundedLot(amount: lot.amount, low: lot.amount, high: lot.amount)
              : .clean(lot.amount, mayBeBorrowed: engine.classes.isBorrowed(lot.sourceClass))
          })
      }
    } else {
      let tainted = engine.tainted(state.totals)
      (accounts[index].low, accounts[index].high) = (tainted, tainted)
    }
  }
}
