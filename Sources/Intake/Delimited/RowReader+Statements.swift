import CaseModel

/// What stands outside the rows: the account, and balances in a preamble.
struct Surroundings: Sendable {
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
  mutating func statement(for currency: Int) throws -> Int {
    let bytes = scanner.trimmed(plan.ownAccount)
    if let last = lastAccount, last.currency == currency || !plan.splitsByCurrency,
      plan.ownAccount < 0 || (bytes.count == last.count && isSame(bytes, last.start))
    {
      return last.index
    }
    let bank = scanner.trimmed(plan.ownBank)
    let tag = plan.splitsByCurrency ? Int32(truncatingIfNeeded: currency) : -1
    let index: Int
    if let known = openBySpan.value(bytes, bank, tag: tag) {
      index = Int(known)
    } else {
      let account =
        (plan.ownAccount < 0 ? nil : scanner.string(plan.ownAccount)) ?? plan.surroundings.account
        ?? ""
      index = try statement(for: currency, account: account, bank: value(plan.ownBank))
      openBySpan.insert(bytes, bank, tag: tag, value: Int32(truncatingIfNeeded: index))
    }
    touch(index)
    if let base = scanner.text.baseAddress, let start = bytes.baseAddress {
      lastAccount = (start - base, bytes.count, currency, index)
    } else {
      lastAccount = (0, 0, currency, index)
    }
    return index
  }

  private mutating func isSame(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var index = 0
    while index < bytes.count {
      if scanner.text[start + index] != bytes[index] { return false }
      index += 1
    }
    return true
  }

  /// The statement of a named account, begun when it is the first row of it.
  mutating func statement(
    for currency: Int, account: String, bank: String?
  ) throws -> Int {
    let lookup = StatementLookup(
      account: account, bank: bank ?? "",
      currency: plan.splitsByCurrency ? currencies.all[currency].code : "")
    if let known = openByAccount[lookup] {
      touch(known)
      return known
    }
    let index = try begin(lookup, bank: bank, currencies.all[currency])
    openByAccount[lookup] = index
    touch(index)
    return index
  }

  /// Notes the statements of a part in the order in which its rows name them.
  @inline(__always) private mutating func touch(_ index: Int) {
    guard isPart, !open[index].isTouched else { return }
    open[index].isTouched = true
    touched.append(index)
  }

  private mutating func begin(
    _ lookup: StatementLookup, bank: String?, _ currency: Currency
  ) throws -> Int {
    let key: AccountKey
    let account = lookup.account
    var isDoubtful = false
    if account.isEmpty {
      // Two files that name no account are never one account: the file itself stands for it.
      key = AccountNumber.key(
        "FILE" + file.sha256.hex.prefix(16), institution: profile.institution)
      isDoubtful = true
      tell(
        "W-NO-ACCOUNT", of: lookup, found: "no account is named",
        expected: "an account in the profile; entries of other files are not joined with these")
    } else {
      key = AccountNumber.key(
        account, bankCode: bank, scheme: profile.accountScheme, institution: profile.institution)
      if AccountNumber.looksLikeIBAN(account), key.iban == nil {
        isDoubtful = true
        tell(
          "W-IBAN", of: lookup, found: "an own account that is no valid IBAN",
          expected: "a valid IBAN; kept as an account number")
      }
    }
    let header = Statement(
      accountText: account, accountKey: key, currency: currency, ownerName: value(plan.owner),
      institution: profile.institution, locator: .line(scanner.rowLine))
    // Without entries the statement reaches the sink at the end, when all of it is known.
    let number = aim == .entries ? try sink.begin(header) : -1
    open.append(
      OpenStatement(
        statement: header, lookup: lookup, keyHash: KeyNotes.account(key), number: number,
        isDoubtful: isDoubtful))
    return open.count - 1
  }

  /// A warning about an account, once a file: a part does not repeat what was said before it.
  private mutating func tell(
    _ code: String, of lookup: StatementLookup, found: String, expected: String
  ) {
    guard !doubted.contains(lookup) else { return }
    tally.add(code, line: scanner.rowLine, found: found, expected: expected)
  }

  /// Ends every statement with its currency and balances, and reports what was gathered.
  mutating func finish() throws {
    for item in open {
      var trailer = item.statement
      if item.currencies.count > 1 {
        trailer.currency = nil
      } else if let only = item.currencies.first {
        trailer.currency = currencies.all[only]
      }
      let derived = item.running.ends(currencies.all)
      let opening = item.opening ?? stated(plan.surroundings.opening, trailer.currency)
      let closing = item.closing ?? stated(plan.surroundings.closing, trailer.currency)
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
      try hand(trailer, of: item)
    }
    if open.contains(where: { item in
      item.currencies.contains { currencies.all[$0] == Delimited.unstated }
    }) {
      tally.add(
        "W-CCY-UNSTATED", line: 1, found: "no currency is stated",
        expected: "a currency column or a currency in the profile; kept as XXX")
    }
    if errors > Self.reportedErrors {
      try sink.report(
        Issue(
          .error, "E-MORE", file: file.name, at: .line(scanner.line),
          found: "\(errors - Self.reportedErrors) more records set aside",
          expected: "all of them stand in quarantine with their raw text"))
    }
    for issue in tally.issues(file: file.name) { try sink.report(issue) }
  }

  private mutating func hand(_ trailer: Statement, of item: OpenStatement) throws {
    guard aim != .entries else { return try sink.end(trailer, of: item.number) }
    let number = try sink.begin(item.statement)
    if let survey = sink as? any SurveyingSink {
      try survey.add(item.summary.summary(currencies.all), to: number)
    }
    try sink.end(trailer, of: number)
  }

  private mutating func stated(_ text: String?, _ currency: Currency?) -> StatedBalance? {
    guard let text, let currency,
      let read = try? AmountText(text, form: plan.form, currency: currency)
    else { return nil }
    return StatedBalance(amount: Money(minorUnits: read.minorUnits, currency: currency), date: nil)
  }
}
