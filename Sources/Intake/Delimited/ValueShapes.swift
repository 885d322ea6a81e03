import CaseModel

/// Looks at all values of a column to find how numbers and days are written, when the profile does not
/// say. What the values cannot decide is refused with both readings (formats.md §3.7, §3.8).
struct ValueShapes {
  /// At the first data row; copied for each pass.
  let scanner: RowScanner
  let profile: MappingProfile
  let columns: ColumnMap
  let file: String
  /// Told how far a pass over all rows has come.
  var passed: (Int) -> Void = { _ in }

  /// Calls `body` for each data row until it says stop. Faults of the text end the pass: the reading
  /// itself reports them.
  private func each(_ body: (borrowing RowScanner) -> Bool) {
    var rows = scanner.fork()
    var told = rows.offset
    while let more = try? rows.next(), more {
      if rows.offset - told >= 16 << 20 {
        told = rows.offset
        passed(told)
      }
      if rows.isBlank { continue }
      if !body(rows) { return }
    }
  }

  func rowCount() -> Int {
    var count = 0
    each { _ in
      count += 1
      return true
    }
    return count
  }

  /// The width that rows must have: the header's, or, when all of the first rows agree on
  /// another one, theirs. Without a header the commonest width of the first rows.
  func width(header: [String]?) -> (width: Int?, isNarrower: Bool) {
    var widths: [Int: Int] = [:]
    var seen = 0
    each { row in
      let date = columns[.bookingDate] ?? columns[.valueDate] ?? 0
      if profile.hasContinuation, row.trimmed(date).isEmpty { return true }
      if let column = columns.keepOnly, let keep = profile.keepOnly,
        row.string(column) ?? "" != keep.equals
      {
        return true
      }
      if let column = columns.recordType, let codes = profile.recordType?.codes,
        codes[row.string(column) ?? ""] != .movement
      {
        return true
      }
      widths[row.fields.count, default: 0] += 1
      seen += 1
      return seen < 200
    }
    guard let header else {
      let best = widths.max { ($0.value, $0.key) < ($1.value, $1.key) }
      return (best?.key, false)
    }
    if widths[header.count] == nil, widths.count == 1, let other = widths.keys.first,
      other < header.count
    {
      return (other, true)
    }
    return (header.count, false)
  }

  /// The decimal sign of the amount columns.
  func decimal() throws -> Unicode.Scalar {
    let looked = [columns[.amount], columns[.debit], columns[.credit], columns[.balance]]
      .compactMap { $0 }
    var point: [Int] = []
    var comma: [Int] = []
    var open: [Int] = []
    each { row in
      for column in looked {
        switch Self.shape(row.trimmed(column)) {
        case .point: if point.count < 8 { point.append(row.rowLine) }
        case .comma: if comma.count < 8 { comma.append(row.rowLine) }
        case .either: if open.count < 64 { open.append(row.rowLine) }
        case .none: break
        }
      }
      return true
    }
    if !point.isEmpty, comma.isEmpty { return "." }
    if !comma.isEmpty, point.isEmpty { return "," }
    if point.isEmpty, comma.isEmpty, open.isEmpty { return "." }
    let lines = point.isEmpty && comma.isEmpty ? open : point + comma
    throw Issue(
      .error, "E-AMOUNT-AMBIGUOUS", file: file, at: Locator.together(lines.map(Locator.line)),
      found: point.isEmpty && comma.isEmpty
        ? "every amount looks like 1,234: one thousand or one and a bit"
        : "amounts with a decimal point and amounts with a decimal comma",
      expected: "a profile that states decimal: '.' or decimal: ','; compare a printed total")
  }

  enum Shape { case point, comma, either, none }

  /// What one value says about the decimal sign.
  static func shape(_ bytes: UnsafeBufferPointer<UInt8>) -> Shape {
    var points = 0
    var commas = 0
    var last: UInt8 = 0
    var tail = 0
    var lead = 0
    for byte in bytes {
      if byte == 0x2E || byte == 0x2C {
        if byte == 0x2E { points += 1 } else { commas += 1 }
        last = byte
        tail = 0
      } else if (0x30...0x39).contains(byte) {
        if last == 0 { lead += 1 } else { tail += 1 }
      }
    }
    guard lead + tail > 0, points + commas > 0 else { return .none }
    let lastIsPoint = last == 0x2E
    if points > 0, commas > 0 { return lastIsPoint ? .point : .comma }
    if points + commas > 1 { return lastIsPoint ? .comma : .point }
    if tail == 3, lead <= 3, lead > 0 { return .either }
    return lastIsPoint ? .point : .comma
  }

  static let forms: [DateForm] = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y.%m.%d.", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y",
    "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y",
    "%m-%d-%y", "%Y%m%d", "%d%m%Y", "%d %b %Y", "%d-%b-%Y", "%d %b %y", "%d-%b-%y", "%b %d, %Y",
    "%d. %b %Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%d %H:%M:%S.%f", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S",
  ].compactMap { DateForm($0) }

  /// The form of the days in the date column.
  func dates(pivot: CenturyPivot) throws -> [DateForm] {
    let column = columns[.bookingDate] ?? columns[.valueDate] ?? 0
    let span = CivilDate(dayNumber: -25_567)...CivilDate(dayNumber: 47_847)
    func read(_ form: DateForm, _ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
      guard let day = try? form.read(utf8: bytes, pivot: pivot).date, span.contains(day) else {
        return nil
      }
      return day
    }
    var counts = [Int](repeating: 0, count: Self.forms.count)
    var seen = 0
    each { row in
      let bytes = row.trimmed(column)
      guard !bytes.isEmpty else { return true }
      seen += 1
      for (index, form) in Self.forms.enumerated() where read(form, bytes) != nil {
        counts[index] += 1
      }
      return seen < 2000
    }
    let most = counts.max() ?? 0
    guard seen > 0 else { return [.iso] }
    guard most * 2 >= seen else {
      throw Issue(
        .error, "E-DATE", file: file, at: .line(scanner.line),
        found: "a date column in no form that is known",
        expected: "a profile that states date-format")
    }
    let tied = Self.forms.indices.filter { counts[$0] == most }.map { Self.forms[$0] }
    guard tied.count > 1 else { return tied }
    var lines: [Int] = []
    var example = ""
    var wins = [Int](repeating: 0, count: tied.count)
    var split = OrderSplit(forms: tied.count)
    each { row in
      let bytes = row.trimmed(column)
      let days = tied.map { read($0, bytes) }
      for (index, day) in days.enumerated() where day != nil { wins[index] += 1 }
      split.note(days.map { $0 != nil }, line: row.rowLine, bytes)
      if Set(days.compactMap { $0 }).count > 1, lines.count < 64 {
        if lines.isEmpty { example = String(decoding: bytes, as: UTF8.self) }
        lines.append(row.rowLine)
      }
      return true
    }
    let best = wins.max() ?? 0
    let even = tied.indices.filter { wins[$0] == best }
    if let (first, second) = split.opposed(among: even) {
      throw Issue(
        .error, "E-DATE-AMBIGUOUS", file: file,
        at: Locator.together([.line(first.line), .line(second.line)]),
        found:
          "'\(Issue.escaped(first.text))' in line \(first.line) is a day only as "
          + "\(tied[first.form].pattern), '\(Issue.escaped(second.text))' in line \(second.line) only as "
          + "\(tied[second.form].pattern): the two rows need different orders of day and month",
        expected:
          "one order in the file; ask the bank for it, or split the file and state date-format")
    }
    let left = even.map { tied[$0] }
    guard left.count > 1, !lines.isEmpty else { return [left[0]] }
    let readings = left.compactMap { form in
      (try? form.read(example, pivot: pivot)).map { "\($0.date) as \(form.pattern)" }
    }
    throw Issue(
      .error, "E-DATE-AMBIGUOUS", file: file, at: Locator.together(lines.map(Locator.line)),
      found: "'\(Issue.escaped(example))' is \(readings.joined(separator: " or "))",
      expected: "a profile that states date-format; a day above 12 on a printed statement decides")
  }
}

/// Rows that are days in one form only, where another form has such rows as well.
private struct OrderSplit {
  struct Row {
    let form: Int
    let line: Int
    let text: String
  }
  /// By form that reads it and form that does not: the first such row.
  private var rows: [[Row?]]

  init(forms: Int) {
    rows = [[Row?]](repeating: [Row?](repeating: nil, count: forms), count: forms)
  }

  mutating func note(_ isRead: [Bool], line: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard isRead.contains(true), isRead.contains(false) else { return }
    for form in isRead.indices where isRead[form] {
      for other in isRead.indices where !isRead[other] && rows[form][other] == nil {
        rows[form][other] = Row(
          form: form, line: line, text: String(decoding: bytes.prefix(40), as: UTF8.self))
      }
    }
  }

  /// The first two rows that no form of these reads both, in the order of lines.
  func opposed(among forms: [Int]) -> (Row, Row)? {
    for (place, form) in forms.enumerated() {
      for other in forms.dropFirst(place + 1) {
        guard let first = rows[form][other], let second = rows[other][form] else { continue }
        return first.line < second.line ? (first, second) : (second, first)
      }
    }
    return nil
  }
}
