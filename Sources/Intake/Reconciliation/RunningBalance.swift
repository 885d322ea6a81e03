import CaseModel

/// Follows a running balance column row by row while the rows stream by, and derives the opening and
/// closing balance from it. File order decides within a day; both directions occur (formats.md §3.5b).
struct RunningBalance {
  private struct Row {
    let line: Int
    let amount: Money
    let balance: Money?
    let day: CivilDate?
  }
  private var first: Row?
  private var last: Row?
  private var breaksUp: [Int] = []
  private var breaksDown: [Int] = []
  private var countUp = 0
  private var countDown = 0
  private var isMixed = false

  mutating func add(line: Int, amount: Money, balance: Money?, day: CivilDate?) {
    let row = Row(line: line, amount: amount, balance: balance, day: day)
    if let last {
      if last.amount.currency != amount.currency { isMixed = true }
      if let before = last.balance, let here = balance, before.currency == here.currency {
        let step = Int128(here.minorUnits) - Int128(before.minorUnits)
        if step != Int128(amount.minorUnits) {
          countUp += 1
          if breaksUp.count < 1000 { breaksUp.append(line) }
        }
        if -step != Int128(last.amount.minorUnits) {
          countDown += 1
          if breaksDown.count < 1000 { breaksDown.append(last.line) }
        }
      }
    } else {
      first = row
    }
    last = row
  }

  /// Newest row first. Fewer breaks decide, then the days.
  var isDescending: Bool {
    if countUp != countDown { return countDown < countUp }
    guard let a = first?.day, let b = last?.day else { return false }
    return a > b
  }

  /// Lines whose balance does not follow from the row before, in the file's direction.
  var breaks: [Int] { isDescending ? breaksDown : breaksUp }

  /// Balance before the oldest row and after the newest; nil when a row states none, when
  /// currencies mix, or when the difference leaves 64 bits.
  var ends: (opening: StatedBalance, closing: StatedBalance)? {
    guard !isMixed, let first, let last else { return nil }
    let (oldest, newest) = isDescending ? (last, first) : (first, last)
    guard let after = oldest.balance, let closing = newest.balance,
      after.currency == oldest.amount.currency, closing.currency == after.currency
    else { return nil }
    let (opening, over) = after.minorUnits.subtractingReportingOverflow(oldest.amount.minorUnits)
    guard !over else { return nil }
    return (
      StatedBalance(
        amount: Money(minorUnits: opening, currency: after.currency), date: oldest.day),
      StatedBalance(amount: closing, date: newest.day)
    )
  }
}
