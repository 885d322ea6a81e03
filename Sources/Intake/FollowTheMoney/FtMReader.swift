import CaseModel

/// Turns FollowTheMoney records into payment records and stated entities.
struct FtMReader {
  let file: InputFile
  let sink: any StatementSink
  let schemata = FtMSchemata.standard
  private var read = 0
  private var ids: [String: Locator] = [:]
  /// Ids that records name, each at the first place that names it.
  private var named: [(id: String, at: Locator)] = []
  private var namedIDs: Set<String> = []
  private var repeatedIDs: [Locator] = []
  private var unknownProperties: [String: [Locator]] = [:]
  private var withoutCurrency: [Locator] = []
  private var withoutAmount: [Locator] = []

  init(file: InputFile, sink: any StatementSink) {
    self.file = file
    self.sink = sink
  }

  mutating func read(_ record: JSONRecords.Record) throws {
    read += 1
    do throws(RecordFault) {
      let value: JSONValue
      switch record.value {
      case .success(let found): value = found
      case .failure(let fault):
        throw RecordFault(
          fault.code, found: "\(fault.reason) (byte \(fault.offset))", expected: fault.expected)
      }
      let entity = try entity(value, at: record.locator)
      if !record.repeatedNames.isEmpty {
        throw RecordFault(
          "E-JSON", found: "a name that comes twice in one object: \(record.repeatedNames[0])",
          expected: "each name once; which value holds cannot be told")
      }
      if entity.schema == "Payment" {
        try payment(entity, record)
      } else {
        try stored { try sink.state(entity) }
      }
      note(entity)
    } catch {
      try setAside(error, record)
    }
  }

  /// A record that cannot be used, and why.
  struct RecordFault: Error {
    let code: String
    let found: String
    let expected: String
    /// The sink's own failure, which ends the reading.
    var cause: (any Error)?
    init(_ code: String, found: String, expected: String, cause: (any Error)? = nil) {
      self.code = code
      self.found = found
      self.expected = expected
      self.cause = cause
    }
  }

  private func stored(_ body: () throws -> Void) throws(RecordFault) {
    do { try body() } catch {
      throw RecordFault("E-INTERNAL", found: "", expected: "", cause: error)
    }
  }

  private func setAside(_ fault: RecordFault, _ record: JSONRecords.Record) throws {
    if let cause = fault.cause { throw cause }
    try sink.report(
      Issue(
        .error, fault.code, file: file.name, at: record.locator, found: fault.found,
        expected: fault.expected, excerpt: record.rawText))
    try sink.quarantine(
      QuarantinedRecord(
        locator: record.locator, code: fault.code, reason: fault.found, raw: record.rawText))
  }

  private func entity(_ value: JSONValue, at locator: Locator) throws(RecordFault) -> StatedEntity {
    guard value.members != nil else {
      throw RecordFault("E-SCHEMA", found: "no object", expected: "an entity with id and schema")
    }
    guard let id = value["id"]?.string, !id.isEmpty else {
      throw RecordFault("E-FIELD", found: "an entity without id", expected: "an id as text")
    }
    guard let schema = value["schema"]?.string else {
      throw RecordFault("E-SCHEMA", found: "an entity without schema", expected: "a schema name")
    }
    guard let known = schemata.schemata[schema], !known.isAbstract else {
      throw RecordFault(
        "E-SCHEMA", found: "the schema \(Issue.escaped(schema))",
        expected: "a schema of \(schemata.version) that can have records")
    }
    var entity = StatedEntity(
      locator: locator, schema: schema, space: FollowTheMoney.space, id: id)
    for member in value["properties"]?.members ?? [] {
      let values = member.value.items.flatMap { $0.leaves().map(\.text) }.filter { !$0.isEmpty }
      if !values.isEmpty { entity.properties[member.name, default: []] += values }
    }
    for member in value.members ?? []
    where !["id", "schema", "properties"].contains(member.name) {
      let values = member.value.leaves().map(\.text).filter { !$0.isEmpty }
      if !values.isEmpty { entity.properties["ftm:" + member.name] = values }
    }
    entity.validFrom = entity.onlyDay("startDate") ?? entity.onlyDay("incorporationDate")
    entity.validUntil = entity.onlyDay("endDate") ?? entity.onlyDay("dissolutionDate")
    entity.statedOn = entity.onlyDay("modifiedAt") ?? entity.onlyDay("retrievedAt")
    return entity
  }

  private mutating func payment(
    _ entity: StatedEntity, _ record: JSONRecords.Record
  ) throws(RecordFault) {
    let made = try FtMPayment(entity, byteOffset: record.byteOffset)
    if made.isWithoutCurrency { withoutCurrency.append(record.locator) }
    guard let payment = made.record else {
      withoutAmount.append(record.locator)
      return try stored { try sink.state(entity) }
    }
    try stored { try sink.record(payment) }
  }

  /// Remembers what can only be judged when the whole file has been read.
  private mutating func note(_ entity: StatedEntity) {
    if ids.updateValue(entity.locator, forKey: entity.id) != nil {
      repeatedIDs.append(entity.locator)
    }
    guard let schema = schemata.schemata[entity.schema] else { return }
    for (name, values) in entity.properties where !name.hasPrefix("ftm:") {
      if schema.links.contains(name) {
        for id in values where namedIDs.insert(id).inserted {
          named.append((id, entity.locator))
        }
      } else if !schema.values.contains(name) {
        unknownProperties["\(entity.schema).\(name)", default: []].append(entity.locator)
      }
    }
  }

  mutating func finish() throws {
    try sink.counted(records: read)
    func warn(_ code: String, _ places: [Locator], _ found: String, _ expected: String) throws {
      guard !places.isEmpty else { return }
      let places = places.sorted { $0.ordinal < $1.ordinal }
      try sink.report(
        Issue(
          .warning, code, file: file.name, at: Locator.together(places), found: found,
          expected: expected))
    }
    if read == 0 {
      try sink.report(
        Issue(
          .warning, "W-NO-ROWS", file: file.name, at: .line(1), found: "no entities",
          expected: "one JSON object a line; a file without records is kept as such"))
    }
    let open = named.filter { ids[$0.id] == nil }
    try warn(
      "W-DANGLING", open.map(\.at), "\(open.count) ids that no record of the file has",
      "kept as open references; another file may hold them")
    try warn(
      "W-DUP-ID", repeatedIDs, "\(repeatedIDs.count) ids that came before",
      "one record an id; each is kept as a statement of its own about the same thing")
    for name in unknownProperties.keys.sorted() {
      let places = unknownProperties[name] ?? []
      try warn(
        "W-PROPERTY", places, "the property \(Issue.escaped(name)), \(places.count) times",
        "a property of \(schemata.version); kept as it stands")
    }
    try warn(
      "W-CCY", withoutCurrency, "\(withoutCurrency.count) amounts without currency",
      "a currency; kept under XXX, added to nothing else")
    try warn(
      "W-NO-AMOUNT", withoutAmount, "\(withoutAmount.count) payments without amount",
      "an amount; kept as entities that move nothing")
  }
}

extension StatedEntity {
  /// The day of a property that has one value, a whole day; years and months alone are no days.
  func onlyDay(_ name: String) -> CivilDate? {
    guard let values = properties[name], values.count == 1 else { return nil }
    return CivilDate(isoDayOf: values[0])
  }
}

extension CivilDate {
  /// The day of `2024-03-01` and of `2024-03-01T10:00:00Z`; the day is taken as written.
  init?(isoDayOf text: some StringProtocol) {
    let bytes = text.utf8
    guard bytes.count == 10 || bytes.dropFirst(10).first == UInt8(ascii: "T") else { return nil }
    guard let day = CivilDate(text.prefix(10)) else { return nil }
    self = day
  }
}
