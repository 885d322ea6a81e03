import CaseModel

// The case itself as entities: files, persons, accounts, who holds them, and every movement once.
extension RecordIndex {
  func ftm(_ id: StableID, _ schema: String) -> FTMEntity {
    FTMEntity(id, schema, in: matter.code)
  }

  /// Where something was read: the file as an entity, the place in words.
  func prove(_ entity: inout FTMEntity, _ sources: [SourceRef]) {
    for source in sources {
      entity.add("proof", id(source.file).text)
      entity.add(
        FTMModel.intervals.contains(entity.schema) ? "description" : "notes",
        "read at " + place(source))
    }
  }

  func fileEntities() -> [FTMEntity] {
    listedFiles.map { file in
      var entity = ftm(id(file.sha256), "Document")
      entity.add("fileName", file.name)
      entity.add("title", file.label)
      if file.byteCount > 0 { entity.add("fileSize", String(file.byteCount)) }
      // The model's `contentHash` takes SHA-1 alone and drops a SHA-256.
      entity.add("notes", "SHA-256 \(file.sha256)")
      entity.add("author", file.custodian)
      entity.add("date", file.receivedOn?.description)
      return entity
    }
  }

  func personEntities() -> [FTMEntity] {
    listedPersons.map { person in
      var entity = ftm(id(person.code), person.isLegalPerson ? "LegalEntity" : "Person")
      entity.add("name", redaction.name(person.code))
      entity.add("alias", person.code.text)
      for role in person.roles {
        entity.add(
          "notes",
          "role in the matter: \(role.role.rawValue)"
            + (role.from.map { " from \($0)" } ?? "") + (role.until.map { " until \($0)" } ?? ""))
      }
      prove(&entity, [person.source])
      return entity
    }
  }

  func accountEntities() -> [FTMEntity] {
    let statements = Dictionary(grouping: caseFile.statements, by: \.account)
    return listedAccounts.flatMap { account -> [FTMEntity] in
      var entity = ftm(id(account), "BankAccount")
      let key = redaction.key(account)
      entity.add("name", name(account))
      entity.add("iban", key.iban)
      if key.iban == nil, key == account.key, !key.isSealed {
        entity.add("accountNumber", key.text.split(separator: "/").last.map(String.init))
      }
      entity.add("notes", "account key \(key)")
      entity.add("bankName", redaction.clean(account.institution))
      entity.add("currency", account.currency.code)
      if let last = Self.lastBalance(in: statements[account.id] ?? []) {
        entity.add("balance", last.amount.decimalText)
        entity.add("balanceDate", last.date?.description)
      }
      return [entity] + links(of: account)
    }
  }

  /// The closing balance of the latest statement that states one with its day.
  private static func lastBalance(in statements: [StatementRecord]) -> StatedBalance? {
    statements.compactMap { one in
      one.closing.flatMap { $0.date == nil || $0.isInterim ? nil : ($0, one.source) }
    }
    .max { ($0.0.date?.dayNumber ?? 0, $0.1) < ($1.0.date?.dayNumber ?? 0, $1.1) }?.0
  }

  private func links(of account: Account) -> [FTMEntity] {
    var all: [FTMEntity] = []
    if let holder = person(account.holder) {
      var entity = ftm(
        StableID(matter.code, "holds", holder.code.text, id(account).text), "Ownership")
      entity.add("owner", id(holder.code).text)
      entity.add("asset", id(account).text)
      entity.add("role", "account holder")
      prove(&entity, [holder.source])
      all.append(entity)
    }
    if let controller = person(account.controller), controller.code != account.holder {
      var entity = ftm(
        StableID(matter.code, "controls", controller.code.text, id(account).text), "UnknownLink")
      entity.add("subject", id(controller.code).text)
      entity.add("object", id(account).text)
      entity.add("role", "controls the account")
      prove(&entity, [controller.source])
      all.append(entity)
    }
    return all
  }

  /// Payments for all movements, and the parties that they name and nobody else does.
  func paymentEntities() -> [FTMEntity] {
    var unknown: [StableID: FTMEntity] = [:]
    var payments: [FTMEntity] = []
    for movement in movements() {
      var entity = ftm(movement.id, "Payment")
      entity.add("payer", party(movement.from, &unknown))
      entity.add("beneficiary", party(movement.to, &unknown))
      if case .account(let id) = movement.from {
        entity.add("payerAccount", account(id).map { self.id($0).text })
      }
      if case .account(let id) = movement.to {
        entity.add("beneficiaryAccount", account(id).map { self.id($0).text })
      }
      entity.add("amount", movement.amount.decimalText)
      entity.add("currency", movement.amount.currency.code)
      entity.add("date", movement.bookedOn.description)
      entity.add("purpose", movement.purpose)
      entity.add("recordId", movement.entries.map(\.key))
      entity.add("sequenceNumber", movement.entries.first.map { String($0.sequence) })
      entity.add("programme", movement.channel.rawValue)
      entity.add(
        "summary",
        movement.entries.count == 2
          ? "one movement shown by two booked lines" : "one booked line")
      if movement.isReversal { entity.add("summary", "reversal or return") }
      if let value = movement.valueOn, value != movement.bookedOn {
        entity.add("description", "value day \(value)")
      }
      prove(&entity, movement.sources)
      payments.append(entity)
    }
    return unknown.sorted { $0.key < $1.key }.map(\.value) + payments
  }

  /// Who paid or was paid: the account's holder, else somebody unknown of whom only that is said.
  private func party(_ end: Movement.End, _ unknown: inout [StableID: FTMEntity]) -> String? {
    switch end {
    case .account(let number):
      guard let account = account(number) else { return nil }
      if let holder = person(account.holder) { return id(holder.code).text }
      let id = unknownHolder(of: account)
      if unknown[id] == nil {
        var entity = ftm(id, "LegalEntity")
        entity.add("name", "holder of \(name(account))")
        entity.add("notes", "not identified: no record of the case names the holder")
        unknown[id] = entity
      }
      return id.text
    case .stated(let number):
      guard let entry = entry(number) else { return nil }
      let id = statedParty(of: entry)
      var entity = ftm(id, "LegalEntity")
      entity.add("name", counterparty(entry) ?? "not stated")
      entity.add("notes", "as one line names it; not joined with any other by its name")
      prove(&entity, [entry.source])
      unknown[id] = entity
      return id.text
    }
  }
}
