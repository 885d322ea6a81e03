// The parties of a payment message in the order of the chain.

import CaseModel

/// Which fields name whom, by message type, from the one who orders to the one who is paid.
struct SwiftChain {
  private enum Step {
    case field(String, Set<Character>?, PaymentParty.Role, String?)
    case sender, receiver
    /// `/INS/` of field 72: institutions that passed the order on before the sender.
    case instructing
  }

  /// MT101, MT102, MT103 and the like: a customer is paid.
  private static let customer: [Step] = [
    .field("50", ["C", "L"], .other, "instructing-party"), .field("50", nil, .originator, nil),
    .field("52", nil, .originatorBank, nil), .instructing, .sender,
    .field("51", nil, .sender, "sending-institution"), .field("53", nil, .correspondent, "sender"),
    .field("54", nil, .correspondent, "receiver"),
    .field("55", nil, .correspondent, "third-reimbursement"), .receiver,
    .field("56", nil, .intermediary, nil), .field("57", nil, .beneficiaryBank, nil),
    .field("59", nil, .beneficiary, nil),
  ]
  /// MT200, MT202, MT205: an institution is paid.
  private static let institution: [Step] = [
    .field("52", nil, .originator, nil), .instructing, .sender,
    .field("53", nil, .correspondent, "sender"), .field("54", nil, .correspondent, "receiver"),
    .receiver, .field("56", nil, .intermediary, nil), .field("57", nil, .beneficiaryBank, nil),
    .field("58", nil, .beneficiary, nil),
  ]
  /// The customers under a cover payment: sequence B of MT202 COV and MT205 COV.
  private static let underlyingSending: [Step] = [
    .field("50", nil, .ultimateOriginator, "underlying"),
    .field("52", nil, .originatorBank, "underlying"),
  ]
  private static let underlyingReceiving: [Step] = [
    .field("56", nil, .intermediary, "underlying"),
    .field("57", nil, .beneficiaryBank, "underlying"),
    .field("59", nil, .ultimateBeneficiary, "underlying"),
  ]

  let message: SwiftMessage

  /// Parties of a customer payment; `own` holds the fields of the transaction, `shared` those of the
  /// message, which hold where the transaction names none.
  func customerParties(_ own: [SwiftField], shared: [SwiftField] = []) -> [PaymentParty] {
    keyed(parties(Self.customer, own, shared), from: .originator, to: .beneficiary)
  }

  /// Parties of a transfer between institutions, with the customers of a cover around them.
  func institutionParties(_ own: [SwiftField], cover: [SwiftField]) -> [PaymentParty] {
    let inner = parties(Self.institution, own, [])
    guard !cover.isEmpty else { return inner }
    let sending = parties(Self.underlyingSending, cover, [])
    let receiving = parties(Self.underlyingReceiving, cover, [])
    let all = keyed(sending + receiving, from: .ultimateOriginator, to: .ultimateBeneficiary)
    return Array(all.prefix(sending.count)) + inner + Array(all.dropFirst(sending.count))
  }

  private func parties(
    _ steps: [Step], _ own: [SwiftField], _ shared: [SwiftField]
  ) -> [PaymentParty] {
    var parties: [PaymentParty] = []
    for step in steps {
      switch step {
      case .field(let number, let options, let role, let mark):
        func fits(_ field: SwiftField) -> Bool {
          guard field.number == number else { return false }
          guard number == "50", role == .originator || options != nil else { return true }
          let isInstructing = field.option == "C" || field.option == "L"
          return isInstructing == (options != nil)
        }
        guard let field = own.first(where: fits) ?? shared.first(where: fits) else { continue }
        var party = SwiftParty.party(role, field)
        if let mark { party.identifiers["stated-as"] = mark }
        parties.append(party)
      case .sender: parties += Self.terminal(.sender, message.terminals.sender)
      case .receiver: parties += Self.terminal(.receiver, message.terminals.receiver)
      case .instructing: parties += instructing(own.first { $0.tag == "72" })
      }
    }
    return parties
  }

  private static func terminal(_ role: PaymentParty.Role, _ bic: String?) -> [PaymentParty] {
    bic.map { [PaymentParty(role, institution: $0, identifiers: ["bic": $0])] } ?? []
  }

  private func instructing(_ field: SwiftField?) -> [PaymentParty] {
    SwiftCodes.parts(field).filter { $0.code == "INS" }.map { part in
      var party = PaymentParty(.previousInstructing)
      if AccountNumber.isBIC(part.text) {
        party.identifiers["bic"] = part.text
      } else {
        party.name = part.text
      }
      party.identifiers["field"] = "72/INS"
      return party
    }
  }

  /// Gives both ends the key of their account at the institution that keeps it. Where a message names
  /// none, the sender keeps the originator's account and the receiver the beneficiary's: that is the
  /// rule of fields 52a and 57a, and `institution` stays empty because it is not stated.
  private func keyed(
    _ parties: [PaymentParty], from: PaymentParty.Role, to: PaymentParty.Role
  ) -> [PaymentParty] {
    var parties = parties
    let ends: [(PaymentParty.Role, PaymentParty.Role, String?)] = [
      (from, .originatorBank, message.terminals.sender),
      (to, .beneficiaryBank, message.terminals.receiver),
    ]
    for (end, bank, terminal) in ends {
      guard let index = parties.firstIndex(where: { $0.role == end }) else { continue }
      let stated = parties.last { $0.role == bank }
      let house = stated.flatMap { $0.identifiers["bic"] ?? $0.name ?? $0.identifiers["clearing"] }
      parties[index].institution = house
      if let text = parties[index].accountText, text.contains(where: { $0.isLetter || $0.isNumber })
      {
        parties[index].accountKey = AccountNumber.key(text, institution: house ?? terminal)
      }
    }
    return parties
  }
}

/// Coded texts such as `/INS/CHASUS33` and lines that go on with `//`.
enum SwiftCodes {
  static func parts(_ field: SwiftField?) -> [(code: String, text: String)] {
    var parts: [(code: String, text: String)] = []
    for line in field?.lines ?? [] {
      if line.hasPrefix("//"), let last = parts.last {
        parts[parts.count - 1].text = last.text + " " + MTField.trimmed(String(line.dropFirst(2)))
        continue
      }
      let pieces = line.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
      guard pieces.count == 3, pieces[0].isEmpty, !pieces[1].isEmpty else { continue }
      parts.append((String(pieces[1]), MTField.trimmed(String(pieces[2]))))
    }
    return parts
  }
}
