import CaseModel

/// A file's rows as the profile engine sees them, with the profile it is read by: the text itself, or
/// the chosen sheet of a workbook as text.
struct DelimitedView {
  let file: InputFile
  /// UTF-8, without byte order mark.
  let text: DecodedText
  var profile: MappingProfile
  /// True when the profile was made from the file itself.
  let isDetected: Bool
  /// The sheet, for a workbook.
  let sheet: String?

  /// Nil for a file of another format.
  /// - Throws: `FileRefusal` or `Issue` when no profile fits, as an import would.
  init?(_ file: InputFile, options: ReadingOptions) throws {
    self.file = file
    let stated = try options.profile.map { try ProfileLibrary.profile($0, file: file.name) }
    if let source = try Workbooks.source(of: file, limits: options.limits) {
      let choice = try SheetChoice(
        of: source, stated: stated, file: file, limits: options.limits)
      let reading = WorkbookReading(
        file: file, source: source, options: options, sink: CollectingSink())
      let picked = choice.picked[0]
      let content = InputFile(
        name: file.name, sha256: file.sha256, bytes: try reading.text(of: picked).bytes)
      (profile, text, isDetected) = try Self.read(content, picked.profile, options)
      sheet = picked.name
      return
    }
    let head = Identification.head(of: file)
    let format = Identification.format(of: file, head: head, among: IntakeCatalogue.all)?.format
    guard format is Delimited || format is TextWorkbook else { return nil }
    if let issue = Identification.refusal(of: file, head: head) { throw FileRefusal([issue]) }
    (profile, text, isDetected) = try Self.read(
      RejectFile.withoutRemarks(file), stated, options)
    sheet = nil
  }

  private static func read(
    _ file: InputFile, _ stated: MappingProfile?, _ options: ReadingOptions
  ) throws -> (MappingProfile, DecodedText, Bool) {
    let text = try DecodedText(of: file, fallback: stated?.encoding)
    if let stated { return (stated, text, false) }
    if let known = try ProfileLibrary.match(text, file: file, limits: options.limits) {
      guard text.isGuessed, let encoding = known.encoding else { return (known, text, false) }
      return (known, try DecodedText(of: file, fallback: encoding), false)
    }
    let (profile, decoded) = try Delimited.detected(text, file: file, options: options)
    try Delimited.checkEncoding(of: decoded, profile, file: file, limits: options.limits)
    return (profile, decoded, true)
  }

  /// Calls `body` with the scanner at the first data row, after the lines and the header before it.
  func withRows<Result>(
    _ body: (_ preamble: [String], _ header: [String]?, _ headerLine: Int, RowScanner) throws
      -> Result
  ) throws -> Result {
    try text.bytes.withUnsafeBufferPointer { buffer in
      var scanner = RowScanner(
        buffer, delimiter: profile.delimiter ?? 0x2C, quote: profile.quote, columnsMax: 1024)
      let preamble = scanner.skipLines(profile.skip)
      var header: [String]?
      if profile.hasHeader {
        header = try Delimited.header(
          &scanner, file: file.name, limits: ReadingOptions.Limits())
      }
      return try body(preamble, header, scanner.rowLine, scanner)
    }
  }

  /// The rows of these lines with what is wrong with them, under the file's own header.
  func rejects(_ remarks: [Int: QuarantinedRecord]) -> [UInt8]? {
    let delimiter = profile.delimiter ?? 0x2C
    var out: [UInt8] = []
    func add(_ fields: [String]) {
      for field in fields {
        out.append(delimiter)
        out.append(0x22)
        out += Array(Issue.escaped(field).replacing("\"", with: "'").utf8)
        out.append(0x22)
      }
      out.append(0x0A)
    }
    let isDone: Void? = try? withRows { preamble, header, _, rows in
      var rows = rows
      for line in preamble { out += Array(line.utf8) + [0x0A] }
      if header != nil {
        out += Array(rows.raw)
        add(RejectFile.names)
      }
      while let more = try? rows.next(), more {
        guard let remark = remarks[rows.rowLine] else { continue }
        out += Array(rows.raw)
        add([remark.locator.text, remark.code, remark.reason])
      }
    }
    return isDone == nil ? nil : out
  }
}
