// Puts the records of a Norma 43 file together: account, movement, complements, trailer.

import CaseModel

/// Reads record by record. A movement (22) is one record of the count; it is kept back until its
/// complements (23, 24) are over.
struct Norma43Reader {
  let desk: ReadingDesk
  var open: OpenStatement?
  /// The header that could not be read: its movements are set aside with it.
  private var isRefused = false
  var movement: Norma43Movement?
  private var lines: Int64 = 0
  private var sawEnd = false
  private var last = Locator(text: "file", ordinal: 0)
  var currency = Currency.unstated

  init(_ desk: ReadingDesk) { self.desk = desk }

  mutating func take(_ record: FixedRecord) throws {
    last = record.locator
    guard record.count <= 80 else {
      throw desk.refusal(
        "E-LENGTH", record.locator, "a record of \(record.count) characters",
        "80 characters in each record", raw: record.raw)
    }
    if record[1...2] != "88" { lines += 1 }
    switch record[1...2] {
    case "11":
      try finishStatement(isCut: true)
      try header(record)
    case "22":
      try flush()
      try movement(record)
    case "23", "24": try complement(record)
    case "33": try trailer(record)
    case "88": try end(record)
    default:
      try desk.setAside(
        "E-RECORD", record.locator, "a record of type '\(record[1...2])'",
        "11, 22, 23, 24, 33 or 88", raw: record.raw)
    }
  }

  // MARK: Account

  private mutating func header(_ record: FixedRecord) throws {
    isRefused = false
    let (bank, branch, account) = (record[3...6], record[7...10], record[11...20])
    var header = Statement(
      accountText: "\(bank) \(branch) \(account)",
      accountKey: Self.key(bank, branch, account), currency: nil,
      ownerName: record.text(52...77), institution: bank, locator: record.locator)
    do {
      currency = try stated(record, 48...50)
      header.currency = currency
      let from = try day(record, 21...26)
      header.opening = StatedBalance(
        amount: try balance(record, mark: 33, digits: 34...47), date: from)
    } catch let fault as Norma43Fault {
      isRefused = true
      desk.refuseStatement(
        desk.issue(
          .error, fault.code, record.place(fault.columns), fault.found,
          fault.expected + "; the statement is refused", raw: record.raw))
      return
    }
    open = OpenStatement(header)
  }

  /// The CCC's control digits are not in the record but follow from it, and so does the IBAN.
  private static func key(_ bank: String, _ branch: String, _ account: String) -> AccountKey {
    if let iban = NationalAccount.spanish(bank: bank, branch: branch, account: account) {
      return AccountKey("iban:" + iban)
    }
    return AccountNumber.key(account, bankCode: bank + branch, scheme: "ES")
  }

  // MARK: Movements

  private mutating func movement(_ record: FixedRecord) throws {
    guard open != nil else {
      let code = isRefused ? "E-STATEMENT" : "E-STRUCTURE"
      if isRefused {
        return try desk.setAsideSilently(
          code, record.locator, "a movement of a statement that is refused", raw: record.raw)
      }
      return try desk.setAside(
        code, record.locator, "a movement outside an account", "a record 11 before it",
        raw: record.raw)
    }
    do {
      movement = Norma43Movement(record, try entry(record))
    } catch let fault as Norma43Fault {
      try desk.setAside(
        fault.code, record.locator, at: record.place(fault.columns), fault.found, fault.expected,
        raw: record.raw)
    }
  }

  private func entry(_ record: FixedRecord) throws -> StatementEntry {
    let unsigned = try minor(record, 29...42)
    var kind = EntryKind.booked
    var sign: Int64 = 1
    switch record[28] {
    case "1": sign = -1
    case "2": break
    default:
      // Without a direction it can be shown, but it moves no money.
      kind = .info
      try desk.warn(
        "W-MARK", record.place(28...28), "the mark '\(record[28])' on a movement",
        "1 for debit or 2 for credit; it is kept for information and enters no balance")
    }
    var entry = StatementEntry(
      locator: record.locator, byteOffset: record.byteOffset,
      amount: Money(minorUnits: sign * unsigned, currency: currency),
      bookedOn: try day(record, 11...16), valueOn: try day(record, 17...22), kind: kind)
    guard entry.bookedOn != nil else {
      throw Norma43Fault("E-DATE", 11...16, "no booking day", "a day as YYMMDD")
    }
    let concept = record[23...24]
    entry.channel = Norma43Movement.channel(concept, isDebit: sign < 0)
    // 98: annulments and corrections of postings.
    entry.isReversal = concept == "98"
    entry.references["bank-code"] = concept + record[25...27]
    let references: [(String, ClosedRange<Int>)] = [
      ("document", 43...52), ("reference", 53...64), ("reference-2", 65...80),
    ]
    for (name, columns) in references {
      guard let text = record.text(columns), text.contains(where: { $0 != "0" }) else { continue }
      entry.references[name] = text
    }
    if let branch = record.text(7...10) { entry.references["branch"] = branch }
    return entry
  }

  private mutating func complement(_ record: FixedRecord) throws {
    guard movement != nil else {
      if isRefused { return }
      return try desk.warn(
        "W-RECORD", record.locator, "a complement without a movement",
        "a record 22 before it; it is left aside", raw: record.raw)
    }
    if record[1...2] == "23" {
      movement?.add(record)
      return
    }
    do {
      let currency = try stated(record, 5...7)
      let amount = try minor(record, 8...21, currency)
      let sign: Int64 = movement?.entry.amount.isNegative == true ? -1 : 1
      movement?.entry.originalAmount = Money(minorUnits: sign * amount, currency: currency)
    } catch let fault as Norma43Fault {
      try desk.warn(
        "W-FIELD", record.place(fault.columns), fault.found,
        fault.expected + "; the original amount is left aside", raw: record.raw)
    }
  }

  mutating func flush() throws {
    guard let entry = movement?.finished else { return }
    movement = nil
    try open?.append(entry, desk)
  }

  // MARK: Ends

  private mutating func trailer(_ record: FixedRecord) throws {
    try flush()
    guard var statement = open else {
      if isRefused { return isRefused = false }
      return try desk.warn(
        "W-RECORD", record.locator, "a trailer without an account", "a record 11 before it",
        raw: record.raw)
    }
    do {
      let closing = try balance(record, mark: 59, digits: 60...73)
      statement.header.closing = StatedBalance(amount: closing, date: nil)
    } catch let fault as Norma43Fault {
      statement.isCut = true
      try desk.fail(
        fault.code, record.place(fault.columns), fault.found,
        fault.expected + "; the closing balance is not known", raw: record.raw)
    }
    try compare(record, 21...25, 26...39, "debits", statement.debits)
    try compare(record, 40...44, 45...58, "credits", statement.credits)
    open = statement
    try finishStatement(isCut: false)
  }

  private func compare(
    _ record: FixedRecord, _ count: ClosedRange<Int>, _ sum: ClosedRange<Int>, _ side: String,
    _ tally: (count: Int, minor: Int128)
  ) throws {
    let stated = (Int(record[count].trimmed), try? minor(record, sum))
    guard stated.0 != tally.count || stated.1.map({ Int128($0) }) != tally.minor else { return }
    let figure = stated.1.map { "\(Money(minorUnits: $0, currency: currency))" } ?? "no sum"
    let found = Money(minorUnits: Int64(clamping: tally.minor), currency: currency)
    try desk.warn(
      "W-CTRL", record.place(count.lowerBound...sum.upperBound),
      "\(stated.0.map(String.init) ?? "no number of") \(side) of \(figure) stated, "
        + "\(tally.count) of \(found) read",
      "equal figures; check whether movements are missing")
  }

  private mutating func end(_ record: FixedRecord) throws {
    try finishStatement(isCut: true)
    sawEnd = true
    // Some banks count this record with the others.
    guard let stated = Int64(record[21...26].trimmed), stated != lines, stated != lines + 1 else {
      return
    }
    try desk.warn(
      "W-CTRL", record.place(21...26), "\(stated) records stated, \(lines) read",
      "equal numbers; check whether records are missing")
  }

  private mutating func finishStatement(isCut: Bool) throws {
    try flush()
    guard var statement = open else { return }
    open = nil
    if isCut {
      statement.isCut = true
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of file, \(last)", ordinal: last.ordinal),
        "an account without its trailer", "record 33; it is kept as incomplete")
    }
    try statement.end(desk)
  }

  mutating func finish() throws {
    let wasOpen = open != nil
    try finishStatement(isCut: true)
    if !sawEnd, !wasOpen {
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of file, \(last)", ordinal: last.ordinal),
        "no record 88", "the record that ends the file; check whether accounts are missing")
    }
    try desk.close()
  }
}

extension String {
  /// Without white space around.
  var trimmed: String {
    var slice = unicodeScalars[...]
    while let first = slice.first, first.properties.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.properties.isWhitespace { slice = slice.dropLast() }
    return String(slice)
  }
}
