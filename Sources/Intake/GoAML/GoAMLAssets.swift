// Accounts and goods of goAML reports as stated entities.

import CaseModel

extension GoAMLEntities {
  /// An account with its holder, signatories and relations.
  func account(_ element: XMLElement, id: String, at path: String) -> [StatedEntity] {
    var writer = writer("BankAccount", id, path)
    let iban = element.value("iban")
    let number = element.value("account")
    if let iban, AccountNumber.iban(iban) != nil {
      writer.add("iban", iban)
    } else {
      writer.add("goaml:iban", iban)
      if let number, AccountNumber.iban(number) != nil { writer.add("iban", number) }
    }
    for (source, property) in Self.accountProperties {
      writer.add(property, element.value(source))
    }
    for (source, property) in [
      ("opened", "openingDate"), ("closed", "closingDate"), ("date_balance", "balanceDate"),
    ] { writer.add(property, Self.day(element.value(source))) }
    writer.entity.validFrom = Self.day(element.value("opened")).flatMap { CivilDate($0) }
    writer.entity.validUntil = Self.day(element.value("closed")).flatMap { CivilDate($0) }
    writer.addRest(
      of: element, prefix: "goaml:",
      except: Set(Self.accountProperties.map(\.0)).union([
        "iban", "opened", "closed", "date_balance", "t_entity", "signatory", "related_persons",
        "related_entities", "related_accounts",
      ]))
    return [writer.entity] + holders(of: id, element, path) + relatives(of: id, element, path)
  }

  private static let accountProperties: [(String, String)] = [
    ("account", "accountNumber"), ("account_name", "name"), ("institution_name", "bankName"),
    ("swift", "bic"), ("institution_country", "country"), ("currency_code", "currency"),
    ("personal_account_type", "accountType"), ("account_type", "accountType"),
    ("balance", "balance"), ("status_code", "status"), ("comments", "notes"),
  ]

  /// The body that holds the account, and those who may sign on it.
  private func holders(of id: String, _ element: XMLElement, _ path: String) -> [StatedEntity] {
    var entities: [StatedEntity] = []
    for (index, holder) in element.all("t_entity").enumerated() {
      let otherID = "\(id)/holder-\(index + 1)"
      let place = "\(path)/t_entity" + (index == 0 ? "" : "[\(index + 1)]")
      entities += body(holder, id: otherID, at: place)
      entities.append(
        relation(
          "Ownership", "owner", otherID, "asset", id, XMLElement(name: ""), code: nil, at: place))
    }
    let signatories = element.all("signatory") + (element["related_persons"]?.children ?? [])
    for (index, signatory) in signatories.enumerated() {
      guard let who = signatory["t_person"] ?? signatory["person"] else { continue }
      let otherID = "\(id)/signatory-\(index + 1)"
      let place =
        signatory.name == "signatory"
        ? "\(path)/signatory[\(index + 1)]"
        : "\(path)/related_persons/\(signatory.name)[\(index + 1)]"
      entities += person(who, id: otherID, at: "\(place)/\(who.name)")
      entities.append(
        relation(
          "UnknownLink", "subject", otherID, "object", id, signatory,
          code: signatory.value("role"), at: place))
    }
    return entities
  }

  /// Version 5: bodies and accounts related to the account, by code.
  private func relatives(of id: String, _ element: XMLElement, _ path: String) -> [StatedEntity] {
    var entities: [StatedEntity] = []
    for (index, related) in (element["related_entities"]?.children ?? []).enumerated() {
      guard let other = related["entity"] else { continue }
      let otherID = "\(id)/entity-\(index + 1)"
      let place = "\(path)/related_entities/\(related.name)[\(index + 1)]"
      entities += body(other, id: otherID, at: place + "/entity")
      entities.append(
        relation(
          "UnknownLink", "subject", otherID, "object", id, related,
          code: related.value("account_entity_relation"), at: place))
    }
    for (index, related) in (element["related_accounts"]?.children ?? []).enumerated() {
      guard let other = related["account"] else { continue }
      let otherID = "\(id)/account-\(index + 1)"
      let place = "\(path)/related_accounts/\(related.name)[\(index + 1)]"
      entities += account(other, id: otherID, at: place + "/account")
      entities.append(
        relation(
          "UnknownLink", "subject", otherID, "object", id, related,
          code: related.value("account_account_relation"), at: place))
    }
    return entities
  }

  // MARK: Goods

  /// A thing or right the report speaks of. Names of owners are texts there, not records.
  func item(
    _ element: XMLElement, id: String, at path: String, currency: Currency?
  ) -> StatedEntity {
    let code = element.value("item_type")
    var writer = writer(Self.schema(of: code), id, path)
    writer.add(
      "name",
      [element.value("item_make"), element.value("description")]
        .compactMap { $0 }.first ?? code)
    writer.add("type", code)
    writer.add("description", element.value("description"))
    writer.add("registrationNumber", element.value("registration_number"))
    writer.add("amount", element.value("disposed_value") ?? element.value("estimated_value"))
    writer.add("currency", element.value("currency_code") ?? currency?.code)
    if let address = element["address"] { writer.add("address", Self.address(address)) }
    writer.add("notes", element.value("comments"))
    writer.addRest(
      of: element, prefix: "goaml:",
      except: [
        "item_type", "description", "registration_number", "currency_code", "address", "comments",
      ])
    return writer.entity
  }

  /// The kind of thing that a code means in the one published list at hand, that of the 5.0.2 schema.
  /// Codes of other lists are an asset; the code itself is kept as `type`.
  static func schema(of code: String?) -> String {
    switch code {
    case "APA", "CMRCB", "DCNTR", "HOTEL", "LAND", "NRSNH", "PROPY", "RBLDG", "SHOPM", "WAREH":
      "RealEstate"
    case "VHCLE": "Vehicle"
    default: "Asset"
    }
  }
}
