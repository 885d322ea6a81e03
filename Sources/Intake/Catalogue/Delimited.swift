import CaseModel

/// Text in rows and columns, read through a mapping profile (formats.md §4.1).
///
/// The profile is the one stated, else the embedded one whose header the file has, else one made from
/// header words and the shapes of the values; what cannot be decided is refused with both readings.
public struct Delimited: StatementFormat, SurveyingFormat {
  public init() {}
  public var name: String { "delimited" }
  public var version: Int { 1 }

  /// ISO 4217's code for "no currency": what entries carry when neither file nor profile names one.
  static let unstated = Currency.unstated

  /// Any text may be delimited text, so every signature of another format goes first.
  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    head.isEmpty ? 0 : 10
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    try read(file, options: options, aim: .entries, into: sink)
  }

  func survey(
    _ file: InputFile, options: ReadingOptions, forKeys: Bool, into sink: any SurveyingSink
  ) throws {
    try read(file, options: options, aim: forKeys ? .survey : .figures, into: sink)
  }

  private func read(
    _ file: InputFile, options: ReadingOptions, aim: RowReader.Aim, into sink: any StatementSink
  ) throws {
    let file = RejectFile.withoutRemarks(file)
    let stated = try options.profile.map { try ProfileLibrary.profile($0, file: file.name) }
    var text = try DecodedText(of: file, fallback: stated?.encoding, scratch: options.scratch)
    var profile: MappingProfile
    if let stated {
      profile = stated
    } else if let known = try ProfileLibrary.match(text, file: file, limits: options.limits) {
      profile = known
      if text.isGuessed, let encoding = known.encoding {
        text = try DecodedText(of: file, fallback: encoding, scratch: options.scratch)
      }
    } else {
      (profile, text) = try Self.detected(text, file: file, options: options)
      let header = ProfileDetection.header(of: text, profile: profile, limits: options.limits)
      try sink.report(
        Issue(
          .note, "N-DETECTED", file: file.name, at: .line(profile.skip + 1),
          found:
            "no profile stated; read as \(ProfileDetection.description(of: profile, header: header))",
          expected: "a look at the first rows and totals; state a profile to fix the reading"))
      for issue in ProfileDetection.feeIssues(
        text, profile: profile, header: header, file: file, limits: options.limits)
      {
        try sink.report(issue)
      }
    }
    try Self.checkEncoding(of: text, profile, file: file, limits: options.limits)
    try sink.uses(profile: profile.line)
    if let issue = Self.guess(text, profile, isStated: stated != nil, file: file) {
      try sink.report(issue)
    }
    try text.withBytes {
      try rows($0, of: text, profile, file: file, options: options, aim: aim, into: sink)
    }
  }

  /// - Throws: `FileRefusal` with `E-ENC` when the text was taken for Windows-1252 and is not.
  static func checkEncoding(
    of text: DecodedText, _ profile: MappingProfile, file: InputFile, limits: ReadingOptions.Limits
  ) throws {
    try EncodingGuess.check(text, of: file) {
      ProfileDetection.header(of: $0, profile: profile, limits: limits)
    }
  }

  /// Says which encoding was assumed.
  private static func guess(
    _ text: DecodedText, _ profile: MappingProfile, isStated: Bool, file: InputFile
  ) -> Issue? {
    let isByHeader = !isStated && profile.name == "detected" && profile.encoding == text.encoding
    guard text.isGuessed || isByHeader else { return nil }
    let line = text.firstGuessed.map { text.line(at: $0) } ?? profile.skip + 1
    return Issue(
      .warning, "W-ENC-GUESS", file: file.name, at: .line(line),
      found: "bytes that are not UTF-8; read as \(text.encoding.rawValue)"
        + (isByHeader ? ", in which the column names are known" : ""),
      expected: "UTF-8, or the encoding in the profile; the raw bytes are kept")
  }

  /// A profile made from the file itself. When nothing names the encoding and the header is not known
  /// in the usual one, the other code pages of Europe are tried: header words decide.
  static func detected(
    _ text: DecodedText, file: InputFile, options: ReadingOptions
  ) throws -> (MappingProfile, DecodedText) {
    let limits = options.limits
    do {
      return (try ProfileDetection.propose(for: text, file: file, limits: limits), text)
    } catch let refusal as FileRefusal
      where text.isGuessed && refusal.issues.contains(where: { $0.code == "E-HEADER" })
    {
      for encoding: TextEncoding in [
        .windows1250, .windows1257, .dos850, .windows1251, .macRoman,
      ] {
        let other = try DecodedText(of: file, fallback: encoding, scratch: options.scratch)
        if var profile = try? ProfileDetection.propose(for: other, file: file, limits: limits) {
          profile.encoding = encoding
          return (profile, other)
        }
      }
      throw refusal
    }
  }

  private func rows(
    _ buffer: UnsafeBufferPointer<UInt8>, of text: DecodedText, _ stated: MappingProfile,
    file: InputFile, options: ReadingOptions, aim: RowReader.Aim, into sink: any StatementSink
  ) throws {
    var profile = stated
    var scanner = RowScanner(
      buffer, delimiter: profile.delimiter ?? 0x2C, quote: profile.quote,
      columnsMax: options.limits.columns)
    let preamble = scanner.skipLines(profile.skip)
    var header: [String]?
    var headerLine = scanner.line
    if profile.hasHeader {
      header = try Self.header(&scanner, file: file.name, limits: options.limits)
      headerLine = scanner.rowLine
    }
    let columns = try ColumnMap(profile, header: header, file: file.name, line: headerLine)
    let pivot =
      profile.pivotYear.map(CenturyPivot.init(latestYear:))
      ?? CenturyPivot(receivedOn: options.receivedOn)
    let shapes = ValueShapes(
      scanner: scanner, profile: profile, columns: columns, file: file.name, passed: text.passed)
    if profile.hasDecimals, profile.decimal == nil { profile.decimal = try shapes.decimal() }
    if profile.dates.isEmpty { profile.dates = try shapes.dates(pivot: pivot) }
    let width = shapes.width(header: header)
    let latestDay = options.receivedOn.map { $0.adding(years: 1) } ?? CivilDate(dayNumber: 47_481)
    let form = AmountForm(
      decimal: profile.hasDecimals ? profile.decimal : nil, groups: profile.groups,
      signs: profile.signs, impliedDecimals: profile.impliedDecimals)
    text.passed(0)
    let traits = TextTraits(buffer, passed: text.passed)
    text.passed(0)
    let plan = RowPlan(
      file: file, profile: profile, columns: columns, text: text, form: form, pivot: pivot,
      traits: traits, width: width.width, limits: options.limits, latestDay: latestDay,
      surroundings: Self.surroundings(profile, preamble: preamble), inexact: options.inexactCells)
    var reader = RowReader(plan, scanner: scanner, aim: aim, sink: sink)
    if let header, width.isNarrower {
      reader.tally.add(
        "W-COLS", line: headerLine,
        found: "rows of \(width.width ?? 0) fields under \(header.count) names",
        expected: "as many fields as names; every row has the same width and is read")
    }
    let dataRows = profile.footerRows > 0 ? max(0, shapes.rowCount() - profile.footerRows) : nil
    let passed = { (offset: Int) in
      text.passed(offset)
      options.progress?(offset)
    }
    if aim != .entries, dataRows == nil, !profile.hasContinuation, options.threads > 1,
      buffer.count > options.partBytes
    {
      let parts = PartedReading(threads: options.threads, partBytes: options.partBytes)
      try parts.read(&reader, passed: passed)
      try reader.end()
    } else {
      try reader.run(dataRows: dataRows, passed: passed)
    }
    if reader.records == 0 {
      try sink.report(
        Issue(
          .warning, "W-NO-ROWS", file: file.name, at: .line(headerLine),
          found: "no data rows", expected: "records; a file without transactions is kept as such"))
    }
  }

  /// The names of the first row that is not blank.
  static func header(
    _ scanner: inout RowScanner, file: String, limits: ReadingOptions.Limits
  ) throws -> [String] {
    do throws(RowScanner.Fault) {
      while try scanner.next() {
        if scanner.isBlank { continue }
        return scanner.fields.indices.map { scanner.string($0) ?? "" }
      }
    } catch { throw FileRefusal([issue(error, file: file, limits: limits)]) }
    throw FileRefusal([
      Issue(
        .error, "E-HEADER", file: file, at: .line(scanner.line), found: "no header row",
        expected: "a row of column names")
    ])
  }

  /// What a scanner's fault means for the file.
  static func issue(
    _ fault: RowScanner.Fault, file: String, limits: ReadingOptions.Limits
  ) -> Issue {
    switch fault {
    case .openQuote(let line):
      Issue(
        .error, "E-QUOTE", file: file, at: .line(line),
        found: "a quote opens here and is never closed: it swallows the rest of the file",
        expected: "a closing quote; check whether the file was cut off")
    case .tooManyColumns(let line):
      Issue(
        .error, "E-SIZE", file: file, at: .line(line),
        found: "more than \(limits.columns) fields in one row",
        expected: "at most \(limits.columns); check the delimiter")
    }
  }

  /// Account and balances from the lines before the header, or constants of the profile.
  private static func surroundings(
    _ profile: MappingProfile, preamble: [String]
  ) -> Surroundings {
    func find(_ place: MappingProfile.Place?) -> String? {
      switch place {
      case nil: return nil
      case .constant(let text): return text
      case .cell(let line, let column):
        guard line <= preamble.count else { return nil }
        let bytes = Array(preamble[line - 1].utf8)
        return bytes.withUnsafeBufferPointer { buffer in
          var cells = RowScanner(
            buffer, delimiter: profile.delimiter ?? 0x2C, quote: profile.quote, columnsMax: 1024)
          guard (try? cells.next()) == true, column <= cells.fields.count else { return nil }
          return cells.string(column - 1)
        }
      case .pattern(let pattern):
        guard let regex = try? Regex(pattern) else { return nil }
        for line in preamble {
          if let match = line.firstMatch(of: regex) {
            let group =
              match.output.count > 1 ? match.output[1].substring : match.output[0].substring
            return group.map(String.init)
          }
        }
        return nil
      }
    }
    return Surroundings(
      account: find(profile.account), opening: find(profile.opening),
      closing: find(profile.closing))
  }
}
