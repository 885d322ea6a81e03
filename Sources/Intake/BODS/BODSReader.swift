import CaseModel

/// Reads statements one by one and, at the end, checks them against each other.
struct BODSReader {
  let file: InputFile
  let sink: any StatementSink
  private var read = 0
  private var entitiesStated = 0
  private var space: String?
  private var register = BODSRegister()
  private var versions: [String: [Locator]] = [:]
  private var repeatedNames: [Locator] = []
  private var withoutRecordID: [Locator] = []

  init(file: InputFile, sink: any StatementSink) {
    self.file = file
    self.sink = sink
  }

  mutating func read(_ record: JSONRecords.Record) throws {
    let statement: JSONValue
    switch record.value {
    case .success(let value): statement = value
    case .failure(let fault):
      read += 1
      return try setAside(
        record, fault.code, "\(fault.reason) (byte \(fault.offset))", fault.expected)
    }
    try checkVersion(statement, at: record.locator)
    read += 1
    if !record.repeatedNames.isEmpty { repeatedNames.append(record.locator) }
    guard statement.members != nil else {
      return try setAside(record, "E-FIELD", "no object", "a statement")
    }
    guard let type = statement["recordType"]?.string, let kind = BODSKind(rawValue: type) else {
      return try setAside(
        record, "E-SCHEMA",
        statement["recordType"].flatMap(\.scalar).map { "the record type \(Issue.escaped($0))" }
          ?? "a statement without record type",
        "entity, person or relationship")
    }
    let stated = [statement["recordId"], statement["statementId"]].map { $0?.scalar ?? "" }
    guard let id = stated.first(where: { !$0.isEmpty }) else {
      return try setAside(
        record, "E-FIELD", "a statement without recordId and statementId", "a record id")
    }
    if stated[0].isEmpty { withoutRecordID.append(record.locator) }
    let named = space ?? Self.space(of: statement, in: file)
    space = named
    let reading = BODSStatement(statement, kind: kind, id: id, space: named, at: record.locator)
    for entity in reading.entities { try sink.state(entity) }
    entitiesStated += reading.entities.count
    register.add(reading)
  }

  /// Record ids are a publisher's own. A file that names no publisher in its first statement is a space
  /// for itself.
  private static func space(of statement: JSONValue, in file: InputFile) -> String {
    let publisher = statement["publicationDetails"]?["publisher"]?["name"]?.string ?? ""
    return publisher.isEmpty ? "file:\(file.sha256.hex)" : "bods:\(publisher)"
  }

  /// Versions before 0.4 have other field names and are refused, not half read.
  private mutating func checkVersion(_ statement: JSONValue, at locator: Locator) throws {
    if statement["statementID"] != nil, statement["statementType"] != nil {
      throw FileRefusal([
        Issue(
          .error, "E-VERSION", file: file.name, at: locator,
          found: "statementID and statementType, as BODS 0.3 and earlier write them",
          expected: "BODS 0.4; ask for it, or convert with the standard's own migration tool")
      ])
    }
    if read == 0, statement["statementId"] == nil, statement["recordType"] == nil,
      statement["recordDetails"] == nil, statement["recordId"] == nil
    {
      throw FileRefusal([
        Issue(
          .error, "E-FORMAT", file: file.name, at: locator,
          found: "JSON whose records are neither FollowTheMoney entities nor BODS statements",
          expected: "FollowTheMoney JSON lines or BODS 0.4")
      ])
    }
    if let stated = statement["publicationDetails"]?["bodsVersion"], stated.string != "0.4" {
      versions[stated.scalar ?? "none", default: []].append(locator)
    }
  }

  private func setAside(
    _ record: JSONRecords.Record, _ code: String, _ found: String, _ expected: String
  ) throws {
    try sink.report(
      Issue(
        .error, code, file: file.name, at: record.locator, found: found, expected: expected,
        excerpt: record.rawText))
    try sink.quarantine(
      QuarantinedRecord(
        locator: record.locator, code: code, reason: found, raw: record.rawText))
  }

  mutating func finish() throws {
    // A statement may state more than one thing, and each thing stored counts as a record.
    try sink.counted(records: read - register.count + entitiesStated)
    if read == 0 {
      try sink.report(
        Issue(
          .warning, "W-NO-ROWS", file: file.name, at: .line(1), found: "no statements",
          expected: "BODS statements; a file without records is kept as such"))
    }
    for name in versions.keys.sorted() {
      try warn(
        "W-VERSION", versions[name] ?? [], "the version \(Issue.escaped(name)) is stated",
        "the text 0.4; read as 0.4")
    }
    try warn(
      "W-DUP-NAME", repeatedNames, "names that come twice in one object",
      "each name once; the first value is used, the others are kept")
    try warn(
      "W-NO-RECORD-ID", withoutRecordID, "\(withoutRecordID.count) statements without recordId",
      "the record they are a version of; each stands under its statement id")
    for finding in register.findings() {
      try warn(finding.code, finding.places, finding.found, finding.expected)
    }
  }

  private func warn(
    _ code: String, _ places: [Locator], _ found: String, _ expected: String
  ) throws {
    guard !places.isEmpty else { return }
    try sink.report(
      Issue(
        .warning, code, file: file.name, at: Locator.together(places), found: found,
        expected: expected))
  }
}
