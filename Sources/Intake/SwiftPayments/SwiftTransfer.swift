// Payment messages as records.

import CaseModel

/// Builds the records of one message. Each gives the fields it has taken, so that every other field
/// stays in the details under its tag.
struct SwiftTransfer {
  let message: SwiftMessage
  /// `103`, `202`, `910`.
  let type: String
  let amounts: SwiftAmounts

  private var chain: SwiftChain { SwiftChain(message: message) }

  // MARK: One payment

  /// MT103: a customer's transfer.
  func customerTransfer(at locator: Locator) throws(SwiftFault) -> PaymentRecord {
    let (day, settled) = try settlement()
    var record = PaymentRecord(
      locator: locator, kind: .instruction, recordType: "mt103",
      amounts: [StatedAmount(.settled, settled)], valueOn: day)
    try addAmounts(to: &record, message.fields)
    record.parties = chain.customerParties(message.fields)
    record.channel = PaymentRecord.channel(
      from: record.parties.first { $0.role == .originator },
      to: record.parties.first { $0.role == .beneficiary })
    record.purpose = message.fields.first { $0.tag == "70" }?.joined(width: 35)
    finish(&record, message.fields, taken: Self.taken)
    return record
  }

  /// MT200, MT202, MT205. Fields from 50a on are sequence B of a cover: the customers underneath.
  func institutionTransfer(at locator: Locator) throws(SwiftFault) -> PaymentRecord {
    let start = message.fields.firstIndex { $0.number == "50" } ?? message.fields.count
    let own = Array(message.fields[..<start])
    let cover = Array(message.fields[start...])
    let (day, settled) = try settlement()
    var record = PaymentRecord(
      locator: locator, kind: .instruction, recordType: "mt\(type)\(cover.isEmpty ? "" : "cov")",
      amounts: [StatedAmount(.settled, settled)], valueOn: day)
    try addAmounts(to: &record, cover)
    record.parties = chain.institutionParties(own, cover: cover)
    record.channel = PaymentRecord.channel(
      from: record.parties.first { $0.role == .originator },
      to: record.parties.first { $0.role == .beneficiary })
    record.purpose = cover.first { $0.tag == "70" }?.joined(width: 35)
    finish(&record, own, taken: Self.taken)
    var rest: [String: String] = [:]
    Self.addRest(to: &rest, cover, taken: Self.taken.subtracting(["72"]))
    for (name, text) in rest { record.details["B:" + name] = text }
    return record
  }

  // MARK: Several payments

  /// MT101 and MT102: the head, then one payment from each field 21 on; in an MT102 the settlement of
  /// all stands behind them from field 32A on.
  func customerTransfers() throws(SwiftFault) -> [(SwiftField, [SwiftField], [SwiftField])] {
    guard let first = message.fields.firstIndex(where: { $0.tag == "21" }) else {
      throw SwiftFault(
        code: "E-FIELD", place: "line \(message.line)", found: "an MT\(type) without field 21",
        expected: "one field 21 for each payment")
    }
    let end = message.fields[first...].firstIndex { $0.tag == "32A" } ?? message.fields.count
    let shared = Array(message.fields[..<first]) + Array(message.fields[end...])
    var parts: [(SwiftField, [SwiftField], [SwiftField])] = []
    var start = first
    for index in (first + 1)...end where index == end || message.fields[index].tag == "21" {
      parts.append((message.fields[start], Array(message.fields[start..<index]), shared))
      start = index
    }
    return parts
  }

  /// One payment of an MT101 or MT102.
  func customerTransfer(
    _ own: [SwiftField], shared: [SwiftField], at locator: Locator
  ) throws(SwiftFault) -> PaymentRecord {
    guard let field = own.first(where: { $0.tag == "32B" }) else {
      throw missing("32B", line: own.first?.line ?? message.line)
    }
    let role: StatedAmount.Role = type == "101" ? .instructed : .settled
    var record = PaymentRecord(
      locator: locator, kind: .instruction, recordType: "mt" + type,
      amounts: [StatedAmount(role, try amounts.plain(field))])
    if let field = shared.first(where: { $0.tag == "30" }) {
      record.executedOn = try amounts.day(field.head, field)
    }
    if let field = shared.first(where: { $0.tag == "32A" }) {
      record.valueOn = try amounts.day(field.head.prefix(6), field)
    }
    // In an MT101, 33B is the amount first ordered in another currency.
    try addAmounts(to: &record, own, ordered: type == "101" ? .equivalent : .instructed)
    record.parties = chain.customerParties(own, shared: shared)
    record.channel = PaymentRecord.channel(
      from: record.parties.first { $0.role == .originator },
      to: record.parties.first { $0.role == .beneficiary })
    record.purpose = own.first { $0.tag == "70" }?.joined(width: 35)
    if record.chargeBearer == nil { record.chargeBearer = shared.first { $0.tag == "71A" }?.head }
    finish(&record, shared, taken: Self.taken.subtracting(["32A"]))
    record.references["related"] = nil
    record.references["transaction"] = own.first { $0.tag == "21" }?.head
    record.exchangeRate = own.first { $0.tag == "36" }?.head ?? record.exchangeRate
    Self.addRest(to: &record.details, own, taken: Self.taken.union(["32B"]))
    return record
  }

  // MARK: Parts

  private func settlement() throws(SwiftFault) -> (CivilDate, Money) {
    guard let field = message.first("32A") else { throw missing("32A", line: message.line) }
    return try amounts.dated(field)
  }

  func missing(_ tag: String, line: Int) -> SwiftFault {
    SwiftFault(
      code: "E-FIELD", place: "line \(line)", found: "an MT\(type) without field \(tag)",
      expected: "field \(tag) with currency and amount")
  }

  private func addAmounts(
    to record: inout PaymentRecord, _ fields: [SwiftField],
    ordered: StatedAmount.Role = .instructed
  ) throws(SwiftFault) {
    for field in fields {
      switch field.tag {
      case "33B": record.amounts.append(StatedAmount(ordered, try amounts.plain(field)))
      case "71F": record.amounts.append(StatedAmount(.senderCharge, try amounts.plain(field)))
      case "71G": record.amounts.append(StatedAmount(.receiverCharge, try amounts.plain(field)))
      case "36": record.exchangeRate = field.head
      case "71A": record.chargeBearer = field.head
      default: break
      }
    }
  }

  /// References, headers and everything without a field of its own.
  func finish(_ record: inout PaymentRecord, _ fields: [SwiftField], taken: Set<String>) {
    record.references["sender"] = fields.first { $0.tag == "20" }?.head
    record.references["related"] = fields.first { $0.tag == "21" }?.head
    record.references["session"] = message.session
    for (name, text) in message.user {
      switch name {
      case "121": record.references["uetr"] = text
      case "108": record.references["mur"] = text
      default: record.details["3:" + name] = text
      }
    }
    for (name, text) in message.trailers { record.details["5:" + name] = text }
    record.details["1"] = message.basic
    record.details["2"] = message.application
    Self.addRest(to: &record.details, fields, taken: taken)
    addReturn(to: &record, fields)
  }

  /// A payment that field 72 marks as sent back or refused names the one it answers: it moves nothing
  /// but what that one moved.
  private func addReturn(to record: inout PaymentRecord, _ fields: [SwiftField]) {
    let codes = SwiftCodes.parts(fields.first { $0.tag == "72" })
    guard let mark = codes.first(where: { $0.code == "RETN" || $0.code == "REJT" }) else { return }
    record.status = mark.code == "RETN" ? "returned" : "rejected"
    record.kind = .info
    record.references["original-sender"] = codes.first { $0.code == "MREF" }?.text
    record.references["original-uetr"] = codes.first { $0.code == "UETR" }?.text
    record.details["reason-field"] = mark.text
    if let reason = codes.first(where: {
      $0.code.utf8.count == 4 && $0.code.utf8.prefix(2).allSatisfy { (0x41...0x5A).contains($0) }
        && $0.code.utf8.suffix(2).allSatisfy { (0x30...0x39).contains($0) }
    }) {
      record.details["reason-code"] = reason.code
      if !reason.text.isEmpty { record.details["reason-text"] = reason.text }
    }
  }

  static func addRest(
    to details: inout [String: String], _ fields: [SwiftField], taken: Set<String>
  ) {
    for field in fields where !taken.contains(field.tag) && !parties.contains(field.number) {
      details[field.tag] = details[field.tag].map { $0 + "\n" + field.text } ?? field.text
    }
  }

  static let taken: Set<String> = [
    "20", "21", "32A", "33B", "36", "70", "71A", "71F", "71G",
  ]
  private static let parties: Set<Substring> = [
    "50", "51", "52", "53", "54", "55", "56", "57", "58", "59",
  ]
}
