import CaseModel

// What detection says of the columns beside day, amount and direction: whether a row was booked at all,
// which fees stand beside the amounts, and which columns nothing is taken from.

extension ProfileDetection {
  /// Distinct words of a status column that are looked at; a row with one beyond them is set aside.
  private static let statusWordsMax = 64

  /// Finds the column that says whether a row was booked. A word of it that is not known gets no code, so
  /// the reading sets its row aside (`E-STATUS`).
  /// - Throws: `Issue` `E-AMBIGUOUS` for two such columns.
  static func findStatus(
    _ buffer: UnsafeBufferPointer<UInt8>, header: [String], profile: inout MappingProfile,
    file: InputFile, limits: ReadingOptions.Limits, passed: (Int) -> Void
  ) throws {
    let used = usedColumns(profile)
    let plain = header.map { HeaderWords.plain($0).name }
    let named = header.indices.filter { StatusWords.isHeader(plain[$0]) && !used.contains($0) }
    guard !named.isEmpty else { return }
    var words = [Set<String>](repeating: [], count: named.count)
    eachRow(buffer, profile, limits: limits, passed: passed) { scanner in
      for (place, column) in named.enumerated() where words[place].count < statusWordsMax {
        if let word = scanner.string(column) { words[place].insert(word) }
      }
    }
    var found: [(column: Int, codes: [String: EntryKind])] = []
    for (place, column) in named.enumerated() {
      var codes: [String: EntryKind] = [:]
      for word in words[place] {
        codes[word] = StatusWords.kinds[MappingProfile.normalised(word)]
      }
      let isStatus =
        StatusWords.needsValues(plain[column]) ? !codes.isEmpty : !words[place].isEmpty
      if isStatus { found.append((column, codes)) }
    }
    guard found.count < 2 else {
      throw Issue(
        .error, "E-AMBIGUOUS", file: file.name, at: .line(profile.skip + 1),
        found: Self.rivals(found.map(\.column), for: "status", in: header),
        expected: "a profile that names one of them by number")
    }
    if let (column, codes) = found.first {
      profile.status = MappingProfile.Coded(column: .index(column), codes: codes)
    }
  }

  /// `columns 2 and 5 could both be the amount: 'Amount' and 'Amount EUR'`.
  static func rivals(_ columns: [Int], for role: String, in header: [String]) -> String {
    let numbers = columns.map { "\($0 + 1)" }.joined(separator: " and ")
    let names = columns.map { "'\(Issue.escaped(header[$0]))'" }.joined(separator: " and ")
    return "columns \(numbers) could both be the \(role): \(names)"
  }

  /// Columns of a detected profile that something is read from.
  static func usedColumns(_ profile: MappingProfile) -> Set<Int> {
    var columns = Array(profile.columns.values) + profile.purposes
    if let flag = profile.flag { columns.append(flag.column) }
    if let status = profile.status { columns.append(status.column) }
    return Set(columns.compactMap { if case .index(let index) = $0 { index } else { nil } })
  }

  /// `W-FEE` for each column of fees beside the amounts that holds one other than zero.
  static func feeIssues(
    _ text: DecodedText, profile: MappingProfile, header: [String], file: InputFile,
    limits: ReadingOptions.Limits
  ) -> [Issue] {
    let used = usedColumns(profile)
    let named = header.indices.filter {
      FeeWords.headers.contains(HeaderWords.plain(header[$0]).name) && !used.contains($0)
    }
    guard !named.isEmpty else { return [] }
    var tallies = [(count: Int, lines: [Int])](repeating: (0, []), count: named.count)
    text.withBytes {
      eachRow($0, profile, limits: limits, passed: text.passed) { scanner in
        for (place, column) in named.enumerated()
        where scanner.trimmed(column).contains(where: { (0x31...0x39).contains($0) }) {
          tallies[place].count += 1
          if tallies[place].lines.count < 64 { tallies[place].lines.append(scanner.rowLine) }
        }
      }
    }
    text.passed(0)
    return zip(named, tallies).filter { $0.1.count > 0 }.map { column, tally in
      Issue(
        .warning, "W-FEE", file: file.name,
        at: Locator.together(tally.lines.map(Locator.line)),
        found: "column \(column + 1), '\(Issue.escaped(header[column]))', holds \(tally.count) "
          + "\(tally.count == 1 ? "fee" : "fees"), not read: no header says whether the amounts hold them",
        expected:
          "a profile with fee: for fees that leave the account beside the amount, else without; compare a printed balance"
      )
    }
  }

  /// Calls `body` with each data row; a fault of the text ends the pass, the reading reports it.
  static func eachRow(
    _ buffer: UnsafeBufferPointer<UInt8>, _ profile: MappingProfile,
    limits: ReadingOptions.Limits, passed: (Int) -> Void, _ body: (borrowing RowScanner) -> Void
  ) {
    var scanner = RowScanner(
      buffer, delimiter: profile.delimiter ?? 0x2C, quote: 0x22, columnsMax: limits.columns)
    _ = scanner.skipLines(profile.skip)
    _ = try? scanner.next()
    var rows = 0
    while let more = try? scanner.next(), more {
      rows += 1
      if rows & 0xFFFF == 0 { passed(scanner.offset) }
      if !scanner.isBlank { body(scanner) }
    }
  }

  /// The row of names of a detected profile.
  static func header(
    of text: DecodedText, profile: MappingProfile, limits: ReadingOptions.Limits
  ) -> [String] {
    text.withBytes { buffer in
      var scanner = RowScanner(
        buffer, delimiter: profile.delimiter ?? 0x2C, quote: 0x22, columnsMax: limits.columns)
      _ = scanner.skipLines(profile.skip)
      guard let more = try? scanner.next(), more else { return [] }
      return scanner.fields.indices.map { scanner.string($0) ?? "" }
    }
  }

  /// What a detected profile says, for the report and its hash: every column by number and name, those that
  /// nothing is taken from as well.
  static func description(of profile: MappingProfile, header: [String]) -> String {
    func name(_ index: Int) -> String {
      let text = header.indices.contains(index) ? header[index] : ""
      return text.isEmpty ? "column \(index + 1)" : "column \(index + 1) '\(Issue.escaped(text))'"
    }
    func name(_ column: MappingProfile.Column) -> String {
      switch column {
      case .index(let index): name(index)
      case .named(let names): "'\(Issue.escaped(names[0]))'"
      }
    }
    let delimiter = profile.delimiter.map { $0 == 9 ? "TAB" : "'\(UnicodeScalar($0))'" } ?? "','"
    var parts = [
      "delimiter \(delimiter)",
      "\(profile.skip) \(profile.skip == 1 ? "line" : "lines") before the header",
    ]
    for role in MappingProfile.Role.allCases {
      if let column = profile.columns[role] { parts.append("\(role.text) = \(name(column))") }
    }
    if !profile.purposes.isEmpty {
      parts.append("purpose = \(profile.purposes.map { name($0) }.joined(separator: " + "))")
    }
    if let flag = profile.flag { parts.append("flag = \(name(flag.column))") }
    if let status = profile.status {
      let codes = status.codes.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        .map { "\(Issue.escaped($0)) is \(status.codes[$0]?.rawValue ?? "")" }
      parts.append(
        "status = \(name(status.column))"
          + (codes.isEmpty ? "" : " (\(codes.joined(separator: ", ")))"))
    }
    if let currency = profile.currency { parts.append("currency \(currency.code)") }
    let used = usedColumns(profile)
    let rest = header.indices.filter { !used.contains($0) && !header[$0].isEmpty }
    if !rest.isEmpty { parts.append("not used: \(rest.map { name($0) }.joined(separator: ", "))") }
    return parts.joined(separator: ", ")
  }
}
