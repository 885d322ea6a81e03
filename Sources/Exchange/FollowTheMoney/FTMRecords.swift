import CaseModel

// What other documents state, as entities: stated entities under their own schema, payment records as
// payments that say they are no proof of booking.
extension RecordIndex {
  /// The name of a stated entity: all records of one space that use one id are one entity.
  private func id(space: String, id: String) -> StableID {
    StableID(matter.code, "stated", space, id)
  }

  /// - Returns: entities by id, values of several records of one id joined, and how many records have a
  ///   schema that the model does not know and are told in the tables only.
  func statedEntities() -> (entities: [FTMEntity], unknownSchemata: Int) {
    let known = knownStated
    var all: [StableID: FTMEntity] = [:]
    var left = 0
    for one in record.entities {
      let stated = one.value
      guard FTMModel.things.contains(stated.schema) || FTMModel.intervals.contains(stated.schema)
      else {
        left += 1
        continue
      }
      var name = id(space: stated.space, id: stated.id)
      if let other = all[name], other.schema != stated.schema {
        // One id, two kinds: both are told, the second under a name of its own.
        name = StableID(matter.code, "stated", stated.space, stated.id, stated.schema)
      }
      var entity = all[name] ?? ftm(name, stated.schema)
      fill(&entity, from: stated, known)
      prove(&entity, [one.source])
      all[name] = entity
    }
    return (all.sorted { $0.key < $1.key }.map(\.value), left)
  }

  private var knownStated: Set<String> {
    Set(record.entities.map { id(space: $0.value.space, id: $0.value.id).text })
  }

  private func fill(_ entity: inout FTMEntity, from stated: StatedEntity, _ known: Set<String>) {
    let isInterval = FTMModel.intervals.contains(stated.schema)
    for property in stated.properties.keys.sorted(by: Self.byBytes) {
      for raw in stated.properties[property] ?? [] {
        let value = redaction.clean(raw)
        let target = id(space: stated.space, id: raw).text
        if FTMModel.references.contains(property), known.contains(target) {
          entity.add(property, target)
        } else if property.contains(":") {
          // A property of another format, which the model has no place for.
          entity.add(isInterval ? "description" : "notes", "\(property): \(value)")
        } else {
          entity.add(property, value)
        }
      }
    }
    entity.add(
      isInterval ? "recordId" : "notes", (isInterval ? "" : "id ") + redaction.clean(stated.id))
    if isInterval {
      entity.add("startDate", stated.validFrom?.description)
      entity.add("endDate", stated.validUntil?.description)
    } else {
      if let from = stated.validFrom { entity.add("notes", "held from \(from)") }
      if let until = stated.validUntil { entity.add("notes", "held until \(until)") }
    }
    entity.add("modifiedAt", stated.statedOn?.description)
  }

  func paymentRecordEntities() -> [FTMEntity] {
    record.payments.flatMap { entities(of: $0) }
  }

  private func entities(of one: Recorded<PaymentRecord>) -> [FTMEntity] {
    let payment = one.value
    var all: [FTMEntity] = []
    var entity = ftm(StableID(matter.code, "payment-record", payment.key), "Payment")
    let amount = Self.mainAmount(of: payment)
    let sides: [(property: String, roles: [PaymentParty.Role])] = [
      (
        "payer", [.originator, .ultimateOriginator, .declarant, .carrier, .originatorBank, .sender]
      ),
      (
        "beneficiary", [.beneficiary, .ultimateBeneficiary, .merchant, .beneficiaryBank, .receiver]
      ),
    ]
    for side in sides {
      let place = side.roles.lazy.compactMap { role in
        payment.parties.firstIndex { $0.role == role }
      }.first
      let (party, account) = entities(of: payment, place, side.property, one.source, amount)
      all += [party] + [account].compactMap { $0 }
      entity.add(side.property, party.id)
      let known = place.flatMap { payment.parties[$0].accountKey }
        .flatMap { self.account($0, in: amount?.currency) }
      entity.add(side.property + "Account", known.map { id($0).text } ?? account?.id)
    }
    entity.add("amount", amount?.decimalText)
    entity.add("currency", amount?.currency.code)
    entity.add("date", (payment.executedOn ?? payment.valueOn)?.description)
    entity.add("purpose", redaction.clean(payment.purpose))
    entity.add("recordId", payment.key)
    entity.add("programme", payment.recordType)
    entity.add(
      "transactionNumber",
      payment.references.sorted { Self.byBytes($0.key, $1.key) }.map { redaction.clean($0.value) })
    entity.add(
      "summary",
      "\(payment.kind.rawValue), \(payment.recordType): not proof of booking"
        + (payment.status.map { "; status \($0)" } ?? ""))
    for other in payment.amounts.dropFirst() {
      entity.add("description", "\(other.role.rawValue) \(other.amount)")
    }
    for party in payment.parties { entity.add("namesMentioned", redaction.clean(party.name)) }
    prove(&entity, [one.source])
    return all + [entity]
  }

  /// What moved or was claimed to move: settled before ordered before reported before declared.
  static func mainAmount(of payment: PaymentRecord) -> Money? {
    let order: [StatedAmount.Role] = [.settled, .instructed, .sent, .reported, .declared]
    return order.lazy.compactMap { payment.amount($0) }.first ?? payment.amounts.first?.amount
  }

  private func entities(
    of payment: PaymentRecord, _ place: Int?, _ side: String, _ source: SourceRef, _ amount: Money?
  ) -> (party: FTMEntity, account: FTMEntity?) {
    let position = place.map { String($0 + 1) } ?? side
    var party = ftm(
      StableID(matter.code, "payment-party", payment.key, position), "LegalEntity")
    prove(&party, [source])
    guard let place else {
      party.add("name", "not stated")
      return (party, nil)
    }
    let stated = payment.parties[place]
    party.add("name", redaction.clean(stated.name) ?? "not stated")
    party.add("notes", "\(stated.role.rawValue) of a payment record; not joined by its name")
    party.add("address", redaction.clean(stated.address))
    party.add("country", stated.country?.lowercased())
    for scheme in stated.identifiers.keys.sorted(by: Self.byBytes) {
      let value = redaction.clean(stated.identifiers[scheme] ?? "")
      switch scheme {
      case "bic": party.add("swiftBic", value)
      case "lei": party.add("leiCode", value)
      case "tax": party.add("taxNumber", value)
      default: party.add("notes", "\(scheme) \(value)")
      }
    }
    let key = stated.accountKey
    guard key != nil || stated.accountText != nil,
      key.flatMap({ self.account($0, in: amount?.currency) }) == nil
    else { return (party, nil) }
    var account = ftm(
      key.map { StableID(matter.code, "stated-account", $0.text) }
        ?? StableID(matter.code, "stated-account", payment.key, position), "BankAccount")
    let text = redaction.clean(stated.accountText ?? key?.text) ?? ""
    account.add("name", text)
    account.add("iban", key?.iban)
    if key?.iban == nil { account.add("accountNumber", text) }
    account.add("bankName", redaction.clean(stated.institution))
    prove(&account, [source])
    return (party, account)
  }
}
