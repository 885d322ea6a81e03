import CaseModel

/// Why a text is no day.
public enum DateFault: Error, Hashable, Sendable {
  case empty, notInForm, noSuchDay
  public var reason: String {
    switch self {
    case .empty: "no date"
    case .notInForm: "no date in the stated form"
    case .noSuchDay: "no such day in the calendar"
    }
  }
}

/// The two-digit year rule: the latest year that two digits may stand for (formats.md §3.8).
public struct CenturyPivot: Hashable, Sendable {
  public let latestYear: Int
  public init(latestYear: Int) { self.latestYear = latestYear }

  /// Not more than one year ahead of the day the file was received. Without that day, POSIX: 69 to 99
  /// stand for 1969 to 1999.
  public init(receivedOn day: CivilDate?) { latestYear = day.map { $0.year + 1 } ?? 2068 }

  public func year(of twoDigits: Int) -> Int {
    let year = latestYear / 100 * 100 + twoDigits
    return year > latestYear ? year - 100 : year
  }
}

/// A day read from text, with the time of day if the form has one.
public struct DateText: Hashable, Sendable {
  public let date: CivilDate
  /// Seconds since midnight, as written: never shifted by a time zone.
  public let timeOfDay: Int32?
  /// The year was written with two digits and completed by the pivot: `W-CENTURY`.
  public let isCenturyAssumed: Bool

  public init(date: CivilDate, timeOfDay: Int32? = nil, isCenturyAssumed: Bool = false) {
    self.date = date
    self.timeOfDay = timeOfDay
    self.isCenturyAssumed = isCenturyAssumed
  }
}

/// How a source writes days: a pattern of `strptime` directives, `%d.%m.%Y`, or of letters,
/// `dd.MM.yyyy`. Reads bytes without making strings.
public struct DateForm: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case year4, year2, month, monthName, day, hour, minute, second, fraction, zone, epoch
    case literal(UInt8)
  }
  /// The pattern as stated.
  public let pattern: String
  let parts: [Part]

  /// Nil when the pattern holds a directive that is not known or names no whole day.
  public init?(_ pattern: String) {
    self.pattern = pattern
    guard let parts = pattern.contains("%") ? Self.directives(pattern) : Self.letters(pattern)
    else { return nil }
    self.parts = parts
    let days =
      parts.contains(.day) && (parts.contains(.month) || parts.contains(.monthName))
      && (parts.contains(.year4) || parts.contains(.year2))
    guard days || parts == [.epoch] else { return nil }
  }

  /// True when the form has a time of day.
  public var hasTime: Bool { parts.contains(.hour) || parts.contains(.epoch) }

  /// ISO 8601 calendar days, `2024-03-01`.
  public static let iso = DateForm(
    pattern: "%Y-%m-%d",
    parts: [
      .year4, .literal(0x2D), .month, .literal(0x2D), .day,
    ])
  /// SWIFT `YYMMDD`.
  public static let swift = DateForm(pattern: "%y%m%d", parts: [.year2, .month, .day])

  private init(pattern: String, parts: [Part]) {
    self.pattern = pattern
    self.parts = parts
  }

  private static func directives(_ pattern: String) -> [Part]? {
    var parts: [Part] = []
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == 0x25 else {
        parts.append(.literal(byte))
        continue
      }
      switch bytes.popFirst() {
      case UInt8(ascii: "Y"): parts.append(.year4)
      case UInt8(ascii: "y"): parts.append(.year2)
      case UInt8(ascii: "m"): parts.append(.month)
      case UInt8(ascii: "b"), UInt8(ascii: "B"): parts.append(.monthName)
      case UInt8(ascii: "d"): parts.append(.day)
      case UInt8(ascii: "H"): parts.append(.hour)
      case UInt8(ascii: "M"): parts.append(.minute)
      case UInt8(ascii: "S"): parts.append(.second)
      case UInt8(ascii: "f"): parts.append(.fraction)
      case UInt8(ascii: "z"): parts.append(.zone)
      case UInt8(ascii: "s"): parts.append(.epoch)
      default: return nil
      }
    }
    return parts
  }

  private static func letters(_ pattern: String) -> [Part]? {
    var parts: [Part] = []
    var rest = pattern[...]
    let tokens: [(String, Part)] = [
      ("yyyy", .year4), ("YYYY", .year4), ("yy", .year2), ("YY", .year2), ("MMM", .monthName),
      ("MM", .month), ("dd", .day), ("DD", .day), ("HH", .hour), ("mm", .minute), ("ss", .second),
      ("epoch", .epoch),
    ]
    while let first = rest.utf8.first {
      if let token = tokens.first(where: { rest.hasPrefix($0.0) }) {
        parts.append(token.1)
        rest = rest.dropFirst(token.0.count)
      } else {
        guard let character = rest.first, !character.isLetter, character.isASCII else { return nil }
        parts.append(.literal(first))
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}

extension DateForm {
  /// Reads a day; white space around it is passed over.
  public func read(_ text: some StringProtocol, pivot: CenturyPivot) throws(DateFault) -> DateText {
    var text = String(text)
    let result: Result<DateText, DateFault> = text.withUTF8 { buffer in
      do throws(DateFault) { return .success(try read(utf8: buffer, pivot: pivot)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// The same on UTF-8 bytes.
  public func read(
    utf8 bytes: UnsafeBufferPointer<UInt8>, pivot: CenturyPivot
  ) throws(DateFault) -> DateText {
    var index = 0
    var end = bytes.count
    while index < end, bytes[index] == 0x20 || bytes[index] == 9 { index += 1 }
    while end > index, bytes[end - 1] == 0x20 || bytes[end - 1] == 9 { end -= 1 }
    guard index < end else { throw .empty }
    var (year, month, day) = (0, 0, 0)
    var (hour, minute, second) = (0, 0, 0)
    var assumed = false

    func number(_ most: Int, exact: Bool = false) throws(DateFault) -> Int {
      var value = 0
      var count = 0
      while index < end, count < most, bytes[index] >= 0x30, bytes[index] <= 0x39 {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
        count += 1
      }
      guard count > 0, !exact || count == most else { throw .notInForm }
      return value
    }
    for part in parts {
      switch part {
      case .year4: year = try number(4, exact: true)
      case .year2:
        year = pivot.year(of: try number(2, exact: true))
        assumed = true
      case .month: month = try number(2)
      case .day: day = try number(2)
      case .hour: hour = try number(2)
      case .minute: minute = try number(2)
      case .second: second = try number(2)
      case .fraction: _ = try number(9)
      case .monthName:
        guard let found = MonthNames.read(bytes, &index, end) else { throw .notInForm }
        month = found
      case .zone: try zone(bytes, &index, end)
      case .epoch:
        let seconds = try number(18)
        guard index == end, seconds / 86_400 < 3_000_000 else { throw .notInForm }
        return DateText(
          date: CivilDate(dayNumber: Int32(seconds / 86_400)), timeOfDay: Int32(seconds % 86_400))
      case .literal(let byte):
        guard index < end, bytes[index] == byte else { throw .notInForm }
        index += 1
      }
    }
    guard index == end else { throw .notInForm }
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
    guard hasTime else { return DateText(date: date, isCenturyAssumed: assumed) }
    guard hour < 24, minute < 60, second < 60 else { throw .noSuchDay }
    return DateText(
      date: date, timeOfDay: Int32(hour * 3600 + minute * 60 + second), isCenturyAssumed: assumed)
  }

  /// `Z`, `UTC`, `+0200`, `+02:00`: read and left aside, the day stays as written.
  private func zone(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ end: Int
  ) throws(DateFault) {
    let start = index
    while index < end,
      (0x30...0x39).contains(bytes[index]) || (0x41...0x5A).contains(bytes[index])
        || [0x2B, 0x2D, 0x3A].contains(bytes[index])
    { index += 1 }
    guard index > start else { throw .notInForm }
  }
}

/// Month names in the languages whose banks write them.
enum MonthNames {
  /// English, German, French, Spanish, Italian, Dutch, Portuguese; lower case, at least three letters.
  private static let table: [(String, Int)] = {
    let names = [
      "jan|january|januar|jän|januari|janvier|ene|enero|gen|gennaio|janeiro",
      "feb|february|februar|februari|fév|février|febrero|febbraio|fev|fevereiro",
      "mar|march|mär|märz|maart|mrt|mars|marzo|março|mrz",
      "apr|april|avr|avril|abr|abril|aprile",
      "may|mai|mei|mayo|mag|maggio|maio",
      "jun|june|juni|juin|junio|giu|giugno|junho",
      "jul|july|juli|juillet|julio|lug|luglio|julho",
      "aug|august|augustus|août|aou|ago|agosto",
      "sep|sept|september|septembre|septiembre|set|settembre|setembro",
      "oct|october|okt|oktober|octobre|octubre|ott|ottobre|out|outubro",
      "nov|november|novembre|noviembre|novembro",
      "dec|december|dez|dezember|déc|décembre|dic|diciembre|dicembre|dezembro",
    ]
    var table: [(String, Int)] = []
    for (index, line) in names.enumerated() {
      for name in line.split(separator: "|") { table.append((String(name), index + 1)) }
    }
    return table
  }()

  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ end: Int
  ) -> Int? {
    let start = index
    while index < end,
      bytes[index] >= 0x80 || (0x41...0x5A).contains(bytes[index])
        || (0x61...0x7A).contains(bytes[index])
    { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    if index < end, bytes[index] == 0x2E { index += 1 }
    return table.first { $0.0 == name }?.1
  }
}
