import CaseModel

/// Days as workbooks count them, and the number formats that make a number a day.
///
/// Source: ECMA-376 part 1, §18.17.4 (date systems) and §18.8.30 (number formats); OpenDocument 1.2.
enum DaySerial {
  /// What the stored number stands for; nil when it is no day that the system has.
  ///
  /// The 1900 system counts a 29 February 1900 that never was, so serial 60 is refused and days before
  /// it are one later. Fractions are seconds, rounded half up.
  static func value(_ plain: String, is1904: Bool) -> SheetValue? {
    let parts = plain.split(separator: ".")
    guard !plain.hasPrefix("-"), let whole = parts.first.flatMap({ Int($0) }), whole < 2_958_466
    else { return nil }
    var days = whole
    var seconds = 0
    if parts.count == 2 {
      let digits = parts[1].prefix(15)
      guard let numerator = Int128(digits) else { return nil }
      var scale: Int128 = 1
      for _ in digits { scale *= 10 }
      // Rounding: half up, to whole seconds.
      seconds = Int((numerator * 86_400 * 2 + scale) / (scale * 2))
      if seconds >= 86_400 {
        seconds -= 86_400
        days += 1
      }
    }
    if is1904 {
      return .day(CivilDate(dayNumber: Int32(days) - 24_107), seconds: seconds)
    }
    if days == 0 { return .time(seconds) }
    guard days != 60 else { return nil }
    // 1970-01-01 is serial 25569; up to 59 the false leap day is not counted yet.
    return .day(CivilDate(dayNumber: Int32(days) - (days < 60 ? 25_568 : 25_569)), seconds: seconds)
  }

  /// The built-in formats of days and times, the East Asian ones included.
  static func isDay(builtIn format: Int) -> Bool {
    (14...22).contains(format) || (27...36).contains(format) || (45...47).contains(format)
      || (50...58).contains(format)
  }

  /// A format of its own: days and times are spelt with d, m, y, h or s outside quotes.
  static func isDay(code: String) -> Bool {
    var rest = code.lowercased()[...]
    while let letter = rest.popFirst() {
      switch letter {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inside.count + 1)
        if ["h", "hh", "m", "mm", "s", "ss"].contains(inside) { return true }
      case "d", "m", "y", "h", "s": return true
      case ";": return false
      case "g" where rest.hasPrefix("eneral"): return false
      default: continue
      }
    }
    return false
  }
}

extension DateForm {
  /// A day, and a time when the form has one, written as the form reads it. Nil for a form of epochs.
  func text(of day: CivilDate, seconds: Int) -> String? {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
    var text = ""
    for part in parts {
      switch part {
      case .year4:
        text += String(repeating: "0", count: max(0, 4 - String(day.year).count)) + "\(day.year)"
      case .year2: text += two(day.year % 100)
      case .month: text += two(day.month)
      case .monthName: text += Self.monthNames[day.month - 1]
      case .day: text += two(day.day)
      case .hour: text += two(seconds / 3600)
      case .minute: text += two(seconds / 60 % 60)
      case .second: text += two(seconds % 60)
      case .fraction: text += "000"
      case .zone: text += "Z"
      case .epoch: return nil
      case .literal(let byte): text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return text
  }

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
