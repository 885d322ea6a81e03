import CaseModel

/// One statement response: account, currency, transactions, ledger balance.
struct OFXStatement {
  private let desk: ReadingDesk
  private var open: OpenStatement
  var header: Statement { open.header }
  private var stated: Currency?
  private var isReported = Reported()
  private var identifiers: [String: Int] = [:]
  var isCut = false

  /// What is said once a statement, at its first place.
  private struct Reported {
    var currency = false
    var form = false
    var identifier = false
  }

  init(at place: Locator, _ desk: ReadingDesk) {
    self.desk = desk
    open = OpenStatement(
      Statement(
        accountText: "", accountKey: desk.unstatedAccount(at: place), currency: nil, locator: place)
    )
  }

  mutating func currency(_ code: String) throws {
    guard let currency = Currency(iso: code.uppercased()) else { return }
    stated = currency
    open.header.currency = currency
  }

  mutating func account(_ node: OFXReader.Node, institution: String?) {
    let house = node.value("BROKERID") ?? institution
    open.header.institution = node.value("BANKID") ?? house
    guard let number = node.value("ACCTID") else { return }
    open.header.accountText = number
    open.header.accountKey = OFXStatement.key(number, bank: node.value("BANKID"), house: house)
  }

  static func key(_ number: String, bank: String?, house: String?) -> AccountKey {
    if let bank { return AccountNumber.key(number, bankCode: bank) }
    return AccountNumber.key(number, institution: house)
  }

  mutating func balance(_ node: OFXReader.Node, _ place: Locator) throws {
    guard let text = node.value("BALAMT") else {
      return try desk.warn(
        "W-BALANCE", place, "a ledger balance without an amount", "BALAMT; it is left aside")
    }
    do {
      let amount = try OFXAmount(text, stated ?? .unstated)
      let day = node.value("DTASOF").flatMap { try? OFXDay($0).date }
      open.header.closing = StatedBalance(amount: amount.money, date: day)
    } catch {
      try desk.warn(
        "W-BALANCE", place, "a ledger balance that cannot be used: \(error.reason)",
        "an amount in \((stated ?? .unstated).code); it is left aside", raw: text)
    }
  }

  // MARK: Transactions

  mutating func transaction(_ node: OFXReader.Node, _ place: Locator) throws {
    do {
      let read = try OFXTransaction(node, place, stated ?? .unstated)
      try report(read, place)
      try open.append(read.entry, desk)
    } catch let fault as OFXFault {
      try desk.setAside(fault.code, place, fault.found, fault.expected, raw: node.markup)
    }
  }

  private mutating func report(_ read: OFXTransaction, _ place: Locator) throws {
    if stated == nil, !isReported.currency, read.entry.amount.currency == .unstated {
      isReported.currency = true
      try desk.warn(
        "W-CCY-UNSTATED", place, "amounts without a currency", "CURDEF; they are kept as XXX")
    }
    if read.isFormUnusual, !isReported.form {
      isReported.form = true
      try desk.warn(
        "W-AMOUNT-FORM", place, "an amount with a decimal comma, or a blank behind its sign",
        "the form -1234.56; it is read, as every amount of the statement that is written so")
    }
    if let text = read.correction {
      try desk.warn(
        "W-CORRECTION", place, "the bank's correction of an earlier transaction: \(text)",
        "one of the two to count; both are kept until it is decided")
    }
    guard let identifier = read.entry.references["servicer"] else {
      guard !isReported.identifier else { return }
      isReported.identifier = true
      return try desk.warn(
        "W-NO-ID", place, "a transaction without FITID",
        "an identifier; the content of the transaction stands for it")
    }
    identifiers[identifier, default: 0] += 1
    if identifiers[identifier] == 2 {
      try desk.warn(
        "W-DUP-ID", place, "the FITID of an earlier transaction of the statement",
        "one identifier a transaction; both are kept")
    }
  }

  func end() throws {
    var open = open
    open.isCut = isCut
    if open.header.accountText.isEmpty {
      try desk.warn(
        "W-NO-ID", open.header.locator, "a statement without ACCTID",
        "an account; until one is named the statement belongs to no known account")
    }
    try open.end(desk)
  }
}
