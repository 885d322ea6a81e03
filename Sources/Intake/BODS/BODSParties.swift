import CaseModel

/// A natural person of BODS.
enum BODSPerson {
  static func fill(_ entity: inout StatedEntity, from details: JSONValue) {
    entity.schema = "Person"
    for name in details["names"]?.items ?? [] {
      let property = name["type"]?.string == "alternative" ? "alias" : "name"
      entity.add(property, [name["fullName"]?.scalar ?? ""])
      entity.add("firstName", [name["givenName"]?.scalar ?? ""])
      entity.add("lastName", [name["familyName"]?.scalar ?? ""])
    }
    entity.add("birthDate", [details["birthDate"]?.scalar ?? ""])
    entity.add("deathDate", [details["deathDate"]?.scalar ?? ""])
    for country in details["nationalities"]?.items ?? [] {
      entity.add("nationality", [country["code"]?.scalar ?? country["name"]?.scalar ?? ""])
    }
    entity.add("birthPlace", [details["placeOfBirth"]?["address"]?.scalar ?? ""])
    if details["politicalExposure"]?["status"]?.string == "isPep" {
      entity.add("topics", ["role.pep"])
    }
    BODSCommon.addresses(&entity, details)
    BODSCommon.identifiers(&entity, details)
  }
}

/// A body of BODS: registered, other, an arrangement such as a trust, a state or a part of one, or one
/// that is unknown or withheld.
enum BODSEntity {
  static func fill(_ entity: inout StatedEntity, from details: JSONValue) {
    let type = details["entityType"]?["type"]?.string
    switch type {
    case "registeredEntity": entity.schema = "Company"
    case "state", "stateBody": entity.schema = "PublicBody"
    default: entity.schema = "LegalEntity"
    }
    entity.add("name", [details["name"]?.scalar ?? ""])
    entity.add("alias", (details["alternateNames"]?.items ?? []).compactMap(\.scalar))
    entity.add("legalForm", [details["entityType"]?["subtype"]?.scalar ?? ""])
    let place = details["jurisdiction"]
    entity.add("jurisdiction", [place?["code"]?.scalar ?? place?["name"]?.scalar ?? ""])
    let founded = details["foundingDate"]?.scalar
    let dissolved = details["dissolutionDate"]?.scalar
    entity.add("incorporationDate", [founded ?? ""])
    entity.add("dissolutionDate", [dissolved ?? ""])
    entity.validFrom = founded.flatMap { CivilDate(isoDayOf: $0) }
    entity.validUntil = dissolved.flatMap { CivilDate(isoDayOf: $0) }
    BODSCommon.addresses(&entity, details)
    BODSCommon.identifiers(&entity, details)
  }
}

/// What persons and bodies have in common.
enum BODSCommon {
  /// Addresses as one line each; their parts stay under `bods:`.
  static func addresses(_ entity: inout StatedEntity, _ details: JSONValue) {
    for address in details["addresses"]?.items ?? [] {
      let country = address["country"]?["name"]?.scalar ?? address["country"]?["code"]?.scalar
      let parts = [address["address"]?.scalar, address["postCode"]?.scalar, country]
      entity.add("address", [parts.compactMap { $0 }.joined(separator: ", ")])
    }
  }

  /// Identifiers by their scheme; which scheme it is stays under `bods:`.
  static func identifiers(_ entity: inout StatedEntity, _ details: JSONValue) {
    for identifier in details["identifiers"]?.items ?? [] {
      guard let id = identifier["id"]?.scalar else { continue }
      let scheme = identifier["scheme"]?.scalar?.uppercased() ?? ""
      let property: String
      if scheme == "XI-LEI" {
        property = "leiCode"
      } else if scheme.hasSuffix("-PASSPORT") {
        property = "passportNumber"
      } else if scheme.hasSuffix("-TAXID") {
        property = "taxNumber"
      } else if entity.schema == "Person" {
        property = "idNumber"
      } else {
        property = "registrationNumber"
      }
      entity.add(property, [id])
    }
  }
}
