import CaseModel

/// What the rows of one statement add up to, as plain numbers: the form of `EntrySummary` that a million
/// rows are added to without touching a string. Currencies are places in the reader's table.
struct FigureSummary {
  struct Totals {
    var currency: Int
    var creditCount = 0
    var creditSum: Int128 = 0
    var debitCount = 0
    var debitSum: Int128 = 0
    var bookedSum: Int128 = 0

    @inline(__always) mutating func add(_ minorUnits: Int64, isBooked: Bool) {
      if minorUnits < 0 {
        debitCount += 1
        debitSum -= Int128(minorUnits)
      } else {
        creditCount += 1
        creditSum += Int128(minorUnits)
      }
      if isBooked { bookedSum += Int128(minorUnits) }
    }

    mutating func add(_ next: Totals) {
      creditCount += next.creditCount
      creditSum += next.creditSum
      debitCount += next.debitCount
      debitSum += next.debitSum
      bookedSum += next.bookedSum
    }
  }

  var count = 0
  var notBooked = 0
  var undated = 0
  /// Of the first currency, which most statements have alone; then of the others.
  private var total = Totals(currency: -1)
  private var more: [Totals] = []
  /// Further currencies: of amounts first ordered.
  private var others: [Int] = []
  private var days = Days()
  private var bookedDays = Days()
  private var valueDays = Days()
  private var first: Int32?
  private var last: Int32?

  /// First and last day so far; empty while `least` is above `greatest`.
  private struct Days {
    var least = Int32.max
    var greatest = Int32.min
    @inline(__always) mutating func add(_ day: Int32) {
      least = min(least, day)
      greatest = max(greatest, day)
    }
    mutating func add(_ other: Days) {
      least = min(least, other.least)
      greatest = max(greatest, other.greatest)
    }
    var period: Period? {
      least > greatest
        ? nil
        : Period(first: CivilDate(dayNumber: least), last: CivilDate(dayNumber: greatest))
    }
  }

  @inline(__always) mutating func add(_ row: RowFigures) {
    count += 1
    let isBooked = row.kind == .booked
    if !isBooked { notBooked += 1 }
    if total.currency == row.currency {
      total.add(row.minorUnits, isBooked: isBooked)
    } else {
      addToOther(row, isBooked: isBooked)
    }
    if let day = row.bookedOn {
      days.add(day)
      if isBooked {
        bookedDays.add(day)
        if first == nil { first = day }
        last = day
      }
    } else if isBooked {
      undated += 1
    }
    if let day = row.valueOn { valueDays.add(day) }
  }

  private mutating func addToOther(_ row: RowFigures, isBooked: Bool) {
    if total.currency < 0 {
      total.currency = row.currency
      total.add(row.minorUnits, isBooked: isBooked)
    } else {
      more[place(of: row.currency)].add(row.minorUnits, isBooked: isBooked)
    }
  }

  private mutating func place(of currency: Int) -> Int {
    if let known = more.firstIndex(where: { $0.currency == currency }) { return known }
    more.append(Totals(currency: currency))
    return more.count - 1
  }

  private var totals: [Totals] { total.currency < 0 ? [] : [total] + more }

  mutating func note(_ currency: Int) {
    if !others.contains(currency) { others.append(currency) }
  }

  /// Adds the rows that follow in the file, gathered apart; `currency` gives this table's places.
  mutating func add(_ next: FigureSummary, currency: (Int) -> Int) {
    count += next.count
    notBooked += next.notBooked
    undated += next.undated
    for part in next.totals {
      var part = part
      part.currency = currency(part.currency)
      if total.currency < 0 {
        total = part
      } else if total.currency == part.currency {
        total.add(part)
      } else {
        more[place(of: part.currency)].add(part)
      }
    }
    for other in next.others { note(currency(other)) }
    days.add(next.days)
    bookedDays.add(next.bookedDays)
    valueDays.add(next.valueDays)
    if first == nil { first = next.first }
    last = next.last ?? last
  }

  func summary(_ table: [Currency]) -> EntrySummary {
    EntrySummary(
      count: count, notBooked: notBooked, undated: undated,
      totals: totals.map { part in
        var made = EntrySummary.Totals(currency: table[part.currency])
        made.creditCount = part.creditCount
        made.creditSum = part.creditSum
        made.debitCount = part.debitCount
        made.debitSum = part.debitSum
        made.bookedSum = part.bookedSum
        return made
      },
      others: others.map { table[$0] }, days: days.period, bookedDays: bookedDays.period,
      valueDays: valueDays.period, first: first.map(CivilDate.init(dayNumber:)),
      last: last.map(CivilDate.init(dayNumber:)))
  }
}
