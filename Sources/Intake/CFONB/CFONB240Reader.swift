import CaseModel

/// Reads remittances of 240-column records: head (31), orders (34), total (39).
struct CFONB240Reader {
  private let desk: ReadingDesk
  /// Orders of the open remittance and their sum; nil between remittances.
  private var open: (count: Int, minor: Int128)?
  private var last = Locator(text: "file", ordinal: 0)

  init(_ desk: ReadingDesk) { self.desk = desk }

  mutating func take(_ record: FixedRecord) throws {
    last = record.locator
    guard record.count <= 240, record.count >= 229 else {
      throw desk.refusal(
        "E-LENGTH", record.locator, "a record of \(record.count) characters",
        "240 characters in each record", raw: record.raw)
    }
    switch record[1...2] {
    case "31":
      try checkEnd()
      open = (0, 0)
    case "34": try order(record)
    case "39": try total(record)
    default:
      try desk.setAside(
        "E-RECORD", record.locator, "a record of type '\(record[1...2])'", "31, 34 or 39",
        raw: record.raw)
    }
  }

  private mutating func order(_ record: FixedRecord) throws {
    let amount: Money
    let day: CivilDate?
    do {
      amount = try self.amount(record)
      day = try FixedFigures.day(record[11...16], FixedFigures.dayMonthYear, desk.pivot)
    } catch let fault as AmountFault {
      return try desk.setAside(
        fault.code, record.locator, at: record.place(229...240), fault.reason, "twelve digits",
        raw: record.raw)
    } catch let fault as DateFault {
      return try desk.setAside(
        "E-DATE", record.locator, at: record.place(11...16), fault.reason, "a day as DDMMYY",
        raw: record.raw)
    }
    var payment = PaymentRecord(
      locator: record.locator, byteOffset: record.byteOffset, kind: .instruction,
      recordType: "cfonb240.34", amounts: [StatedAmount(.instructed, amount)])
    payment.executedOn = day
    payment.valueOn = try? FixedFigures.day(
      record[217...222], FixedFigures.dayMonthYear, desk.pivot)
    // The record does not say which side is which: the first account is the other party's, the second
    // the remitter's own, and neither is called originator or beneficiary.
    payment.parties = [
      party(record, 22...42, name: record.text(43...66)), party(record, 78...98, name: nil),
    ].compactMap(\.self)
    payment.references["operation"] = record[9...10]
    payment.references["sequence"] = record[3...8]
    if let text = record.text(153...184) { payment.references["reference"] = text }
    payment.purpose = record.text(99...152)
    if let text = record.text(18...21) { payment.details["columns 18-21"] = text }
    if let text = record.text(185...216) { payment.details["columns 185-216"] = text }
    try desk.store(payment)
    if let sums = open { open = (sums.count + 1, sums.minor + Int128(amount.minorUnits)) }
  }

  /// Bank, branch and account of a RIB in 21 columns.
  private func party(
    _ record: FixedRecord, _ columns: ClosedRange<Int>, name: String?
  ) -> PaymentParty? {
    let text = record[columns]
    guard !text.trimmed.isEmpty else {
      return name.map { PaymentParty(.other, name: $0) }
    }
    let (bank, branch, number) = (
      String(text.prefix(5)), String(text.dropFirst(5).prefix(5)), String(text.suffix(11))
    )
    let iban = NationalAccount.french(bank: bank, branch: branch, account: number)
    return PaymentParty(
      .other, name: name, accountText: "\(bank) \(branch) \(number)".trimmed,
      accountKey: iban.map { AccountKey("iban:" + $0) }
        ?? AccountNumber.key(number, bankCode: bank + branch, scheme: "FR"))
  }

  /// Column 17: E for euro (F for the former franc); two decimals.
  private func amount(_ record: FixedRecord) throws(AmountFault) -> Money {
    let code = record[17] == "F" ? "FRF" : "EUR"
    guard let currency = Currency(iso: code) else { throw .symbol }
    return Money(
      minorUnits: try FixedFigures.minorUnits(record[229...240].trimmed, decimals: 2, currency),
      currency: currency)
  }

  private mutating func total(_ record: FixedRecord) throws {
    defer { open = nil }
    guard let sums = open, let stated = try? amount(record) else { return }
    guard Int128(stated.minorUnits) != sums.minor else { return }
    let found = Money(minorUnits: Int64(clamping: sums.minor), currency: stated.currency)
    try desk.warn(
      "W-CTRL", record.place(229...240),
      "\(stated) stated, \(found) in \(sums.count) orders read",
      "equal sums; check whether orders are missing")
  }

  private func checkEnd() throws {
    guard open != nil else { return }
    try desk.warn(
      "W-INCOMPLETE", Locator(text: "end of remittance, \(last)", ordinal: last.ordinal),
      "a remittance without its total", "record 39; check whether orders are missing")
  }

  mutating func finish() throws {
    try checkEnd()
    try desk.close()
  }
}
