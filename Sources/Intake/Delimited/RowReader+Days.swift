import CaseModel

extension RowReader {
  mutating func bookingDay() throws -> RowDay { try date(plan.day) }

  mutating func valueDay() throws -> RowDay? {
    guard plan.bookingDate >= 0, plan.valueDate >= 0, !scanner.trimmed(plan.valueDate).isEmpty,
      !isNull(plan.valueDate)
    else { return nil }
    return try date(plan.valueDate)
  }

  @inline(__always) private mutating func date(_ column: Int) throws -> RowDay {
    let bytes = scanner.trimmed(column)
    if let day = plan.dates?.read(bytes) { return RowDay(day: day) }
    return try general(bytes)
  }

  private mutating func general(_ bytes: UnsafeBufferPointer<UInt8>) throws -> RowDay {
    var fault = DateFault.notInForm
    for form in profile.dates {
      do throws(DateFault) {
        let read = try form.read(utf8: bytes, pivot: plan.pivot)
        return RowDay(
          day: read.date.dayNumber, timeOfDay: read.timeOfDay,
          isCenturyAssumed: read.isCenturyAssumed)
      } catch {
        if fault == .notInForm { fault = error }
      }
    }
    let shown = Issue.escaped(String(decoding: bytes.prefix(40), as: UTF8.self))
    throw RowFault(
      "E-DATE", "'\(shown)': \(fault.reason)",
      "a day as \(profile.dates.map(\.pattern).joined(separator: " or "))")
  }

  mutating func check(_ day: RowDay) {
    if day.isCenturyAssumed {
      tally.add(
        "W-CENTURY", line: scanner.rowLine, found: "years of two digits",
        expected: "four digits; read as years up to \(plan.pivot.latestYear)")
    }
    if day.day < 0 || day.day > plan.latestDay {
      tally.add(
        "W-DATE-RANGE", line: scanner.rowLine,
        found: "the day \(CivilDate(dayNumber: day.day))",
        expected: "a day from 1970-01-01 to \(plan.latestDate); kept as written")
    }
  }

  mutating func timeOfDay() throws -> Int32? {
    guard plan.time >= 0, let text = scanner.string(plan.time) else { return nil }
    let parts = text.split(separator: ":").map { Int32($0) }
    guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { throw RowFault("E-TIME", "'\(Issue.escaped(text))'", "a time as HH:MM or HH:MM:SS") }
    let second = parts.count == 3 ? parts[2] ?? -1 : 0
    guard (0..<60).contains(second) else {
      throw RowFault("E-TIME", "'\(Issue.escaped(text))'", "a time as HH:MM or HH:MM:SS")
    }
    return hour * 3600 + minute * 60 + second
  }
}
