// The head of one Stmt, Rpt or Ntfctn: account, balances, control totals.

import CaseModel

/// The three messages that carry booked or announced entries.
enum CamtMessage: String, CaseIterable {
  /// camt.053, a statement of booked entries.
  case statement = "BkToCstmrStmt"
  /// camt.052, a report within the day.
  case report = "BkToCstmrAcctRpt"
  /// camt.054, a notification of single entries.
  case notification = "BkToCstmrDbtCdtNtfctn"

  /// The message that an element begins; the first version has its number behind the name.
  init?(element name: String) {
    self.init(rawValue: name.hasSuffix("V01") ? String(name.dropLast(3)) : name)
  }

  /// The element that stands for one account and period.
  var item: String {
    switch self {
    case .statement: "Stmt"
    case .report: "Rpt"
    case .notification: "Ntfctn"
    }
  }

  var format: String {
    switch self {
    case .statement: "camt.053"
    case .report: "camt.052"
    case .notification: "camt.054"
    }
  }
}

/// What has been read of one statement besides its entries.
struct CamtStatement {
  /// Path of the element: `/Document/BkToCstmrStmt/Stmt[1]`.
  let path: String
  private(set) var header: Statement
  private(set) var account: XMLElement?
  private var page: String?
  private var electronicNumber: String?
  private var legalNumber: String?
  private var statedCurrency: Currency?
  private var openings: [String: StatedBalance] = [:]
  private(set) var balanceCount = 0
  /// Path of the closing balance, for the report of a difference.
  private(set) var closingPath: String?
  private(set) var summary: XMLElement?
  /// `COPY`, `DUPL` or `CODU`.
  private(set) var copyMark: String?

  init(path: String, ordinal: Int64) {
    self.path = path
    header = Statement(
      accountText: "", accountKey: AccountKey(""), currency: nil,
      locator: Locator(text: path, ordinal: ordinal))
  }

  /// Names of the children that are read; others are passed over.
  static let parts: Set<String> = [
    "Id", "ElctrncSeqNb", "LglSeqNb", "StmtPgntn", "RptPgntn", "NtfctnPgntn", "CpyDplctInd",
    "Acct", "Bal", "TxsSummry",
  ]

  /// Takes one child of the statement.
  /// - Throws: `CamtFault` for an unusable balance that should have been an opening or closing one.
  mutating func take(_ element: XMLElement) throws(CamtFault) {
    switch element.name {
    case "Id": header.reference = element.token
    case "ElctrncSeqNb": electronicNumber = element.token
    case "LglSeqNb": legalNumber = element.token
    case "StmtPgntn", "RptPgntn", "NtfctnPgntn": page = element.value("PgNb")
    case "CpyDplctInd": copyMark = element.token
    case "Acct": takeAccount(element)
    case "TxsSummry": summary = element
    case "Bal": try takeBalance(element)
    default: break
    }
    header.number = (electronicNumber ?? legalNumber).map { number in
      page.map { number + "/" + $0 } ?? number
    }
    header.currency =
      statedCurrency ?? header.opening?.amount.currency ?? header.closing?.amount.currency
  }

  private mutating func takeAccount(_ element: XMLElement) {
    account = element
    statedCurrency = element.value("Ccy").flatMap { Currency(iso: $0) }
    header.ownerName = element.value("Ownr/Nm") ?? element.value("Ownr/Pty/Nm")
    header.institution = CamtSide.agent(element["Svcr"])
    header.accountText = CamtSide.account(element) ?? ""
    header.accountKey = AccountNumber.key(header.accountText, institution: header.institution)
  }

  /// Opening is OPBD, else PRCD; closing is CLBD. Available, interim and other balances are no booked
  /// limits of the statement and are left aside.
  private mutating func takeBalance(_ element: XMLElement) throws(CamtFault) {
    balanceCount += 1
    let place = "/Bal[\(balanceCount)]"
    let type = element.value("Tp/CdOrPrtry/Cd") ?? element.value("Tp/Cd") ?? ""
    guard ["OPBD", "PRCD", "CLBD"].contains(type) else { return }
    let unsigned = try CamtAmount.money(element["Amt"], path: place + "/Amt")
    let isCredit: Bool
    switch element.value("CdtDbtInd") {
    case "CRDT": isCredit = true
    case "DBIT": isCredit = false
    default:
      throw CamtFault(
        code: "E-FIELD", path: place, found: "a balance without direction",
        expected: "CdtDbtInd CRDT or DBIT")
    }
    let day = try CamtDay(element["Dt"], path: place + "/Dt")
    let balance = StatedBalance(amount: isCredit ? unsigned : -unsigned, date: day?.date)
    switch type {
    case "OPBD", "PRCD":
      if openings[type] == nil { openings[type] = balance }
      header.opening = openings["OPBD"] ?? openings["PRCD"]
    case "CLBD":
      header.closing = balance
      closingPath = path + place
    default: break
    }
  }

  /// Why the account's IBAN is none; nil when it is one or is not stated.
  var ibanFault: AccountNumber.IBANFault? {
    account?.value("Id/IBAN").flatMap { AccountNumber.ibanFault($0) }
  }

  var owner: CamtEntry.Owner {
    CamtEntry.Owner(
      accountText: header.accountText, accountKey: header.accountKey, name: header.ownerName,
      currency: statedCurrency)
  }

  /// The statement as the sink gets it.
  func statement(of message: CamtMessage) -> Statement {
    var result = header
    if message != .statement { result.status = .notApplicable }
    return result
  }
}
