import CaseModel

/// What the rows of one statement add up to, as plain numbers: the form of `EntrySummary` that a million
/// rows are added to without touching a string. Currencies are places in the reader's table.
struct FigureSummary {
  struct Totals {
    let currency: Int
    var creditCount = 0
    var creditSum: Int128 = 0
    var debitCount = 0
    var debitSum: Int128 = 0
    var bookedSum: Int128 = 0
  }

  var count = 0
  var notBooked = 0
  var undated = 0
  var totals: [Totals] = []
  /// Further currencies: of amounts first ordered.
  var others: [Int] = []
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
    var place = totals.count - 1
    if place < 0 || totals[place].currency != row.currency {
      place = self.place(of: row.currency)
    }
    if row.minorUnits < 0 {
      totals[place].debitCount += 1
      totals[place].debitSum -= Int128(row.minorUnits)
    } else {
      totals[place].creditCount += 1
      totals[place].creditSum += Int128(row.minorUnits)
    }
    if isBooked { totals[place].bookedSum += Int128(row.minorUnits) }
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

  private mutating func place(of currency: Int) -> Int {
    if let known = totals.firstIndex(where: { $0.currency == currency }) { return known }
    totals.append(Totals(currency: currency))
    return totals.count - 1
  }

  mutating func note(_ currency: Int) {
    if !others.contains(currency) { others.append(currency) }
  }

  /// Adds the rows that follow in the file, gathered apart; `currency` gives this table's places.
  mutating func add(_ next: FigureSummary, currency: (Int) -> Int) {
    count += next.count
    notBooked += next.notBooked
    undated += next.undated
    for part in next.totals {
      let place = self.place(of: currency(part.currency))
      totals[place].creditCount += part.creditCount
      totals[place].creditSum += part.creditSum
      totals[place].debitCount += part.debitCount
      totals[place].debitSum += part.debitSum
      totals[place].bookedSum += part.bookedSum
    }
    for other in next.others { note(currency(other)) }
    days.add(next.days)
    bookedDays.add(next.bookedDays)
    valueDays.add(next.valueDays)
    if first == nil { first = next.first }
    last = next.last ?? last
  }

  func summary(_ table: [Currency]) -> EntrySummary {
    var currencies = totals.map { table[$0.currency] }
    for other in others where !currencies.contains(table[other]) { currencies.append(table[other]) }
    return EntrySummary(
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
      currencies: currencies, days: days.period, bookedDays: bookedDays.period,
      valueDays: valueDays.period, first: first.map(CivilDate.init(dayNumber:)),
      last: last.map(CivilDate.init(dayNumber:)))
  }
}
