// Puts the fields of a SWIFT statement file together: statements, entries, issues.

import CaseModel

/// Reads one file of MT940, MT942 or MT950 messages into a sink.
///
/// A statement begins with field 20, or with an account or opening balance where one is already
/// there, and ends with a separator or the next statement. Every page that a `60M` or `62M` bounds is a
/// statement of its own with interim balances; the chain of statements passes over those balances.
/// Each field 61 is one record: it is stored or quarantined.
struct MTReader {
  let file: InputFile
  let options: ReadingOptions
  let sink: any StatementSink
  let isInterim: Bool
  let pivot: CenturyPivot
  let text: DecodedText

  var page: Page?
  /// True after a separator until a field opens the next statement.
  var isBetween = false

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

  mutating func take(_ field: MTField, isCutOff: Bool) throws {
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
  mutating func open(at field: MTField, after before: Page?) {
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
  func begins(_ field: MTField) -> Bool {
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

  mutating func account(_ field: MTField) throws {
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
  func checkIBAN(_ text: String, at field: MTField) throws {
    guard AccountNumber.looksLikeIBAN(text), let fault = AccountNumber.ibanFault(text) else {
      return
    }
    try report(
      .warning, "W-IBAN", .line(field.line), "an account written like an IBAN: \(fault.rawValue)",
      "a valid IBAN; it is kept as a plain number")
  }

  mutating func opening(_ field: MTField) throws {
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

  mutating func closing(_ field: MTField) throws {
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
  mutating func otherBalance(_ field: MTField) throws {
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
  mutating func floorLimit(_ field: MTField) {
    if page?.currency == nil {
      page?.currency = Currency(iso: field.head.prefix(3).uppercased())
    }
  }

  /// Field NS in a statement's header: 22 names the account's owner.
  mutating func owner(_ field: MTField) {
    for line in field.lines where line.hasPrefix("22") {
      let name = MTField.trimmed(String(line.dropFirst(2)))
      if name.contains(where: \.isLetter) { page?.header.ownerName = name }
    }
  }

  // MARK: Reports

  func noteCase(_ isLower: Bool, _ field: MTField) throws {
    guard isLower else { return }
    try report(
      .warning, "W-MARK-CASE", .line(field.line), "a debit or credit mark in lower case",
      "C or D; read as its capital")
  }

  func reportEncoding() throws {
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

  func quarantine(_ field: MTField, _ fault: MTFault, silently: Bool = false) throws {
    let locator = Locator.line(field.line)
    if !silently {
      try report(.error, fault.code, locator, fault.found, fault.expected, field.raw)
    }
    try sink.quarantine(
      QuarantinedRecord(locator: locator, code: fault.code, reason: fault.found, raw: field.raw))
  }

  func report(
    _ severity: Issue.Severity, _ code: String, _ locator: Locator, _ found: String,
    _ expected: String, _ raw: String? = nil
  ) throws {
    try sink.report(
      Issue(
        severity, code, file: file.name, at: locator, found: found, expected: expected,
        excerpt: raw))
  }
}
