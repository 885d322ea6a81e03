extension EntityRule {
  private static let settings: Set<String> = [
    "schema", "id", "when", "properties", "constants", "links", "valid", "checks", "account",
    "only-if-new",
  ]

  /// Reads one rule of a profile's `entities`.
  init(_ rule: ProfileNode) throws(ProfileFault) {
    self.init()
    for (key, value) in try rule.settings(Self.settings) {
      switch key {
      case "schema": try setSchema(value)
      case "id": id = try Identity(value)
      case "when":
        for item in try value.items() { conditions.append(try Condition(item)) }
      case "properties":
        for (name, source) in try value.pairs() { properties.append((name, try Source(source))) }
      case "constants":
        for (name, text) in try value.pairs() { constants.append((name, try text.text())) }
      case "links":
        for (name, id) in try value.pairs() { links.append((name, try Identity(id))) }
      case "valid": try setValidity(value)
      case "checks":
        for (column, scheme) in try value.pairs() {
          checks.append((column, try scheme.choice(IdentifierScheme.self)))
        }
      case "account": account = try AccountRule(value)
      case "only-if-new": isOnlyIfNew = try value.flag()
      default: break
      }
    }
    guard !id.parts.isEmpty else { throw ProfileFault(reason: "an entity without 'id'") }
    let known = FtMSchemata.standard.schemata
    for name in [schema] + schemaCodes.values.sorted() where known[name] == nil {
      throw ProfileFault(reason: "the schema '\(name)' is not known")
    }
  }

  private mutating func setSchema(_ value: ProfileNode) throws(ProfileFault) {
    guard value.node.mapping != nil else {
      schema = try value.text()
      return
    }
    _ = try value.settings(["column", "codes", "else"])
    schemaColumn = try value.required("column").text()
    schemaCodes = try value.required("codes").codes()
    schema = try value.required("else").text()
  }

  private mutating func setValidity(_ value: ProfileNode) throws(ProfileFault) {
    for (key, column) in try value.settings(["from", "until", "stated"]) {
      switch key {
      case "from": validFrom = try column.text()
      case "until": validUntil = try column.text()
      default: statedOn = try column.text()
      }
    }
  }

  /// Every column that the rule reads.
  var columns: Set<String> {
    var names = Set(properties.flatMap(\.source.columns))
    names.formUnion(id.columns)
    for link in links { names.formUnion(link.id.columns) }
    names.formUnion([validFrom, validUntil, statedOn, schemaColumn].compactMap { $0 })
    names.formUnion(checks.map(\.column))
    for condition in conditions {
      switch condition {
      case .present(let columns), .absent(let columns): names.formUnion(columns)
      case .equals(let column, _), .differs(let column, _): names.insert(column)
      }
    }
    if let account {
      names.formUnion([account.iban, account.number].compactMap { $0 } + account.bank)
    }
    return names
  }
}

extension EntityRule.Identity {
  /// Columns in order; a part that begins with `=` is a fixed word.
  init(_ value: ProfileNode) throws(ProfileFault) {
    var parts: [Part] = []
    for text in try value.texts() {
      parts.append(text.hasPrefix("=") ? .word(String(text.dropFirst())) : .column(text))
    }
    self.init(parts: parts)
  }

  var columns: [String] {
    parts.compactMap { if case .column(let name) = $0 { name } else { nil } }
  }
}

extension EntityRule.Condition {
  /// `{present: …}`, `{absent: …}`, `{column: …, equals: …}`, `{column: …, differs: …}`.
  init(_ value: ProfileNode) throws(ProfileFault) {
    _ = try value.settings(["present", "absent", "column", "equals", "differs"])
    if let columns = value["present"] {
      self = .present(try columns.texts())
    } else if let columns = value["absent"] {
      self = .absent(try columns.texts())
    } else if let values = value["equals"] {
      self = .equals(try value.required("column").text(), try values.texts())
    } else {
      self = .differs(try value.required("column").text(), try value.required("differs").texts())
    }
  }
}

extension EntityRule.Source {
  /// A column, several, or `{column: …, codes: …, as: day | amount}`.
  init(_ value: ProfileNode) throws(ProfileFault) {
    guard value.node.mapping != nil else {
      self.init(columns: try value.texts())
      return
    }
    _ = try value.settings(["column", "codes", "as"])
    self.init(columns: try value.required("column").texts())
    if let node = value["codes"] { codes = try node.codes() }
    if let node = value["as"] { kind = try node.choice(Kind.self) }
  }
}

extension AccountRule {
  init(_ value: ProfileNode) throws(ProfileFault) {
    self.init()
    for (key, setting) in try value.settings(["iban", "number", "bank", "scheme"]) {
      switch key {
      case "iban": iban = try setting.text()
      case "number": number = try setting.text()
      case "bank": bank = try setting.texts()
      default: scheme = try setting.text()
      }
    }
  }
}
