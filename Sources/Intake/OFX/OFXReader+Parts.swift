// What each element of an OFX file means.

import CaseModel

extension OFXReader {
  /// Elements that are records of their own.
  static let records = trades.union(["STMTTRN", "STMTTRNP", "ACCTINFO"])
  /// Investment transactions (OFX §13.9.2.4): they move securities, and cash under the same account.
  static let trades: Set<String> = [
    "BUYDEBT", "BUYMF", "BUYOPT", "BUYOTHER", "BUYSTOCK", "CLOSUREOPT", "INCOME", "INVEXPENSE",
    "JRNLFUND", "JRNLSEC", "MARGININTEREST", "REINVEST", "RETOFCAP", "SELLDEBT", "SELLMF",
    "SELLOPT",
    "SELLOTHER", "SELLSTOCK", "SPLIT", "TRANSFER",
  ]
  private static let responses: Set<String> = ["STMTRS", "CCSTMTRS", "INVSTMTRS"]

  func opened(_ name: String) throws {
    guard Self.responses.contains(name) else { return }
    try endStatement()
    statements += 1
    statement = OFXStatement(at: place(), desk)
  }

  /// Takes a closed element. True when its parent still wants it.
  func closed(_ node: Node, _ place: Locator, isCut: Bool) throws -> Bool {
    switch node.name {
    case "STATUS": try status(node, place)
    case "FI": institution = node.value("ORG") ?? node.value("FID")
    case "CURDEF": try statement?.currency(node.text.trimmed)
    case "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM":
      if parent == "STMTRS" || parent == "CCSTMTRS" || parent == "INVSTMTRS" {
        statement?.account(node, institution: institution)
      }
      return true
    case "LEDGERBAL":
      try statement?.balance(node, place)
    case "STMTTRN", "STMTTRNP":
      if isCut {
        try desk.setAsideSilently(
          "W-INCOMPLETE", place, "the file ends inside the transaction", raw: node.markup)
      } else if statement != nil {
        try statement?.transaction(node, place)
      } else {
        try desk.setAside(
          "E-STRUCTURE", place, "a transaction outside a statement", "an account before it",
          raw: node.markup)
      }
    case "ACCTINFO":
      if !isCut { try accountInfo(node, place) }
    case "STMTRS", "CCSTMTRS", "INVSTMTRS":
      if isCut { statement?.isCut = true }
      try endStatement()
    default:
      if Self.trades.contains(node.name), parent == "INVTRANLIST" {
        if isCut {
          try desk.setAsideSilently(
            "W-INCOMPLETE", place, "the file ends inside the transaction", raw: node.markup)
        } else {
          try trade(node, place)
        }
        return false
      }
      // Containers are not kept: only what a record or a head still needs.
      return !Self.containers.contains(node.name)
    }
    return false
  }

  /// Elements that hold others, whether or not a file that is cut off closes them.
  static let aggregates = containers.union(records).union(responses).union([
    "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "BANKACCTTO", "CCACCTTO", "LEDGERBAL", "AVAILBAL",
    "STATUS", "FI", "PAYEE", "CURRENCY", "ORIGCURRENCY", "INVTRAN", "INVBUY", "INVSELL", "SECID",
    "INVPOS", "INVBAL", "SECINFO", "BANKACCTINFO", "CCACCTINFO", "INVACCTINFO",
  ])

  private static let containers: Set<String> = [
    "OFX", "SIGNONMSGSRSV1", "SONRS", "BANKMSGSRSV1", "CREDITCARDMSGSRSV1", "INVSTMTMSGSRSV1",
    "STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS", "BANKTRANLIST", "BANKTRANLISTP", "INVTRANLIST",
    "INVBANKTRAN", "INVPOSLIST", "SECLIST", "SECLISTMSGSRSV1", "POSSTOCK", "POSMF", "POSDEBT",
    "POSOPT", "POSOTHER", "STOCKINFO", "MFINFO", "DEBTINFO", "OPTINFO", "OTHERINFO",
    "SIGNUPMSGSRSV1",
    "ACCTINFOTRNRS", "ACCTINFORS",
  ]

  func endStatement() throws {
    guard let open = statement else { return }
    statement = nil
    try open.end()
  }

  /// The bank's answer to the request: anything but 0 is told with the bank's own words.
  private func status(_ node: Node, _ place: Locator) throws {
    guard let code = node.value("CODE"), code.contains(where: { $0 != "0" }) else { return }
    let words = [node.value("SEVERITY"), node.value("MESSAGE")].compactMap(\.self)
    try desk.warn(
      "W-STATUS", place, "the bank answered with code \(code): \(words.joined(separator: ", "))",
      "code 0; ask whether the answer is whole")
  }

  /// An account that the bank lists without its entries.
  private func accountInfo(_ node: Node, _ place: Locator) throws {
    let kinds = [
      ("BANKACCTINFO", "BANKACCTFROM"), ("CCACCTINFO", "CCACCTFROM"),
      ("INVACCTINFO", "INVACCTFROM"),
    ]
    for (info, from) in kinds {
      guard let account = node.at(info, from), let number = account.value("ACCTID") else {
        continue
      }
      var entity = StatedEntity(
        locator: place, schema: "BankAccount", space: desk.file.sha256.hex, id: place.text,
        properties: ["accountNumber": [number]])
      if let iban = AccountNumber.iban(number) { entity.properties["iban"] = [iban] }
      if let bank = institution { entity.properties["bankName"] = [bank] }
      if let text = node.value("DESC") { entity.properties["name"] = [text] }
      for name in ["BANKID", "BRANCHID", "BROKERID", "ACCTTYPE"] {
        if let text = account.value(name) { entity.properties["ofx:" + name] = [text] }
      }
      if let text = node.child(info)?.value("SVCSTATUS") { entity.properties["status"] = [text] }
      return try desk.store(entity)
    }
    try desk.setAside(
      "E-ACCOUNT", place, "an account without its number", "ACCTID", raw: node.markup)
  }
}
