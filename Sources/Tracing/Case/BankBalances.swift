// What each account held at the end of each day, by its bank's own records.

import CaseModel

/// Booked balances by day: the stated opening balance and every entry since, whatever was made of it.
struct BankBalances {
  private struct Account {
    let opening: Int64
    /// The last days with entries, rising, and the balance at the end of each.
    var days: [Int32] = []
    var balances: [Int128] = []
  }
  private var accounts: [AccountID: Account] = [:]

  /// - Complexity: O(*n* log *n*) in the entries.
  init(_ entries: [Entry], openings: [AccountID: Money]) {
    for (account, entries) in Dictionary(grouping: entries, by: \.account) {
      guard let opening = openings[account] else { continue }
      var state = Account(opening: opening.minorUnits)
      var sum = Int128(opening.minorUnits)
      for entry in entries.sorted(by: { $0.bookedOn < $1.bookedOn }) {
        sum += Int128(entry.amount.minorUnits)
        let day = entry.bookedOn.dayNumber
        if state.days.last == day {
          state.balances[state.balances.count - 1] = sum
        } else {
          state.days.append(day)
          state.balances.append(sum)
        }
      }
      accounts[account] = state
    }
  }

  /// The lowest balance at the end of a day from `first` up to, not including, `end`; nil when the
  /// account's opening balance is not on record.
  /// - Complexity: O(log *d* + *k*) for *d* days with entries, *k* of them in the range.
  func lowest(of account: AccountID, from first: CivilDate, until end: CivilDate) -> Int128? {
    guard let state = accounts[account] else { return nil }
    var (low, high) = (0, state.days.count)
    while low < high {
      let middle = (low + high) / 2
      if state.days[middle] <= first.dayNumber { low = middle + 1 } else { high = middle }
    }
    var result = low > 0 ? state.balances[low - 1] : Int128(state.opening)
    var index = low
    while index < state.days.count, state.days[index] < end.dayNumber {
      result = min(result, state.balances[index])
      index += 1
    }
    return result
  }
}
