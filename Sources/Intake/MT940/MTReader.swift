// Puts the fields of a SWIFT statement file together: statements, entries, issues.

import CaseModel

/// Reads one file of MT940, MT942 or MT950 messages into a sink.
///
/// A statement begins with field 20, or with an account or opening balance where one is already
/// there, and ends with a separator or the next statement. Every page that a `60M` or `62M` bounds is a
/// statement of its own with interim balances; the chain of statements passes over those balances.
/// Each field 61 is one record: it is stored or quarantined.
struct MTReader {
  private let file: InputFile
  private let options: ReadingOptions
  private let sink: any StatementSink
  private let isInterim: Bool
  private let pivot: CenturyPivot
  private let text: DecodedText

  private var page: Page?
  /// True after a separator until a field opens the next statement.
  private var isBetween = false

  /// What is known of the statement being read.
  private struct Page {
    var header: Statement
    /// Number the sink gave; nil until the first entry or the end.
    var number: Int?
    var accountField: MTField?
    var currency: Currency?
    var opening: StatedBalance?
    var closing: (balance: StatedBalance, field: MTField)?
    /// Why the statement is refused; its entries go to quarantine.
    var fault: MTFault?
    var isCut = false
    var entry: Pending?
    var credits = Tally()
    var debits = Tally()
    var controls: [(field: MTField, isCredit: Bool)] = []
    let firstLine: Int
    var lastLine: Int
  }

  /// A statement line that waits for its field 86.
  private struct Pending {
    var field: MTField
    var line: MTStatementLine
    var information: [MTField] = []
  }

  private struct Tally {
    var count = 0
    var minor: Int128 = 0
  }

  /// - Parameter isInterim: The message is an MT942: its entries are not booked yet.
  init(_ file: InputFile, options: ReadingOptions, isInterim: Bool, sink: any StatementSink) throws
  {
    self.file = file
    self.options = options
    self.sink = sink
    self.isInterim = isInterim
    pivot = CenturyPivot(receivedOn: options.receivedOn)
    text = try DecodedText(of: file)
  }

  /// Reads the whole file.
  /// - Throws: `FileRefusal` with `E-UNKNOWN-FORMAT` when no field is found, and what the sink throws.
  mutating func read() throws {
    let scanner = MTScanner(text.bytes, limits: options.limits)
    let fields = scanner.tokens.contains { if case .field = $0 { true } else { false } }
    guard fields else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: file.name, at: .line(1),
          found: "no field of a SWIFT statement", expected: "lines such as :20:, :25:, :60F:, :61:")
      ])
    }
    try reportEncoding()
    for (index, token) in scanner.tokens.enumerated() {
      switch token {
      case .messageType: continue
      case .separator:
        try finish()
        isBetween = true
      case .field(let field):
        let isLast = !scanner.tokens[(index + 1)...].contains {
          if case .field = $0 { true } else { false }
        }
        if field.isCut {
          try report(
            .warning, "W-SIZE", .line(field.line), "field \(field.tag) beyond the field limit",
            "at most \(options.limits.fieldBytes) bytes; the rest is left out")
        }
        try take(field, isCutOff: isLast && !field.isClosed)
      }
    }
    try finish()
  }

  // MARK: Fields

  private mutating func take(_ field: MTField, isCutOff: Bool) throws {
    if begins(field) {
      let before = page
      try finish()
      isBetween = false
      open(at: field, after: before)
    }
    page?.lastLine = field.lastLine
    if field.tag != "86", field.tag != "NS" { try flush() }
    switch field.tag {
    case "20":
      page?.header.reference = Self.kept(field.head)
    case "25", "25P": try account(field)
    case "28", "28C":
      if page?.header.number == nil { page?.header.number = Self.kept(field.head) }
    case "60F", "60M": try opening(field)
    case "61": try statementLine(field, isCutOff: isCutOff)
    case "62F", "62M": try closing(field)
    case "64", "65", "65F": try otherBalance(field)
    case "34F": floorLimit(field)
    case "90C", "90D": page?.controls.append((field, field.tag == "90C"))
    case "86": page?.entry?.information.append(field)
    case "NS":
      if page?.entry != nil {
        page?.entry?.information.append(field)
      } else {
        owner(field)
      }
    default: break
    }
  }

  /// Opens a statement. A balance that opens the next page of a message goes on under its header.
  private mutating func open(at field: MTField, after before: Page?) {
    var next = Page(
      header: Statement(
        accountText: "", accountKey: AccountKey(""), currency: nil, locator: .line(field.line)),
      firstLine: field.line, lastLine: field.lastLine)
    if field.tag == "60F" || field.tag == "60M", let header = before?.header {
      next.header.accountText = header.accountText
      next.header.institution = header.institution
      next.header.ownerName = header.ownerName
      next.header.reference = header.reference
      next.header.number = header.number
      next.accountField = before?.accountField
    }
    page = next
  }

  /// True for the field that opens a statement.
  private func begins(_ field: MTField) -> Bool {
    switch field.tag {
    case "940", "942", "950": return false
    default: break
    }
    guard let page else {
      // After a separator only a header field opens the next statement; see `statementLine`.
      return !isBetween || !["61", "86", "NS", "64", "65", "65F", "90C", "90D"].contains(field.tag)
    }
    switch field.tag {
    case "20": return true
    case "25", "25P": return page.closing != nil
    case "60F", "60M": return page.opening != nil || page.closing != nil
    default: return false
    }
  }

  private mutating func account(_ field: MTField) throws {
    guard page?.accountField == nil else {
      try report(
        .warning, "W-FIELD", .line(field.line), "field 25 again inside a statement",
        "one account a statement; the first is kept, the other is left aside")
      return
    }
    page?.accountField = field
    page?.header.accountText = field.head
    // 25P carries the bank's BIC on its second line.
    if field.lines.count > 1 {
      page?.header.institution = Self.kept(field.lines[1])
    } else if let bank = field.head.split(separator: "/").first, AccountNumber.isBIC(bank) {
      page?.header.institution = String(bank)
    }
    try checkIBAN(Self.withoutSuffix(field.head), at: field)
  }

  /// An account that is written like an IBAN and is none is kept as a plain number (formats.md §7.1).
  private func checkIBAN(_ text: String, at field: MTField) throws {
    guard AccountNumber.looksLikeIBAN(text), let fault = AccountNumber.ibanFault(text) else {
      return
    }
    try report(
      .warning, "W-IBAN", .line(field.line), "an account written like an IBAN: \(fault.rawValue)",
      "a valid IBAN; it is kept as a plain number")
  }

  private mutating func opening(_ field: MTField) throws {
    do {
      let balance = try MTBalance(field, pivot: pivot)
      try noteCase(balance.hasLowerCaseMark, field)
      page?.opening = StatedBalance(
        amount: balance.amount, date: balance.date, isInterim: field.tag == "60M")
      page?.currency = balance.amount.currency
    } catch let fault as MTFault {
      page?.fault = fault
      page?.isCut = true
      try report(
        .error, fault.code, .line(field.line), fault.found,
        fault.expected + "; the statement is refused", field.raw)
    }
  }

  private mutating func closing(_ field: MTField) throws {
    do {
      let balance = try MTBalance(field, pivot: pivot)
      try noteCase(balance.hasLowerCaseMark, field)
      let stated = StatedBalance(
        amount: balance.amount, date: balance.date, isInterim: field.tag == "62M")
      page?.closing = (stated, field)
      if page?.currency == nil { page?.currency = balance.amount.currency }
    } catch let fault as MTFault {
      page?.isCut = true
      try report(
        .error, fault.code, .line(field.line), fault.found,
        fault.expected + "; the closing balance is not known", field.raw)
    }
  }

  /// Available and forward balances are not kept: they are no booked figures. They are checked, and
  /// may state the currency.
  private mutating func otherBalance(_ field: MTField) throws {
    do {
      let balance = try MTBalance(field, pivot: pivot)
      if page?.currency == nil { page?.currency = balance.amount.currency }
    } catch {
      try report(
        .warning, "W-FIELD", .line(field.line), "field \(field.tag): " + error.found,
        error.expected + "; the field is left aside", field.raw)
    }
  }

  /// MT942: `EURD0,00`; states the currency of the report.
  private mutating func floorLimit(_ field: MTField) {
    if page?.currency == nil {
      page?.currency = Currency(iso: field.head.prefix(3).uppercased())
    }
  }

  /// Field NS in a statement's header: 22 names the account's owner.
  private mutating func owner(_ field: MTField) {
    for line in field.lines where line.hasPrefix("22") {
      let name = MTField.trimmed(String(line.dropFirst(2)))
      if name.contains(where: \.isLetter) { page?.header.ownerName = name }
    }
  }

  // MARK: Entries

  private mutating func statementLine(_ field: MTField, isCutOff: Bool) throws {
    try sink.counted(records: 1)
    guard page != nil else {
      try quarantine(
        field,
        MTFault(
          code: "E-FIELD", found: "a statement line after the end of its message",
          expected: "field 61 between the opening and the closing balance of a statement"))
      return
    }
    if let fault = page?.fault {
      try quarantine(
        field,
        MTFault(
          code: fault.code, found: "a statement line of a refused statement: " + fault.found,
          expected: fault.expected), silently: true)
      return
    }
    do {
      let line = try MTStatementLine(field)
      if isCutOff, line.type == nil || !line.amount.contains(",") { throw Self.cut }
      try noteCase(line.hasLowerCaseMark, field)
      page?.entry = Pending(field: field, line: line)
    } catch let fault as MTFault {
      if isCutOff { page?.isCut = true }
      try quarantine(field, isCutOff ? Self.cut : fault)
    }
  }

  private static let cut = MTFault(
    code: "E-TRUNC", found: "the file ends inside field 61",
    expected: "a whole statement line; ask for the rest of the file")

  /// Stores the entry that waited for its field 86.
  private mutating func flush() throws {
    guard let pending = page?.entry else { return }
    page?.entry = nil
    do {
      let entry = try entry(pending)
      let number = try begun()
      try sink.append(entry, to: number)
      if entry.kind == .booked || isInterim { count(entry.amount) }
    } catch let fault as MTFault {
      try quarantine(pending.field, fault)
    }
  }

  private mutating func count(_ amount: Money) {
    if amount.isNegative {
      page?.debits.count += 1
      page?.debits.minor -= Int128(amount.minorUnits)
    } else {
      page?.credits.count += 1
      page?.credits.minor += Int128(amount.minorUnits)
    }
  }

  private func entry(_ pending: Pending) throws -> StatementEntry {
    let line = pending.line
    guard let currency = page?.currency ?? accountSuffix else {
      throw MTFault(
        code: "E-CCY", found: "an amount without a currency",
        expected: "a currency in field 60, 62, 34F or behind the account in field 25")
    }
    guard let valueOn = MTDate.day(line.valueDate, pivot: pivot) else {
      throw MTFault(
        code: "E-DATE", found: "the value date '\(line.valueDate)'",
        expected: "a day as YYMMDD; ask the bank for the right day")
    }
    var bookedOn: CivilDate?
    if let entryDate = line.entryDate {
      guard let day = MTDate.day(entryDate, near: valueOn) else {
        throw MTFault(
          code: "E-DATE", found: "the entry date '\(entryDate)'",
          expected: "a day as MMDD; ask the bank for the right day")
      }
      bookedOn = day
    }
    let amount = try MTAmount.money(line.amount, currency, sign: line.mark.sign)
    let locator = Locator(text: "line \(pending.field.line)", ordinal: Int64(pending.field.line))
    var entry = StatementEntry(
      locator: locator, byteOffset: text.fileOffsetBase.map { Int64($0 + pending.field.offset) },
      amount: amount, bookedOn: bookedOn, valueOn: valueOn,
      kind: line.mark.isExpected ? .future : isInterim ? .pending : .booked,
      isReversal: line.mark.isReversal)
    entry.references = references(of: line)
    inform(&entry, line, pending.information)
    if let account = entry.counterparty.accountText {
      try checkIBAN(account, at: pending.information.first ?? pending.field)
    }
    return entry
  }

  private func references(of line: MTStatementLine) -> [String: String] {
    var references: [String: String] = [:]
    references["customer"] = line.customerReference
    references["servicer"] = line.servicerReference
    references["type"] = line.type.map(MTField.trimmed)
    references["supplement"] = line.supplement
    return references
  }

  /// Adds what fields 86 and NS say.
  private func inform(
    _ entry: inout StatementEntry, _ line: MTStatementLine, _ fields: [MTField]
  ) {
    guard let page else { return }
    let own = accountKey(page)
    let ownText = AccountNumberText(Self.withoutSuffix(page.header.accountText))
    var code: String?
    var words: String?
    for (index, field) in fields.enumerated() {
      let information =
        field.tag == "NS"
        ? MTInformation(numbered: field.lines)
        : MTInformation(field.lines, ownAccount: ownText)
      let party = entry.counterparty
      entry.counterparty.name = party.name ?? information.name
      entry.counterparty.agent = party.agent ?? information.agent
      if party.accountText == nil, let account = information.account {
        entry.counterparty.accountText = account
        entry.counterparty.accountKey = AccountNumber.key(
          account,
          bankCode: AccountNumber.iban(account) == nil ? information.agent : nil,
          institution: party.agent ?? information.agent)
      }
      if let purpose = information.purpose {
        entry.purpose = entry.purpose.map { $0 + " " + purpose } ?? purpose
      }
      for (name, value) in information.references where entry.references[name] == nil {
        entry.references[name] = value
      }
      code = code ?? information.code
      words = words ?? information.bookingText
      if information.structure != .free {
        let name = index == 0 ? "information" : "information-\(index + 1)"
        entry.references[name] = field.lines.joined(separator: "\n")
      }
    }
    entry.references["bank-code"] = code ?? entry.references["type"]
    entry.references["booking-text"] = words
    entry.channel = MTTransactionTypes.channel(
      type: line.type, code: code, bookingText: words, own: own,
      other: entry.counterparty.accountKey)
  }

  // MARK: Statements

  /// The sink's number of the statement, which begins at its first entry or at its end.
  private mutating func begun() throws -> Int {
    if let number = page?.number { return number }
    guard let page else { preconditionFailure("an entry outside a statement") }
    let number = try sink.begin(statement(page))
    self.page?.number = number
    return number
  }

  private mutating func finish() throws {
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
  private func compare(_ page: Page) throws {
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
  private func checkControls(_ page: Page) throws {
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

  private func statement(_ page: Page) -> Statement {
    var statement = page.header
    statement.accountKey = accountKey(page)
    statement.currency = page.currency ?? accountSuffix
    statement.opening = page.opening
    statement.closing = page.closing?.balance
    return statement
  }

  /// The account's key. A statement that names no account is an unknown account of its own: two of
  /// them are never one node.
  private func accountKey(_ page: Page) -> AccountKey {
    let text = page.header.accountText
    guard !text.isEmpty else {
      return AccountKey("unstated:\(file.sha256.hex.prefix(16))/line-\(page.firstLine)")
    }
    return AccountNumber.key(Self.withoutSuffix(text), institution: page.header.institution)
  }

  /// The currency behind the account: `70011110/4005287001EUR`, `…/HUF`.
  private var accountSuffix: Currency? {
    guard let text = page?.header.accountText, text.count > 6,
      text.dropLast(3).last.map({ $0.isWholeNumber || $0 == "/" || $0 == " " }) == true
    else { return nil }
    return Currency(iso: text.suffix(3))
  }

  private static func withoutSuffix(_ text: String) -> String {
    guard text.count > 6, Currency(iso: text.suffix(3)) != nil,
      let before = text.dropLast(3).last, before.isWholeNumber || before == "/" || before == " "
    else { return text }
    var rest = text.dropLast(3)
    while let last = rest.last, last == "/" || last == " " { rest = rest.dropLast() }
    return String(rest)
  }

  private static func kept(_ text: String) -> String? {
    let text = MTField.trimmed(text)
    return text.isEmpty ? nil : text
  }

  // MARK: Reports

  private func noteCase(_ isLower: Bool, _ field: MTField) throws {
    guard isLower else { return }
    try report(
      .warning, "W-MARK-CASE", .line(field.line), "a debit or credit mark in lower case",
      "C or D; read as its capital")
  }

  private func reportEncoding() throws {
    if let offset = text.firstGuessed {
      try report(
        .warning, "W-ENC-GUESS", .line(text.line(at: offset)),
        "bytes that are not UTF-8; read as \(text.encoding.rawValue)",
        "the right encoding; check names with letters beyond A to Z")
    }
    if let offset = text.undecodable.first {
      try report(
        .warning, "W-ENC", .line(text.line(at: offset)),
        "\(text.undecodable.count) bytes that are no text in \(text.encoding.rawValue)",
        "text; they are shown as \\xNN where they stand")
    }
  }

  private func quarantine(_ field: MTField, _ fault: MTFault, silently: Bool = false) throws {
    let locator = Locator.line(field.line)
    if !silently {
      try report(.error, fault.code, locator, fault.found, fault.expected, field.raw)
    }
    try sink.quarantine(
      QuarantinedRecord(locator: locator, code: fault.code, reason: fault.found, raw: field.raw))
  }

  private func report(
    _ severity: Issue.Severity, _ code: String, _ locator: Locator, _ found: String,
    _ expected: String, _ raw: String? = nil
  ) throws {
    try sink.report(
      Issue(
        severity, code, file: file.name, at: locator, found: found, expected: expected,
        excerpt: raw))
  }
}
