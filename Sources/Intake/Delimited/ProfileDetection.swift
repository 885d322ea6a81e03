import CaseModel
import Digests

/// Makes a profile for a file that comes without one, from its header words and the shapes of its
/// values. Whatever two readings could share is refused with both (`E-AMBIGUOUS`), never guessed.
enum ProfileDetection {
  /// - Throws: `FileRefusal` or `Issue` that says what is undecided and how to decide it.
  static func propose(
    for text: DecodedText, file: InputFile, limits: ReadingOptions.Limits
  ) throws -> MappingProfile {
    var best: (profile: MappingProfile, header: [String], score: Int)?
    try text.withBytes { buffer in
      for delimiter: UInt8 in [0x2C, 0x3B, 0x09, 0x7C] {
        let found = candidate(buffer, delimiter: delimiter, limits: limits)
        if let found, found.score > (best?.score ?? 0) { best = found }
      }
      if best == nil { try breach(buffer, file: file, limits: limits) }
    }
    guard let (found, header, _) = best else {
      throw FileRefusal([
        Issue(
          .error, "E-HEADER", file: file.name, at: .line(1),
          found: "no row of column names that is known, and no profile",
          expected: "a profile that names the columns for date and amount")
      ])
    }
    var profile = found
    try assign(header, to: &profile, file: file)
    try text.withBytes {
      try findCurrency(
        $0, profile: &profile, file: file, limits: limits, passed: text.passed)
      text.passed(0)
      try checkDirection(
        $0, header: header, profile: &profile, file: file, limits: limits, passed: text.passed)
      text.passed(0)
      try findStatus(
        $0, header: header, profile: &profile, file: file, limits: limits, passed: text.passed)
      text.passed(0)
    }
    profile.name = "detected"
    profile.hash = ContentHash(of: description(of: profile, header: header))
    return profile
  }

  /// The first row that names a date and an amount under this delimiter.
  private static func candidate(
    _ buffer: UnsafeBufferPointer<UInt8>, delimiter: UInt8, limits: ReadingOptions.Limits
  ) -> (profile: MappingProfile, header: [String], score: Int)? {
    var scanner = RowScanner(buffer, delimiter: delimiter, quote: 0x22, columnsMax: limits.columns)
    for _ in 0..<30 {
      guard let more = try? scanner.next(), more else { return nil }
      if scanner.isBlank || scanner.fields.count < 2 { continue }
      let header = scanner.fields.indices.map { scanner.string($0) ?? "" }
      guard namesEntries(header) else { continue }
      let roles = Set(matches(header).map(\.role))
      var profile = MappingProfile()
      profile.delimiter = delimiter
      profile.skip = scanner.rowLine - 1
      return (profile, header, roles.count)
    }
    return nil
  }

  /// Whether a row of names has words for a day and for an amount.
  static func namesEntries(_ header: [String]) -> Bool {
    let roles = Set(matches(header).map(\.role))
    return (roles.contains(.bookingDate) || roles.contains(.valueDate))
      && (roles.contains(.amount) || roles.contains(.debit) || roles.contains(.credit))
  }

  /// How many columns have names that are known.
  static func knownNames(_ header: [String]) -> Int {
    let flags = HeaderWords.flags.split(separator: "|")
    let known = Set(matches(header).map(\.column))
    return header.indices.count { column in
      let plain = HeaderWords.plain(header[column]).name
      return known.contains(column) || StatusWords.isHeader(plain)
        || FeeWords.headers.contains(plain)
        || flags.contains { $0 == plain }
    }
  }

  private static func matches(
    _ header: [String]
  ) -> [(role: MappingProfile.Role, rank: Int, column: Int)] {
    var found: [(role: MappingProfile.Role, rank: Int, column: Int)] = []
    for (role, text) in HeaderWords.words {
      let words = text.split(separator: "|").map { String($0) }
      for (column, name) in header.enumerated() {
        let (plain, _) = HeaderWords.plain(name)
        let rank =
          words.firstIndex(of: plain) ?? words.firstIndex(of: MappingProfile.normalised(name))
        if let rank { found.append((role, rank, column)) }
      }
    }
    return found
  }

  private static func assign(
    _ header: [String], to profile: inout MappingProfile, file: InputFile
  ) throws {
    let found = matches(header)
    var taken: Set<Int> = []
    for (role, _) in HeaderWords.words {
      let here = found.filter { $0.role == role && !taken.contains($0.column) }
      guard let best = here.map(\.rank).min() else { continue }
      let columns = here.filter { $0.rank == best }.map(\.column)
      guard columns.count == 1 else {
        throw Issue(
          .error, "E-AMBIGUOUS", file: file.name, at: .line(profile.skip + 1),
          found: rivals(columns, for: role.text, in: header),
          expected: "a profile that names one of them by number")
      }
      taken.insert(columns[0])
      if role == .purpose {
        profile.purposes = [.index(columns[0])]
      } else {
        profile.columns[role] = .index(columns[0])
      }
      if let currency = HeaderWords.plain(header[columns[0]]).currency,
        [.amount, .debit, .credit].contains(role)
      {
        profile.currency = currency
      }
    }
    if profile.columns[.amount] != nil {
      profile.columns[.debit] = nil
      profile.columns[.credit] = nil
    }
  }

  /// Finds a debit or credit flag; refuses a column of unsigned amounts without one, because nothing
  /// tells money in from money out.
  private static func checkDirection(
    _ buffer: UnsafeBufferPointer<UInt8>, header: [String], profile: inout MappingProfile,
    file: InputFile, limits: ReadingOptions.Limits, passed: (Int) -> Void
  ) throws {
    guard case .index(let amount)? = profile.columns[.amount] else { return }
    let names = HeaderWords.flags.split(separator: "|").map { String($0) }
    var flag = header.firstIndex { names.contains(MappingProfile.normalised($0)) }
    if flag == nil, case .index(let type)? = profile.columns[.type] { flag = type }
    var scanner = RowScanner(
      buffer, delimiter: profile.delimiter ?? 0x2C, quote: 0x22, columnsMax: limits.columns)
    _ = scanner.skipLines(profile.skip)
    _ = try? scanner.next()
    var hasSign = false
    var rows = 0
    var codes: Set<String> = []
    while let more = try? scanner.next(), more {
      let value = scanner.trimmed(amount)
      guard !value.isEmpty else { continue }
      rows += 1
      if rows & 0xFFFF == 0 { passed(scanner.offset) }
      if value.contains(0x2D) || value.contains(0xE2) { hasSign = true }
      if value.last == 0x29, value.contains(0x28) {
        hasSign = true
        profile.signs.insert(.parentheses)
      }
      if value.last == 0x2D { profile.signs.insert(.trailing) }
      if let tail = suffix(value) {
        if tail { hasSign = true }
        profile.signs.insert(.suffix)
      }
      if let flag, codes.count < 16, let code = scanner.string(flag) { codes.insert(code) }
    }
    if let flag, !codes.isEmpty,
      codes.allSatisfy({ HeaderWords.flagCodes[$0.lowercased()] != nil })
    {
      var table: [String: Int] = [:]
      for code in codes { table[code] = HeaderWords.flagCodes[code.lowercased()] }
      profile.flag = MappingProfile.Coded(column: .index(flag), codes: table)
    } else if rows > 0, !hasSign {
      throw Issue(
        .error, "E-AMBIGUOUS", file: file.name, at: .line(profile.skip + 1),
        found: "no amount has a sign: all money in, or, as on card statements, all money out",
        expected: "a profile that states invert: false or invert: true, or the column of the flag")
    }
  }

  /// Whether a number ends in `CR` or `DR`: true for the latter, which is a sign; nil for neither.
  private static func suffix(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard value.count > 2, value[value.count - 1] | 0x20 == 0x72 else { return nil }
    switch value[value.count - 2] | 0x20 {
    case 0x64: return true
    case 0x63: return false
    default: return nil
    }
  }

  /// The currency whose sign or code stands beside the amounts, when no column and no header names one.
  /// - Throws: `E-AMBIGUOUS` for a sign that several currencies use, such as `$`.
  private static func findCurrency(
    _ buffer: UnsafeBufferPointer<UInt8>, profile: inout MappingProfile, file: InputFile,
    limits: ReadingOptions.Limits, passed: (Int) -> Void
  ) throws {
    guard profile.columns[.currency] == nil, profile.currency == nil else { return }
    let looked = [MappingProfile.Role.amount, .debit, .credit].compactMap { role -> Int? in
      if case .index(let index)? = profile.columns[role] { index } else { nil }
    }
    var scanner = RowScanner(
      buffer, delimiter: profile.delimiter ?? 0x2C, quote: 0x22, columnsMax: limits.columns)
    _ = scanner.skipLines(profile.skip)
    _ = try? scanner.next()
    var marks: Set<String> = []
    var rows = 0
    while let more = try? scanner.next(), more, marks.count < 4 {
      rows += 1
      if rows & 0xFFFF == 0 { passed(scanner.offset) }
      for column in looked {
        let value = scanner.trimmed(column)
        let isPlain = value.allSatisfy { $0 < 0x3A && $0 != 0x24 }
        if isPlain || value.count > 40 { continue }
        let text = String(decoding: value, as: UTF8.self).unicodeScalars.filter {
          $0.properties.generalCategory == .currencySymbol || $0.properties.isAlphabetic
        }
        let mark = String(String.UnicodeScalarView(text))
        if !CurrencySigns.candidates(mark).isEmpty { marks.insert(mark) }
      }
    }
    guard let mark = marks.sorted().first else { return }
    let candidates = CurrencySigns.candidates(mark)
    guard marks.count == 1, candidates.count == 1, let currency = Currency(iso: candidates[0])
    else {
      let shown = marks.sorted().map { "'\(Issue.escaped($0))'" }.joined(separator: ", ")
      throw Issue(
        .error, "E-AMBIGUOUS", file: file.name, at: .line(profile.skip + 1),
        found: "amounts marked \(shown), which may be \(candidates.joined(separator: " or "))",
        expected: "a profile that states the currency")
    }
    profile.currency = currency
  }

  /// Says a breach of a limit, when that is why no header was found.
  private static func breach(
    _ buffer: UnsafeBufferPointer<UInt8>, file: InputFile, limits: ReadingOptions.Limits
  ) throws {
    var scanner = RowScanner(buffer, delimiter: 0x2C, quote: 0x22, columnsMax: limits.columns)
    do throws(RowScanner.Fault) { _ = try scanner.next() } catch {
      throw FileRefusal([Delimited.issue(error, file: file.name, limits: limits)])
    }
  }
}
