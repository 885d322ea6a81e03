// Advices, free text and answers of the network as records about something else.

import CaseModel

extension SwiftTransfer {
  /// MT900 and MT910 confirm a booking on the account of field 25, MT210 announces one.
  func advice(at locator: Locator) throws(SwiftFault) -> PaymentRecord {
    let dated = message.first("32A")
    let plain = message.first("32B")
    var record = PaymentRecord(
      locator: locator, kind: .info, recordType: "mt" + type, amounts: [])
    if let dated {
      let (day, money) = try amounts.dated(dated)
      record.valueOn = day
      record.amounts = [StatedAmount(.settled, money)]
    } else if let plain {
      record.amounts = [StatedAmount(.instructed, try amounts.plain(plain))]
      if let field = message.first("30") { record.valueOn = try amounts.day(field.head, field) }
    } else {
      throw missing(type == "210" ? "32B" : "32A", line: message.line)
    }
    record.status = ["900": "debited", "910": "credited", "210": "announced"][type]
    record.parties = adviceParties()
    finish(&record, message.fields, taken: ["20", "21", "25", "25P", "32A", "32B", "30"])
    return record
  }

  private func adviceParties() -> [PaymentParty] {
    let terminals = message.terminals
    var parties: [PaymentParty] = []
    var holder: PaymentParty?
    if let field = message.fields.first(where: { $0.number == "25" }), !field.head.isEmpty {
      let text = field.head.hasPrefix("/") ? String(field.head.dropFirst()) : field.head
      var party = PaymentParty(type == "900" ? .originator : .beneficiary, accountText: text)
      party.identifiers["field"] = field.tag
      // The sender of the advice keeps the account it speaks of; an MT210 goes to the one who keeps it.
      let house = type == "210" ? terminals.receiver : terminals.sender
      if let owner = field.lines.dropFirst().first { party.identifiers["bic"] = owner }
      party.accountKey = AccountNumber.key(text, institution: house)
      holder = party
    }
    if type == "900", let holder { parties.append(holder) }
    var sawCustomer = false
    for field in message.fields {
      switch field.number {
      case "50":
        sawCustomer = true
        parties.append(SwiftParty.party(.originator, field))
      case "52":
        let role: PaymentParty.Role = sawCustomer ? .originatorBank : .originator
        parties.append(SwiftParty.party(type == "900" ? .other : role, field))
      case "56": parties.append(SwiftParty.party(.intermediary, field))
      default: break
      }
    }
    for (role, bic) in [
      (PaymentParty.Role.sender, terminals.sender), (.receiver, terminals.receiver),
    ] {
      if let bic { parties.append(PaymentParty(role, institution: bic, identifiers: ["bic": bic])) }
    }
    if type != "900", let holder { parties.append(holder) }
    return parties
  }

  /// MTn90 to MTn99: what one institution tells another about a payment.
  func common(at locator: Locator) -> PaymentRecord {
    var record = PaymentRecord(
      locator: locator, kind: .info, recordType: "mt" + type, amounts: [])
    if type.hasSuffix("92") { record.status = "cancellation-requested" }
    if type.hasSuffix("96") {
      record.status = SwiftCodes.parts(message.first("76")).first?.code
    }
    let terminals = message.terminals
    for (role, bic) in [
      (PaymentParty.Role.sender, terminals.sender), (.receiver, terminals.receiver),
    ] {
      if let bic {
        record.parties.append(PaymentParty(role, institution: bic, identifiers: ["bic": bic]))
      }
    }
    let texts = message.fields.filter {
      $0.tag == "79" || (type.hasSuffix("98") && $0.tag == "77E")
    }
    if !texts.isEmpty { record.purpose = texts.map(\.text).joined(separator: "\n") }
    for field in message.fields where field.tag.hasPrefix("32") || field.tag == "33B" {
      if field.tag == "32A", let (day, money) = try? amounts.dated(field) {
        record.valueOn = day
        record.amounts.append(StatedAmount(.settled, money))
      } else if let money = try? amounts.plain(field) {
        record.amounts.append(StatedAmount(type.hasSuffix("90") ? .fee : .instructed, money))
      }
    }
    if let original = message.fields.first(where: { $0.number == "11" }) {
      record.references["original-type"] = original.head
    }
    finish(&record, message.fields, taken: ["20", "21", "79"])
    return record
  }

  /// An answer of the network to a message that this file does not hold.
  static func acknowledgement(_ message: SwiftMessage, at locator: Locator) -> PaymentRecord {
    let answer = SwiftAnswer(message)
    var record = PaymentRecord(
      locator: locator, kind: .info, recordType: "swift.ack", status: answer?.status, amounts: [])
    record.references["session"] = message.session
    for (name, text) in message.service { record.details["4:" + name] = text }
    record.details["1"] = message.basic
    return record
  }
}

/// ACK or NAK: `{451:0}` or `{451:1}`, with the reason of a refusal in `{405:…}`.
struct SwiftAnswer {
  let status: String
  let reason: String?

  init?(_ message: SwiftMessage) {
    guard let code = message.service.first(where: { $0.0 == "451" })?.1 else { return nil }
    status = code == "0" ? "ACK" : "NAK"
    reason = message.service.first { $0.0 == "405" }?.1
  }
}
