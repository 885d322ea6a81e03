import CaseModel

/// Why a row of a ledger cannot be used.
struct RecordFault: Error {
  let code: String
  let found: String
  let expected: String
  init(_ code: String, _ found: String, _ expected: String) {
    self.code = code
    self.found = found
    self.expected = expected
  }
}

/// The values of one row by column name.
struct RecordRow {
  let values: [String?]
  let columns: [String: Int]

  /// The first of the source's columns that holds something, or its constant.
  subscript(_ source: RecordProfile.Source) -> String? {
    for item in source.items {
      switch item {
      case .constant(let text): return text
      case .column(let name):
        guard let index = columns[MappingProfile.normalised(name)], index < values.count,
          let text = values[index], !text.trimmed.isEmpty
        else { continue }
        return text.trimmed
      }
    }
    return nil
  }
}

/// A day of a ledger with what it says about the time.
struct RecordDay {
  let date: CivilDate
  var timeOfDay: Int32?
  /// Minutes east of UTC, where the text ends in an offset.
  var offsetMinutes: Int16?

  init(_ text: String, _ profile: RecordProfile, _ pivot: CenturyPivot) throws {
    if profile.isEpochMilliseconds {
      guard let millis = Int64(text), millis >= 0, millis < 253_402_300_800_000 else {
        throw RecordFault("E-DATE", "no count of milliseconds since 1970", "digits")
      }
      // Whole seconds: the rest is below what a record keeps, rounding toward zero.
      let seconds = millis / 1000
      date = CivilDate(dayNumber: Int32(seconds / 86_400))
      timeOfDay = Int32(seconds % 86_400)
      offsetMinutes = 0
      return
    }
    let years = profile.pivotYear.map { CenturyPivot(latestYear: $0) } ?? pivot
    var fault = DateFault.notInForm
    for form in profile.dates.isEmpty ? [DateForm.iso] : profile.dates {
      do throws(DateFault) {
        let read = try form.read(text, pivot: years)
        date = read.date
        timeOfDay = read.timeOfDay
        if form.parts.contains(.zone) { offsetMinutes = Self.offset(text) }
        return
      } catch  where fault == .notInForm {
        fault = error
      } catch {}
    }
    throw RecordFault("E-DATE", fault.reason, "a day as the profile says")
  }

  /// `Z`, `UTC`, `GMT`, `+0200`, `-07:00` at the end of the text.
  static func offset(_ text: String) -> Int16? {
    for word in ["Z", "UTC", "GMT"] where text.hasSuffix(word) { return 0 }
    let digits = text.suffix(6).filter { $0 != ":" }
    guard let sign = digits.firstIndex(where: { $0 == "+" || $0 == "-" }) else { return nil }
    let number = digits[digits.index(after: sign)...]
    guard number.utf8.count == 4, let value = Int16(number), value % 100 < 60, value < 1500 else {
      return nil
    }
    let minutes = value / 100 * 60 + value % 100
    return digits[sign] == "-" ? -minutes : minutes
  }

  /// `HH:MM` or `HH:MM:SS` in seconds.
  static func time(_ text: String) -> Int32? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int32($0) }
    guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1],
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    guard parts.count == 3 else { return hour * 3600 + minute * 60 }
    guard let second = parts[2], (0..<60).contains(second) else { return nil }
    return hour * 3600 + minute * 60 + second
  }
}

/// The decimal text of an amount, whatever its length.
enum RecordAmount {
  /// Sign, digits and at most one point; group separators are taken out where they stand in threes.
  static func plain(_ text: String, _ decimal: Unicode.Scalar) throws -> String {
    var rest = text.trimmed
    var sign = ""
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? "-" : ""
      rest = String(rest.dropFirst()).trimmed
    }
    let parts = rest.split(separator: Character(decimal), omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    func isDigits(_ text: some StringProtocol) -> Bool {
      text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    let group: Character = decimal == "." ? "," : "."
    let whole = parts.first.map(String.init) ?? ""
    let groups = whole.split(omittingEmptySubsequences: false) {
      $0 == group || $0 == " " || $0 == "'"
    }
    guard parts.count <= 2, isDigits(fraction), groups.allSatisfy(isDigits),
      groups.count == 1
        || groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }) && !groups[0].isEmpty,
      !(whole.isEmpty && fraction.isEmpty)
    else { throw RecordFault("E-AMOUNT", "no amount in the stated form", "a decimal number") }
    let digits = groups.joined()
    return sign + (digits.isEmpty ? "0" : digits) + (fraction.isEmpty ? "" : "." + fraction)
  }
}

/// What is said once for all rows that have it.
struct RecordTally {
  private var found: [String: (text: String, places: [Locator], count: Int)] = [:]

  mutating func add(_ code: String, _ place: Locator, _ text: String) {
    let key = code + text
    var item = found[key] ?? (text, [], 0)
    item.count += 1
    // Enough to be shown; the count goes on.
    if item.places.count < 64 { item.places.append(place) }
    found[key] = item
  }

  func report(_ desk: ReadingDesk) throws {
    for key in found.keys.sorted() {
      guard let item = found[key] else { continue }
      let code = String(key.prefix(key.utf8.count - item.text.utf8.count))
      try desk.warn(
        code, Locator.together(item.places), "\(item.count) \(item.text)",
        "to be looked at where it matters")
    }
  }
}
