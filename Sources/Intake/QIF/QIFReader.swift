import CaseModel

/// Reads QIF records line by line. Each record of a transaction section is one of the count, and so is each
/// of a list of categories or securities, which is skipped.
struct QIFReader {
  let desk: ReadingDesk
  let profile: QIFProfile
  let survey: QIFSurvey
  private var section = QIFSection.none
  private var accountName: String?
  private var fields: [QIFLine] = []
  private var statements: [(name: String?, open: OpenStatement)] = []

  init(_ desk: ReadingDesk, _ profile: QIFProfile, _ survey: QIFSurvey) {
    self.desk = desk
    self.profile = profile
    self.survey = survey
  }

  mutating func take(_ line: QIFLine) throws {
    if line.text.hasPrefix("!") {
      try endRecord(isCut: false)
      section = QIFSection(line.text, after: section)
    } else if line.text.hasPrefix("^") {
      try endRecord(isCut: false)
    } else {
      fields.append(line)
    }
  }

  private mutating func endRecord(isCut: Bool) throws {
    guard let first = fields.first else { return }
    defer { fields = [] }
    let record = QIFRecord(fields)
    switch section {
    case .account:
      if let name = record["N"] { accountName = name }
    case .lists: try desk.skip()
    case .entries, .investments:
      if isCut {
        return try desk.setAsideSilently(
          "W-INCOMPLETE", .line(first.number), "the file ends inside the record", raw: record.raw)
      }
      do {
        try section == .entries ? entry(record) : investment(record)
      } catch let fault as QIFFault {
        try desk.setAside(
          fault.code, .line(first.number), at: .line(fault.line), fault.found, fault.expected,
          raw: record.raw)
      }
    case .none:
      try desk.setAside(
        "E-STRUCTURE", .line(first.number), "a record before the first !Type", "its kind",
        raw: record.raw)
    }
  }

  /// The place in `statements` of the account that the file is at.
  private mutating func statement(_ line: Int) -> Int {
    let name = survey.accounts.count > 1 ? accountName : nil
    if let index = statements.firstIndex(where: { $0.name == name }) { return index }
    let account = profile.account(named: name, of: survey)
    var header = Statement(
      accountText: account.text, accountKey: account.key, currency: profile.settings?.currency,
      institution: profile.settings?.institution, locator: .line(line))
    header.reference = name
    statements.append((name, OpenStatement(header)))
    return statements.count - 1
  }

  private mutating func entry(_ record: QIFRecord) throws {
    guard let currency = profile.settings?.currency else { return }
    let index = statement(record.line)
    let entry = try record.entry(profile, currency, desk.pivot)
    // Quicken writes the balance with which an account begins as its first record.
    if statements[index].open.number == nil, statements[index].open.header.opening == nil,
      record["P"]?.lowercased() == "opening balance"
    {
      statements[index].open.header.opening = StatedBalance(
        amount: entry.amount, date: entry.bookedOn)
      return try desk.skip()
    }
    try statements[index].open.append(entry, desk)
  }

  /// Securities bought, sold or held: a record of its own, not a line of an account of money.
  private mutating func investment(_ record: QIFRecord) throws {
    guard let currency = profile.settings?.currency else { return }
    var payment = PaymentRecord(
      locator: .line(record.line), byteOffset: record.offset, kind: .info,
      recordType: "qif.investment", amounts: [])
    payment.executedOn = try record.day(profile, desk.pivot)
    if record["T"] != nil || record["U"] != nil || record["$"] != nil {
      let amount = try record.amount(profile, currency)
      payment.amounts = [StatedAmount(.settled, amount)]
    }
    if let text = record["O"], let fee = try? record.money(text, profile, currency) {
      payment.amounts.append(StatedAmount(.fee, fee))
    }
    payment.purpose = record["M"] ?? record["P"]
    let account = profile.account(
      named: survey.accounts.count > 1 ? accountName : nil, of: survey)
    payment.parties = [
      PaymentParty(.other, accountText: account.text, accountKey: account.key)
    ]
    let names: [(Character, String)] = [
      ("N", "action"), ("Y", "security"), ("I", "price"), ("Q", "quantity"), ("L", "category"),
      ("O", "commission"), ("C", "cleared"),
    ]
    for (letter, name) in names {
      if let text = record[letter] { payment.details[name] = text }
    }
    try desk.store(payment)
  }

  mutating func finish() throws {
    if !fields.isEmpty {
      let last = fields[fields.count - 1].number
      if section == .entries, !statements.isEmpty {
        statements[statements.count - 1].open.isCut = true
      }
      try endRecord(isCut: true)
      try desk.warn(
        "W-INCOMPLETE", Locator(text: "end of file, line \(last)", ordinal: Int64(last)),
        "the file ends inside a record", "a line ^; what was complete is kept")
    }
    for index in statements.indices { try statements[index].open.end(desk) }
    try desk.close()
  }
}
