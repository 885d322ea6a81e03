import CaseModel

/// One account of a set while its lines stream by.
struct SetAccount {
  /// The sink's number of the statement.
  let number: Int
  var statement: Statement
  var running = RunningBalance()
}

/// One part of a line: who stood behind so much of it.
struct SetPart {
  let row: TableRow
  let key: String
  let amount: Money
}

extension SetReader {
  // MARK: Lines

  mutating func readLines(_ table: SetProfile.Table) throws {
    keys[table.name] = []
    try walk(table) { (reader, row) throws(TableReader.Fault) in
      let (entry, place) = try reader.entry(row)
      let parts = reader.takeParts(of: row)
      do {
        try reader.append(entry, parts, to: place)
      } catch { throw TableReader.Fault(cause: error) }
    }
    // What remains belongs to no line that was read.
    let left = parts.values.flatMap { $0 }.sorted {
      $0.row.locator.ordinal < $1.row.locator.ordinal
    }
    for part in left {
      try setAside(
        TableReader.Fault(
          code: "E-KEY", found: "a part of a line that \(table.name) does not have",
          expected: "a usable row of \(table.name) with that key"), part.row.locator, part.row.raw)
    }
  }

  private mutating func takeParts(of row: TableRow) -> [SetPart] {
    row[profile.lines.key].flatMap { parts.removeValue(forKey: $0) } ?? []
  }

  private mutating func entry(
    _ row: TableRow
  ) throws(TableReader.Fault) -> (StatementEntry, place: Int) {
    let lines = profile.lines
    guard let key = lines.account.key(in: row) else {
      throw TableReader.Fault(
        code: "E-FIELD", found: "a line without account", expected: "bank, branch and number")
    }
    let amount = try amount(row, lines.amount, lines.direction)
    var entry = StatementEntry(
      locator: row.locator, amount: amount, bookedOn: try day(row, lines.date))
    if let column = lines.valueDate, row[column] != nil { entry.valueOn = try day(row, column) }
    if let column = lines.balance, row[column] != nil {
      do throws(TableReader.Fault) {
        entry.balanceAfter = try self.amount(row, column, lines.balanceDirection)
      } catch { tally.add("W-BALANCE-TEXT", "", row.locator) }
    }
    let purpose = lines.purpose.compactMap { row[$0] }
    if !purpose.isEmpty { entry.purpose = purpose.joined(separator: " ") }
    entry.references["servicer"] = row[lines.key]
    for (name, column) in lines.references { entry.references[name] = row[column] }
    entry.counterparty.name = lines.counterpartyName.flatMap { row[$0] }
    if let other = lines.counterpartyAccount {
      entry.counterparty.accountText = row[other.number ?? other.iban ?? ""]
      entry.counterparty.accountKey = other.key(in: row)
    }
    return (entry, try place(of: key, row))
  }

  private func day(_ row: TableRow, _ column: String) throws(TableReader.Fault) -> CivilDate {
    guard let text = row[column] else {
      throw TableReader.Fault(code: "E-DATE", found: "no date", expected: "a day in \(column)")
    }
    do throws(DateFault) { return try profile.layout.day(text, pivot: pivot) } catch {
      throw TableReader.Fault(
        code: "E-DATE", found: "\(Issue.escaped(text)): \(error.reason)",
        expected: "a day as \(profile.layout.dates.map(\.pattern).joined(separator: " or "))")
    }
  }

  /// An amount with its sign: unsigned text and a code, or signed text.
  private func amount(
    _ row: TableRow, _ column: String, _ direction: SetProfile.Direction?
  ) throws(TableReader.Fault) -> Money {
    let amount = try plainAmount(row, column)
    guard let direction else { return amount }
    guard let sign = row[direction.column].flatMap({ direction.signs[$0] }) else {
      throw TableReader.Fault(
        code: "E-FIELD", found: "no known direction in \(direction.column)",
        expected: direction.signs.keys.sorted().joined(separator: " or "))
    }
    guard !amount.isNegative else {
      throw TableReader.Fault(
        code: "E-AMOUNT", found: "a sign beside a direction code", expected: "an unsigned amount")
    }
    return sign < 0 ? -amount : amount
  }

  func plainAmount(_ row: TableRow, _ column: String) throws(TableReader.Fault) -> Money {
    let text = row[column] ?? ""
    do throws(AmountFault) { return try profile.layout.amount(text, in: currency) } catch {
      throw TableReader.Fault(
        code: error.code, found: "\(Issue.escaped(text)) in \(column): \(error.reason)",
        expected: "an amount in \(currency.code)")
    }
  }

  /// The account's statement, begun at its first line.
  private mutating func place(of key: AccountKey, _ row: TableRow) throws(TableReader.Fault) -> Int
  {
    if let place = places[key] { return place }
    let lines = profile.lines
    let bank = lines.institution.compactMap { row[$0] }.joined(separator: "/")
    let statement = Statement(
      accountText: row[lines.account.number ?? lines.account.iban ?? ""] ?? key.text,
      accountKey: key, currency: currency, ownerName: owners[key],
      institution: bank.isEmpty ? nil : bank, reference: members.prefix, locator: row.locator)
    do {
      let number = try sink.begin(statement)
      places[key] = accounts.count
      accounts.append(SetAccount(number: number, statement: statement))
      return accounts.count - 1
    } catch { throw TableReader.Fault(cause: error) }
  }

  private mutating func append(
    _ entry: StatementEntry, _ parts: [SetPart], to place: Int
  ) throws {
    var entry = entry
    describe(&entry, by: parts)
    // A set states one currency, so its place in the table is always the first.
    accounts[place].running.add(
      RunningBalance.Row(
        line: Int(entry.locator.ordinal), amount: entry.amount.minorUnits,
        balance: entry.balanceAfter?.minorUnits, currency: 0, day: entry.bookedOn?.dayNumber))
    try sink.append(entry, to: accounts[place].number)
    records += 1
    try record(parts, of: entry, account: accounts[place].statement)
  }

  // MARK: The end

  mutating func finish() throws {
    for var account in accounts {
      if let ends = account.running.ends([account.statement.currency ?? Delimited.unstated]) {
        account.statement.opening = ends.opening
        account.statement.closing = ends.closing
        tally.add(
          "N-DERIVED", "opening balances that follow from the first line", account.statement.locator
        )
      }
      for line in account.running.breaks {
        tally.add("W-BALANCE", "account \(account.number + 1)", .line(line))
      }
      try sink.end(account.statement, of: account.number)
    }
    for (key, place) in expectedAccounts where places[key] == nil {
      tally.add("W-NO-LINES", "", place)
    }
    try sink.counted(records: records + stater.stated)
    for issue in tally.issues(file: main.name) { try sink.report(issue) }
    for issue in stater.issues() { try sink.report(issue) }
  }
}
