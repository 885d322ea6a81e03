import CaseModel

/// One STMTTRN (or pending STMTTRNP) as an entry.
struct OFXTransaction {
  private(set) var entry: StatementEntry
  let isFormUnusual: Bool
  /// What the bank says the transaction does to an earlier one.
  private(set) var correction: String?

  /// - Parameter currency: The statement's; a transaction may state its own.
  init(_ node: OFXReader.Node, _ place: Locator, _ currency: Currency) throws {
    guard let text = node.value("TRNAMT") else {
      throw OFXFault(code: "E-AMOUNT", found: "no amount", expected: "TRNAMT")
    }
    let own = node.child("CURRENCY")?.value("CURSYM").flatMap { Currency(iso: $0.uppercased()) }
    let amount: OFXAmount
    do { amount = try OFXAmount(text, own ?? currency) } catch {
      throw OFXFault(
        code: error.code, found: error.reason,
        expected: "a decimal amount in \((own ?? currency).code)")
    }
    isFormUnusual = amount.isUnusual
    let isPending = node.name == "STMTTRNP"
    let posted = try Self.day(node, isPending ? "DTTRAN" : "DTPOSTED")
    guard let posted else {
      throw OFXFault(
        code: "E-DATE", found: "no day",
        expected: (isPending ? "DTTRAN" : "DTPOSTED") + ", YYYYMMDD")
    }
    entry = StatementEntry(
      locator: place, byteOffset: node.offset, amount: amount.money, bookedOn: posted.date,
      valueOn: try? Self.day(node, "DTAVAIL")?.date, timeOfDay: posted.timeOfDay,
      kind: isPending ? .pending : .booked)
    if let zone = posted.zone { entry.references["utc-offset"] = zone }
    entry.channel = Self.channel(node.value("TRNTYPE")?.uppercased(), amount.money.isNegative)
    parties(node)
    references(node)
    rates(node)
  }

  private static func day(_ node: OFXReader.Node, _ name: String) throws -> OFXDay? {
    guard let text = node.value(name) else { return nil }
    do { return try OFXDay(text) } catch {
      throw OFXFault(code: "E-DATE", found: "\(name): \(error.reason)", expected: "YYYYMMDD")
    }
  }

  private mutating func parties(_ node: OFXReader.Node) {
    let payee = node.child("PAYEE")
    entry.counterparty.name =
      payee?.value("NAME") ?? node.value("NAME") ?? node.value("EXTDNAME")
    entry.purpose = node.value("MEMO")
    if let account = node.child("BANKACCTTO") ?? node.child("CCACCTTO"),
      let number = account.value("ACCTID")
    {
      entry.counterparty.accountText = number
      entry.counterparty.agent = account.value("BANKID")
      entry.counterparty.accountKey = OFXStatement.key(
        number, bank: account.value("BANKID"), house: nil)
    }
    let address = ["ADDR1", "ADDR2", "ADDR3", "CITY", "STATE", "POSTALCODE", "COUNTRY"]
      .compactMap { payee?.value($0) }
    if !address.isEmpty { entry.references["party-address"] = address.joined(separator: ", ") }
    if let phone = payee?.value("PHONE") { entry.references["party-phone"] = phone }
  }

  private static let names: [String: String] = [
    "FITID": "servicer", "SRVRTID": "server", "CHECKNUM": "cheque", "CHKNUM": "cheque",
    "REFNUM": "reference", "TRNTYPE": "type", "SIC": "sic", "PAYEEID": "payee-id",
    "CORRECTFITID": "corrects", "CORRECTACTION": "correction", "DTUSER": "initiated",
  ]
  private static let used: Set<String> = [
    "TRNAMT", "DTPOSTED", "DTTRAN", "DTAVAIL", "NAME", "EXTDNAME", "MEMO",
  ]

  /// Every other element with text is kept under its own name, so that vendors' tags are not lost.
  private mutating func references(_ node: OFXReader.Node) {
    for child in node.children where child.children.isEmpty {
      let text = child.text.trimmed
      guard !text.isEmpty, !Self.used.contains(child.name) else { continue }
      entry.references[Self.names[child.name] ?? "ofx:" + child.name] = text
    }
    if let replaced = entry.references["corrects"] {
      correction = "\(entry.references["correction"] ?? "REPLACE") of FITID \(replaced)"
    }
  }

  /// CURRENCY: the amount is in the currency named. ORIGCURRENCY: it was converted from it; the original
  /// amount is not stated and not computed.
  private mutating func rates(_ node: OFXReader.Node) {
    guard let rate = node.child("ORIGCURRENCY") ?? node.child("CURRENCY") else { return }
    entry.exchangeRate = rate.value("CURRATE")
    if rate.name == "ORIGCURRENCY", let code = rate.value("CURSYM") {
      entry.references["original-currency"] = code
    }
  }

  /// OFX §11.4.4.3: transaction types. The sign is that of the amount, never of the type.
  private static func channel(_ type: String?, _ isDebit: Bool) -> Channel {
    switch type {
    case "ATM": isDebit ? .atmWithdrawal : .unknown
    case "CASH": isDebit ? .cashWithdrawal : .unknown
    case "CHECK": .cheque
    case "FEE", "SRVCHG": .fee
    case "INT": .interest
    case "POS": .cardPresent
    default: .unknown
    }
  }
}
