import CaseModel

/// A FollowTheMoney `Payment` as a payment record. It keeps the ids of payer, beneficiary and accounts,
/// so that the entities of the same file describe its parties.
struct FtMPayment {
  /// Nil when the payment states no amount at all.
  let record: PaymentRecord?
  let isWithoutCurrency: Bool

  /// - Throws: when an amount or currency is there and cannot be read exactly.
  init(_ entity: StatedEntity, byteOffset: Int64) throws(FtMReader.RecordFault) {
    let (amounts, isWithoutCurrency) = try Self.amounts(entity)
    self.isWithoutCurrency = isWithoutCurrency
    guard !amounts.isEmpty else {
      record = nil
      return
    }
    var details: [String: String] = [:]
    for (name, values) in entity.properties where !Self.consumed.contains(name) {
      for (index, value) in values.enumerated() {
        details[index == 0 ? name : "\(name).\(index + 1)"] = value
      }
    }
    var references = ["entity": entity.id]
    for (name, reference) in [
      ("transactionNumber", "transaction"), ("recordId", "record"), ("sequenceNumber", "sequence"),
    ] { references[reference] = entity.properties[name]?.joined(separator: " ") }
    let days = entity.properties["date"] ?? []
    if days.count != 1 || CivilDate(isoDayOf: days[0]) == nil {
      for (index, day) in days.enumerated() {
        details[index == 0 ? "date" : "date.\(index + 1)"] = day
      }
    }
    record = PaymentRecord(
      locator: entity.locator, byteOffset: byteOffset, kind: .report, recordType: "ftm.payment",
      amounts: amounts, executedOn: entity.onlyDay("date"),
      parties: Self.parties(entity), purpose: entity.properties["purpose"]?.joined(separator: " "),
      references: references, details: details)
  }

  private static let consumed: Set<String> = [
    "amount", "currency", "amountEur", "amountUsd", "date", "purpose", "transactionNumber",
    "recordId", "sequenceNumber", "payer", "beneficiary", "payerAccount", "beneficiaryAccount",
  ]

  /// The amount in its own currency first, then the equivalents; a payment that states only an
  /// equivalent has been reported in it.
  private static func amounts(
    _ entity: StatedEntity
  ) throws(FtMReader.RecordFault) -> ([StatedAmount], isWithoutCurrency: Bool) {
    var result: [StatedAmount] = []
    let stated = entity.properties["amount"] ?? []
    let codes = entity.properties["currency"] ?? []
    if !stated.isEmpty, codes.count > 1 {
      throw FtMReader.RecordFault(
        "E-CCY", found: "\(codes.count) currencies for one payment", expected: "one currency")
    }
    var currency = Currency.unstated
    if let code = codes.first, !stated.isEmpty {
      guard let known = Currency(iso: code.uppercased()) else {
        throw FtMReader.RecordFault(
          "E-CCY", found: "the currency \(Issue.escaped(code))", expected: "an ISO 4217 code")
      }
      currency = known
    }
    for text in stated { result.append(.init(.reported, try money(text, currency))) }
    for (name, code) in [("amountEur", "EUR"), ("amountUsd", "USD")] {
      guard let currency = Currency(iso: code) else { continue }
      for text in entity.properties[name] ?? [] {
        result.append(.init(stated.isEmpty ? .reported : .equivalent, try money(text, currency)))
      }
    }
    return (result, !stated.isEmpty && codes.isEmpty)
  }

  private static func money(
    _ text: String, _ currency: Currency
  ) throws(FtMReader.RecordFault) -> Money {
    do throws(AmountFault) {
      let amount = try AmountText(text, form: .xml, currency: currency)
      return Money(minorUnits: amount.minorUnits, currency: currency)
    } catch {
      throw FtMReader.RecordFault(
        error.code, found: "the amount \(Issue.escaped(text)): \(error.reason)",
        expected: "plain decimal text in \(currency.code)")
    }
  }

  private static func parties(_ entity: StatedEntity) -> [PaymentParty] {
    var parties: [PaymentParty] = []
    for (role, holder, account) in [
      (PaymentParty.Role.originator, "payer", "payerAccount"),
      (.beneficiary, "beneficiary", "beneficiaryAccount"),
    ] {
      let ids = entity.properties[holder] ?? []
      let accounts = entity.properties[account] ?? []
      for index in 0..<max(ids.count, accounts.count) {
        var party = PaymentParty(role)
        if index < ids.count { party.entity = ids[index] }
        if index < accounts.count { party.identifiers["account-entity"] = accounts[index] }
        parties.append(party)
      }
    }
    return parties
  }
}
