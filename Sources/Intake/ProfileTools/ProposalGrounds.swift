import CaseModel

/// Decides what a detected profile left open, from all values of the file, and says why each setting is
/// as it is.
struct ProposalGrounds {
  private(set) var header: [String]?
  private(set) var list: [ProfileProposal.Ground] = []
  private(set) var open: [String] = []

  /// - Throws: `Issue` that names both readings where the values allow two.
  init(_ view: inout DelimitedView, receivedOn: CivilDate?) throws {
    let profile = view.profile
    let (names, examples, decimal, dates) = try view.withRows {
      _, header, line, scanner -> ([String]?, [Int: [String]], Unicode.Scalar?, [DateForm]) in
      let columns = try ColumnMap(profile, header: header, file: view.file.name, line: line)
      let shapes = ValueShapes(
        scanner: scanner, profile: profile, columns: columns, file: view.file.name)
      let pivot =
        profile.pivotYear.map(CenturyPivot.init(latestYear:))
        ?? CenturyPivot(receivedOn: receivedOn)
      return (
        header, Self.examples(scanner),
        profile.hasDecimals && profile.decimal == nil ? try shapes.decimal() : profile.decimal,
        profile.dates.isEmpty ? try shapes.dates(pivot: pivot) : profile.dates
      )
    }
    header = names
    view.profile.decimal = decimal
    view.profile.dates = dates
    explain(view.profile, view: view, examples: examples)
  }

  /// The first three values of each column that are not empty.
  private static func examples(_ scanner: RowScanner) -> [Int: [String]] {
    var rows = scanner
    var found: [Int: [String]] = [:]
    var seen = 0
    while seen < 200, let more = try? rows.next(), more {
      seen += 1
      for column in rows.fields.indices where found[column, default: []].count < 3 {
        if let text = rows.string(column) { found[column, default: []].append(text) }
      }
    }
    return found
  }

  private mutating func explain(
    _ profile: MappingProfile, view: DelimitedView, examples: [Int: [String]]
  ) {
    func shown(_ column: Int) -> String {
      let values = (examples[column] ?? []).map { "'\(Issue.escaped($0))'" }
      return values.isEmpty ? "no value" : "values such as \(values.joined(separator: ", "))"
    }
    if !view.isDetected {
      add("profile", profile.name, "the header is the one of this profile")
    }
    add(
      "delimiter",
      profile.delimiter == 9 ? "TAB" : String(UnicodeScalar(profile.delimiter ?? 0x2C)),
      "gives a row of names with a day and an amount, \(profile.skip) lines into the file")
    var named: [(String, MappingProfile.Column)] = MappingProfile.Role.allCases.compactMap {
      role in profile.columns[role].map { (role.text, $0) }
    }
    named += profile.purposes.map { ("purpose", $0) }
    if let flag = profile.flag { named.append(("flag", flag.column)) }
    if let status = profile.status { named.append(("status", status.column)) }
    for (role, column) in named {
      guard let index = position(column) else { continue }
      let name = header.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? ""
      add(
        role, "column \(index + 1) '\(Issue.escaped(name))'",
        "the header word is one for \(role), and \(shown(index))")
    }
    if let decimal = profile.decimal {
      let column = [MappingProfile.Role.amount, .debit, .credit].lazy
        .compactMap { profile.columns[$0] }.first.flatMap { position($0) }
      add("decimal", String(Character(decimal)), "\(column.map(shown) ?? "no value")")
    }
    for form in profile.dates {
      let column = (profile.columns[.bookingDate] ?? profile.columns[.valueDate])
        .flatMap { position($0) }
      add(
        "date-format", form.pattern,
        "the only form that fits most values, \(column.map(shown) ?? "no value")")
    }
    explainRest(profile)
  }

  private mutating func explainRest(_ profile: MappingProfile) {
    if let flag = profile.flag {
      let codes = flag.codes.keys.sorted().map { "\(Issue.escaped($0)) = \(flag.codes[$0] ?? 0)" }
      add("flag codes", codes.joined(separator: ", "), "every value is such a word")
    }
    if let status = profile.status {
      let codes = status.codes.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        .map { "\(Issue.escaped($0)) = \(status.codes[$0]?.rawValue ?? "")" }
      add(
        "status codes", codes.isEmpty ? "none" : codes.joined(separator: ", "),
        "words that are known; a row with another word is set aside")
    }
    if let currency = profile.currency {
      add("currency", currency.code, "named in the header or beside the amounts")
    } else if profile.columns[.currency] == nil {
      open.append("currency: no column and no sign names one; entries would carry XXX")
    }
    if profile.columns[.ownAccount] == nil, profile.account == nil {
      open.append("account: not named; entries of other files are not joined with these")
    }
    if profile.columns[.balance] == nil, profile.opening == nil {
      open.append("balance: no running balance, so nothing checks whether rows are missing")
    }
  }

  private func position(_ column: MappingProfile.Column) -> Int? {
    switch column {
    case .index(let index): return index
    case .named(let names):
      let wanted = names.map { MappingProfile.normalised($0) }
      return header?.firstIndex { wanted.contains(MappingProfile.normalised($0)) }
    }
  }

  private mutating func add(_ setting: String, _ value: String, _ because: String) {
    list.append(ProfileProposal.Ground(setting: setting, value: value, because: because))
  }
}
