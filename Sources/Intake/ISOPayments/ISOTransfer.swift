// One payment of an ISO 20022 message, as a record.

import CaseModel

/// Builds the record of one CdtTrfTxInf or DrctDbtTxInf from it and what its block and header share.
struct ISOTransfer {
  let message: ISOMessage
  let item: XMLElement
  /// The elements of PmtInf or CdtInstr that stand before the payments.
  let block: XMLElement
  let header: XMLElement

  /// The element on the payment, else what is common to its block, else to the message.
  private func part(_ name: String) -> XMLElement? { item[name] ?? block[name] ?? header[name] }

  private var underlying: XMLElement? { item["UndrlygCstmrCdtTrf"] }

  /// - Throws: `CamtFault` with a path below the payment when it has no usable amount or day.
  func record(at locator: Locator) throws(CamtFault) -> PaymentRecord {
    var record = PaymentRecord(
      locator: locator, kind: .instruction,
      recordType: message.rawValue + (underlying == nil ? "" : ".cov"), amounts: try amounts())
    record.exchangeRate = item.first("XchgRate", "XchgRateInf/XchgRate")
    record.executedOn = try day()
    record.parties = parties()
    record.channel = PaymentRecord.channel(
      from: record.parties.first { $0.role == .originator },
      to: record.parties.first { $0.role == .beneficiary })
    record.chargeBearer = part("ChrgBr")?.token
    record.purpose = Self.purpose(item["RmtInf"]) ?? Self.purpose(underlying?["RmtInf"])
    record.references = references()
    item.addRest(to: &record.details, except: Self.taken)
    block.addRest(
      to: &record.details, prefix: "PmtInf/",
      except: Self.taken.union(["PmtInfId", "NbOfTxs", "CtrlSum"]))
    header.addRest(
      to: &record.details, prefix: "GrpHdr/",
      except: Self.taken.union([
        "MsgId", "NbOfTxs", "CtrlSum", "TtlIntrBkSttlmAmt", "SttlmInf/InstgRmbrsmntAgt",
        "SttlmInf/InstdRmbrsmntAgt", "SttlmInf/ThrdRmbrsmntAgt",
      ]))
    return record
  }

  // MARK: Amounts and days

  private func amounts() throws(CamtFault) -> [StatedAmount] {
    var amounts: [StatedAmount] = []
    if let settled = item["IntrBkSttlmAmt"] {
      amounts.append(
        StatedAmount(.settled, try CamtAmount.money(settled, path: "/IntrBkSttlmAmt")))
    }
    if let ordered = item["InstdAmt"] {
      amounts.append(StatedAmount(.instructed, try CamtAmount.money(ordered, path: "/InstdAmt")))
    }
    if let ordered = item.at("Amt/InstdAmt") {
      amounts.append(
        StatedAmount(.instructed, try CamtAmount.money(ordered, path: "/Amt/InstdAmt")))
    }
    if let equivalent = item.at("Amt/EqvtAmt/Amt") {
      amounts.append(
        StatedAmount(.equivalent, try CamtAmount.money(equivalent, path: "/Amt/EqvtAmt/Amt")))
    }
    guard !amounts.isEmpty else {
      throw CamtFault(
        code: "E-FIELD", path: "", found: "a payment without an amount",
        expected: "IntrBkSttlmAmt, InstdAmt or EqvtAmt")
    }
    if let ordered = underlying?["InstdAmt"] {
      let path = "/UndrlygCstmrCdtTrf/InstdAmt"
      amounts.append(StatedAmount(.instructed, try CamtAmount.money(ordered, path: path)))
    }
    // Charges to the debtor's account are the receiver's claim; the others are taken from the amount.
    let role: StatedAmount.Role =
      part("ChrgBr")?.token == "DEBT" ? .receiverCharge : .senderCharge
    for (index, charge) in (item.all("ChrgsInf") + item.all("ChrgsInfAmt")).enumerated() {
      let path = "/ChrgsInf\(index == 0 ? "" : "[\(index + 1)]")/Amt"
      amounts.append(
        StatedAmount(role, try CamtAmount.money(charge["Amt"] ?? charge["ChrgsAmt"], path: path)))
    }
    return amounts
  }

  private func day() throws(CamtFault) -> CivilDate? {
    for name in ["IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt"] {
      if let day = try CamtDay(part(name), path: "/" + name) { return day.date }
    }
    return nil
  }

  // MARK: Parties

  /// From the one who ordered the money to be sent to the one it is meant for. In a direct debit the
  /// debtor stands first as well, because the money leaves them.
  private func parties() -> [PaymentParty] {
    var parties: [PaymentParty?] = []
    if let underlying { parties += Self.underlyingSide(underlying, isSending: true) }
    parties.append(ISOParty.party(.ultimateOriginator, part("UltmtDbtr")))
    parties.append(Self.marked(ISOParty.party(.other, part("InitgPty")), "initiating-party"))
    let debtorAgent = part("DbtrAgt")
    parties.append(
      ISOParty.party(.originator, part("Dbtr"), account: part("DbtrAcct"), agent: debtorAgent))
    parties.append(
      ISOParty.institution(.originatorBank, debtorAgent, account: part("DbtrAgtAcct")))
    for number in ["", "1", "2", "3"] {
      parties.append(
        ISOParty.institution(
          .previousInstructing, part("PrvsInstgAgt" + number),
          account: part("PrvsInstgAgt\(number)Acct")))
    }
    parties.append(ISOParty.institution(.sender, part("InstgAgt")))
    let settlement = part("SttlmInf")
    for name in ["InstgRmbrsmntAgt", "InstdRmbrsmntAgt", "ThrdRmbrsmntAgt"] {
      parties.append(
        Self.marked(
          ISOParty.institution(
            .correspondent, settlement?[name], account: settlement?[name + "Acct"]), name))
    }
    parties.append(ISOParty.institution(.receiver, part("InstdAgt")))
    for number in 1...3 {
      parties.append(
        ISOParty.institution(
          .intermediary, part("IntrmyAgt\(number)"), account: part("IntrmyAgt\(number)Acct")))
    }
    let creditorAgent = part("CdtrAgt")
    parties.append(
      ISOParty.institution(.beneficiaryBank, creditorAgent, account: part("CdtrAgtAcct")))
    parties.append(
      ISOParty.party(.beneficiary, part("Cdtr"), account: part("CdtrAcct"), agent: creditorAgent))
    parties.append(ISOParty.party(.ultimateBeneficiary, part("UltmtCdtr")))
    if let underlying { parties += Self.underlyingSide(underlying, isSending: false) }
    return parties.compactMap { $0 }
  }

  /// The customers of a cover payment and their banks, around the institutions that settle it.
  private static func underlyingSide(_ source: XMLElement, isSending: Bool) -> [PaymentParty?] {
    let name = isSending ? "Dbtr" : "Cdtr"
    let agent = source[name + "Agt"]
    let role: PaymentParty.Role = isSending ? .ultimateOriginator : .ultimateBeneficiary
    var side = [
      ISOParty.party(role, source["Ultmt" + name]),
      ISOParty.party(role, source[name], account: source[name + "Acct"], agent: agent),
      ISOParty.institution(isSending ? .originatorBank : .beneficiaryBank, agent),
    ]
    if !isSending { side.reverse() }
    return side.map { marked($0, "underlying") }
  }

  private static func marked(_ party: PaymentParty?, _ text: String) -> PaymentParty? {
    guard var party else { return nil }
    party.identifiers["stated-as"] = text
    return party
  }

  // MARK: Texts

  /// Remittance texts in file order, then the references of structured remittance.
  static func purpose(_ element: XMLElement?) -> String? {
    guard let element else { return nil }
    var texts = element.all("Ustrd").compactMap(\.token)
    for part in element.all("Strd") {
      texts += part.all("AddtlRmtInf").compactMap(\.token)
      texts += part.all("RfrdDocInf").compactMap { $0.first("Nb", "RfrdDocNb") }
    }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  private func references() -> [String: String] {
    var found: [String: String] = [:]
    found["message"] = header.value("MsgId")
    found["payment-information"] = block.value("PmtInfId")
    found["credit-identification"] = block.value("CdtId")
    if let id = item["PmtId"] {
      for (name, path) in [
        ("instruction", "InstrId"), ("end-to-end", "EndToEndId"), ("transaction", "TxId"),
        ("uetr", "UETR"), ("clearing", "ClrSysRef"),
      ] { found[name] = id.value(path) }
    }
    found["mandate"] = item.value("DrctDbtTx/MndtRltdInf/MndtId")
    found["creditor-id"] =
      (item.at("DrctDbtTx/CdtrSchmeId") ?? block["CdtrSchmeId"])
      .flatMap { $0.first("Id/PrvtId/Othr/Id", "Id/OrgId/Othr/Id", "Id/PrvtId/OthrId/Id") }
    let remittance = item["RmtInf"] ?? underlying?["RmtInf"]
    found["creditor-reference"] =
      remittance?.all("Strd").lazy.compactMap {
        $0.first("CdtrRefInf/Ref", "CdtrRefInf/CdtrRef")
      }.first
    found["purpose-code"] = item.first("Purp/Cd", "Purp/Prtry")
    return found
  }

  /// What has a field of its own; all else goes into the details.
  private static let taken: Set<String> = {
    var names: Set<String> = [
      "PmtId", "IntrBkSttlmAmt", "InstdAmt", "Amt/InstdAmt", "Amt/EqvtAmt/Amt", "XchgRate",
      "IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt", "ChrgBr", "RmtInf/Ustrd", "InitgPty", "Purp",
      "UndrlygCstmrCdtTrf/InstdAmt", "UndrlygCstmrCdtTrf/RmtInf/Ustrd",
    ]
    for prefix in ["", "UndrlygCstmrCdtTrf/"] {
      for role in ["Dbtr", "Cdtr"] {
        for name in [role, role + "Acct", role + "Agt", role + "AgtAcct", "Ultmt" + role] {
          names.insert(prefix + name)
        }
      }
    }
    for number in ["", "1", "2", "3"] {
      for name in ["PrvsInstgAgt", "IntrmyAgt"] {
        names.formUnion([name + number, name + number + "Acct"])
      }
    }
    names.formUnion(["InstgAgt", "InstdAgt"])
    return names
  }()
}
