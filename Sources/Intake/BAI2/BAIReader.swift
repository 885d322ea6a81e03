// Puts the records of a BAI2 file together: groups, accounts, transactions, trailers.

import CaseModel

/// Reads record by record. Each transaction (16) is one record of the count.
struct BAIReader {
  let desk: ReadingDesk
  private var group: Group?
  private var account: Account?
  private var hasHeader = false
  private var isClosed = false
  /// Physical records and sums, for the trailers; the groups and the sum of their trailers.
  private var physical = 0
  private var groups = 0
  private var fileSum: Int128 = 0
  private var last = Locator(text: "file", ordinal: 0)

  struct Group {
    var originator: String?
    var day: CivilDate?
    var hasBadDay = false
    var currency: String
    var status: String
    /// 3: an interim report of the same day; its transactions are not booked yet.
    var isInterim: Bool
    var physical = 0
    var accounts = 0
    var sum: Int128 = 0
  }

  struct Account {
    var statement: OpenStatement
    var physical = 0
    var sum: Int128 = 0
    var isCurrencyAssumed = false
  }

  init(_ desk: ReadingDesk) { self.desk = desk }

  mutating func take(_ record: BAIRecord) throws {
    last = record.locator
    guard hasHeader || record.code == "01" else {
      throw desk.refusal(
        "E-HEADER", record.locator, "a record '\(record.code)' at the start",
        "a file header, record 01", raw: record.raw)
    }
    physical += record.physical
    if record.code == "02" { try endGroup(isCut: true) }
    group?.physical += record.physical
    if record.code == "03" { try endAccount(isCut: true) }
    account?.physical += record.physical
    switch record.code {
    case "01": hasHeader = true
    case "02": try begin(group: record)
    case "03": try begin(account: record)
    case "16": try transaction(record)
    case "49": try endAccount(record)
    case "98": try endGroup(record)
    case "99": try endFile(record)
    default:
      try desk.setAside(
        "E-RECORD", record.locator, "a record of type '\(record.code)'",
        "01, 02, 03, 16, 49, 88, 98 or 99", raw: record.raw)
    }
  }

  // MARK: Groups and accounts

  private mutating func begin(group record: BAIRecord) throws {
    groups += 1
    var fields = BAICursor(record.fields)
    _ = fields.next()
    let originator = fields.next()
    let status = fields.next()
    let day = fields.next()
    _ = fields.next()
    let currency = fields.next()
    var new = Group(
      originator: originator.isEmpty ? nil : originator, currency: currency, status: status,
      isInterim: fields.next() == "3")
    do { new.day = try BAIField.day(day, desk.pivot) } catch {
      new.hasBadDay = true
      try desk.fail(
        error.code, record.locator, error.found, error.expected + "; its entries have no day",
        raw: record.raw)
    }
    let words = ["2": "a deletion", "3": "a correction", "4": "a test"]
    if let word = words[status] {
      try desk.warn(
        "W-STATUS", record.locator, "a group marked as \(word) (status \(status))",
        "an update (1); its entries are kept, to be decided on")
    }
    new.physical = record.physical
    group = new
  }

  private mutating func begin(account record: BAIRecord) throws {
    var fields = BAICursor(record.fields)
    let number = fields.next()
    let code = fields.next()
    let (currency, isAssumed) = try stated(code, record)
    var header = Statement(
      accountText: number,
      accountKey: number.isEmpty
        ? desk.unstatedAccount(at: record.locator)
        : AccountNumber.key(number, bankCode: group?.originator),
      currency: currency, institution: group?.originator, locator: record.locator)
    var sum: Int128 = 0
    while !fields.isAtEnd {
      let type = fields.next()
      let amount = try amount(fields.next(), type, record)
      _ = fields.next()
      _ = fields.funds()
      guard let amount else { continue }
      sum += Int128(amount)
      let money = Money(minorUnits: amount, currency: currency)
      if type == "010" { header.opening = StatedBalance(amount: money, date: group?.day) }
      if type == "015" { header.closing = StatedBalance(amount: money, date: group?.day) }
    }
    account = Account(
      statement: OpenStatement(header), physical: record.physical, sum: sum,
      isCurrencyAssumed: isAssumed)
    group?.accounts += 1
  }

  /// The account's currency, else the group's; BAI2 makes US dollars the default.
  private func stated(_ code: String, _ record: BAIRecord) throws -> (Currency, Bool) {
    let stated = code.isEmpty ? group?.currency ?? "" : code
    guard !stated.isEmpty else { return (Currency(iso: "USD") ?? .unstated, true) }
    if let currency = Currency(iso: stated.uppercased()) { return (currency, false) }
    try desk.fail(
      "E-CCY", record.locator, "the currency '\(stated)'",
      "three letters of ISO 4217; amounts are kept without a currency (XXX)")
    return (.unstated, false)
  }

  private func amount(_ text: String, _ type: String, _ record: BAIRecord) throws -> Int64? {
    do { return try BAIField.minor(text) } catch {
      try desk.fail(
        error.code, record.locator, "type \(type): " + error.found,
        error.expected + "; the amount is left aside", raw: record.raw)
      return nil
    }
  }

  // MARK: Transactions

  private mutating func transaction(_ record: BAIRecord) throws {
    guard var account else {
      return try desk.setAside(
        "E-STRUCTURE", record.locator, "a transaction outside an account", "a record 03 before it",
        raw: record.raw)
    }
    defer { self.account = account }
    do {
      let currency = account.statement.header.currency ?? .unstated
      guard let read = try BAITransaction(record, currency, group, desk.pivot) else {
        return try desk.skip()
      }
      account.sum += read.unsigned
      if account.isCurrencyAssumed, account.statement.number == nil {
        try desk.warn(
          "W-CCY-DEFAULT", account.statement.header.locator,
          "no currency in records 02 and 03", "one; read as USD, the default of BAI2")
      }
      try account.statement.append(read.entry, desk)
    } catch let fault as BAIFault {
      // What the record says still counts for the control total.
      if let amount = (try? BAIField.minor(record.fields.dropFirst().first ?? "")) ?? nil {
        account.sum += Int128(amount)
      }
      try desk.setAside(
        fault.code, record.locator, fault.found, fault.expected, raw: record.raw)
    }
  }

  // MARK: Trailers

  private mutating func endAccount(_ record: BAIRecord) throws {
    guard let account else {
      return try desk.warn(
        "W-STRUCTURE", record.locator, "an account trailer without its account",
        "a record 03 before it", raw: record.raw)
    }
    try check(record, "account", sum: account.sum, counts: [("records", account.physical)])
    let stated = (try? BAIField.minor(record.fields.first ?? "")) ?? nil
    group?.sum += Int128(stated ?? 0)
    try endAccount(isCut: false)
  }

  private mutating func endGroup(_ record: BAIRecord) throws {
    try endAccount(isCut: true)
    guard let group else { return }
    try check(
      record, "group", sum: group.sum,
      counts: [("accounts", group.accounts), ("records", group.physical)])
    fileSum += Int128(((try? BAIField.minor(record.fields.first ?? "")) ?? nil) ?? 0)
    try endGroup(isCut: false)
  }

  private mutating func endFile(_ record: BAIRecord) throws {
    try endGroup(isCut: true)
    try check(record, "file", sum: fileSum, counts: [("groups", groups), ("records", physical)])
    isClosed = true
  }

  /// Sums and counts of a trailer. Disagreements are warnings: published samples have them.
  private func check(
    _ record: BAIRecord, _ what: String, sum: Int128, counts: [(String, Int)]
  ) throws {
    let fields = record.fields
    let stated = (try? BAIField.minor(fields.first ?? "")) ?? nil
    if let stated, Int128(stated) != sum {
      try desk.warn(
        "W-CTRL", record.locator,
        "the \(what)'s control total \(stated), \(sum) by its records",
        "equal totals; check whether records are missing")
    }
    for (index, (name, count)) in counts.enumerated() where index + 1 < fields.count {
      guard let stated = Int(fields[index + 1]), stated != count else { continue }
      try desk.warn(
        "W-CTRL", record.locator, "\(stated) \(name) of the \(what) stated, \(count) read",
        "equal numbers; check whether records are missing")
    }
  }

  private mutating func endAccount(isCut: Bool) throws {
    guard var statement = account?.statement else { return }
    account = nil
    if isCut {
      statement.isCut = true
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of account, \(last)", ordinal: last.ordinal),
        "an account without its trailer", "record 49; it is kept as incomplete")
    }
    try statement.end(desk, status: group?.isInterim == true ? .notApplicable : .noBalances)
  }

  private mutating func endGroup(isCut: Bool) throws {
    guard group != nil else { return }
    try endAccount(isCut: true)
    group = nil
    if isCut {
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of group, \(last)", ordinal: last.ordinal),
        "a group without its trailer", "record 98; check whether accounts are missing")
    }
  }

  mutating func finish() throws {
    try endGroup(isCut: true)
    if !isClosed {
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of file, \(last)", ordinal: last.ordinal),
        "no file trailer", "record 99; check whether the file is whole")
    }
    try desk.close()
  }
}
