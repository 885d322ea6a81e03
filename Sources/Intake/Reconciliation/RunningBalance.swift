import CaseModel

/// Follows a running balance column row by row while the rows stream by, and derives the opening and
/// closing balance from it. File order decides within a day; both directions occur (formats.md §3.5b).
///
/// Plain numbers: amounts in minor units, a currency as its place in the reader's table, days since
/// 1970-01-01. Rows that were followed in two parts give the same as in one (`append`).
struct RunningBalance {
  struct Row {
    var line: Int
    var amount: Int64
    var balance: Int64?
    var currency: Int
    var day: Int32?
  }
  private static let breaksMost = 1000
  private var first: Row?
  private var last: Row?
  private var breaksUp: [Int] = []
  private var breaksDown: [Int] = []
  private var countUp = 0
  private var countDown = 0
  /// Neighbours were in different currencies.
  private(set) var isMixed = false

  @inline(__always) mutating func add(_ row: Row) {
    if let last { compare(last, row) } else { first = row }
    last = row
  }

  @inline(__always) private mutating func compare(_ before: Row, _ here: Row) {
    guard before.currency == here.currency else {
      isMixed = true
      return
    }
    guard let balanceBefore = before.balance, let balanceHere = here.balance else { return }
    let (step, over) = balanceHere.subtractingReportingOverflow(balanceBefore)
    if over || step != here.amount {
      countUp += 1
      if breaksUp.count < Self.breaksMost { breaksUp.append(here.line) }
    }
    // −step, without the one number that has no opposite.
    let (back, under) = balanceBefore.subtractingReportingOverflow(balanceHere)
    if under || back != before.amount {
      countDown += 1
      if breaksDown.count < Self.breaksMost { breaksDown.append(before.line) }
    }
  }

  /// Adds the rows that follow, followed apart; `currency` gives this part's places.
  mutating func append(_ next: RunningBalance, currency: (Int) -> Int) {
    guard var nextFirst = next.first, var nextLast = next.last else { return }
    nextFirst.currency = currency(nextFirst.currency)
    nextLast.currency = currency(nextLast.currency)
    if let last { compare(last, nextFirst) } else { first = nextFirst }
    last = nextLast
    countUp += next.countUp
    countDown += next.countDown
    breaksUp += next.breaksUp.prefix(Self.breaksMost - breaksUp.count)
    breaksDown += next.breaksDown.prefix(Self.breaksMost - breaksDown.count)
    isMixed = isMixed || next.isMixed
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
  func ends(_ table: [Currency]) -> (opening: StatedBalance, closing: StatedBalance)? {
    guard !isMixed, let first, let last else { return nil }
    let (oldest, newest) = isDescending ? (last, first) : (first, last)
    guard let after = oldest.balance, let closing = newest.balance else { return nil }
    let (opening, over) = after.subtractingReportingOverflow(oldest.amount)
    guard !over else { return nil }
    let currency = table[oldest.currency]
    return (
      StatedBalance(
        amount: Money(minorUnits: opening, currency: currency),
        date: oldest.day.map(CivilDate.init(dayNumber:))),
      StatedBalance(
        amount: Money(minorUnits: closing, currency: currency),
        date: newest.day.map(CivilDate.init(dayNumber:)))
    )
  }
}
