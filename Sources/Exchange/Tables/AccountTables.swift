import CaseModel

// The tables of what a case knows: files, persons, accounts, statements and breaks between them.
extension RecordIndex {
  func filesTable() -> ExportTable {
    var table = ExportTable(
      "files", "Received files. Every other table names the file and the place a row was read.",
      key: ["sha256"],
      columns: [
        .init("sha256", .text, required: true, "SHA-256 of the bytes as received."),
        .init("label", .text, required: true, "The exhibit mark, else the name."),
        .init("name", .text, required: true, "The name as received, without folders."),
        .init("byte_count", .whole, "Length; empty when the case does not state it."),
        .init("format", .text, "The format it was read as."),
        .init("exhibit", .text, "The exhibit mark."),
        .init("authority", .text, "The order under which it was obtained."),
        .init("custodian", .text, "Who handed it over."),
        .init("received_on", .day, "The day it was received."),
        .init("parser", .text, "Importer, version and profile."),
      ])
    for file in listedFiles {
      table.add([
        file.sha256.hex, file.label, file.name,
        file.byteCount > 0 ? String(file.byteCount) : nil, file.format.isEmpty ? nil : file.format,
        file.exhibit, file.authority, file.custodian, file.receivedOn?.description,
        file.parser.isEmpty ? nil : file.parser,
      ])
    }
    return table
  }

  func personsTable() -> ExportTable {
    var table = ExportTable(
      "persons", "Persons of the matter under their pseudonyms.", key: ["person"],
      references: .source,
      columns: [
        .init("person", .text, required: true, "The pseudonym."),
        .init("id", .text, required: true, "The name of the person in every export."),
        .init("name", .text, required: true, "As documents call the person."),
        .init("is_legal_person", .truth, required: true, "A company or other body."),
        .init("is_protected", .truth, required: true, "Shown by the pseudonym only."),
        .init("roles", .list, "Roles, with days where stated: defendant 2023-01-01/2024-06-30."),
      ] + ExportTable.Column.source)
    for person in listedPersons {
      let roles = person.roles.map { role in
        guard role.from != nil || role.until != nil else { return role.role.rawValue }
        return
          "\(role.role.rawValue) \(role.from?.description ?? "..")/\(role.until?.description ?? "..")"
      }
      table.add(
        [
          person.code.text, id(person.code).text, redaction.name(person.code),
          Cells.truth(person.isLegalPerson), Cells.truth(redaction.isProtected(person.code)),
          Cells.list(roles),
        ] + Cells.source(person.source))
    }
    return table
  }

  func accountsTable() -> ExportTable {
    var table = ExportTable(
      "accounts", "Accounts, one row an account and currency.", key: ["account"],
      references: [
        .init("holder", "persons", "person"), .init("controller", "persons", "person"),
      ],
      columns: [
        .init("account", .text, required: true, "The name of the account in every export."),
        .init(
          "account_key", .text, required: true,
          "Canonical key: iban:…, local:…, stated:…; a token for a protected person's account."),
      ] + ExportTable.Column.currency + [
        .init("name", .text, required: true, "As documents call the account."),
        .init("institution", .text, "The institution, as stated."),
        .init("holder", .text, "Who holds it on paper."),
        .init("controller", .text, "Who controls it."),
        .init("has_statements", .truth, required: true, "False when others merely name it."),
      ])
    for account in listedAccounts {
      table.add(
        [id(account).text, redaction.key(account).text] + Cells.currency(account.currency) + [
          name(account), redaction.clean(account.institution),
          person(account.holder)?.code.text, person(account.controller)?.code.text,
          Cells.truth(account.hasStatements),
        ])
    }
    return table
  }

  func statementsTable() -> ExportTable {
    var table = ExportTable(
      "statements", "Statements: period, balances, and whether their own figures agree.",
      key: ["statement"],
      references: [.init("account", "accounts", "account")] + .source,
      columns: [
        .init("statement", .text, required: true, "The name of the statement in every export."),
        .init("account", .text, required: true, "The account."),
        .init("number", .text, "The statement's own number."),
        .init("first_day", .day, "First booking day."),
        .init("last_day", .day, "Last booking day."),
      ] + ExportTable.Column.money("opening", "The opening balance stated.")
        + [.init("opening_day", .day, "Its day.")]
        + ExportTable.Column.money("closing", "The closing balance stated.")
        + [
          .init("closing_day", .day, "Its day."),
          .init("entry_count", .whole, required: true, "Booked lines."),
          .init("status", .text, required: true, "reconciled, unreconciled, incomplete …"),
        ] + ExportTable.Column.money("difference", "Opening plus entries minus closing.")
        + ExportTable.Column.currency + ExportTable.Column.source)
    let rows = caseFile.statements.compactMap { one in
      account(one.account).map { (id(one), one, $0) }
    }
    var seen: Set<StableID> = []
    for (name, one, account) in rows.sorted(by: { $0.1.source < $1.1.source })
    where seen.insert(name).inserted {
      table.add(
        [
          name.text, id(account).text, one.number, one.period?.first.description,
          one.period?.last.description,
        ] + Cells.money(one.opening?.amount) + [one.opening?.date?.description]
          + Cells.money(one.closing?.amount)
          + [one.closing?.date?.description, String(one.entryCount), one.status.rawValue]
          + Cells.money(one.difference) + Cells.currency(account.currency)
          + Cells.source(one.source))
    }
    return table
  }

  func gapsTable() -> ExportTable {
    var table = ExportTable(
      "gaps", "Breaks in the chain of an account's statements.", key: ["before", "after"],
      references: [
        .init("account", "accounts", "account"), .init("before", "statements", "statement"),
        .init("after", "statements", "statement"),
      ],
      columns: [
        .init("account", .text, required: true, "The account."),
        .init("before", .text, required: true, "The last statement before the gap."),
        .init("after", .text, required: true, "The first statement after it."),
        .init("missing_from", .day, "First day without a statement."),
        .init("missing_to", .day, "Last day without a statement."),
      ] + ExportTable.Column.money("jump", "Opening after minus closing before.")
        + ExportTable.Column.currency)
    for gap in caseFile.gaps {
      guard let account = account(gap.account), let before = statement(gap.before),
        let after = statement(gap.after)
      else { continue }
      table.add(
        [
          id(account).text, id(before).text, id(after).text, gap.missing?.first.description,
          gap.missing?.last.description,
        ] + Cells.money(gap.jump) + Cells.currency(account.currency))
    }
    return table
  }
}
