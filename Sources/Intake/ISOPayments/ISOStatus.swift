// What an ISO 20022 message says about payments made before: status, return, reversal, cancellation.

import CaseModel

/// Builds the record about an earlier payment, batch or message: its references, what became of it, why.
///
/// Kind `info`: it moves nothing by itself. The amount is that of the payment it speaks of, or the one
/// given back.
struct ISOStatus {
  /// What the record speaks of, as a suffix of the record type.
  enum Level: String {
    case payment = ""
    case batch = ".batch"
    case group = ".group"
  }
  let message: ISOMessage
  let level: Level
  let item: XMLElement
  let block: XMLElement
  let header: XMLElement
  /// OrgnlGrpInf… of the message, which names the message that is spoken of.
  let group: XMLElement

  /// - Throws: `CamtFault` with a path below the element for an amount or a day that cannot be read.
  func record(at locator: Locator) throws(CamtFault) -> PaymentRecord {
    var record = PaymentRecord(
      locator: locator, kind: .info, recordType: message.rawValue + level.rawValue,
      status: status, amounts: try amounts())
    let original = item["OrgnlTxRef"]
    for name in ["IntrBkSttlmDt", "OrgnlIntrBkSttlmDt"] where record.executedOn == nil {
      record.executedOn = try CamtDay(item[name], path: "/" + name)?.date
    }
    for name in ["IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt"] where record.executedOn == nil {
      record.executedOn = try CamtDay(original?[name], path: "/OrgnlTxRef/" + name)?.date
    }
    record.exchangeRate = item.first("XchgRate", "XchgRateInf/XchgRate")
    record.chargeBearer = item.value("ChrgBr")
    record.parties = parties(original)
    record.purpose = ISOTransfer.purpose(original?["RmtInf"])
    record.references = references(original)
    addReasons(to: &record.details)
    item.addRest(to: &record.details, except: Self.taken)
    if level != .group {
      header.addRest(
        to: &record.details, prefix: "GrpHdr/", except: ["MsgId", "NbOfTxs", "CtrlSum"])
    }
    return record
  }

  // MARK: What became of it

  /// True when an element about a whole batch or message says something of it, and does not only name it.
  static func speaks(of element: XMLElement) -> Bool {
    element.children.contains { child in
      reasons.contains(child.name) || statuses.contains(child.name)
        || (flags.contains(child.name) && ["true", "1"].contains(child.token))
    }
  }

  private static let statuses: Set<String> = [
    "PmtInfSts", "PmtInfCxlSts", "GrpSts", "GrpCxlSts",
  ]
  private static let flags: Set<String> = ["GrpCxl", "PmtInfCxl", "GrpRvsl", "PmtInfRvsl"]

  private var status: String? {
    item.first("TxSts", "TxCxlSts", "PmtInfSts", "PmtInfCxlSts", "GrpSts", "GrpCxlSts")
      ?? header.value("Sts/Conf") ?? message.meaning
  }

  /// Reason codes and their texts, wherever this kind of message puts them.
  private func addReasons(to details: inout [String: String]) {
    var codes: [String] = []
    var texts: [String] = []
    for part in [item, block, group] where codes.isEmpty && texts.isEmpty {
      for reason in part.children where Self.reasons.contains(reason.name) {
        if let code = reason.first(
          "Rsn/Cd", "Rsn/Prtry", "StsRsn/Cd", "StsRsn/Prtry", "RtrRsn/Cd", "RtrRsn/Prtry",
          "CxlRsn/Cd", "CxlRsn/Prtry", "RvslRsn/Cd", "RvslRsn/Prtry")
        {
          codes.append(code)
        }
        texts += reason.all("AddtlInf").compactMap(\.token)
        texts += reason.all("AddtlStsRsnInf").compactMap(\.token)
      }
    }
    if !codes.isEmpty { details["reason-code"] = codes.joined(separator: " ") }
    if !texts.isEmpty { details["reason-text"] = texts.joined(separator: "; ") }
  }

  private static let reasons: Set<String> = [
    "StsRsnInf", "RtrRsnInf", "CxlRsnInf", "CxlStsRsnInf", "RvslRsnInf", "StsRsn", "RtrRsn",
  ]

  // MARK: The payment it speaks of

  private func amounts() throws(CamtFault) -> [StatedAmount] {
    var amounts: [StatedAmount] = []
    let stated: [(StatedAmount.Role, String)] = [
      (.settled, "RtrdIntrBkSttlmAmt"), (.settled, "RvsdIntrBkSttlmAmt"),
      (.instructed, "RtrdInstdAmt"), (.instructed, "RvsdInstdAmt"),
      (.settled, "OrgnlIntrBkSttlmAmt"), (.instructed, "OrgnlInstdAmt"),
      (.settled, "OrgnlTxRef/IntrBkSttlmAmt"), (.instructed, "OrgnlTxRef/Amt/InstdAmt"),
      (.equivalent, "OrgnlTxRef/Amt/EqvtAmt/Amt"),
    ]
    for (role, path) in stated {
      guard let source = item.at(path), !amounts.contains(where: { $0.role == role }) else {
        continue
      }
      amounts.append(StatedAmount(role, try CamtAmount.money(source, path: "/" + path)))
    }
    for charge in item.all("ChrgsInf") {
      amounts.append(
        StatedAmount(.fee, try CamtAmount.money(charge["Amt"], path: "/ChrgsInf/Amt")))
    }
    return amounts
  }

  /// Those of the return itself, where it names them, else those of the payment it speaks of.
  private func parties(_ original: XMLElement?) -> [PaymentParty] {
    let chain = item["RtrChain"] ?? original
    var parties: [PaymentParty?] = []
    parties.append(ISOParty.party(.ultimateOriginator, chain?["UltmtDbtr"]))
    parties.append(
      ISOParty.party(
        .originator, chain?["Dbtr"], account: chain?["DbtrAcct"], agent: chain?["DbtrAgt"]))
    parties.append(ISOParty.institution(.originatorBank, chain?["DbtrAgt"]))
    for name in ["InstgAgt", "Assgnr"] {
      let source = item[name] ?? header[name]
      parties.append(ISOParty.party(.sender, source?["Agt"] ?? source))
    }
    for name in ["InstdAgt", "Assgne"] {
      let source = item[name] ?? header[name]
      parties.append(ISOParty.party(.receiver, source?["Agt"] ?? source))
    }
    parties.append(ISOParty.institution(.beneficiaryBank, chain?["CdtrAgt"]))
    parties.append(
      ISOParty.party(
        .beneficiary, chain?["Cdtr"], account: chain?["CdtrAcct"], agent: chain?["CdtrAgt"]))
    parties.append(ISOParty.party(.ultimateBeneficiary, chain?["UltmtCdtr"]))
    return parties.compactMap { $0 }
  }

  private func references(_ original: XMLElement?) -> [String: String] {
    var found: [String: String] = [:]
    found["message"] = header.first("MsgId", "Id")
    found["case"] = item.first("Case/Id", "RslvdCase/Id") ?? header.first("Case/Id", "RslvdCase/Id")
    found["status"] = item.first("StsId", "CxlStsId")
    found["return"] = item.value("RtrId")
    found["cancellation"] = item.value("CxlId")
    found["reversal"] = item.value("RvslId")
    found["clearing"] = item.value("ClrSysRef")
    let sources = [item, item["OrgnlGrpInf"], block, group].compactMap { $0 }
    for (name, path) in [
      ("original-message", "OrgnlMsgId"), ("original-message-name", "OrgnlMsgNmId"),
      ("original-payment-information", "OrgnlPmtInfId"),
      ("original-instruction", "OrgnlInstrId"), ("original-end-to-end", "OrgnlEndToEndId"),
      ("original-transaction", "OrgnlTxId"), ("original-uetr", "OrgnlUETR"),
      ("original-clearing", "OrgnlClrSysRef"),
    ] { found[name] = sources.lazy.compactMap { $0.value(path) }.first }
    if found["original-payment-information"] == nil {
      found["original-payment-information"] = item.value("OrgnlPmtInfCxlId")
    }
    found["mandate"] = original?.value("MndtRltdInf/MndtId")
    return found
  }

  private static let taken: Set<String> = [
    "TxSts", "TxCxlSts", "PmtInfSts", "PmtInfCxlSts", "GrpSts", "GrpCxlSts", "StsId", "CxlStsId",
    "RtrId", "CxlId", "RvslId", "OrgnlMsgId", "OrgnlMsgNmId", "OrgnlPmtInfId", "OrgnlInstrId",
    "OrgnlEndToEndId", "OrgnlTxId", "OrgnlUETR", "OrgnlGrpInf", "RtrdIntrBkSttlmAmt",
    "RvsdIntrBkSttlmAmt", "RtrdInstdAmt", "RvsdInstdAmt", "OrgnlInstdAmt", "IntrBkSttlmDt",
    "XchgRate", "ChrgBr", "OrgnlTxRef/Dbtr", "OrgnlTxRef/DbtrAcct", "OrgnlTxRef/DbtrAgt",
    "OrgnlTxRef/Cdtr", "OrgnlTxRef/CdtrAcct", "OrgnlTxRef/CdtrAgt", "OrgnlTxRef/UltmtDbtr",
    "OrgnlTxRef/UltmtCdtr", "OrgnlTxRef/RmtInf/Ustrd", "RtrChain/Dbtr", "RtrChain/Cdtr",
    "RtrChain/DbtrAgt", "RtrChain/CdtrAgt", "InstgAgt", "InstdAgt",
  ]
}
