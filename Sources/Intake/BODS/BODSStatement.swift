import CaseModel

/// What a BODS record is about.
enum BODSKind: String, Sendable { case entity, person, relationship }

/// One BODS 0.4 statement as stated entities in FollowTheMoney's words.
///
/// Every value that has no property there is kept under `bods:` and its path in the statement.
struct BODSStatement {
  let kind: BODSKind
  let recordID: String
  let statementID: String?
  let status: String?
  let date: CivilDate?
  let locator: Locator
  /// The record's entity; for a party that the relationship itself declares unspecified, one more.
  private(set) var entities: [StatedEntity] = []
  /// Record ids that a relationship names, and the ids of its components.
  private(set) var parties: [String] = []
  private(set) var components: [String] = []
  private(set) var interests: [BODSInterest] = []
  private(set) var subject: String?
  /// Ends that are neither a record id nor a declared unknown; kept as they stand under `bods:`.
  private(set) var unusableEnds = 0

  /// - Parameter space: the publisher's, or the file's: record ids are unique there only.
  init(_ statement: JSONValue, kind: BODSKind, id: String, space: String, at locator: Locator) {
    self.kind = kind
    self.locator = locator
    recordID = id
    statementID = statement["statementId"]?.scalar
    status = statement["recordStatus"]?.string
    date = statement["statementDate"]?.string.flatMap { CivilDate(isoDayOf: $0) }
    let details = statement["recordDetails"] ?? .null
    var entity = StatedEntity(
      locator: locator, schema: "LegalEntity", space: space, id: id, statedOn: date)
    components = (details["componentRecords"]?.items ?? []).compactMap(\.scalar)
    switch kind {
    case .person: BODSPerson.fill(&entity, from: details)
    case .entity: BODSEntity.fill(&entity, from: details)
    case .relationship: relate(&entity, details, space)
    }
    for member in statement.members ?? [] where member.name != "recordDetails" {
      entity.keep(member.value.leaves("bods:" + member.name))
    }
    for member in details.members ?? [] where !Self.consumed(kind).contains(member.name) {
      entity.keep(member.value.leaves("bods:" + member.name))
    }
    entities.insert(entity, at: 0)
  }

  /// Members of `recordDetails` whose every value has found its property.
  private static func consumed(_ kind: BODSKind) -> Set<String> {
    switch kind {
    case .person: ["birthDate", "deathDate"]
    case .entity: ["name", "alternateNames", "foundingDate", "dissolutionDate"]
    case .relationship: []
    }
  }

  private mutating func relate(
    _ entity: inout StatedEntity, _ details: JSONValue, _ space: String
  ) {
    interests = (details["interests"]?.items ?? []).map(BODSInterest.init)
    let form = BODSInterest.form(of: interests)
    entity.schema = form.schema
    for (end, name) in [("interestedParty", form.party), ("subject", form.subject)] {
      guard let named = details[end] else { continue }
      if let id = named.string {
        entity.properties[name] = [id]
        parties.append(id)
        if end == "subject" { subject = id }
      } else if named.members != nil {
        // Declared as unspecified: somebody, and nobody else's somebody.
        let id = recordID + "/" + end
        entity.properties[name] = [id]
        var unknown = StatedEntity(
          locator: locator, schema: "LegalEntity", space: space, id: id, statedOn: date)
        unknown.keep(named.leaves("bods:unspecified"))
        if unknown.properties.isEmpty { unknown.properties["bods:unspecified"] = ["no reason"] }
        entities.append(unknown)
      } else {
        unusableEnds += 1
      }
    }
    let types = interests.compactMap(\.type)
    if !types.isEmpty { entity.properties["role"] = types }
    let shares = interests.compactMap(\.share?.text)
    if !shares.isEmpty, form.schema == "Ownership" { entity.properties["percentage"] = shares }
    let starts = interests.compactMap(\.startText)
    let ends = interests.compactMap(\.endText)
    if !starts.isEmpty { entity.properties["startDate"] = starts }
    if !ends.isEmpty { entity.properties["endDate"] = ends }
    // The relation holds from its first interest to its last; an interest without an end still runs.
    let days = interests.map { $0.startText.flatMap { CivilDate(isoDayOf: $0) } }
    if !days.contains(nil) { entity.validFrom = days.compactMap { $0 }.min() }
    let last = interests.map { $0.endText.flatMap { CivilDate(isoDayOf: $0) } }
    if !last.contains(nil) { entity.validUntil = last.compactMap { $0 }.max() }
  }
}

extension StatedEntity {
  /// Adds values in order, under their names.
  mutating func keep(_ values: [(path: String, text: String)]) {
    for value in values where !value.text.isEmpty {
      properties[value.path, default: []].append(value.text)
    }
  }

  /// Adds texts under one name; nothing when there are none.
  mutating func add(_ name: String, _ texts: [String]) {
    let texts = texts.filter { !$0.isEmpty }
    if !texts.isEmpty { properties[name, default: []] += texts }
  }
}
