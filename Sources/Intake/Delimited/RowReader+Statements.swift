import CaseModel

/// What stands outside the rows: the account, and balances in a preamble.
struct Surroundings: Sendable {
  var account: String?
  var opening: String?
  var closing: String?
}

/// What tells the statements of one file apart.
struct StatementLookup: Hashable, Sendable {
  let account: String
  let bank: String
  /// The currency's code when statements are split by it, else empty.
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
    let index = try lookedUp(bytes, currency)
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

  /// By the bytes as they stand, where they are the text; else by the text.
  private mutating func lookedUp(
    _ bytes: UnsafeBufferPointer<UInt8>, _ currency: Int
  ) throws -> Int {
    let bank = scanner.trimmed(plan.ownBank)
    let isPlain =
      !bytes.isEmpty && !scanner.needsUnescaping(plan.ownAccount)
      && (bank.isEmpty || !plan.hasNullWords && !scanner.needsUnescaping(plan.ownBank))
    if isPlain, let known = places.value(bytes, bank, tag: tag(of: currency)) {
      touch(Int(known))
      return Int(known)
    }
    let account =
      (plan.ownAccount < 0 ? nil : scanner.string(plan.ownAccount)) ?? plan.surroundings.account
      ?? ""
    return try statement(for: currency, account: account, bank: value(plan.ownBank))
  }

  private func tag(of currency: Int) -> Int32 {
    plan.splitsByCurrency ? Int32(truncatingIfNeeded: currency) : -1
  }

  /// The statement of a named account, begun when it is the first row of it.
  mutating func statement(
    for currency: Int, account: String, bank: String?
  ) throws -> Int {
    let bank = bank ?? ""
    if let known = place(account, bank, currency) {
      touch(known)
      return known
    }
    let index = try begin(account, bank, currency)
    keepPlace(index, account, bank, currency)
    touch(index)
    return index
  }

  /// The place of a statement that was begun.
  mutating func place(_ account: String, _ bank: String, _ currency: Int) -> Int? {
    var (account, bank) = (account, bank)
    let tag = tag(of: currency)
    return account.withUTF8 { account in
      bank.withUTF8 { bank in places.value(account, bank, tag: tag).map { Int($0) } }
    }
  }

  mutating func keepPlace(_ index: Int, _ account: String, _ bank: String, _ currency: Int) {
    var (account, bank) = (account, bank)
    let tag = tag(of: currency)
    account.withUTF8 { account in
      bank.withUTF8 { bank in
        places.insert(account, bank, tag: tag, value: Int32(truncatingIfNeeded: index))
      }
    }
  }

  func lookup(of item: OpenStatement) -> StatementLookup {
    StatementLookup(
      account: item.account, bank: item.bank,
      currency: plan.splitsByCurrency ? currencies.all[item.currency].code : "")
  }

  /// Notes the statements of a part in the order in which its rows name them.
  @inline(__always) private mutating func touch(_ index: Int) {
    guard isPart, !open[index].isTouched else { return }
    open[index].isTouched = true
    touched.append(index)
  }

  private mutating func begin(_ account: String, _ bank: String, _ currency: Int) throws -> Int {
    let key: AccountKey
    var warning: (code: String, found: String, expected: String)?
    if account.isEmpty {
      // Two files that name no account are never one account: the file itself stands for it.
      key = AccountNumber.key(
        "FILE" + file.sha256.hex.prefix(16), institution: profile.institution)
      warning = (
        "W-NO-ACCOUNT", "no account is named",
        "an account in the profile; entries of other files are not joined with these"
      )
    } else {
      key = AccountNumber.key(
        account, bankCode: bank.isEmpty ? nil : bank, scheme: profile.accountScheme,
        institution: profile.institution)
      if AccountNumber.looksLikeIBAN(account), key.iban == nil {
        warning = (
          "W-IBAN", "an own account that is no valid IBAN",
          "a valid IBAN; kept as an account number"
        )
      }
    }
    var item = OpenStatement(
      account: account, bank: bank, key: key, owner: value(plan.owner),
      keyHash: KeyNotes.account(key), line: scanner.rowLine, currency: currency, number: -1)
    if let warning {
      item.isDoubtful = true
      // Once a file: a part does not repeat what was said before it.
      if !doubted.contains(lookup(of: item)) {
        tally.add(
          warning.code, line: scanner.rowLine, found: warning.found, expected: warning.expected)
      }
    }
    // Without entries the statement reaches the sink at the end, when all of it is known.
    if aim == .entries { item.number = try sink.begin(header(of: item)) }
    open.append(item)
    if plan.balance >= 0 { running.append(RunningBalance()) }
    return open.count - 1
  }

  private func header(of item: OpenStatement) -> Statement {
    Statement(
      accountText: item.account, accountKey: item.key, currency: currencies.all[item.currency],
      ownerName: item.owner, institution: plan.profile.institution, locator: .line(item.line))
  }

  /// Ends every statement with its currency and balances, and reports what was gathered.
  mutating func finish() throws {
    for index in open.indices {
      let item = open[index]
      var trailer = header(of: item)
      if !item.keptBesides.isEmpty {
        trailer.currency = nil
      } else if item.kept >= 0 {
        trailer.currency = currencies.all[item.kept]
      }
      let derived = plan.balance < 0 ? nil : running[index].ends(currencies.all)
      let opening = openings[index] ?? stated(plan.surroundings.opening, trailer.currency)
      let closing = closings[index] ?? stated(plan.surroundings.closing, trailer.currency)
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
      for line in plan.balance < 0 ? [] : running[index].breaks {
        tally.add(
          "W-BALANCE", line: line,
          found: "a running balance that does not follow from its neighbour",
          expected: "balance before + amount = balance after; check for missing rows")
      }
      if plan.balance >= 0, running[index].isMixed { tellMixed(item) }
      try hand(trailer, of: item)
    }
    try report()
  }

  /// A balance in one currency says nothing about the row before in another, so neither ends nor steps prove it.
  private mutating func tellMixed(_ item: OpenStatement) {
    let codes = ([item.kept] + item.keptBesides).filter { $0 >= 0 }.map { currencies.all[$0].code }
    tally.add(
      "W-BALANCE-CURRENCIES", line: item.line,
      found:
        "balances in \(codes.joined(separator: ", ")) share one column: opening and closing were not "
        + "derived, and no balance was checked against a row in another currency",
      expected: "a statement for each currency; state statement-per: currency in a profile")
  }

  private mutating func hand(_ trailer: Statement, of item: OpenStatement) throws {
    guard aim != .entries else { return try sink.end(trailer, of: item.number) }
    let number = try sink.begin(header(of: item))
    if let survey = sink as? any SurveyingSink {
      try survey.add(item.summary.summary(currencies.all), to: number)
    }
    try sink.end(trailer, of: number)
  }

  private mutating func report() throws {
    if let unstated = currencies.all.firstIndex(of: Delimited.unstated),
      open.contains(where: { $0.kept == unstated || $0.keptBesides.contains(unstated) })
    {
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

  private mutating func stated(_ text: String?, _ currency: Currency?) -> StatedBalance? {
    guard let text, let currency,
      let read = try? AmountText(text, form: plan.form, currency: currency)
    else { return nil }
    return StatedBalance(amount: Money(minorUnits: read.minorUnits, currency: currency), date: nil)
  }
}
