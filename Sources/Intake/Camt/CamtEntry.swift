// One Ntry of a camt message, turned into an entry.

import CaseModel

/// Gathers one entry while it streams by: its details come first, one by one, and are not kept.
struct CamtEntry {
  /// What the statement says about the own side.
  struct Owner {
    let accountText: String
    let accountKey: AccountKey
    let name: String?
    let currency: Currency?
  }

  private let owner: Owner
  var batches: [Int: Batch] = [:]
  var detailCount = 0
  /// The first detail. It speaks for the entry only when there is no second one.
  var detail: XMLElement?

  init(owner: Owner) { self.owner = owner }

  // MARK: The entry

  /// What one entry gave: the entry, and warnings with their paths below it.
  struct Result {
    var entry: StatementEntry
    var warnings: [CamtFault] = []
  }

  /// - Throws: `CamtFault` when amount, direction or a date is unusable.
  func result(_ element: XMLElement, locator: Locator) throws(CamtFault) -> Result {
    let unsigned = try CamtAmount.money(element["Amt"], path: "/Amt")
    let isCredit: Bool
    switch element.value("CdtDbtInd") {
    case "CRDT": isCredit = true
    case "DBIT": isCredit = false
    case let other:
      throw CamtFault(
        code: "E-FIELD", path: "",
        found: other.map { "the direction '\(Issue.escaped($0))'" } ?? "no CdtDbtInd",
        expected: "CdtDbtInd CRDT or DBIT; an entry without direction is not taken for a credit")
    }
    let booked = try CamtDay(element["BookgDt"], path: "/BookgDt")
    let valued = try CamtDay(element["ValDt"], path: "/ValDt")
    var warnings: [CamtFault] = []
    // CdtDbtInd is the direction of this entry, also of a reversal (formats.md §4.3).
    let amount = isCredit ? unsigned : -unsigned
    var entry = StatementEntry(
      locator: locator, amount: amount, bookedOn: booked?.date, valueOn: valued?.date,
      timeOfDay: booked?.timeOfDay, kind: Self.kind(element, &warnings),
      isReversal: ["true", "1"].contains(element.value("RvslInd")))
    entry.references = references(of: element)
    if let detail, detailCount == 1 { describe(&entry, by: detail, isCredit: isCredit) }
    addPurpose(&entry, element)
    warnings += batchWarnings(&entry, element, isCredit: isCredit)
    if let account = entry.counterparty.accountText, AccountNumber.looksLikeIBAN(account),
      let fault = AccountNumber.ibanFault(account)
    {
      warnings.append(
        CamtFault(
          code: "W-IBAN", path: "/NtryDtls/TxDtls/RltdPties",
          found: "an account written like an IBAN: \(fault.rawValue)",
          expected: "a valid IBAN; it is kept as a plain number"))
    }
    let charges = Self.charges(element) ?? (detailCount == 1 ? detail.flatMap(Self.charges) : nil)
    if let charges { entry.references.merge(charges) { first, _ in first } }
    entry.channel = BankTransactionCodes.channel(
      code: entry.references["bank-code"], purpose: entry.references["purpose-code"],
      own: owner.accountKey, other: entry.counterparty.accountKey)
    if let currency = owner.currency, amount.currency != currency {
      warnings.append(
        CamtFault(
          code: "W-CCY-MIX", path: "/Amt/@Ccy",
          found: "an entry in \(amount.currency) on an account in \(currency)",
          expected: "the account's currency; the entry cannot enter the reconciliation"))
    }
    return Result(entry: entry, warnings: warnings)
  }

  /// `Sts` as text up to version 7, `Sts/Cd` from version 8. Without one the entry is booked.
  private static func kind(_ element: XMLElement, _ warnings: inout [CamtFault]) -> EntryKind {
    guard let status = element["Sts"], !status.isEmpty else { return .booked }
    let code = status.value("Cd") ?? status.token ?? status.value("Prtry") ?? ""
    switch code {
    case "BOOK": return .booked
    case "PDNG": return .pending
    case "INFO": return .info
    case "FUTR": return .future
    default:
      warnings.append(
        CamtFault(
          code: "W-STATUS", path: "/Sts", found: "the status '\(Issue.escaped(code))'",
          expected: "BOOK, PDNG, INFO or FUTR; kept for information, it enters no balance"))
      return .info
    }
  }

  private func references(of element: XMLElement) -> [String: String] {
    var found: [String: String] = [:]
    found["entry"] = element.value("NtryRef")
    found["servicer"] = element.value("AcctSvcrRef")
    if let code = element["BkTxCd"] {
      found["bank-code"] = Self.bankCode(code)
      found["bank-code-proprietary"] = code.value("Prtry/Cd")
    }
    return found
  }

  private static func bankCode(_ element: XMLElement) -> String? {
    guard let domain = element.value("Domn/Cd") else { return nil }
    return domain + "/" + (element.value("Domn/Fmly/Cd") ?? "") + "/"
      + (element.value("Domn/Fmly/SubFmlyCd") ?? "")
  }

  // MARK: The single detail

  private func describe(_ entry: inout StatementEntry, by detail: XMLElement, isCredit: Bool) {
    if let refs = detail["Refs"] {
      for (path, name) in Self.referencePaths where entry.references[name] == nil {
        entry.references[name] = refs.value(path)
      }
    }
    entry.references["purpose-code"] = detail.value("Purp/Cd") ?? detail.value("Purp/Prtry")
    entry.references["local-instrument"] =
      detail.value("LclInstrm/Cd") ?? detail.value("LclInstrm/Prtry")
    entry.references["return-reason"] =
      detail.value("RtrInf/Rsn/Cd") ?? detail.value("RtrInf/Rsn/Prtry")
    if entry.references["bank-code"] == nil, let code = detail["BkTxCd"] {
      entry.references["bank-code"] = Self.bankCode(code)
    }
    let parties = detail["RltdPties"]
    for (role, name) in [("UltmtDbtr", "ultimate-debtor"), ("UltmtCdtr", "ultimate-creditor")] {
      entry.references[name] = parties?.value(role + "/Pty/Nm") ?? parties?.value(role + "/Nm")
    }
    for number in 1...3 {
      entry.references["intermediary-\(number)"] = CamtSide.agent(
        detail["RltdAgts"]?["IntrmyAgt\(number)"])
    }
    let side = otherSide(detail, isCredit: isCredit, isReversal: entry.isReversal)
    entry.counterparty = Counterparty(
      name: side.name, accountText: side.account,
      accountKey: side.account.map { AccountNumber.key($0, institution: side.agent) },
      agent: side.agent)
    entry.references["counterparty-id"] = side.identifier
    addOriginalAmount(&entry, detail)
  }

  private static let referencePaths: [(String, String)] = [
    ("EndToEndId", "end-to-end"), ("UETR", "uetr"), ("AcctSvcrRef", "servicer"),
    ("InstrId", "instruction"), ("TxId", "transaction"), ("MndtId", "mandate"),
    ("ChqNb", "cheque"), ("ClrSysRef", "clearing"), ("PmtInfId", "payment-information"),
    ("MsgId", "message"),
  ]

  /// The creditor's side of a debit, the debtor's side of a credit. Reversals and returns still name
  /// the sides of the original payment: there, the side that is not the owner.
  private func otherSide(_ detail: XMLElement, isCredit: Bool, isReversal: Bool) -> CamtSide {
    let primary = CamtSide(isCredit ? "Dbtr" : "Cdtr", in: detail)
    let secondary = CamtSide(isCredit ? "Cdtr" : "Dbtr", in: detail)
    if isOwn(primary), !isOwn(secondary), !secondary.isEmpty { return secondary }
    if isReversal || detail["RtrInf"] != nil, !isOwn(primary), !isOwn(secondary),
      !secondary.isEmpty, primary.isEmpty
    {
      return secondary
    }
    return primary
  }

  private func isOwn(_ side: CamtSide) -> Bool {
    if let account = side.account {
      return AccountNumber.key(account, institution: side.agent) == owner.accountKey
        || account == owner.accountText
    }
    guard let name = side.name, let own = owner.name else { return false }
    return TransactionKey.normalised(name) == TransactionKey.normalised(own)
  }

  /// The amount first ordered, when its currency differs, signed as the entry, and the bank's rate.
  private func addOriginalAmount(_ entry: inout StatementEntry, _ detail: XMLElement) {
    for path in ["AmtDtls/InstdAmt", "AmtDtls/TxAmt", "AmtDtls/CntrValAmt"] {
      guard let source = detail.at(path) else { continue }
      if entry.exchangeRate == nil { entry.exchangeRate = source.value("CcyXchg/XchgRate") }
      guard entry.originalAmount == nil,
        let money = try? CamtAmount.money(source["Amt"], path: ""),
        money.currency != entry.amount.currency, !money.isZero
      else { continue }
      entry.originalAmount = entry.amount.isNegative ? -money : money
    }
  }

  private func addPurpose(_ entry: inout StatementEntry, _ element: XMLElement) {
    var texts: [String] = []
    if let detail, detailCount == 1 {
      let remittance = detail["RmtInf"]
      texts = (remittance?.all("Ustrd") ?? []).compactMap(\.token)
      for structured in remittance?.all("Strd") ?? [] {
        if let reference = structured.value("CdtrRefInf/Ref")
          ?? structured.value("CdtrRefInf/CdtrRef")
        {
          entry.references["creditor-reference"] =
            entry.references["creditor-reference"] ?? reference
        }
        texts += structured.all("AddtlRmtInf").compactMap(\.token)
        texts += structured.all("RfrdDocInf").compactMap { $0.value("Nb") }
      }
      texts += [detail.value("AddtlTxInf")].compactMap { $0 }
    }
    if let text = element.value("AddtlNtryInf"), !texts.contains(text) { texts.append(text) }
    if !texts.isEmpty { entry.purpose = texts.joined(separator: " ") }
  }
}
