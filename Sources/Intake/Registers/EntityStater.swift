import CaseModel

/// States the entities of rows by a profile's rules, and remembers which ids were stated and named, so
/// that open references can be shown.
struct EntityStater {
  let file: String
  let space: String
  let layout: TableLayout
  let pivot: CenturyPivot
  private(set) var stated = 0
  private var ids: Set<String> = []
  private var contents: Set<[String]> = []
  private var named: [(id: String, at: Locator)] = []
  private var namedIDs: Set<String> = []
  private var invalid: [String: [Locator]] = [:]
  private var undated: [String: [Locator]] = [:]

  init(file: String, space: String, layout: TableLayout, pivot: CenturyPivot) {
    self.file = file
    self.space = space
    self.layout = layout
    self.pivot = pivot
  }

  /// The entities that a row states; a repetition of what was stated already is left out.
  /// - Parameter rest: columns that no rule reads; what they hold stands with the row's first entity,
  ///   under `column:` and their name.
  /// - Returns: The entities, and how many rules had something to say.
  mutating func entities(
    of row: TableRow, by rules: [EntityRule], rest: [String] = []
  ) -> (entities: [StatedEntity], applied: Int) {
    var result: [StatedEntity] = []
    var applied = 0
    for rule in rules where rule.conditions.allSatisfy({ $0.holds(for: row) }) {
      guard let id = rule.id.text(in: row) else { continue }
      applied += 1
      check(rule, row)
      if rule.isOnlyIfNew, ids.contains(id) { continue }
      var entity = entity(rule, id, row)
      if applied == 1 {
        for column in rest { entity.add("column:" + column, row[column].map { [$0] } ?? []) }
      }
      ids.insert(id)
      guard contents.insert(Self.content(entity)).inserted else { continue }
      result.append(entity)
    }
    stated += result.count
    return (result, applied)
  }

  private mutating func entity(_ rule: EntityRule, _ id: String, _ row: TableRow) -> StatedEntity {
    var entity = StatedEntity(
      locator: row.locator, schema: rule.schema(in: row), space: space, id: id)
    for (name, source) in rule.properties {
      if let text = text(source, row, name) { entity.add(name, [text]) }
    }
    for (name, value) in rule.constants { entity.add(name, [value]) }
    for (name, link) in rule.links {
      guard let other = link.text(in: row) else { continue }
      entity.add(name, [other])
      if namedIDs.insert(other).inserted { named.append((other, row.locator)) }
    }
    if let account = rule.account, let key = account.key(in: row) {
      entity.add("moneytrail:accountKey", [key.text])
    }
    entity.validFrom = rule.validFrom.flatMap { day($0, row) }
    entity.validUntil = rule.validUntil.flatMap { day($0, row) }
    entity.statedOn = rule.statedOn.flatMap { day($0, row) }
    return entity
  }

  private mutating func day(_ column: String, _ row: TableRow) -> CivilDate? {
    guard let text = row[column] else { return nil }
    if let day = try? layout.day(text, pivot: pivot) { return day }
    if undated[column]?.last != row.locator { undated[column, default: []].append(row.locator) }
    return nil
  }

  /// A property's text: joined columns, a code's word, a day as ISO 8601, an amount as plain decimals. What
  /// cannot be read so is kept as it stands.
  private mutating func text(
    _ source: EntityRule.Source, _ row: TableRow, _ name: String
  ) -> String? {
    let parts = source.columns.compactMap { row[$0] }
    guard !parts.isEmpty else { return nil }
    let joined = parts.joined(separator: " ")
    switch source.kind {
    case .text: return source.codes[joined] ?? joined
    case .day: return source.columns.first.flatMap { day($0, row)?.description } ?? joined
    case .amount:
      guard let currency = layout.currency else { return joined }
      return (try? layout.amount(joined, in: currency))?.decimalText ?? joined
    }
  }

  private mutating func check(_ rule: EntityRule, _ row: TableRow) {
    for (column, scheme) in rule.checks {
      guard let text = row[column], !scheme.accepts(text) else { continue }
      let key = "\(scheme.rawValue) in \(column)"
      // Several rules may look at one column.
      if invalid[key]?.last != row.locator { invalid[key, default: []].append(row.locator) }
    }
  }

  /// An entity without its place, to know repetitions.
  private static func content(_ entity: StatedEntity) -> [String] {
    var parts = [entity.schema, entity.id]
    for name in entity.properties.keys.sorted() {
      parts += [name, "="] + (entity.properties[name] ?? [])
    }
    return parts
      + [entity.validFrom, entity.validUntil, entity.statedOn].map { "\($0?.dayNumber ?? .min)" }
  }

  /// What stands out when all rows are read, in a fixed order.
  func issues() -> [Issue] {
    func warning(_ code: String, _ places: [Locator], _ found: String, _ expected: String) -> Issue
    {
      Issue(
        .warning, code, file: file, at: Locator.together(places), found: found, expected: expected)
    }
    var issues: [Issue] = []
    for key in invalid.keys.sorted() {
      let places = invalid[key] ?? []
      issues.append(
        warning(
          "W-ID", places, "\(places.count) values of \(key) that break its own rule",
          "a valid identifier; kept as stated, never used as a strong key"))
    }
    for column in undated.keys.sorted() {
      let places = undated[column] ?? []
      issues.append(
        warning(
          "W-DATE", places,
          "\(places.count) values of \(column) that are no days of the stated form",
          "a day; kept as stated, without validity"))
    }
    let open = named.filter { !ids.contains($0.id) }
    if !open.isEmpty {
      issues.append(
        warning(
          "W-DANGLING", open.map(\.at), "\(open.count) records named that the file does not hold",
          "kept as open references; another file may hold them"))
    }
    return issues
  }
}

extension EntityRule.Condition {
  func holds(for row: TableRow) -> Bool {
    switch self {
    case .present(let columns): columns.allSatisfy { row[$0] != nil }
    case .absent(let columns): columns.allSatisfy { row[$0] == nil }
    case .equals(let column, let values): row[column].map(values.contains) ?? false
    case .differs(let column, let values): !(row[column].map(values.contains) ?? false)
    }
  }
}

extension EntityRule.Identity {
  /// Nil when a column of it is empty: such a row states no entity.
  func text(in row: TableRow) -> String? {
    var texts: [String] = []
    for part in parts {
      switch part {
      case .word(let word): texts.append(word)
      case .column(let column):
        guard let text = row[column] else { return nil }
        texts.append(text)
      }
    }
    return texts.isEmpty ? nil : texts.joined(separator: "/")
  }
}

extension EntityRule {
  func schema(in row: TableRow) -> String {
    schemaColumn.flatMap { row[$0] }.flatMap { schemaCodes[$0] } ?? schema
  }
}

extension AccountRule {
  func key(in row: TableRow) -> AccountKey? {
    if let iban = iban.flatMap({ row[$0] }), let valid = AccountNumber.iban(iban) {
      return AccountKey("iban:" + valid)
    }
    guard let text = number.flatMap({ row[$0] }) ?? iban.flatMap({ row[$0] }) else { return nil }
    let parts = bank.compactMap { row[$0] }
    return AccountNumber.key(
      text, bankCode: parts.isEmpty ? nil : parts.joined(), scheme: scheme)
  }
}
