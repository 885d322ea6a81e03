import CaseModel

/// camt.053.001.08: one statement a file, a quarter each, element order as in the schema.
enum Camt053Writer {
  static func write(_ account: MadeUpAccount, _ part: StatementPart) -> WrittenFile {
    var xml = XMLText()
    var locators: [(Int, String)] = []
    let id = "HS-\(account.code)-\(part.period.first.year)-Q\(part.number)"
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    xml.open("Document", "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"")
    xml.open("BkToCstmrStmt")
    xml.open("GrpHdr")
    xml.element("MsgId", id)
    xml.element("CreDtTm", "\(part.period.last.adding(days: 1))T06:00:00+01:00")
    xml.close()
    xml.open("Stmt")
    xml.element("Id", id)
    xml.element("ElctrncSeqNb", String(part.number))
    xml.element("CreDtTm", "\(part.period.last.adding(days: 1))T06:00:00+01:00")
    xml.open("FrToDt")
    xml.element("FrDtTm", "\(part.period.first)T00:00:00+01:00")
    xml.element("ToDtTm", "\(part.period.last)T23:59:59+01:00")
    xml.close()
    xml.open("Acct")
    xml.path(["Id", "IBAN"], account.iban)
    xml.element("Ccy", account.currency.code)
    xml.path(["Ownr", "Nm"], account.owner)
    xml.open("Svcr")
    xml.open("FinInstnId")
    xml.element("BICFI", account.bank.bic)
    xml.element("Nm", account.bank.name)
    xml.close()
    xml.close()
    xml.close()
    balance("OPBD", part.opening, part.period.first, account.currency, &xml)
    balance("CLBD", part.closing, part.period.last, account.currency, &xml)
    for (place, line) in part.lines.enumerated() {
      entry(line, account, place + 1, &xml)
      locators.append((line.number, "/Document/BkToCstmrStmt/Stmt[1]/Ntry[\(place + 1)]"))
    }
    xml.closeAll()
    return WrittenFile(text: xml.text, locators: locators)
  }

  private static func balance(
    _ code: String, _ minor: Int64, _ day: CivilDate, _ currency: Currency, _ xml: inout XMLText
  ) {
    xml.open("Bal")
    xml.path(["Tp", "CdOrPrtry", "Cd"], code)
    amount("Amt", Money(minorUnits: abs(minor), currency: currency), &xml)
    xml.element("CdtDbtInd", minor < 0 ? "DBIT" : "CRDT")
    xml.path(["Dt", "Dt"], day.description)
    xml.close()
  }

  private static func amount(_ name: String, _ money: Money, _ xml: inout XMLText) {
    xml.element(name, money.decimalText, "Ccy=\"\(money.currency.code)\"")
  }

  private static func entry(
    _ line: Line, _ account: MadeUpAccount, _ place: Int, _ xml: inout XMLText
  ) {
    let money = Money(minorUnits: abs(line.amount), currency: account.currency)
    let isCredit = line.amount > 0
    xml.open("Ntry")
    xml.element("NtryRef", String(place))
    amount("Amt", money, &xml)
    xml.element("CdtDbtInd", isCredit ? "CRDT" : "DBIT")
    xml.path(["Sts", "Cd"], "BOOK")
    xml.path(["BookgDt", "Dt"], line.date.description)
    xml.path(["ValDt", "Dt"], line.date.description)
    xml.element(
      "AcctSvcrRef", account.code + line.date.sixDigits + InventedNumbers.padded(place, 4))
    let code = bankCode(line)
    xml.open("BkTxCd")
    xml.open("Domn")
    xml.element("Cd", code.domain)
    xml.open("Fmly")
    xml.element("Cd", code.family)
    xml.element("SubFmlyCd", code.subfamily)
    xml.close()
    xml.close()
    xml.close()
    xml.open("NtryDtls")
    xml.open("TxDtls")
    xml.path(["Refs", "EndToEndId"], "NOTPROVIDED")
    amount("Amt", money, &xml)
    xml.element("CdtDbtInd", isCredit ? "CRDT" : "DBIT")
    if let original = line.original { exchange(original, account, isCredit, &xml) }
    xml.open("RltdPties")
    side(isCredit ? line.party : account.party, "Dbtr", &xml)
    side(isCredit ? account.party : line.party, "Cdtr", &xml)
    xml.close()
    xml.path(["RmtInf", "Ustrd"], line.purpose)
    xml.close()
    xml.close()
    xml.close()
  }

  private static func exchange(
    _ original: (amount: Money, rate: DecimalNumber), _ account: MadeUpAccount, _ isCredit: Bool,
    _ xml: inout XMLText
  ) {
    xml.open("AmtDtls")
    xml.open("InstdAmt")
    amount("Amt", original.amount, &xml)
    xml.open("CcyXchg")
    let (source, target) =
      isCredit
      ? (original.amount.currency, account.currency) : (account.currency, original.amount.currency)
    xml.element("SrcCcy", source.code)
    xml.element("TrgtCcy", target.code)
    xml.element("UnitCcy", Cast.eur.code)
    xml.element("XchgRate", original.rate.text)
    xml.close()
    xml.close()
    xml.close()
  }

  private static func side(_ party: Party, _ name: String, _ xml: inout XMLText) {
    xml.path([name, "Pty", "Nm"], party.name)
    if let iban = party.iban { xml.path([name + "Acct", "Id", "IBAN"], iban) }
  }

  /// Bank transaction codes of ISO 20022, external code set.
  private static func bankCode(_ line: Line) -> (domain: String, family: String, subfamily: String)
  {
    let isCredit = line.amount > 0
    return switch line.movement {
    case .cashDeposit: ("PMNT", "CNTR", "CDPT")
    case .cashWithdrawal: ("PMNT", "CCRD", "CWDL")
    case .salary: ("PMNT", isCredit ? "RCDT" : "ICDT", "SALA")
    case .card: ("PMNT", "CCRD", "POSD")
    case .transfer: ("PMNT", isCredit ? "RCDT" : "ICDT", "ESCT")
    case .directDebit: ("PMNT", "RDDT", "ESDD")
    case .interest: ("ACMT", "MCOP", "INTR")
    case .fee: ("ACMT", "MDOP", "CHRG")
    }
  }
}

/// Indented XML text, escaped.
struct XMLText {
  private(set) var text = ""
  private var stack: [String] = []

  mutating func raw(_ line: String) { text += line + "\n" }

  mutating func open(_ name: String, _ attributes: String = "") {
    text += indent + "<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\n"
    stack.append(name)
  }

  mutating func close() {
    let name = stack.removeLast()
    text += indent + "</\(name)>\n"
  }

  mutating func closeAll() { while !stack.isEmpty { close() } }

  mutating func element(_ name: String, _ value: String, _ attributes: String = "") {
    let start = attributes.isEmpty ? name : "\(name) \(attributes)"
    text += "\(indent)<\(start)>\(Self.escaped(value))</\(name)>\n"
  }

  /// Nested elements around one value, on one line.
  mutating func path(_ names: [String], _ value: String) {
    text += indent + names.map { "<\($0)>" }.joined() + Self.escaped(value)
    text += names.reversed().map { "</\($0)>" }.joined() + "\n"
  }

  private var indent: String { String(repeating: " ", count: stack.count) }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
