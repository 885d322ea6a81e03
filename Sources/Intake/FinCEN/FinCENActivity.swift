// One report of a FinCEN batch.

import CaseModel

/// Builds the record of one Activity. Amounts are whole US dollars, as text; the narrative is kept whole.
struct FinCENActivity {
  let element: XMLElement
  let form: String?
  let parties: FinCENParties
  let path: String

  /// `fincen.sar`, `fincen.ctr`, `fincen.8300` …
  private var recordType: String {
    guard let form else { return "fincen.activity" }
    return "fincen." + (form.hasSuffix("X") ? String(form.dropLast()) : form).lowercased()
  }

  /// - Throws: `CamtFault` with a path below the activity for an amount or a day that cannot be read.
  func record(at locator: Locator) throws(CamtFault) -> PaymentRecord {
    var record = PaymentRecord(
      locator: locator, kind: .report, recordType: recordType, amounts: try amounts())
    let suspected = try day("SuspiciousActivity/SuspiciousActivityFromDateText")
    let transacted = try day("CurrencyTransactionActivity/TransactionDateText")
    record.executedOn = suspected ?? transacted
    _ = try day("SuspiciousActivity/SuspiciousActivityToDateText")
    record.purpose = narrative
    record.references["replaces"] = corrected
    record.references["filing"] = element.attributes["SeqNum"]
    record.channel = channel
    element.addRest(to: &record.details, except: ["Party", "ActivityNarrativeInformation"])
    record.details["FormTypeCode"] = form
    return record
  }

  /// Parties and entities, the nested ones included.
  func everyone(id: String) -> ([PaymentParty], [StatedEntity]) {
    var found: [PaymentParty] = []
    var entities: [StatedEntity] = []
    for (index, party) in element.all("Party").enumerated() {
      let (record, stated) = parties.party(
        party, id: "\(id)/Party-\(index + 1)", at: "\(path)/Party[\(index + 1)]")
      found.append(record)
      entities += stated
    }
    return (found, entities)
  }

  private static let amountPaths = [
    "SuspiciousActivity/TotalSuspiciousAmountText",
    "CurrencyTransactionActivity/TotalCashInReceiveAmountText",
    "CurrencyTransactionActivity/TotalCashOutAmountText",
  ]

  /// Totals of the report, in file order; the details name each by its element.
  private func amounts() throws(CamtFault) -> [StatedAmount] {
    guard let dollars = Currency(iso: "USD") else { return [] }
    var amounts: [StatedAmount] = []
    for path in Self.amountPaths {
      guard let text = element.value(path) else { continue }
      amounts.append(
        StatedAmount(.reported, try GoAMLTransaction.money(text, dollars, path: "/" + path)))
    }
    return amounts
  }

  /// Cash in or cash out, when the report speaks of one of them only.
  private var channel: Channel {
    func moved(_ name: String) -> Bool {
      element.value("CurrencyTransactionActivity/" + name).map { $0 != "0" } ?? false
    }
    guard form == "CTRX" else { return .unknown }
    switch (moved("TotalCashInReceiveAmountText"), moved("TotalCashOutAmountText")) {
    case (true, false): return .cashDeposit
    case (false, true): return .cashWithdrawal
    default: return .unknown
    }
  }

  private func day(_ path: String) throws(CamtFault) -> CivilDate? {
    guard let text = element.value(path) else { return nil }
    guard text.utf8.count == 8, let day = CivilDate(FinCENParties.iso(text)) else {
      throw CamtFault(
        code: "E-DATE", path: "/" + path, found: "the date '\(Issue.escaped(text))'",
        expected: "a day as YYYYMMDD")
    }
    return day
  }

  /// The parts of the narrative in the order of their numbers.
  private var narrative: String? {
    let parts = element.all("ActivityNarrativeInformation").enumerated().map { index, part in
      (part.value("ActivityNarrativeSequenceNumber").flatMap { Int($0) } ?? index + 1, index, part)
    }
    let texts = parts.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .compactMap { $0.2["ActivityNarrativeText"]?.text }
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }

  /// The document number of the report that this one corrects.
  private var corrected: String? {
    guard let number = element.value("EFilingPriorDocumentNumber"),
      number.contains(where: { $0 != "0" })
    else { return nil }
    return number
  }
}
