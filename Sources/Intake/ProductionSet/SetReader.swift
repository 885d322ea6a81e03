import CaseModel

/// Reads one production set: the describing tables first, then the parts, then line by line the booked
/// entries with what stands behind each.
///
/// Holds the keys of the tables and the parts of lines not yet read; lines themselves stream by.
struct SetReader {
  let members: SetMembers
  let main: InputFile
  let options: ReadingOptions
  let sink: any StatementSink
  var profile: SetProfile { members.profile }
  let currency: Currency
  let pivot: CenturyPivot

  var stater: EntityStater
  var keys: [String: Set<String>] = [:]
  var owners: [AccountKey: String] = [:]
  var expectedAccounts: [(key: AccountKey, at: Locator)] = []
  /// Parts by the key of their line, in file order.
  var parts: [String: [SetPart]] = [:]
  var accounts: [SetAccount] = []
  var places: [AccountKey: Int] = [:]
  var tally = SetTally()
  /// What was given to the sink: entries, payments, quarantined and skipped rows.
  var records = 0
  /// Columns of each table that no rule reads.
  let rest: [String: [String]]

  init(
    members: SetMembers, main: InputFile, options: ReadingOptions, sink: any StatementSink
  ) {
    self.members = members
    self.main = main
    self.options = options
    self.sink = sink
    currency = members.profile.layout.currency ?? .unstated
    pivot = CenturyPivot(receivedOn: options.receivedOn)
    rest = members.profile.tables.reduce(into: [:]) { $0[$1.name] = $1.rest }
    stater = EntityStater(
      file: main.name, space: "\(members.profile.name)/\(members.prefix)",
      layout: members.profile.layout, pivot: pivot)
  }

  mutating func read() throws {
    for issue in members.hashIssues() { try sink.report(issue) }
    for table in profile.tables
    where table.name != profile.lines.table && table.name != profile.parts?.table {
      try readDescriptions(table)
    }
    if let name = profile.parts?.table, let table = profile.table(name) { try readParts(table) }
    if let table = profile.table(profile.lines.table) { try readLines(table) }
    try finish()
  }

  // MARK: Tables

  /// Walks one table; rows that cannot be used are set aside, keys and references are checked.
  mutating func walk(
    _ table: SetProfile.Table, _ body: (inout SetReader, TableRow) throws(TableReader.Fault) -> Void
  ) throws {
    guard let file = members.files[table.name] else { return }
    let isMain = file.name == main.name
    let reader = try TableReader(
      file, layout: profile.layout, limits: options.limits,
      placePrefix: isMain ? "" : file.name + " ")
    var used = 0
    let rows = try reader.forEach { names, place in
      try columns(names, of: table, at: place)
    } _: { result, place, raw in
      do throws(TableReader.Fault) {
        let row = try result.get()
        try resolve(row, of: table)
        try body(&self, row)
        used += 1
      } catch {
        if let cause = error.cause { throw cause }
        try setAside(error, place, raw)
      }
    }
    if rows > 0, used == 0 {
      throw FileRefusal([
        Issue(
          .error, "E-SET", file: file.name, at: reader.place(1),
          found: "no row of \(table.columns.count) usable fields",
          expected: "the columns of the table \(table.name); nothing of the set is stored")
      ])
    }
  }

  /// A header row is known by its names; without one the columns stand in the profile's order.
  private func columns(
    _ names: [String], of table: SetProfile.Table, at place: Locator
  ) throws -> (columns: [String: Int], isHeader: Bool) {
    let own = table.header.map(MappingProfile.normalised)
    let found = names.map(MappingProfile.normalised)
    var columns: [String: Int] = [:]
    if table.isHeader(names) {
      for (name, header) in zip(table.columns, own) { columns[name] = found.firstIndex(of: header) }
      return (columns, true)
    }
    let shared = own.count { found.contains($0) }
    guard shared * 2 < own.count, !profile.hasHeader else {
      throw FileRefusal([
        Issue(
          .error, "E-HEADER", file: members.files[table.name]?.name ?? table.name, at: place,
          found: HeaderDifference(from: table.header, to: names).text,
          expected: "the header of the table \(table.name) in profile \(profile.name)")
      ])
    }
    for (index, name) in table.columns.enumerated() { columns[name] = index }
    return (columns, false)
  }

  /// Notes the row's key and follows its references to tables that were read before.
  private mutating func resolve(
    _ row: TableRow, of table: SetProfile.Table
  ) throws(TableReader.Fault) {
    for reference in table.references {
      guard let known = keys[reference.table], let key = row.key(reference.columns),
        !known.contains(key)
      else { continue }
      if reference.isRequired {
        throw TableReader.Fault(
          code: "E-KEY",
          found:
            "\(reference.columns.joined(separator: ", ")) that no row of \(reference.table) has",
          expected: "a row of \(reference.table)")
      }
      tally.add("W-KEY", "\(table.name) to \(reference.table)", row.locator)
    }
    guard !table.key.isEmpty else { return }
    guard let key = row.key(table.key) else {
      throw TableReader.Fault(
        code: "E-KEY", found: "a row without \(table.key.joined(separator: ", "))",
        expected: "a key in each row of \(table.name)")
    }
    if !keys[table.name, default: []].insert(key).inserted {
      tally.add("W-DUP-KEY", table.name, row.locator)
    }
  }

  mutating func setAside(_ fault: TableReader.Fault, _ place: Locator, _ raw: String) throws {
    records += 1
    try sink.report(
      Issue(
        .error, fault.code, file: main.name, at: place, found: fault.found,
        expected: fault.expected, excerpt: raw))
    try sink.quarantine(
      QuarantinedRecord(locator: place, code: fault.code, reason: fault.found, raw: raw))
  }

  // MARK: Descriptions

  private mutating func readDescriptions(_ table: SetProfile.Table) throws {
    if !table.key.isEmpty { keys[table.name] = [] }
    try walk(table) { (reader, row) throws(TableReader.Fault) in
      reader.note(row, of: table)
      try reader.state(row, of: table)
    }
  }

  /// States what a row says by the table's rules.
  mutating func state(_ row: TableRow, of table: SetProfile.Table) throws(TableReader.Fault) {
    let (entities, applied) = stater.entities(
      of: row, by: table.entities, rest: rest[table.name] ?? [])
    guard applied > 0 || table.entities.isEmpty else {
      throw TableReader.Fault(
        code: "E-FIELD", found: "a row that states nothing: no id in it",
        expected: "a value in an id column of \(table.name)")
    }
    do {
      for entity in entities { try sink.state(entity) }
      if entities.isEmpty, !table.entities.isEmpty {
        tally.add("W-IDENTICAL", table.name, row.locator)
        records += 1
        try sink.skip(records: 1)
      }
    } catch { throw TableReader.Fault(cause: error) }
  }

  private mutating func note(_ row: TableRow, of table: SetProfile.Table) {
    if let owner = profile.lines.owner, owner.table == table.name,
      owner.condition?.holds(for: row) ?? true, let key = owner.account.key(in: row),
      let name = row[owner.name], owners[key] == nil
    {
      owners[key] = name
    }
    if let expected = profile.lines.expected, expected.table == table.name,
      expected.condition.holds(for: row), let key = expected.account.key(in: row)
    {
      expectedAccounts.append((key, row.locator))
    }
  }
}

extension TableRow {
  /// The texts of columns as one key; nil when one is empty.
  func key(_ columns: [String]) -> String? {
    var texts: [String] = []
    for column in columns {
      guard let text = self[column] else { return nil }
      texts.append(text)
    }
    return texts.joined(separator: "\u{1F}")
  }
}
