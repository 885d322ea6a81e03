// Puts the records of a CFONB120 file together: old balance, movements, details, new balance.

import CaseModel

/// Reads record by record. A movement (04) is one record of the count; it is kept back until its details
/// (05) are over.
struct CFONBReader {
  let desk: ReadingDesk
  private var open: OpenStatement?
  private var account = ""
  private var isRefused = false
  private var movement: CFONBMovement?
  private var last = Locator(text: "file", ordinal: 0)

  init(_ desk: ReadingDesk) { self.desk = desk }

  mutating func take(_ received: FixedRecord) throws {
    last = received.locator
    // Blank columns at the end are sometimes cut off; everything up to the amount must be there.
    guard (104...120).contains(received.count) || received[1...2] == "05" && received.count <= 120
    else {
      throw desk.refusal(
        "E-LENGTH", received.locator, "a record of \(received.count) characters",
        "120 characters in each record", raw: received.raw)
    }
    if received.count < 120, received[1...2] != "05" {
      try desk.warn(
        "W-LENGTH", received.locator, "a record of \(received.count) characters",
        "120; the missing ones are read as blanks", raw: received.raw)
    }
    switch received[1...2] {
    case "01": try opening(received)
    case "04": try movement(received)
    case "05": try detail(received)
    case "07": try closing(received)
    default:
      try desk.setAside(
        "E-RECORD", received.locator, "a record of type '\(received[1...2])'", "01, 04, 05 or 07",
        raw: received.raw)
    }
  }

  // MARK: Balances

  private mutating func opening(_ record: FixedRecord) throws {
    if open != nil {
      try desk.warn(
        "W-STRUCTURE", record.locator,
        "an old balance before the new balance of the account before",
        "record 07 between them; the account before is kept as incomplete")
    }
    try finishStatement(isCut: true)
    isRefused = false
    let fields = CFONBFields(record, desk.pivot)
    do {
      let currency = try fields.currency()
      let amount = try fields.amount(currency)
      var header = Statement(
        accountText: fields.account, accountKey: fields.accountKey, currency: currency,
        institution: record.text(3...7), locator: record.locator)
      header.opening = StatedBalance(amount: amount, date: try day(fields, record))
      account = record[3...7] + record[12...16] + record[22...32]
      open = OpenStatement(header)
    } catch let fault as CFONBFault {
      isRefused = true
      desk.refuseStatement(
        desk.issue(
          .error, fault.code, record.place(fault.columns), fault.found,
          fault.expected + "; the statement is refused", raw: record.raw))
    }
  }

  /// A balance keeps its amount when its day cannot be read.
  private func day(_ fields: CFONBFields, _ record: FixedRecord) throws -> CivilDate? {
    do { return try fields.day(35...40) } catch let fault as CFONBFault {
      try desk.warn(
        "W-DATE", record.place(fault.columns), fault.found,
        fault.expected + "; the balance is kept without a day", raw: record.raw)
      return nil
    }
  }

  private mutating func closing(_ record: FixedRecord) throws {
    try flush()
    guard var statement = open else {
      if isRefused { return isRefused = false }
      return try desk.warn(
        "W-STRUCTURE", record.locator, "a new balance without an old one",
        "record 01 before it; it is left aside", raw: record.raw)
    }
    if account != record[3...7] + record[12...16] + record[22...32] {
      try desk.warn(
        "W-ACCOUNT", record.place(3...32), "a new balance of another account than the old one",
        "the same bank, branch and account; it is taken as this statement's closing balance")
    }
    let fields = CFONBFields(record, desk.pivot)
    do {
      let amount = try fields.amount(try fields.currency())
      statement.header.closing = StatedBalance(amount: amount, date: try day(fields, record))
    } catch let fault as CFONBFault {
      statement.isCut = true
      try desk.fail(
        fault.code, record.place(fault.columns), fault.found,
        fault.expected + "; the closing balance is not known", raw: record.raw)
    }
    open = statement
    try finishStatement(isCut: false)
  }

  // MARK: Movements

  private mutating func movement(_ record: FixedRecord) throws {
    try flush()
    guard open != nil else {
      if isRefused {
        return try desk.setAsideSilently(
          "E-STATEMENT", record.locator, "a movement of a statement that is refused",
          raw: record.raw)
      }
      return try desk.setAside(
        "E-STRUCTURE", record.locator, "a movement outside a statement", "a record 01 before it",
        raw: record.raw)
    }
    do {
      movement = try CFONBMovement(record, CFONBFields(record, desk.pivot))
    } catch let fault as CFONBFault {
      try desk.setAside(
        fault.code, record.locator, at: record.place(fault.columns), fault.found, fault.expected,
        raw: record.raw)
    }
  }

  private mutating func detail(_ record: FixedRecord) throws {
    guard movement != nil else {
      if isRefused { return }
      return try desk.warn(
        "W-STRUCTURE", record.locator, "a detail without a movement",
        "record 04 before it; it is left aside", raw: record.raw)
    }
    movement?.add(record)
  }

  private mutating func flush() throws {
    guard let entry = movement?.finished else { return }
    movement = nil
    try open?.append(entry, desk)
  }

  private mutating func finishStatement(isCut: Bool) throws {
    try flush()
    guard var statement = open else { return }
    open = nil
    if isCut {
      statement.isCut = true
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of statement, \(last)", ordinal: last.ordinal),
        "a statement without its new balance", "record 07; it is kept as incomplete")
    }
    try statement.end(desk)
  }

  mutating func finish() throws {
    try finishStatement(isCut: true)
    try desk.close()
  }
}
