import CaseModel

/// Reads one register extract, row by row.
struct RegisterReader {
  let file: InputFile
  let profile: RegisterProfile
  let sink: any StatementSink
  private var stater: EntityStater
  private var quarantined = 0
  private var repeated: [Locator] = []

  init(
    file: InputFile, profile: RegisterProfile, options: ReadingOptions, sink: any StatementSink
  ) {
    self.file = file
    self.profile = profile
    self.sink = sink
    stater = EntityStater(
      file: file.name, space: profile.space, layout: profile.layout,
      pivot: CenturyPivot(receivedOn: options.receivedOn))
  }

  mutating func read(limits: ReadingOptions.Limits) throws {
    let table = try TableReader(file, layout: profile.layout, limits: limits)
    if table.text.isGuessed, let first = table.text.firstGuessed {
      try sink.report(
        Issue(
          .warning, "W-ENC-GUESS", file: file.name, at: .line(table.text.line(at: first)),
          found: "bytes that are not UTF-8; read as Windows-1252",
          expected: "UTF-8, or the encoding in the profile; the raw bytes are kept"))
    }
    var rest: [String] = []
    let rows = try table.forEach { names, place in
      let columns = try Self.columns(names, at: place, for: profile, in: file)
      rest = names.filter { !$0.isEmpty && columns[$0] != nil && !profile.columns.contains($0) }
      return (columns, true)
    } _: { result, place, raw in
      switch result {
      case .success(let row): try read(row, rest: rest, raw)
      case .failure(let fault): try setAside(fault, place, raw)
      }
    }
    try finish(rows: rows)
  }

  /// Columns by the profile's names, whatever their case and spacing in the file.
  private static func columns(
    _ names: [String], at place: Locator, for profile: RegisterProfile, in file: InputFile
  ) throws -> [String: Int] {
    var own: [String: String] = [:]
    for name in profile.columns.union(profile.knownBy) {
      own[MappingProfile.normalised(name)] = name
    }
    var columns: [String: Int] = [:]
    for (index, name) in names.enumerated() where !name.isEmpty {
      let known = own[MappingProfile.normalised(name)] ?? name
      if columns.updateValue(index, forKey: known) != nil {
        throw FileRefusal([
          Issue(
            .error, "E-HEADER", file: file.name, at: place,
            found: "two columns named \(Issue.escaped(name))", expected: "each name once")
        ])
      }
    }
    let missing = profile.columns.filter { columns[$0] == nil && profile.knownBy.contains($0) }
    guard missing.isEmpty else {
      throw FileRefusal([
        Issue(
          .error, "E-HEADER", file: file.name, at: place,
          found: "no column named \(missing.sorted().joined(separator: ", "))",
          expected: "the columns of profile \(profile.name)")
      ])
    }
    return columns
  }

  private mutating func read(_ row: TableRow, rest: [String], _ raw: String) throws {
    let (entities, applied) = stater.entities(of: row, by: profile.rules, rest: rest)
    guard applied > 0 else {
      return try setAside(
        TableReader.Fault(
          code: "E-FIELD", found: "a row that states nothing: no id in it",
          expected: "a value in an id column of profile \(profile.name)"), row.locator, raw)
    }
    if entities.isEmpty {
      repeated.append(row.locator)
      try sink.skip(records: 1)
    }
    for entity in entities { try sink.state(entity) }
  }

  private mutating func setAside(
    _ fault: TableReader.Fault, _ place: Locator, _ raw: String
  ) throws {
    quarantined += 1
    try sink.report(
      Issue(
        .error, fault.code, file: file.name, at: place, found: fault.found,
        expected: fault.expected, excerpt: raw))
    try sink.quarantine(
      QuarantinedRecord(locator: place, code: fault.code, reason: fault.found, raw: raw))
  }

  /// A row may state several things and each that is stored counts as a record, so the records are those
  /// stated, the rows set aside and the rows that repeat another word for word.
  private mutating func finish(rows: Int) throws {
    try sink.counted(records: stater.stated + quarantined + repeated.count)
    if rows == 0 {
      try sink.report(
        Issue(
          .warning, "W-NO-ROWS", file: file.name, at: .line(1), found: "no data rows",
          expected: "records; a file without them is kept as such"))
    }
    if !repeated.isEmpty {
      try sink.report(
        Issue(
          .warning, "W-IDENTICAL", file: file.name, at: Locator.together(repeated),
          found: "\(repeated.count) rows that state nothing new",
          expected: "each thing once; the repetitions were passed over"))
    }
    for issue in stater.issues() { try sink.report(issue) }
  }
}
