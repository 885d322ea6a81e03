import CaseModel

extension RowReader {
  /// Reads the row as one booked line and hands the line before it on.
  mutating func entry() throws {
    let day = try bookingDay()
    let valueDay = try valueDay()
    let currency = try self.currency()
    let amount = try signedAmount(currency)
    let line = scanner.rowLine
    if amount.hasForeignDigits {
      tally.add(
        "W-DIGITS", line: line, found: "digits other than 0 to 9 in the amount",
        expected: "0 to 9; read by their value")
    }
    if amount.amount.isZero {
      tally.add(
        "W-ZERO-AMOUNT", line: line, found: "an amount of zero",
        expected: "an amount; kept as it is")
    }
    check(day)
    let balance = try columns[.balance].flatMap { try self.money($0, currency, "balance") }
    let fee = try columns[.fee].flatMap { try self.money($0, currency, "fee") }
    let second = try secondAccount(amount.amount)
    let index = try statement(for: currency)
    var entry = StatementEntry(
      locator: .line(line), byteOffset: text.fileOffsetBase.map { Int64($0 + scanner.rowStart) },
      amount: amount.amount, bookedOn: columns[.bookingDate] == nil ? nil : day.date,
      valueOn: valueDay?.date ?? (columns[.bookingDate] == nil ? day.date : nil),
      timeOfDay: try timeOfDay() ?? day.timeOfDay, kind: try kind(), channel: channel(),
      counterparty: counterparty(), purpose: purpose(), references: references(),
      balanceAfter: balance)
    if let column = columns[.originalAmount] {
      entry.originalAmount = try originalAmount(column)
    }
    entry.exchangeRate = columns[.rate].flatMap { scanner.string($0) }
    checkText(entry.counterparty.name)
    checkText(entry.purpose)
    open[index].currencies.insert(currency)
    if entry.kind == .booked, columns[.balance] != nil {
      open[index].running.add(
        line: line, amount: entry.amount, balance: balance, day: entry.bookedOn)
    }
    try hand(entry, to: index)
    // From here on nothing may fail for the row's own sake: its first line counts as stored.
    if let fee, !fee.isZero { try append(fee: fee, of: entry, index) }
    if let second { try mirror(second, of: entry, currency) }
  }

  /// The other account of a row that books on two.
  private func secondAccount(_ amount: Money) throws -> String? {
    guard let column = columns[.mirror] else { return nil }
    guard let other = scanner.string(column) else {
      throw RowFault("E-FIELD", "no second account", "an account in the mirror column")
    }
    guard amount.minorUnits != .min else {
      throw RowFault("E-AMOUNT-RANGE", "an amount at the edge", "a smaller one")
    }
    return other
  }

  /// A row that names both accounts is a booking on each: the second stands on the other account.
  private mutating func mirror(
    _ other: String, of entry: StatementEntry, _ currency: Currency
  ) throws {
    let own = columns[.ownAccount].flatMap { scanner.string($0) }
    var second = entry
    second.amount = -entry.amount
    second.balanceAfter = nil
    second.counterparty = Counterparty(
      accountText: own,
      accountKey: own.map { known.key($0, institution: profile.institution) })
    records += 1
    let index = try statement(for: currency, account: other, bank: nil)
    open[index].currencies.insert(currency)
    try hand(second, to: index)
  }

  /// Gross and fee in one row are two bookings: the fee leaves as its own line.
  private mutating func append(
    fee: Money, of entry: StatementEntry, _ index: Int
  ) throws {
    var second = entry
    second.amount = fee.isNegative ? fee : -fee
    second.channel = .fee
    second.balanceAfter = nil
    second.references["fee-of"] =
      entry.references["servicer"] ?? entry.references["reference"] ?? ""
    second.references["servicer"] = nil
    second.counterparty = Counterparty()
    records += 1
    try hand(second, to: index)
  }

  /// Hands a line on; one that later rows may continue is held back until the next.
  private mutating func hand(_ entry: StatementEntry, to index: Int) throws {
    guard profile.hasContinuation else { return try sink.append(entry, to: open[index].number) }
    try flush()
    held = (entry, index)
  }

  /// Hands the line that was held back, for rows that continue it, to the sink.
  mutating func flush() throws {
    guard let held else { return }
    self.held = nil
    try sink.append(held.entry, to: open[held.statement].number)
  }

  // MARK: Days

  mutating func bookingDay() throws -> DateText {
    let column = columns[.bookingDate] ?? columns[.valueDate] ?? 0
    return try date(column)
  }

  private mutating func valueDay() throws -> DateText? {
    guard columns[.bookingDate] != nil, let column = columns[.valueDate],
      !scanner.trimmed(column).isEmpty, !isNull(column)
    else { return nil }
    return try date(column)
  }

  private func date(_ column: Int) throws -> DateText {
    let bytes = scanner.trimmed(column)
    var fault = DateFault.notInForm
    for form in profile.dates {
      do throws(DateFault) { return try form.read(utf8: bytes, pivot: pivot) } catch {
        if fault == .notInForm { fault = error }
      }
    }
    let shown = Issue.escaped(String(decoding: bytes.prefix(40), as: UTF8.self))
    throw RowFault(
      "E-DATE", "'\(shown)': \(fault.reason)",
      "a day as \(profile.dates.map(\.pattern).joined(separator: " or "))")
  }

  private mutating func check(_ day: DateText) {
    if day.isCenturyAssumed {
      tally.add(
        "W-CENTURY", line: scanner.rowLine, found: "years of two digits",
        expected: "four digits; read as years up to \(pivot.latestYear)")
    }
    if day.date < CivilDate(dayNumber: 0) || day.date > latestDay {
      tally.add(
        "W-DATE-RANGE", line: scanner.rowLine, found: "the day \(day.date)",
        expected: "a day from 1970-01-01 to \(latestDay); kept as written")
    }
  }

  private func timeOfDay() throws -> Int32? {
    guard let column = columns[.time], let text = scanner.string(column) else { return nil }
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

  // MARK: Text

  private func isNull(_ column: Int) -> Bool {
    guard !profile.nullWords.isEmpty, let text = scanner.string(column) else { return false }
    return profile.nullWords.contains(text)
  }

  func value(_ role: MappingProfile.Role) -> String? {
    guard let column = columns[role], !isNull(column) else { return nil }
    return scanner.string(column)
  }

  private func purpose() -> String? {
    switch columns.purposes.count {
    case 0: return nil
    case 1: return isNull(columns.purposes[0]) ? nil : scanner.string(columns.purposes[0])
    default:
      let parts = columns.purposes.compactMap { isNull($0) ? nil : scanner.string($0) }
      return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
  }

  private mutating func counterparty() -> Counterparty {
    var other = Counterparty(
      name: value(.name).map { known.shared($0) }, agent: value(.counterpartyBank))
    guard let account = value(.counterpartyAccount) else { return other }
    let read = known.account(
      account, agent: other.agent, scheme: profile.accountScheme,
      institution: columns[.mirror] == nil ? nil : profile.institution)
    other.accountText = read.text
    other.accountKey = read.key
    if let fault = read.fault {
      tally.add(
        "W-IBAN", line: scanner.rowLine, found: "an account that looks like an IBAN: \(fault)",
        expected: "a valid IBAN; kept as an account number")
    }
    return other
  }

  private func references() -> [String: String] {
    var result: [String: String] = [:]
    if columns[.transactionID] != nil { result["servicer"] = value(.transactionID) }
    if columns[.reference] != nil { result["reference"] = value(.reference) }
    if columns[.endToEnd] != nil { result["end-to-end"] = value(.endToEnd) }
    if columns[.mandate] != nil { result["mandate"] = value(.mandate) }
    if columns[.type] != nil { result["bank-code"] = value(.type) }
    return result
  }

  private func channel() -> Channel {
    guard let column = columns.channels, let table = profile.channels?.codes,
      let word = scanner.string(column)
    else { return profile.channelDefault }
    return table[word] ?? profile.channelDefault
  }

  private func kind() throws -> EntryKind {
    guard let column = columns.status, let table = profile.status?.codes else { return .booked }
    let code = scanner.string(column) ?? ""
    guard let kind = table[code] else {
      throw RowFault("E-STATUS", "status '\(Issue.escaped(code))'", "one that the profile explains")
    }
    return kind
  }

  /// Text that misleads people or programs is kept as it is, and said.
  private mutating func checkText(_ text: String?) {
    guard let text else { return }
    let line = scanner.rowLine
    if let first = text.utf8.first, TextTraits.startsFormula(first) {
      tally.add(
        "W-FORMULA", line: line, found: "text that a spreadsheet would evaluate",
        expected: "kept as text; exports write it so that nothing is evaluated")
    }
    guard traits.hasNonASCII, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
    if text.unicodeScalars.contains(where: TextTraits.isDirection) {
      tally.add(
        "W-BIDI", line: line, found: "characters that change the direction of writing",
        expected: "plain text; kept in the record, escaped where it is shown")
    }
    if TextTraits.mixesScripts(text) {
      tally.add(
        "W-MIXED-SCRIPT", line: line, found: "letters of two scripts in one word",
        expected: "one script; not merged with the name it looks like")
    }
  }
}

/// What kinds of bytes a text has, so that checks run only where they can find something.
struct TextTraits {
  var hasNUL = false
  var hasControl = false
  var hasNonASCII = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if byte >= 0x80 {
        hasNonASCII = true
      } else if byte < 0x20 || byte == 0x7F {
        if byte == 0 { hasNUL = true } else if Self.isControl(byte) { hasControl = true }
      }
    }
  }

  static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && byte != 9 && byte != 10 && byte != 13 && byte != 0) || byte == 0x7F
  }

  /// `= + - @`, TAB and CR at the beginning make spreadsheets evaluate a cell.
  static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: true
    default: false
    }
  }

  static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      || scalar.value == 0x200E || scalar.value == 0x200F
  }

  /// True when one word has Latin letters beside Cyrillic or Greek ones.
  static func mixesScripts(_ text: String) -> Bool {
    var latin = false
    var other = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin = true
      case 0x370...0x3FF, 0x400...0x52F: other = true
      default:
        latin = false
        other = false
      }
      if latin, other { return true }
    }
    return false
  }
}
