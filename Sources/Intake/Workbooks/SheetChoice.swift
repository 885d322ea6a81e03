import CaseModel

/// Which sheets of a workbook are read, and by which profile.
///
/// A profile may name them. Otherwise the only visible sheet that holds anything is meant, or the only
/// one whose header is understood; between two the operator decides.
struct SheetChoice {
  struct Picked {
    let index: Int
    let name: String
    /// Nil: to be found from the sheet itself.
    let profile: MappingProfile?
    let width: Int
    /// Columns whose days have a time.
    let timed: Set<Int>
  }

  private(set) var picked: [Picked] = []
  /// Sheets that hold something and are not read, with the reason.
  private(set) var leftAside: [(name: String, reason: String)] = []

  /// Rows looked at before the reading.
  private static let headRows = 64

  init(
    of source: any SheetSource, stated: MappingProfile?, file: InputFile,
    limits: ReadingOptions.Limits
  ) throws {
    var heads: [(index: Int, name: SheetName, rows: [SheetRow])] = []
    for (index, name) in source.sheets.enumerated() {
      var rows: [SheetRow] = []
      try source.rows(of: index) { row in
        rows.append(row)
        return rows.count < Self.headRows
      }
      if !rows.isEmpty { heads.append((index, name, rows)) }
    }
    let named = stated?.sheets ?? []
    for name in named where name != "*" && !source.sheets.contains(where: { $0.name == name }) {
      throw Self.refusal(
        file, "no sheet '\(Issue.escaped(name))'; sheets: \(Self.list(source.sheets.map(\.name)))",
        "a name of the workbook in the profile")
    }
    func isNamed(_ name: SheetName) -> Bool {
      named.contains(name.name) || (named.contains("*") && !name.isHidden)
    }
    let visible = heads.filter { named.isEmpty ? !$0.name.isHidden : isNamed($0.name) }
    var readable = visible
    if named.isEmpty, visible.count > 1 {
      readable = visible.filter {
        Self.isUnderstood($0.rows, stated: stated, file: file, limits: limits)
      }
      guard readable.count == 1 else {
        throw Self.refusal(
          file,
          readable.isEmpty
            ? "no sheet with a header that is known: \(Self.list(visible.map(\.name.name)))"
            : "several sheets with records: \(Self.list(readable.map(\.name.name)))",
          "a profile that states sheet: with one name or a list of names, or '*' for all")
      }
    }
    for head in readable {
      let profile = try stated ?? ProfileLibrary.match(head.rows, file: file)
      picked.append(
        Picked(
          index: head.index, name: head.name.name, profile: profile,
          width: Self.width(head.rows, profile), timed: Self.timed(head.rows)))
    }
    for head in heads where !readable.contains(where: { $0.index == head.index }) {
      leftAside.append(
        (head.name.name, head.name.isHidden ? "a hidden sheet" : "a sheet that is not chosen"))
    }
    guard !picked.isEmpty else {
      throw Self.refusal(
        file,
        heads.isEmpty ? "a workbook without any cell" : "a workbook whose filled sheets are hidden",
        heads.isEmpty ? "records; ask for the file again" : "a profile that states sheet:")
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map { "'\(Issue.escaped($0))'" }.joined(separator: ", ")
  }

  private static func refusal(_ file: InputFile, _ found: String, _ expected: String) -> FileRefusal
  {
    FileRefusal([
      Issue(
        .error, "E-SHEET", file: file.name, at: Locator(text: "workbook", ordinal: 0), found: found,
        expected: expected)
    ])
  }

  /// The header's width; without a header that of the widest row at the beginning.
  private static func width(_ rows: [SheetRow], _ profile: MappingProfile?) -> Int {
    if let profile, profile.hasHeader {
      if !profile.headerRow.isEmpty { return profile.headerRow.count }
      if let header = rows.first(where: { $0.number > profile.skip && $0.width > 0 }) {
        return header.width
      }
    }
    return rows.map(\.width).max() ?? 1
  }

  private static func timed(_ rows: [SheetRow]) -> Set<Int> {
    var columns: Set<Int> = []
    for cell in rows.flatMap(\.cells) {
      if case .day(_, let seconds) = cell.value, seconds > 0 { columns.insert(cell.column) }
    }
    return columns
  }

  /// Whether the sheet's first rows hold the header of the stated profile, of a shipped one, or words
  /// that banks use.
  private static func isUnderstood(
    _ rows: [SheetRow], stated: MappingProfile?, file: InputFile, limits: ReadingOptions.Limits
  ) -> Bool {
    if let stated {
      guard let header = rows.first(where: { $0.number > stated.skip && $0.width > 0 }) else {
        return false
      }
      let width = stated.headerRow.isEmpty ? header.width : stated.headerRow.count
      return
        (try? ColumnMap(
          stated, header: stated.hasHeader ? header.names(width) : nil, file: file.name,
          line: header.number)) != nil
    }
    if (try? ProfileLibrary.match(rows, file: file)) != nil { return true }
    return rows.prefix(30).contains { ProfileDetection.namesEntries($0.names($0.width)) }
  }
}

extension SheetRow {
  /// The row as column names.
  func names(_ width: Int) -> [String] {
    var names = [String](repeating: "", count: max(width, self.width))
    for cell in cells where names.indices.contains(cell.column) {
      switch cell.value {
      case .text(let text): names[cell.column] = text.trimmedSpaces
      case .number(let text): names[cell.column] = text
      case .day(let day, _): names[cell.column] = day.description
      case .time, .unknown: break
      }
    }
    return names
  }
}

extension String {
  /// Without spaces around it.
  var trimmedSpaces: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
