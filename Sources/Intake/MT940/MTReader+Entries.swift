// Statement lines of MT940 and what field 86 adds to them.

import CaseModel

extension MTReader {
  mutating func statementLine(_ field: MTField, isCutOff: Bool) throws {
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

  static let cut = MTFault(
    code: "E-TRUNC", found: "the file ends inside field 61",
    expected: "a whole statement line; ask for the rest of the file")

  /// Stores the entry that waited for its field 86.
  mutating func flush() throws {
    guard let pending = page?.entry else { return }
    page?.entry = nil
    do {
      let entry = try entry(pending)
      let number = try begun()
      try sink.append(entry, to: number)
      if entry.amount.currency == Delimited.unstated, page?.unstatedLine == nil {
        page?.unstatedLine = pending.field.line
      }
      if entry.kind == .booked || isInterim { count(entry.amount) }
    } catch let fault as MTFault {
      try quarantine(pending.field, fault)
    }
  }

  mutating func count(_ amount: Money) {
    if amount.isNegative {
      page?.debits.count += 1
      page?.debits.minor -= Int128(amount.minorUnits)
    } else {
      page?.credits.count += 1
      page?.credits.minor += Int128(amount.minorUnits)
    }
  }

  func entry(_ pending: Pending) throws -> StatementEntry {
    let line = pending.line
    // A file that names no currency before its lines is still a record of movements: the amounts are
    // kept under ISO 4217's code for "no currency" and add to nothing else.
    let currency = page?.currency ?? accountSuffix ?? Delimited.unstated
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

  func references(of line: MTStatementLine) -> [String: String] {
    var references: [String: String] = [:]
    references["customer"] = line.customerReference
    references["servicer"] = line.servicerReference
    references["type"] = line.type.map(MTField.trimmed)
    references["supplement"] = line.supplement
    return references
  }

  /// Adds what fields 86 and NS say.
  func inform(
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
}
