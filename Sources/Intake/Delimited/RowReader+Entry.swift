import CaseModel

extension RowReader {
  /// Reads the row as one booked line, and hands the line before it on.
  mutating func entry() throws {
    let day = try bookingDay()
    let valueDay = try valueDay()
    var row = RowFigures()
    row.currency = try currency()
    let amount = try signedAmount(row.currency)
    row.minorUnits = amount.minorUnits
    if amount.hasForeignDigits {
      tally.add(
        "W-DIGITS", line: scanner.rowLine, found: "digits other than 0 to 9 in the amount",
        expected: "0 to 9; read by their value")
    }
    if row.minorUnits == 0 {
      tally.add(
        "W-ZERO-AMOUNT", line: scanner.rowLine, found: "an amount of zero",
        expected: "an amount; kept as it is")
    }
    check(day)
    row.balance = try optionalNumber(plan.balance, row.currency)?.minorUnits
    row.fee = try optionalNumber(plan.fee, row.currency)?.minorUnits
    let second = try secondAccount(row.minorUnits)
    row.statement = try statement(for: row.currency)
    if plan.bookingDate >= 0 {
      row.bookedOn = day.day
      row.valueOn = valueDay?.day
    } else {
      row.valueOn = day.day
    }
    row.timeOfDay = try timeOfDay() ?? day.timeOfDay
    row.kind = try kind()
    if aim == .entries {
      try push(row, mirror: second)
    } else {
      try measure(row, mirror: second)
    }
  }

  /// The other account of a row that books on two.
  private mutating func secondAccount(_ amount: Int64) throws -> String? {
    guard plan.mirror >= 0 else { return nil }
    guard let other = scanner.string(plan.mirror) else {
      throw RowFault("E-FIELD", "no second account", "an account in the mirror column")
    }
    guard amount != .min else { throw Self.edge }
    return other
  }

  /// The currency counts for the statement, and the balance follows from the row before.
  mutating func follow(_ row: RowFigures) {
    let index = row.statement
    if open[index].kept != row.currency { open[index].keep(row.currency) }
    if plan.balance >= 0, row.kind == .booked {
      running[index].add(
        RunningBalance.Row(
          line: scanner.rowLine, amount: row.minorUnits, balance: row.balance,
          currency: row.currency, day: row.bookedOn))
    }
  }

  // MARK: As entries

  private mutating func push(_ row: RowFigures, mirror second: String?) throws {
    let currency = currencies.all[row.currency]
    var entry = StatementEntry(
      locator: .line(scanner.rowLine),
      byteOffset: plan.offsetBase.map { $0 + Int64(scanner.rowStart) },
      amount: Money(minorUnits: row.minorUnits, currency: currency),
      bookedOn: row.bookedOn.map(CivilDate.init(dayNumber:)),
      valueOn: row.valueOn.map(CivilDate.init(dayNumber:)), timeOfDay: row.timeOfDay,
      kind: row.kind, channel: channel(), counterparty: counterparty(), purpose: purpose(),
      references: references(),
      balanceAfter: row.balance.map { Money(minorUnits: $0, currency: currency) })
    if plan.originalAmount >= 0 { entry.originalAmount = try originalAmount() }
    entry.exchangeRate = plan.rate < 0 ? nil : scanner.string(plan.rate)
    checkText(entry.counterparty.name)
    checkText(entry.purpose)
    follow(row)
    try hand(entry, to: row.statement)
    // From here on nothing may fail for the row's own sake: its first line counts as stored.
    if let fee = row.fee, fee != 0 {
      try append(fee: Money(minorUnits: fee, currency: currency), of: entry, row.statement)
    }
    if let second { try push(mirror: second, of: entry, row.currency) }
  }

  /// A row that names both accounts is a booking on each: the second stands on the other account.
  private mutating func push(
    mirror other: String, of entry: StatementEntry, _ currency: Int
  ) throws {
    let own = plan.ownAccount < 0 ? nil : scanner.string(plan.ownAccount)
    var second = entry
    second.amount = -entry.amount
    second.balanceAfter = nil
    second.counterparty = Counterparty(
      accountText: own,
      accountKey: own.map { known.key($0, institution: profile.institution) })
    records += 1
    let index = try mirrored(other, currency)
    try hand(second, to: index)
  }

  /// The statement of the other account, which counts the currency as well.
  mutating func mirrored(_ other: String, _ currency: Int) throws -> Int {
    let index = try statement(for: currency, account: other, bank: nil)
    open[index].keep(currency)
    return index
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
    guard plan.hasContinuation else { return try sink.append(entry, to: open[index].number) }
    try flush()
    held = (entry, index)
    hasHeld = true
  }

  /// Hands the line that was held back, for rows that continue it, to the sink.
  mutating func flush() throws {
    hasHeld = false
    guard let held else { return }
    self.held = nil
    try sink.append(held.entry, to: open[held.statement].number)
  }
}
