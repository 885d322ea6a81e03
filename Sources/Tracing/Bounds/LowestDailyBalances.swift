// How low a balance can be on a day whose order is not known: booked amounts alone say it.

import CaseModel

/// The lowest balance each account can have on each day, in any order of the day's steps.
struct LowestDailyBalances {
  private var lowest: [String: [DayKey: Int64]] = [:]
  /// Accounts whose balance depends on more than the amounts booked so far.
  private var unsure: Set<String> = []

  init(_ ledger: Ledger) {
    var originals: [Int: LedgerStep] = [:]
    for step in ledger.steps { originals[step.sequence] = step }
    var running: [String: Int64] = [:]
    for account in ledger.accounts {
      running[account.name] =
        account.opening.reduce(0) { $0 + $1.amount } - account.openingDebt
    }
    let days = Dictionary(grouping: ledger.steps) { DayKey($0) }
    for day in days.keys.sorted() {
      var paid: [String: Int64] = [:]
      var received: [String: Int64] = [:]
      for step in days[day] ?? [] {
        note(step, originals, &paid, &received)
      }
      for name in Set(paid.keys).union(received.keys).sorted() {
        let start = running[name, default: 0]
        lowest[name, default: [:]][day] = start - paid[name, default: 0]
        running[name] = start - paid[name, default: 0] + received[name, default: 0]
      }
    }
  }

  private mutating func note(
    _ step: LedgerStep, _ originals: [Int: LedgerStep], _ paid: inout [String: Int64],
    _ received: inout [String: Int64]
  ) {
    switch step.movement {
    case .credit(let to, let amount, _, _), .arrival(_, let to, let amount, _),
      .interest(let to, let amount), .sale(_, let to, let amount, _):
      received[to, default: 0] += amount
    case .debit(let from, _, let amount, _), .departure(let from, _, let amount),
      .fee(let from, let amount):
      paid[from, default: 0] += amount
    case .transfer(let from, let to, let amount, let credited, _):
      paid[from, default: 0] += amount
      received[to, default: 0] += credited ?? amount
    case .reversal(let of, _):
      unsure.formUnion(originals[of]?.movement.accountNames ?? [])
    case .gap(let account, _, _): unsure.insert(account)
    }
  }

  func mayBeEmpty(_ account: String, on day: DayKey) -> Bool {
    unsure.contains(account) || lowest[account]?[day].map { $0 <= 0 } ?? true
  }
}
