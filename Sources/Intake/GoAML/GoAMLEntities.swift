// Persons, accounts and bodies of goAML reports as stated entities.

import CaseModel

/// Turns the party elements of a report into entities and relations in FollowTheMoney's words.
///
/// Ids are places inside the report, in the reporting entity's space: goAML gives its parties none.
/// The same person in two transactions is two records; joining them is a judgement.
struct GoAMLEntities {
  let outlet: RecordOutlet
  let report: GoAMLReport

  var prefix: String { report.idPrefix(of: outlet.file) }
  private var space: String { report.space(of: outlet.file) }

  func writer(_ schema: String, _ id: String, _ path: String) -> EntityWriter {
    EntityWriter(
      schema, space: space, id: id, at: outlet.place(path), statedOn: report.submittedOn)
  }

  // MARK: Sides

  /// The person, account or entity inside a side, a party or a report party, with all it brings along.
  func side(
    _ element: XMLElement, role: PaymentParty.Role, id: String, at path: String
  ) -> (PaymentParty, [StatedEntity]) {
    var entities: [StatedEntity] = []
    for child in element.children {
      let kind = child.name.replacing("_my_client", with: "").replacing("from_", with: "")
        .replacing("to_", with: "")
      switch kind {
      case "person": entities = person(child, id: id, at: "\(path)/\(child.name)")
      case "account": entities = account(child, id: id, at: "\(path)/\(child.name)")
      case "entity": entities = body(child, id: id, at: "\(path)/\(child.name)")
      default: continue
      }
      break
    }
    var party = party(role, of: entities, id: id)
    for name in ["role", "significance", "reason", "funds_code", "funds_comment", "is_suspected"] {
      party.identifiers[name.replacing("_", with: "-")] = element.value(name)
    }
    if element.name == "party" || element.name == "report_party" {
      party.identifiers["comments"] = element.value("comments")
      party.country = ISOParty.country(element.value("country")) ?? party.country
    }
    return (party, entities)
  }

  /// A party of a record that points to its entity.
  func party(
    _ role: PaymentParty.Role, of entities: [StatedEntity], id: String
  ) -> PaymentParty {
    var party = PaymentParty(role, entity: id)
    guard let entity = entities.first(where: { $0.id == id }) else {
      party.entity = nil
      return party
    }
    party.name = entity.first("name")
    party.country = ISOParty.country(entity.first("country"))
    if entity.schema == "BankAccount" {
      let bank =
        entity.first("bic") ?? entity.first("bankName")
        ?? entity.first("goaml:institution_code")
      party.institution = bank
      party.accountText = entity.first("iban") ?? entity.first("accountNumber")
      party.accountKey = party.accountText.map { AccountNumber.key($0, institution: bank) }
      party.identifiers["bic"] = entity.first("bic")
    } else {
      party.address = entity.first("address")
      party.identifiers["birth-date"] = entity.first("birthDate")
      party.identifiers["national-id"] = entity.first("idNumber")
      party.identifiers["passport"] = entity.first("passportNumber")
      party.identifiers["tax"] = entity.first("taxNumber")
      party.identifiers["company-register"] = entity.first("registrationNumber")
    }
    return party
  }

  // MARK: Persons

  func person(_ element: XMLElement, id: String, at path: String) -> [StatedEntity] {
    var writer = writer("Person", id, path)
    let names = ["first_name", "middle_name", "prefix", "last_name"].compactMap {
      element.value($0)
    }
    writer.add("name", names.isEmpty ? element.value("alias") : names.joined(separator: " "))
    for (source, property) in Self.personProperties { writer.add(property, element.value(source)) }
    for name in ["birthdate", "date_deceased"] {
      writer.add(name == "birthdate" ? "birthDate" : "deathDate", Self.day(element.value(name)))
    }
    addContacts(&writer, element)
    let papers =
      element.all("identification")
      + element.all("identifications").flatMap { $0.all("identification") }
    for paper in papers { addPaper(&writer, paper) }
    writer.addRest(
      of: element, prefix: "goaml:",
      except: Self.contactNames.union(Self.personProperties.map(\.0)).union([
        "birthdate", "date_deceased", "identification", "identifications", "related_persons",
        "role", "is_primary",
      ]))
    var entities = [writer.entity]
    for (index, related) in (element["related_persons"]?.children ?? []).enumerated() {
      guard let other = related["person"] else { continue }
      let otherID = "\(id)/related-\(index + 1)"
      let place = "\(path)/related_persons/\(related.name)[\(index + 1)]"
      entities += person(other, id: otherID, at: place + "/person")
      entities.append(
        relation(
          "UnknownLink", "subject", id, "object", otherID, related,
          code: related.value("person_person_relation"), at: place))
    }
    return entities
  }

  private static let personProperties: [(String, String)] = [
    ("first_name", "firstName"), ("middle_name", "middleName"), ("last_name", "lastName"),
    ("title", "title"), ("alias", "alias"), ("full_name_frn", "alias"), ("gender", "gender"),
    ("birth_place", "birthPlace"), ("country_of_birth", "birthCountry"),
    ("mothers_name", "motherName"), ("id_number", "idNumber"),
    ("passport_number", "passportNumber"), ("nationality1", "nationality"),
    ("nationality2", "nationality"), ("nationality3", "nationality"), ("residence", "country"),
    ("occupation", "position"), ("tax_number", "taxNumber"), ("comments", "notes"),
  ]

  /// One identity paper: code, number, issuer and days together, because the code list is national.
  private func addPaper(_ writer: inout EntityWriter, _ paper: XMLElement) {
    writer.add("idNumber", paper.value("number"))
    let parts = [
      paper.value("type"), paper.value("number"), paper.value("issue_country"),
      paper.value("issued_by"), Self.day(paper.value("issue_date")),
      Self.day(paper.value("expiry_date")), paper.value("comments"),
    ]
    writer.add("goaml:identification", parts.map { $0 ?? "" }.joined(separator: " | "))
  }

  // MARK: Bodies

  func body(_ element: XMLElement, id: String, at path: String) -> [StatedEntity] {
    var writer = writer(
      element["incorporation_number"] == nil && element["incorporation_legal_form"] == nil
        ? "LegalEntity" : "Company", id, path)
    for (source, property) in Self.bodyProperties { writer.add(property, element.value(source)) }
    for (source, property) in [
      ("incorporation_date", "incorporationDate"), ("date_business_closed", "dissolutionDate"),
    ] { writer.add(property, Self.day(element.value(source))) }
    addContacts(&writer, element)
    for paper in element.at("entity_identifications")?.all("entity_identifier") ?? [] {
      addPaper(&writer, paper)
    }
    writer.addRest(
      of: element, prefix: "goaml:",
      except: Self.contactNames.union(Self.bodyProperties.map(\.0)).union([
        "incorporation_date", "date_business_closed", "director_id", "related_persons",
        "related_entities", "entity_identifications",
      ]))
    var entities = [writer.entity]
    for (index, director) in element.all("director_id").enumerated() {
      let otherID = "\(id)/director-\(index + 1)"
      let place = "\(path)/director_id[\(index + 1)]"
      entities += person(director, id: otherID, at: place)
      entities.append(
        relation(
          "Directorship", "director", otherID, "organization", id, director,
          code: director.value("role"), at: place))
    }
    entities += related(to: id, element, path)
    return entities
  }

  private static let bodyProperties: [(String, String)] = [
    ("name", "name"), ("commercial_name", "alias"), ("incorporation_legal_form", "legalForm"),
    ("incorporation_number", "registrationNumber"), ("business", "sector"),
    ("incorporation_country_code", "jurisdiction"), ("tax_number", "taxNumber"),
    ("entity_status", "status"), ("comments", "notes"),
  ]

  /// Version 5: persons and bodies related to a body, by code; with a share it is ownership.
  private func related(to id: String, _ element: XMLElement, _ path: String) -> [StatedEntity] {
    var entities: [StatedEntity] = []
    for (index, related) in (element["related_persons"]?.children ?? []).enumerated() {
      guard let other = related["person"] else { continue }
      let otherID = "\(id)/person-\(index + 1)"
      let place = "\(path)/related_persons/\(related.name)[\(index + 1)]"
      entities += person(other, id: otherID, at: place + "/person")
      let isOwner = related["share_percentage"] != nil
      entities.append(
        relation(
          isOwner ? "Ownership" : "Directorship", isOwner ? "owner" : "director", otherID,
          isOwner ? "asset" : "organization", id, related, code: related.value("role"), at: place))
    }
    for (index, related) in (element["related_entities"]?.children ?? []).enumerated() {
      guard let other = related["entity"] else { continue }
      let otherID = "\(id)/entity-\(index + 1)"
      let place = "\(path)/related_entities/\(related.name)[\(index + 1)]"
      entities += body(other, id: otherID, at: place + "/entity")
      // The code says which of the two owns the other, and its list is national.
      entities.append(
        relation(
          "UnknownLink", "subject", otherID, "object", id, related,
          code: related.value("entity_entity_relation"), at: place))
    }
    return entities
  }

  // MARK: Shared

  /// A relation with its code, its share and the days it is said to hold.
  func relation(
    _ schema: String, _ from: String, _ fromID: String, _ to: String, _ toID: String,
    _ source: XMLElement, code: String?, at path: String
  ) -> StatedEntity {
    var writer = writer(schema, "\(fromID)>\(schema)>\(toID)", path)
    writer.add(from, fromID)
    writer.add(to, toID)
    writer.add("role", code)
    if schema == "Ownership" { writer.add("percentage", source.value("share_percentage")) }
    for name in ["is_primary", "voting_percentage", "share_percentage"] {
      if name == "share_percentage", schema == "Ownership" { continue }
      writer.add("goaml:" + name, source.value(name))
    }
    if source["relation_date_range"] != nil || source["person"] != nil {
      writer.add("description", source.value("comments"))
    }
    let from = Self.day(source.value("relation_date_range/valid_from"))
    let until = Self.day(source.value("relation_date_range/valid_to"))
    writer.add("startDate", from)
    writer.add("endDate", until)
    writer.entity.validFrom = from.flatMap { CivilDate($0) }
    writer.entity.validUntil = until.flatMap { CivilDate($0) }
    return writer.entity
  }
}
