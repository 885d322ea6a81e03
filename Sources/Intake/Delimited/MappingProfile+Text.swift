import CaseModel
import Digests
import Yams

/// What is wrong with a profile's text.
struct ProfileFault: Error {
  let reason: String
}

extension MappingProfile {
  /// Reads a profile from YAML or JSON: the long form of the files under `Profiles/`, or the short
  /// forms (`delim`, `dec`, `fmt`, `ccy`, `dateidx` …) that fit on a command line.
  init(text: String) throws(ProfileFault) {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw ProfileFault(reason: "the profile is neither YAML nor JSON")
    }
    guard let mapping = root?.mapping else {
      throw ProfileFault(reason: "the profile is no list of settings")
    }
    self.init()
    hash = ContentHash(of: text)
    for (key, value) in mapping {
      guard let key = key.string else { throw ProfileFault(reason: "a setting without a name") }
      if value.isNull { continue }
      try set(Self.spelling[key] ?? key, to: value)
    }
  }

  /// Short and other spellings of the settings.
  private static let spelling: [String: String] = [
    "delim": "delimiter", "dec": "decimal", "fmt": "date-format", "date": "date-format-or-column",
    "dateFormat": "date-format", "altfmt": "date-format-2", "ccy": "currency", "dc": "flag",
    "dcFlag": "flag", "where": "keep-only", "signForm": "sign-form", "nullWords": "null-words",
    "recordType": "record-type", "plus_is_credit": "plus-is-credit", "headerRow": "header-row",
    "plusIsCredit": "plus-is-credit", "statementPer": "statement-per", "scale": "implied-decimals",
    "format": "name", "pivot": "pivot-year",
  ]

  private mutating func set(_ key: String, to value: Node) throws(ProfileFault) {
    if try setShortColumn(key, to: value) { return }
    if try setLayout(key, to: value) { return }
    if try setAmounts(key, to: value) { return }
    if try setRows(key, to: value) { return }
    throw ProfileFault(reason: "the setting '\(Issue.escaped(key))' is not known")
  }

  /// `amount: Betrag`, `dateidx: 0`: a column named beside the settings.
  private mutating func setShortColumn(_ key: String, to value: Node) throws(ProfileFault) -> Bool {
    let roles: [String: Role] = [
      "amount": .amount, "debit": .debit, "credit": .credit, "ccycol": .currency,
      "in": .credit, "out": .debit, "balance": .balance,
    ]
    if let role = roles[key] {
      columns[role] = try Self.column(value)
      return true
    }
    let indexes: [String: Role] = [
      "dateidx": .bookingDate, "amountidx": .amount, "debitidx": .debit, "creditidx": .credit,
      "ccyidx": .currency, "balanceidx": .balance, "inidx": .credit, "outidx": .debit,
    ]
    if let role = indexes[key] {
      columns[role] = .index(try Self.int(value, key))
      return true
    }
    guard key == "date-format-or-column" else { return false }
    // `date` names the column in one short form and the form of days in the other.
    let text = try Self.string(value, "date")
    if text.contains("%") {
      try addDate(text)
    } else {
      columns[.bookingDate] = .named([text])
    }
    return true
  }

  private mutating func setLayout(_ key: String, to value: Node) throws(ProfileFault) -> Bool {
    switch key {
    case "name": name = try Self.string(value, key)
    case "version": version = try Self.int(value, key)
    case "institution": institution = try Self.string(value, key)
    case "describes": describes = try Self.string(value, key)
    case "source": origin = try Self.string(value, key)
    case "timezone", "language": _ = try Self.string(value, key)
    case "match":
      let word = try Self.string(value, key)
      guard ["header", "name"].contains(word) else {
        throw ProfileFault(reason: "'match' is header or name")
      }
      isMatched = word == "header"
    case "sheet": sheets = try Self.strings(value, key)
    case "hidden-rows":
      let word = try Self.string(value, key)
      guard ["import", "skip"].contains(word) else {
        throw ProfileFault(reason: "'hidden-rows' is import or skip")
      }
      includesHiddenRows = word == "import"
    case "encoding":
      let text = try Self.string(value, key)
      guard let found = TextEncoding(named: text) else {
        throw ProfileFault(reason: "the encoding '\(Issue.escaped(text))' is not known")
      }
      encoding = found
    case "delimiter": delimiter = try Self.byte(value, key)
    case "quote":
      let text = try Self.string(value, key)
      quote = text.isEmpty || text == "none" ? 0 : try Self.byte(value, key)
    case "skip": skip = try Self.int(value, key)
    case "header": hasHeader = try Self.bool(value, key)
    case "header-row": headerRow = try Self.strings(value, key)
    case "footer":
      if let rows = value.int {
        footerRows = rows
      } else {
        footerWords = try Self.strings(value, key)
      }
    case "columns": try setColumns(value)
    case "account":
      account = try Self.place(value, key)
    case "account-scheme": accountScheme = try Self.string(value, key)
    default: return false
    }
    return true
  }

  private mutating func setColumns(_ value: Node) throws(ProfileFault) {
    let other: [String: Role] = [
      "date": .bookingDate, "own_account": .ownAccount, "account": .counterpartyAccount,
    ]
    guard let mapping = value.mapping else {
      throw ProfileFault(reason: "'columns' is no list of roles")
    }
    let names = mapping.keys.compactMap(\.string)
    if names.contains("account"), !names.contains("own_account"), !names.contains("own-account") {
      throw ProfileFault(
        reason: "the column role 'account' is not clear: write own-account or counterparty-account")
    }
    for (key, column) in mapping {
      guard let key = key.string, let role = Role(text: key) ?? other[key] else {
        throw ProfileFault(
          reason: "the column role '\(Issue.escaped(key.string ?? "?"))' is not known: "
            + Role.names.joined(separator: ", "))
      }
      if role == .purpose, let list = column.sequence {
        purposes = []
        for item in list { purposes.append(try Self.column(item)) }
      } else if role == .purpose {
        purposes = [try Self.column(column)]
      } else {
        columns[role] = try Self.column(column)
      }
    }
  }

  private mutating func setAmounts(_ key: String, to value: Node) throws(ProfileFault) -> Bool {
    switch key {
    case "decimal":
      let text = try Self.string(value, key)
      if text == "none" {
        hasDecimals = false
      } else {
        guard text == "." || text == "," else {
          throw ProfileFault(reason: "'decimal' is neither a point nor a comma")
        }
        decimal = text.unicodeScalars.first
      }
    case "group":
      groups = Set(
        (value.sequence == nil ? [try Self.string(value, key)] : try Self.strings(value, key))
          .flatMap(\.unicodeScalars))
    case "sign-form":
      signs = []
      for word in try Self.strings(value, key) {
        switch word {
        case "leading": signs.insert(.leading)
        case "trailing": signs.insert(.trailing)
        case "parentheses": signs.insert(.parentheses)
        case "suffix": signs.insert(.suffix)
        default:
          throw ProfileFault(reason: "'sign-form' is leading, trailing, parentheses or suffix")
        }
      }
    case "implied-decimals": impliedDecimals = try Self.int(value, key)
    case "minor-units":
      isMinorUnits = try Self.bool(value, key)
      hasDecimals = !isMinorUnits
    case "invert": isInverted = try Self.bool(value, key)
    case "plus-is-credit": plusIsCredit = try Self.bool(value, key)
    case "currency":
      let code = try Self.string(value, key)
      guard let found = Currency(iso: code) else {
        throw ProfileFault(reason: "the currency '\(Issue.escaped(code))' is not in ISO 4217")
      }
      currency = found
    case "date-format": for form in try Self.strings(value, key) { try addDate(form) }
    case "date-format-2": try addDate(try Self.string(value, key))
    case "pivot-year": pivotYear = try Self.int(value, key)
    case "opening": opening = try Self.place(value, key)
    case "closing": closing = try Self.place(value, key)
    default: return false
    }
    return true
  }

  private mutating func setRows(_ key: String, to value: Node) throws(ProfileFault) -> Bool {
    switch key {
    case "flag":
      flag = try Self.coded(value, key) { (node: Node) in
        switch node.string {
        case "1", "+1", "credit", "in": 1
        case "-1", "debit", "out": -1
        default: nil
        }
      }
    case "record-type":
      recordType = try Self.coded(value, key) { RecordKind(rawValue: $0.string ?? "") }
    case "status": status = try Self.coded(value, key) { EntryKind(rawValue: $0.string ?? "") }
    case "channels":
      channels = try Self.coded(value, key) { Channel(rawValue: $0.string ?? "") }
      if let text = value["default"]?.string {
        guard let channel = Channel(rawValue: text) else {
          throw ProfileFault(reason: "the channel '\(Issue.escaped(text))' is not known")
        }
        channelDefault = channel
      }
    case "keep-only":
      guard let column = value["column"], let equals = value["equals"]?.string else {
        throw ProfileFault(reason: "'keep-only' needs column and equals")
      }
      keepOnly = (try Self.column(column), equals)
    case "continuation": hasContinuation = try Self.bool(value, key)
    case "ragged": isRagged = try Self.bool(value, key)
    case "statement-per": splitsByCurrency = try Self.string(value, key) == "currency"
    case "null-words": nullWords = Set(try Self.strings(value, key))
    default: return false
    }
    return true
  }

  private mutating func addDate(_ pattern: String) throws(ProfileFault) {
    guard let form = DateForm(pattern) else {
      throw ProfileFault(reason: "the date form '\(Issue.escaped(pattern))' is not known")
    }
    dates.append(form)
  }

  private static func coded<Meaning>(
    _ node: Node, _ key: String, _ meaning: (Node) -> Meaning?
  ) throws(ProfileFault) -> Coded<Meaning> {
    guard let column = node["column"], let codes = (node["codes"] ?? node["sign"])?.mapping else {
      throw ProfileFault(reason: "'\(key)' needs column and codes")
    }
    var table: [String: Meaning] = [:]
    for (code, value) in codes {
      guard let code = code.string, let found = meaning(value) else {
        throw ProfileFault(
          reason: "'\(key)': the meaning '\(Issue.escaped(value.string ?? "?"))' is not known")
      }
      table[code] = found
    }
    return Coded(column: try Self.column(column), codes: table)
  }

  /// A number is a position from 0; text is a name, with other spellings behind `|`.
  private static func column(_ node: Node) throws(ProfileFault) -> Column {
    if let list = node.sequence {
      return .named(list.compactMap(\.string))
    }
    if let index = node.int, node.scalar?.style == .plain || node.scalar?.style == .any {
      guard index >= 0 else { throw ProfileFault(reason: "a column number below zero") }
      return .index(index)
    }
    return .named(try string(node, "column").split(separator: "|").map(String.init))
  }

  private static func place(_ node: Node, _ key: String) throws(ProfileFault) -> Place {
    if let text = node.scalar?.string { return .constant(text) }
    if let pattern = node["pattern"]?.string {
      guard (try? Regex(pattern)) != nil else {
        throw ProfileFault(reason: "'\(key)': the pattern is no regular expression")
      }
      return .pattern(pattern)
    }
    if let line = node["line"]?.int, let column = node["column"]?.int, line > 0, column > 0 {
      return .cell(line: line, column: column)
    }
    throw ProfileFault(reason: "'\(key)' needs a constant, a pattern, or line and column")
  }

  private static func string(_ node: Node, _ key: String) throws(ProfileFault) -> String {
    guard let text = node.scalar?.string else { throw ProfileFault(reason: "'\(key)' is no text") }
    return text
  }

  private static func strings(_ node: Node, _ key: String) throws(ProfileFault) -> [String] {
    if let list = node.sequence {
      var result: [String] = []
      for item in list { result.append(try string(item, key)) }
      return result
    }
    return [try string(node, key)]
  }

  private static func int(_ node: Node, _ key: String) throws(ProfileFault) -> Int {
    guard let value = node.int, value >= 0 else {
      throw ProfileFault(reason: "'\(key)' is no number from 0")
    }
    return value
  }

  private static func bool(_ node: Node, _ key: String) throws(ProfileFault) -> Bool {
    guard let value = node.bool else {
      throw ProfileFault(reason: "'\(key)' is neither true nor false")
    }
    return value
  }

  private static func byte(_ node: Node, _ key: String) throws(ProfileFault) -> UInt8 {
    let text = try string(node, key)
    if text == "tab" || text == "\\t" { return 9 }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else {
      throw ProfileFault(reason: "'\(key)' is not one ASCII character")
    }
    return byte
  }
}

extension Node {
  fileprivate var isNull: Bool {
    guard let scalar, scalar.style == .plain else { return false }
    return ["", "null", "~", "Null", "NULL"].contains(scalar.string)
  }
}
