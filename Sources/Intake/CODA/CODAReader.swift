// Puts the records of a CODA file together: head, balances, movements, information, trailer.

import CaseModel

/// Reads record by record. A movement (2.1) is one record of the count: with detail number 0000 it is the
/// booked entry, with another it is a part of that entry and never enters a balance. Each is kept back
/// until the records that belong to it are over.
struct CODAReader {
  let desk: ReadingDesk
  private var head: FixedRecord?
  private var open: OpenStatement?
  private var isRefused = false
  private var currency = Currency.unstated
  /// The booked movement, and the part of it that is being read.
  private var movement: CODAMovement?
  private var part: CODAMovement?
  private var parts: [PaymentRecord] = []
  /// Records 1, 2, 3 and 8 since record 0, and the movements' sums, which the trailer states.
  private var records = 0
  private var credits: Int128 = 0
  private var debits: Int128 = 0
  private var last = Locator(text: "file", ordinal: 0)

  init(_ desk: ReadingDesk) { self.desk = desk }

  mutating func take(_ record: FixedRecord) throws {
    last = record.locator
    // The trailer's last columns carry nothing that is needed; elsewhere a cut is a fault.
    guard record.count == 128 || (record[1] == "9" && (52...128).contains(record.count)) else {
      throw desk.refusal(
        "E-LENGTH", record.locator, "a record of \(record.count) characters",
        "128 characters in each record; ask for the file as the bank sent it", raw: record.raw)
    }
    switch (record[1], record[2]) {
    case ("0", _): try begin(record)
    case ("1", _):
      records += 1
      try oldBalance(record)
    case ("2", _), ("3", _):
      records += 1
      try line(record)
    case ("4", _): try freeText(record)
    case ("8", _):
      records += 1
      try newBalance(record)
    case ("9", _): try trailer(record)
    default:
      try desk.setAside(
        "E-RECORD", record.locator, "a record of type '\(record[1])'", "0, 1, 2, 3, 4, 8 or 9",
        raw: record.raw)
    }
  }

  private mutating func begin(_ record: FixedRecord) throws {
    try finishStatement(isCut: true)
    isRefused = false
    guard record[128] == "2" else {
      throw desk.refusal(
        "E-VERSION", record.place(128...128), "version '\(record[128])' of CODA",
        "version 2; ask the bank for CODA 2.x", raw: record.raw)
    }
    head = record
    (records, credits, debits) = (0, 0, 0)
    if record[17] == "D" {
      try desk.warn(
        "W-DUPLICATE", record.place(17...17), "a file marked as a duplicate",
        "the original; its entries are counted once if both are imported")
    }
  }

  // MARK: Balances

  private mutating func oldBalance(_ record: FixedRecord) throws {
    try finishStatement(isCut: true)
    isRefused = false
    do {
      let account = try CODAAccount(record)
      currency = account.currency
      if let text = account.wrongIBAN {
        try desk.warn(
          "W-IBAN", record.place(6...42), "an account written like an IBAN: \(text)",
          "a valid IBAN; it is kept as a plain number")
      }
      var header = Statement(
        accountText: account.text, accountKey: account.key(bank: head?.text(61...71)),
        currency: currency, ownerName: record.text(65...90) ?? head?.text(35...60),
        institution: head?.text(61...71), locator: record.locator)
      header.number = record.text(3...5)
      header.reference = head?.text(25...34)
      let money = Money(
        minorUnits: try CODAField.signed(record, sign: 43, 44...58, currency), currency: currency)
      header.opening = StatedBalance(
        amount: money, date: try CODAField.day(record, 59...64, desk.pivot))
      open = OpenStatement(header)
    } catch let fault as CODAFault {
      isRefused = true
      desk.refuseStatement(
        desk.issue(
          .error, fault.code, record.place(fault.columns), fault.found,
          fault.expected + "; the statement is refused", raw: record.raw))
    }
  }

  private mutating func newBalance(_ record: FixedRecord) throws {
    try flush()
    guard open != nil else {
      if isRefused { return }
      return try desk.warn(
        "W-STRUCTURE", record.locator, "a new balance without an old one",
        "record 1 before it; it is left aside", raw: record.raw)
    }
    do {
      let minor = try CODAField.signed(record, sign: 42, 43...57, currency)
      open?.header.closing = StatedBalance(
        amount: Money(minorUnits: minor, currency: currency),
        date: try CODAField.day(record, 58...63, desk.pivot))
    } catch let fault as CODAFault {
      open?.isCut = true
      try desk.fail(
        fault.code, record.place(fault.columns), fault.found,
        fault.expected + "; the closing balance is not known", raw: record.raw)
    }
  }

  // MARK: Movements and information

  private mutating func line(_ record: FixedRecord) throws {
    if record[1] == "2", record[2] == "1" { return try movement(record) }
    // Information (3.x) of a part carries the part's own number or that of the movement.
    if part != nil, part?.add(record) == true { return }
    if movement?.add(record) == true { return }
    if isRefused || open == nil && movement == nil { return }
    try desk.warn(
      "W-STRUCTURE", record.locator, "a record 2 or 3 without its movement",
      "record 2.1 with the same number before it; it is left aside", raw: record.raw)
  }

  private mutating func movement(_ record: FixedRecord) throws {
    let isPart = record[7...10] != "0000"
    if isPart { try flushPart() } else { try flush() }
    guard open != nil else {
      if isRefused {
        return try desk.setAsideSilently(
          "E-STATEMENT", record.locator, "a movement of a statement that is refused",
          raw: record.raw)
      }
      return try desk.setAside(
        "E-STRUCTURE", record.locator, "a movement outside a statement", "a record 1 before it",
        raw: record.raw)
    }
    do {
      let read = try CODAMovement(record, currency, desk.pivot)
      if isPart { part = read } else { movement = read }
    } catch let fault as CODAFault {
      try desk.setAside(
        fault.code, record.locator, at: record.place(fault.columns), fault.found, fault.expected,
        raw: record.raw)
    }
  }

  private mutating func flushPart() throws {
    guard let part else { return }
    self.part = nil
    parts.append(part.detail(of: movement))
  }

  private mutating func flush() throws {
    try flushPart()
    if var entry = movement?.entry {
      movement = nil
      if !parts.isEmpty { entry.references["batch"] = "\(parts.count) parts" }
      try open?.append(entry, desk)
      if entry.amount.isNegative {
        debits -= Int128(entry.amount.minorUnits)
      } else {
        credits += Int128(entry.amount.minorUnits)
      }
    }
    for part in parts { try desk.store(part) }
    parts = []
  }

  /// Messages of the bank to the customer: kept with the statement's issues, they concern no entry.
  private func freeText(_ record: FixedRecord) throws {
    guard let text = record.text(33...112) else { return }
    try desk.sink.report(
      desk.issue(
        .note, "N-MESSAGE", record.locator, "a message of the bank in record 4",
        "to be read with the statement", raw: text))
  }

  // MARK: Ends

  private mutating func trailer(_ record: FixedRecord) throws {
    try flush()
    defer { head = nil }
    let isRefused = isRefused
    try finishStatement(isCut: false)
    if isRefused { return }
    if let stated = Int(record[17...22].trimmed), stated != records {
      try desk.warn(
        "W-CTRL", record.place(17...22), "\(stated) records stated, \(records) read",
        "equal numbers; check whether records are missing")
    }
    for (columns, side, sum) in [(23...37, "debits", debits), (38...52, "credits", credits)] {
      let stated = try? FixedFigures.minorUnits(record[columns].trimmed, decimals: 3, currency)
      guard stated.map({ Int128($0) }) != sum else { continue }
      let figure = stated.map { "\(Money(minorUnits: $0, currency: currency))" } ?? "no sum"
      let found = Money(minorUnits: Int64(clamping: sum), currency: currency)
      try desk.warn(
        "W-CTRL", record.place(columns), "\(side) of \(figure) stated, \(found) read",
        "equal sums; check whether movements are missing")
    }
  }

  private mutating func finishStatement(isCut: Bool) throws {
    try flush()
    guard var statement = open else { return }
    open = nil
    if isCut || statement.header.closing == nil {
      statement.isCut = true
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of statement, \(last)", ordinal: last.ordinal),
        statement.header.closing == nil
          ? "a statement without a usable new balance" : "a statement without its trailer",
        "records 8 and 9; it is kept as incomplete")
    }
    try statement.end(desk)
  }

  mutating func finish() throws {
    try finishStatement(isCut: true)
    try desk.close()
  }
}
