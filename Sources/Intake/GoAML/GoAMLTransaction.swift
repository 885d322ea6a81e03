// One transaction of a goAML report.

import CaseModel

/// Builds the record of one transaction and the entities of its sides.
struct GoAMLTransaction {
  let element: XMLElement
  let report: GoAMLReport
  let writer: GoAMLEntities
  let id: String
  let path: String

  /// - Throws: `CamtFault` with a path below the transaction: `E-FIELD` for a missing side or amount,
  ///   `E-DATE`, `E-CCY`, `E-AMOUNT` and its kin.
  func record(at locator: Locator) throws(CamtFault) -> (PaymentRecord, [StatedEntity]) {
    var record = PaymentRecord(
      locator: locator, kind: .report, recordType: "goaml.transaction",
      status: element.value("transaction_status"), amounts: [try local()])
    let happened = try day("date_transaction")
    record.executedOn = happened?.date
    record.timeOfDay = happened?.timeOfDay
    record.valueOn = try day("value_date")?.date
    _ = try day("date_posting")
    record.purpose = element.whole("transaction_description")
    record.references = references
    var entities: [StatedEntity] = []
    if let parties = element["involved_parties"] {
      for (index, part) in parties.all("party").enumerated() {
        let (party, found) = writer.side(
          part, role: .other, id: "\(id)/party-\(index + 1)",
          at: "\(path)/involved_parties/party[\(index + 1)]")
        record.parties.append(party)
        entities += found
        addForeign(part["foreign_currency"], .equivalent, to: &record)
      }
    } else {
      for (side, name) in try sides() {
        let (parties, found) = sideParties(side, name)
        record.parties += parties
        entities += found
        addForeign(
          side["\(name)_foreign_currency"], name == "from" ? .sent : .received, to: &record)
      }
    }
    let items = element["goods_services"]?.all("item") ?? []
    for (index, item) in items.enumerated() {
      entities.append(
        writer.item(
          item, id: "\(id)/item-\(index + 1)", at: "\(path)/goods_services/item[\(index + 1)]",
          currency: report.currency))
    }
    record.details["indicators"] =
      report.indicators.isEmpty ? nil : report.indicators.joined(separator: " ")
    record.details["submission-date"] = report.submittedOn.map { "\($0)" }
    element.addRest(to: &record.details, except: Self.taken)
    return (record, entities)
  }

  /// Everyone the transaction names, for one that cannot be recorded itself.
  func allEntities() -> [StatedEntity] {
    var entities: [StatedEntity] = []
    for (index, part) in (element["involved_parties"]?.all("party") ?? []).enumerated() {
      entities +=
        writer.side(
          part, role: .other, id: "\(id)/party-\(index + 1)",
          at: "\(path)/involved_parties/party[\(index + 1)]"
        ).1
    }
    for name in ["from", "to"] {
      if let side = side(name) { entities += sideParties(side, name).1 }
    }
    return entities
  }

  // MARK: Amounts and days

  private func local() throws(CamtFault) -> StatedAmount {
    guard let source = element["amount_local"], let text = source.token else {
      throw CamtFault(
        code: "E-FIELD", path: "", found: "a transaction without amount_local",
        expected: "the amount in the local currency")
    }
    guard let currency = report.currency else {
      throw CamtFault(
        code: "E-CCY", path: "/amount_local", found: "an amount in no stated currency",
        expected: "currency_code_local in the report's header")
    }
    return StatedAmount(.reported, try Self.money(text, currency, path: "/amount_local"))
  }

  static func money(
    _ text: String, _ currency: Currency, path: String
  ) throws(CamtFault) -> Money {
    do {
      let amount = try AmountText(text, form: .xml, currency: currency)
      return Money(minorUnits: amount.minorUnits, currency: currency)
    } catch {
      throw CamtFault(
        code: error.code, path: path,
        found: "the amount '\(Issue.escaped(text))': \(error.reason)",
        expected: "a number with decimal point and at most \(currency.exponent) decimals")
    }
  }

  /// The amount of one side in its own currency, and the rate. One that cannot be read stays in the
  /// details: the local amount rules.
  private func addForeign(
    _ source: XMLElement?, _ role: StatedAmount.Role, to record: inout PaymentRecord
  ) {
    guard let source else { return }
    if record.exchangeRate == nil { record.exchangeRate = source.value("foreign_exchange_rate") }
    source.addRest(to: &record.details, prefix: "\(source.name)/")
    guard let currency = source.value("foreign_currency_code").flatMap({ Currency(iso: $0) }),
      let text = source.value("foreign_amount"),
      let money = try? Self.money(text, currency, path: "")
    else { return }
    record.amounts.append(StatedAmount(role, money))
  }

  private func day(_ name: String) throws(CamtFault) -> CamtDay? {
    try CamtDay(element[name], path: "/" + name)
  }

  // MARK: Sides

  private func side(_ name: String) -> XMLElement? {
    element["t_\(name)_my_client"] ?? element["t_" + name]
  }

  private func sides() throws(CamtFault) -> [(XMLElement, String)] {
    var found: [(XMLElement, String)] = []
    for (name, words) in [("from", "a sending"), ("to", "a receiving")] {
      guard let side = side(name) else {
        throw CamtFault(
          code: "E-FIELD", path: "", found: "a transaction without \(words) side",
          expected: "t_\(name) or t_\(name)_my_client, or involved_parties")
      }
      found.append((side, name))
    }
    return found
  }

  /// The conductor, when one is named, and the person, account or entity of the side.
  private func sideParties(
    _ side: XMLElement, _ name: String
  ) -> ([PaymentParty], [StatedEntity]) {
    let place = "\(path)/\(side.name)"
    let role: PaymentParty.Role = name == "from" ? .originator : .beneficiary
    var (party, entities) = writer.side(side, role: role, id: "\(id)/\(name)", at: place)
    party.identifiers["funds-code"] = side.value("\(name)_funds_code")
    party.identifiers["funds-comment"] = side.value("\(name)_funds_comment")
    party.identifiers["my-client"] = side.name.hasSuffix("_my_client") ? "true" : nil
    party.identifiers["suspected"] = side.value("\(name)_is_suspected")
    party.country = ISOParty.country(side.value("\(name)_country")) ?? party.country
    guard let conductor = side["t_conductor"] else { return ([party], entities) }
    let conductorID = "\(id)/\(name)/conductor"
    let found = writer.person(conductor, id: conductorID, at: place + "/t_conductor")
    entities += found
    return ([writer.party(.conductor, of: found, id: conductorID), party], entities)
  }

  private var references: [String: String] {
    var found = report.references
    found["transaction-number"] = element.value("transactionnumber")
    found["internal"] = element.value("internal_ref_number")
    return found
  }

  private static let taken: Set<String> = [
    "transactionnumber", "internal_ref_number", "transaction_description", "date_transaction",
    "value_date", "amount_local", "transaction_status", "involved_parties", "t_from",
    "t_from_my_client", "t_to", "t_to_my_client", "goods_services",
  ]
}
