// The end of an MT940 statement: balances, control sums, and whose account it is.

import CaseModel

extension MTReader {
  /// The sink's number of the statement, which begins at its first entry or at its end.
  mutating func begun() throws -> Int {
    if let number = page?.number { return number }
    guard let page else { preconditionFailure("an entry outside a statement") }
    let number = try sink.begin(statement(page))
    self.page?.number = number
    return number
  }

  mutating func finish() throws {
    try flush()
    guard let page else { return }
    self.page = nil
    guard page.fault == nil || page.number != nil else { return }
    var trailer = statement(page)
    let number = try page.number ?? sink.begin(trailer)
    if page.header.accountText.isEmpty {
      try report(
        .warning, "W-NO-ID", .line(page.firstLine), "a statement without field 25",
        "an account; until one is named the statement belongs to no known account")
    }
    if let line = page.unstatedLine {
      try report(
        .warning, "W-CCY-UNSTATED", .line(line), "amounts without a currency",
        "a currency in field 60, 62, 34F or behind the account in field 25; kept as XXX")
    }
    if isInterim {
      trailer.status = .notApplicable
    } else if page.closing == nil || page.isCut {
      trailer.status = .incomplete
      try report(
        .warning, "W-INCOMPLETE", .line(page.lastLine),
        "the statement ends without a usable closing balance",
        "field 62F; it is kept as incomplete and never shown as reconciled")
    } else {
      try compare(page)
    }
    try checkControls(page)
    try sink.end(trailer, of: number)
  }

  /// Opening + entries − closing, reported at the closing field.
  func compare(_ page: Page) throws {
    guard let opening = page.opening, let closing = page.closing else { return }
    let place = Locator(
      text: "line \(closing.field.line) field \(closing.field.tag)",
      ordinal: Int64(closing.field.line))
    let (first, last) = (opening.amount, closing.balance.amount)
    guard first.currency == last.currency else {
      try report(
        .warning, "W-UNBALANCED", place,
        "opening in \(first.currency), closing in \(last.currency)",
        "both in the account's currency; the statement is kept as unreconciled")
      return
    }
    let moved = page.credits.minor - page.debits.minor
    let difference = Int128(first.minorUnits) + moved - Int128(last.minorUnits)
    guard difference != 0 else { return }
    let shown = Int64(exactly: difference).map { Money(minorUnits: $0, currency: first.currency) }
    try report(
      .warning, "W-UNBALANCED", place,
      "opening + entries − closing = \(shown.map(\.description) ?? "beyond 64 bits")",
      "0; check for missing pages, the statement is kept as unreconciled")
  }

  /// Fields 90C and 90D: number, currency and sum of the entries.
  func checkControls(_ page: Page) throws {
    for (field, isCredit) in page.controls {
      let text = field.head
      let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
      let rest = text.dropFirst(digits.count)
      let tally = isCredit ? page.credits : page.debits
      guard let count = Int(digits), let currency = Currency(iso: rest.prefix(3)),
        let sum = try? MTAmount.money(rest.dropFirst(3), currency, sign: 1)
      else {
        try report(
          .warning, "W-FIELD", .line(field.line), "field \(field.tag) without count and sum",
          "count, currency and amount; the control is left aside", field.raw)
        continue
      }
      if count != tally.count || Int128(sum.minorUnits) != tally.minor {
        let side = isCredit ? "credits" : "debits"
        let found = Money(
          minorUnits: Int64(clamping: tally.minor), currency: page.currency ?? currency)
        try report(
          .warning, "W-COUNT", .line(field.line),
          "\(count) \(side) of \(sum) stated, \(tally.count) of \(found) read",
          "equal figures; check whether statement lines are missing")
      }
    }
  }

  func statement(_ page: Page) -> Statement {
    var statement = page.header
    statement.accountKey = accountKey(page)
    statement.currency = page.currency ?? accountSuffix
    statement.opening = page.opening
    statement.closing = page.closing?.balance
    return statement
  }

  /// The account's key. A statement that names no account is an unknown account of its own: two of
  /// them are never one node.
  func accountKey(_ page: Page) -> AccountKey {
    let text = page.header.accountText
    guard !text.isEmpty else {
      return AccountKey("unstated:\(file.sha256.hex.prefix(16))/line-\(page.firstLine)")
    }
    return AccountNumber.key(Self.withoutSuffix(text), institution: page.header.institution)
  }

  /// The currency behind the account: `70011110/4005287001EUR`, `…/HUF`.
  var accountSuffix: Currency? {
    guard let text = page?.header.accountText, text.count > 6,
      text.dropLast(3).last.map({ $0.isWholeNumber || $0 == "/" || $0 == " " }) == true
    else { return nil }
    return Currency(iso: text.suffix(3))
  }

  static func withoutSuffix(_ text: String) -> String {
    guard text.count > 6, Currency(iso: text.suffix(3)) != nil,
      let before = text.dropLast(3).last, before.isWholeNumber || before == "/" || before == " "
    else { return text }
    var rest = text.dropLast(3)
    while let last = rest.last, last == "/" || last == " " { rest = rest.dropLast() }
    return String(rest)
  }

  static func kept(_ text: String) -> String? {
    let text = MTField.trimmed(text)
    return text.isEmpty ? nil : text
  }
}
