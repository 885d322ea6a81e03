import CaseModel

// The tables of what other documents state: payment records with their amounts, parties and further
// fields, and stated entities with their properties. Nothing here is a booked line; nothing is summed.
extension RecordIndex {
  func paymentTables() -> [ExportTable] {
    var payments = paymentsTable
    var amounts = paymentAmountsTable
    var parties = paymentPartiesTable
    var fields = paymentFieldsTable
    for one in record.payments {
      let payment = one.value
      payments.add(
        [
          payment.key, payment.kind.rawValue, payment.recordType, redaction.clean(payment.status),
          payment.executedOn?.description, payment.valueOn?.description,
          payment.timeOfDay.map { String($0) }, payment.utcOffsetMinutes.map { String($0) },
          payment.channel.rawValue, payment.exchangeRate, redaction.clean(payment.purpose),
          payment.chargeBearer,
        ] + Cells.source(one.source))
      for (position, amount) in payment.amounts.enumerated() {
        amounts.add(
          [payment.key, String(position + 1), amount.role.rawValue] + Cells.money(amount.amount)
            + Cells.currency(amount.amount.currency))
      }
      for (position, party) in payment.parties.enumerated() {
        parties.add([
          payment.key, String(position + 1), party.role.rawValue, redaction.clean(party.name),
          redaction.clean(party.accountText), redaction.clean(party.accountKey?.text),
          redaction.clean(party.institution), redaction.clean(party.address), party.country,
          redaction.clean(party.entity),
        ])
        add(party.identifiers, of: payment.key, as: "party \(position + 1)", to: &fields)
      }
      add(payment.references, of: payment.key, as: "reference", to: &fields)
      add(payment.details, of: payment.key, as: "detail", to: &fields)
    }
    return [payments, amounts, parties, fields]
  }

  private func add(
    _ values: [String: String], of key: String, as part: String, to table: inout ExportTable
  ) {
    for name in values.keys.sorted(by: Self.byBytes) {
      table.add([key, part, name, redaction.clean(values[name])])
    }
  }

  static func byBytes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  func entityTables() -> [ExportTable] {
    var entities = entitiesTable
    var properties = entityPropertiesTable
    for one in record.entities {
      let entity = one.value
      entities.add(
        [
          entity.key, entity.schema, redaction.clean(entity.space), redaction.clean(entity.id),
          entity.validFrom?.description, entity.validUntil?.description,
          entity.statedOn?.description,
        ] + Cells.source(one.source))
      for name in entity.properties.keys.sorted(by: Self.byBytes) {
        for (position, value) in (entity.properties[name] ?? []).enumerated() {
          properties.add([entity.key, name, String(position + 1), redaction.clean(value)])
        }
      }
    }
    return [entities, properties]
  }

  private var paymentsTable: ExportTable {
    ExportTable(
      "payments",
      "Movements that documents claim; evidence beside the booked lines, never added to them.",
      key: ["payment"], references: .source,
      columns: [
        .init("payment", .text, required: true, "The record's key, the same in every store."),
        .init("kind", .text, required: true, "instruction, report, declared or info."),
        .init("record_type", .text, required: true, "mt103, pacs.008, goaml.transaction …"),
        .init("status", .text, "What became of it, in the record's own word."),
        .init("executed_on", .day, "Day of execution or settlement."),
        .init("value_on", .day, "Value day."),
        .init("time_of_day", .whole, "Seconds since midnight at the stated place."),
        .init("utc_offset_minutes", .whole, "Minutes east of UTC, where stated."),
        .init("channel", .text, required: true, "How the money moved, as far as stated."),
        .init("exchange_rate", .text, "The rate as printed."),
        .init("purpose", .text, "The payment's text."),
        .init("charge_bearer", .text, "Who bears the charges, as stated."),
      ] + ExportTable.Column.source)
  }

  private var paymentAmountsTable: ExportTable {
    ExportTable(
      "payment_amounts", "Amounts of payment records by role, in the order of the record.",
      key: ["payment", "position"], references: [.init("payment", "payments", "payment")],
      columns: [
        .init("payment", .text, required: true, "The payment record."),
        .init("position", .whole, required: true, "From 1."),
        .init("role", .text, required: true, "settled, instructed, fee, reported …"),
      ] + ExportTable.Column.money("amount", required: true, "As stated.")
        + ExportTable.Column.currency)
  }

  private var paymentPartiesTable: ExportTable {
    ExportTable(
      "payment_parties", "Parties and institutions of payment records, in the order of the chain.",
      key: ["payment", "position"], references: [.init("payment", "payments", "payment")],
      columns: [
        .init("payment", .text, required: true, "The payment record."),
        .init("position", .whole, required: true, "From 1."),
        .init("role", .text, required: true, "originator, beneficiary, intermediary …"),
        .init("name", .text, "As stated."),
        .init("account_text", .text, "The account as printed."),
        .init("account_key", .text, "Its canonical key."),
        .init("institution", .text, "The party's institution as stated."),
        .init("address", .text, "As stated."),
        .init("country", .text, "ISO 3166 code as stated."),
        .init("entity", .text, "The id of the stated entity that describes the party."),
      ])
  }

  private var paymentFieldsTable: ExportTable {
    ExportTable(
      "payment_fields", "References, further details and parties' identifiers of payment records.",
      key: ["payment", "part", "name"], references: [.init("payment", "payments", "payment")],
      columns: [
        .init("payment", .text, required: true, "The payment record."),
        .init("part", .text, required: true, "reference, detail, or party and its position."),
        .init("name", .text, required: true, "The field's name."),
        .init("value", .text, "Its value as stated."),
      ])
  }

  private var entitiesTable: ExportTable {
    ExportTable(
      "entities", "Persons, bodies, accounts, things and relations as single records state them.",
      key: ["entity"], references: .source,
      columns: [
        .init("entity", .text, required: true, "The record's key, the same in every store."),
        .init("schema", .text, required: true, "The kind, in FollowTheMoney's words."),
        .init("space", .text, required: true, "The space in which the id tells records apart."),
        .init("id", .text, required: true, "The id the record itself uses."),
        .init("valid_from", .day, "From when it held."),
        .init("valid_until", .day, "Until when it held."),
        .init("stated_on", .day, "The day the record was made."),
      ] + ExportTable.Column.source)
  }

  private var entityPropertiesTable: ExportTable {
    ExportTable(
      "entity_properties", "Values of stated entities, in the order of the record.",
      key: ["entity", "property", "position"], references: [.init("entity", "entities", "entity")],
      columns: [
        .init("entity", .text, required: true, "The stated entity."),
        .init("property", .text, required: true, "The property."),
        .init("position", .whole, required: true, "From 1."),
        .init("value", .text, "As stated."),
      ])
  }
}
