import CaseModel

// Days of the made-up calendar: literals that are known to exist, months, and working days.

/// A month of the civil calendar.
struct Month: Hashable, Comparable {
  let year: Int
  let month: Int

  static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }
  var first: CivilDate { day(1) }
  var last: CivilDate { day(31) }
  var next: Month {
    month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1)
  }
  var text: String { String(first.description.prefix(7)) }
  var quarter: Int { (month + 2) / 3 }

  /// The day of this month, or its last day when the month is shorter.
  func day(_ day: Int) -> CivilDate {
    let day = min(day, CivilDate.days(inMonth: month, of: year))
    guard let date = CivilDate(year: year, month: month, day: day) else {
      preconditionFailure("a day of a month exists")
    }
    return date
  }

  static func all(from first: Month, to last: Month) -> [Month] {
    var months: [Month] = []
    var month = first
    while month <= last {
      months.append(month)
      month = month.next
    }
    return months
  }
}

extension CivilDate {
  /// A day written in the scenario's own source text.
  init(known text: StaticString) {
    guard let date = CivilDate(text.description) else {
      preconditionFailure("no such day: \(text)")
    }
    self = date
  }

  var inMonth: Month { Month(year: year, month: month) }
  var orWorkingDayBefore: CivilDate {
    isoWeekday > 5 ? adding(days: 5 - isoWeekday) : self
  }
  var orWorkingDayAfter: CivilDate {
    isoWeekday > 5 ? adding(days: 8 - isoWeekday) : self
  }
  var nextWorkingDay: CivilDate { adding(days: 1).orWorkingDayAfter }

  /// `31.01.2024`.
  var german: String {
    let parts = description.split(separator: "-")
    return "\(parts[2]).\(parts[1]).\(parts[0])"
  }
  /// `31/01/2024`.
  var british: String {
    let parts = description.split(separator: "-")
    return "\(parts[2])/\(parts[1])/\(parts[0])"
  }
  /// `240131`.
  var sixDigits: String {
    let parts = description.split(separator: "-")
    return "\(parts[0].suffix(2))\(parts[1])\(parts[2])"
  }
}
