import CaseModel

/// What stands outside the rows: the account, and balances in a preamble.
struct Surroundings {
  var account: String?
  var opening: String?
  var closing: String?
}

/// What tells the statements of one file apart.
struct StatementLookup: Hashable {
  let account: String
  let bank: String
  let currency: String
}

extension RowReader {
  /// The statement that the current row belongs to, begun when it is the account's first.
  mutating func statement(for currency: Currency) throws -> Int {
    let column = columns[.ownAccount]
    let bytes = column.map { scanner.trimmed($0) }
    if let last = lastAccount, last.currency == currency || !profile.splitsByCurrency,
      bytes?.elementsEqual(last.bytes) ?? true
    {
      return last.index
    }
    let account = column.flatMap { scanner.string($0) } ?? surroundings.account ?? ""
    let index = try statement(for: currency, account: account, bank: value(.ownBank))
    lastAccount = (bytes.map(Array.init) ?? [], currency, index)
    return index
  }

  /// The statement of a named account, begun when it is the first row of it.
  mutating func statement(
    for currency: Currency, account: String, bank: String?
  ) throws -> Int {
    let lookup = StatementLookup(
      account: account, bank: bank ?? "", currency: profile.splitsByCurrency ? currency.code : "")
    if let known = openByAccount[lookup] { return known }
    let index = try begin(account, bank: bank, currency)
    openByAccount[lookup] = index
    return index
  }

  private mutating func begin(
    _ account: String, bank: String?, _ currency: Currency
  ) throws -> Int {
    let key: AccountKey
    if account.isEmpty {
      // Two files that name no account are never one account: the file itself stands for it.
      key = AccountNumber.key(
        "FILE" + file.sha256.hex.prefix(16), institution: profile.institution)
      tally.add(
        "W-NO-ACCOUNT", line: scanner.rowLine, found: "no account is named",
        expected: "an account in the profile; entries of other files are not joined with these")
    } else {
      key = AccountNumber.key(
        account, bankCode: bank, scheme: profile.accountScheme, institution: profile.institution)
      if AccountNumber.looksLikeIBAN(account), key.iban == nil {
        tally.add(
          "W-IBAN", line: scanner.rowLine, found: "an own account that is no valid IBAN",
          expected: "a valid IBAN; kept as an account number")
      }
    }
    let header = Statement(
      accountText: account, accountKey: key, currency: currency, ownerName: value(.ownerName),
      institution: profile.institution, locator: .line(scanner.rowLine))
    let number = try sink.begin(header)
    open.append(OpenStatement(statement: header, number: number))
    return open.count - 1
  }

  /// Ends every statement with its currency and balances, and reports what was gathered.
  mutating func finish() throws {
    for item in open {
      var trailer = item.statement
      trailer.currency = item.currencies.count > 1 ? nil : item.currencies.first ?? trailer.currency
      let derived = item.running.ends
      let opening = item.opening ?? stated(surroundings.opening, trailer.currency)
      let closing = item.closing ?? stated(surroundings.closing, trailer.currency)
      trailer.opening = opening ?? derived?.opening
      trailer.closing = closing ?? derived?.closing
      // A row set aside at either end would be missing from the balance derived there, unseen.
      if errors > 0, derived != nil, opening == nil || closing == nil {
        trailer.status = .incomplete
      }
      if trailer.currency == nil {
        trailer.opening = nil
        trailer.closing = nil
      }
      for line in item.running.breaks {
        tally.add(
          "W-BALANCE", line: line,
          found: "a running balance that does not follow from its neighbour",
          expected: "balance before + amount = balance after; check for missing rows")
      }
      try sink.end(trailer, of: item.number)
    }
    if open.contains(where: { $0.currencies.contains(Delimited.unstated) }) {
      tally.add(
        "W-CCY-UNSTATED", line: 1, found: "no currency is stated",
        expected: "a currency column or a currency in the profile; kept as XXX")
    }
    if errors > 1000 {
      try sink.report(
        Issue(
          .error, "E-MORE", file: file.name, at: .line(scanner.line),
          found: "\(errors - 1000) more records set aside",
          expected: "all of them stand in quarantine with their raw text"))
    }
    for issue in tally.issues(file: file.name) { try sink.report(issue) }
  }

  private func stated(_ text: String?, _ currency: Currency?) -> StatedBalance? {
    guard let text, let currency,
      let read = try? AmountText(text, form: form, currency: currency)
    else { return nil }
    return StatedBalance(amount: Money(minorUnits: read.minorUnits, currency: currency), date: nil)
  }
}
