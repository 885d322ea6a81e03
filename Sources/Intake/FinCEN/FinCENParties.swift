// Parties of FinCEN reports as stated entities.

import CaseModel

/// Turns a Party and the parties inside it into entities and relations. Ids are places in the file, in
/// the file's own space: sequence numbers mean nothing beyond it.
struct FinCENParties {
  let outlet: RecordOutlet
  /// The day of filing, YYYYMMDD.
  let filed: String?

  private var space: String { "file:" + outlet.file.sha256.hex }

  private func writer(_ schema: String, _ id: String, _ path: String) -> EntityWriter {
    EntityWriter(
      schema, space: space, id: id, at: outlet.place(path),
      statedOn: filed.flatMap { CivilDate(Self.iso($0)) })
  }

  func party(
    _ element: XMLElement, id: String, at path: String
  ) -> (PaymentParty, [StatedEntity]) {
    let code = element.value("ActivityPartyTypeCode")
    var writer = writer(isPerson(element) ? "Person" : "LegalEntity", id, path)
    addNames(&writer, element)
    for (source, property) in [
      ("IndividualBirthDateText", "birthDate"), ("FemaleGenderIndicator", "gender"),
      ("MaleGenderIndicator", "gender"),
    ] {
      guard let text = element.value(source) else { continue }
      let gender = source.hasPrefix("Female") ? "female" : "male"
      writer.add(property, property == "birthDate" ? Self.iso(text) : text == "Y" ? gender : nil)
    }
    for address in element.all("Address") { writer.add("address", Self.address(address)) }
    for address in element.all("Address") {
      writer.add("country", address.value("RawCountryCodeText"))
    }
    for phone in element.all("PhoneNumber") {
      writer.add("phone", phone.value("PhoneNumberText"))
    }
    for mail in element.all("ElectronicAddress") {
      let text = mail.value("ElectronicAddressText")
      writer.add(text?.contains("@") == true ? "email" : "website", text)
    }
    for paper in element.all("PartyIdentification") { addPaper(&writer, paper) }
    for work in element.all("PartyOccupationBusiness") {
      let property = writer.entity.schema == "Person" ? "position" : "sector"
      writer.add(property, work.value("OccupationBusinessText"))
    }
    writer.addRest(of: element, prefix: "fincen:", except: Self.taken)
    var entities = [writer.entity]
    entities += accounts(of: id, element, path)
    entities += associated(with: id, element, path)
    return (record(writer.entity, code), entities)
  }

  /// 30 files the report, 35 transmits it; the others are told by their code.
  private func record(_ entity: StatedEntity, _ code: String?) -> PaymentParty {
    var party = PaymentParty(code == "30" ? .reporter : .other, entity: entity.id)
    party.name = entity.first("name")
    party.address = entity.first("address")
    party.country = ISOParty.country(entity.first("country"))
    party.identifiers["party-type"] = code
    party.identifiers["tax"] = entity.first("taxNumber")
    party.identifiers["birth-date"] = entity.first("birthDate")
    return party
  }

  private func isPerson(_ element: XMLElement) -> Bool {
    let telling: Set<String> = [
      "IndividualBirthDateText", "FemaleGenderIndicator", "MaleGenderIndicator",
      "UnknownGenderIndicator", "FilerTypeIndividualIndicator",
    ]
    if element.children.contains(where: { telling.contains($0.name) && $0.token != nil }) {
      return true
    }
    return element.all("PartyName").contains { $0["RawIndividualFirstName"]?.token != nil }
  }

  private func addNames(_ writer: inout EntityWriter, _ element: XMLElement) {
    for name in element.all("PartyName") {
      let parts = [
        "RawIndividualTitleText", "RawIndividualFirstName", "RawIndividualMiddleName",
        "RawEntityIndividualLastName", "RawIndividualNameSuffixText",
      ]
      let personal = parts.dropFirst().compactMap { name.value($0) }.joined(separator: " ")
      let whole = name.value("RawPartyFullName") ?? (personal.isEmpty ? nil : personal)
      let isLegal = (name.value("PartyNameTypeCode") ?? "L") == "L"
      writer.add(isLegal ? "name" : "alias", whole)
      writer.add("title", name.value(parts[0]))
      guard isLegal, name["RawIndividualFirstName"] != nil else { continue }
      writer.add("firstName", name.value("RawIndividualFirstName"))
      writer.add("middleName", name.value("RawIndividualMiddleName"))
      writer.add("lastName", name.value("RawEntityIndividualLastName"))
    }
  }

  /// Codes 1, 2, 4 and 9 are taxpayer numbers, 6 is a passport; every paper is also kept as stated.
  private func addPaper(_ writer: inout EntityWriter, _ paper: XMLElement) {
    let number = paper.value("PartyIdentificationNumberText")
    let code = paper.value("PartyIdentificationTypeCode")
    switch code {
    case "1", "2", "4", "9": writer.add("taxNumber", number)
    case "6": writer.add("passportNumber", number)
    case "5", "999": writer.add("idNumber", number)
    default: break
    }
    let parts = [
      code, number, paper.value("OtherIssuerCountryText"), paper.value("OtherIssuerStateText"),
      paper.value("OtherPartyIdentificationTypeText"),
    ]
    guard parts.contains(where: { $0 != nil }) else { return }
    writer.add("fincen:identification", parts.map { $0 ?? "" }.joined(separator: " | "))
  }

  // MARK: Accounts and associations

  /// Accounts of the party, and what the report says the party has to do with each.
  private func accounts(
    of id: String, _ element: XMLElement, _ path: String
  ) -> [StatedEntity] {
    var entities: [StatedEntity] = []
    for (index, account) in element.all("Account").enumerated() {
      let accountID = "\(id)/Account-\(index + 1)"
      let place = "\(path)/Account[\(index + 1)]"
      var writer = writer("BankAccount", accountID, place)
      writer.add("accountNumber", account.value("AccountNumberText"))
      writer.addRest(
        of: account, prefix: "fincen:",
        except: ["AccountNumberText", "PartyAccountAssociation"])
      entities.append(writer.entity)
      let link = account["PartyAccountAssociation"]
      entities.append(
        relation(id, accountID, link, code: link?.value("PartyAccountAssociationTypeCode"), place))
    }
    return entities
  }

  /// Parties inside the party: branches, institutions where accounts are held.
  private func associated(
    with id: String, _ element: XMLElement, _ path: String
  ) -> [StatedEntity] {
    var entities: [StatedEntity] = []
    for name in ["PartyAssociation", "PartyAccountAssociation"] {
      for (index, link) in element.all(name).enumerated() {
        let place = "\(path)/\(name)[\(index + 1)]"
        for (inner, other) in link.all("Party").enumerated() {
          let otherID = "\(id)/\(name)-\(index + 1).\(inner + 1)"
          entities += party(other, id: otherID, at: "\(place)/Party[\(inner + 1)]").1
          entities.append(
            relation(id, otherID, link, code: link.value("PartyAccountAssociationTypeCode"), place))
        }
      }
    }
    return entities
  }

  private func relation(
    _ from: String, _ to: String, _ source: XMLElement?, code: String?, _ path: String
  ) -> StatedEntity {
    var writer = writer("UnknownLink", "\(from)>UnknownLink>\(to)", path)
    writer.add("subject", from)
    writer.add("object", to)
    writer.add("role", code)
    if let source {
      writer.addRest(
        of: source, prefix: "fincen:", except: ["Party", "PartyAccountAssociationTypeCode"])
    }
    return writer.entity
  }

  // MARK: Texts

  private static func address(_ element: XMLElement) -> String? {
    let parts = [
      "RawStreetAddress1Text", "RawCityText", "RawStateCodeText", "RawZIPCode",
      "RawCountryCodeText",
    ].compactMap { element.value($0) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// `19801025` as `1980-10-25`; a year or a month alone where the rest is `00`.
  static func iso(_ text: String) -> String {
    guard text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return text
    }
    let (year, month, day) = (text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2))
    if month == "00" { return String(year) }
    return day == "00" ? "\(year)-\(month)" : "\(year)-\(month)-\(day)"
  }

  private static let taken: Set<String> = [
    "IndividualBirthDateText", "FemaleGenderIndicator", "MaleGenderIndicator", "PartyName",
    "Address/RawStreetAddress1Text", "Address/RawCityText", "Address/RawStateCodeText",
    "Address/RawZIPCode", "Address/RawCountryCodeText", "PhoneNumber/PhoneNumberText",
    "ElectronicAddress/ElectronicAddressText", "PartyIdentification/PartyIdentificationNumberText",
    "PartyIdentification/PartyIdentificationTypeCode",
    "PartyOccupationBusiness/OccupationBusinessText",
    "Account", "PartyAssociation", "PartyAccountAssociation",
  ]
}
