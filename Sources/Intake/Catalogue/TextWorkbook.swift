import CaseModel

/// Text, a web page or XML under the name of a workbook: read as what it is, with a warning
/// (formats.md §3.1; seen in the exports of several banks).
public struct TextWorkbook: StatementFormat {
  public init() {}
  public var name: String { "text-workbook" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    switch Workbooks.markup(head) {
    case .workbook: 92
    case .page: 75
    case .other:
      // Just above delimited text, so that the odd name is said.
      Self.isNamedWorkbook(name) && !head.isEmpty ? 11 : 0
    }
  }

  private static func isNamedWorkbook(_ name: String) -> Bool {
    [".xls", ".xlsx", ".ods"].contains(where: name.lowercased().hasSuffix)
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    let markup = Workbooks.markup(Identification.head(of: file)[...])
    if Self.isNamedWorkbook(file.name), markup != .workbook {
      try sink.report(
        Issue(
          .warning, "W-NAME", file: file.name, at: Locator(text: "byte 0", ordinal: 0),
          found: markup == .page
            ? "a web page under the name of a workbook" : "text under the name of a workbook",
          expected: "a workbook; read as what it is"))
    }
    guard let source = try Workbooks.source(of: file, limits: options.limits) else {
      return try Delimited().read(file, options: options, into: sink)
    }
    try WorkbookReading(file: file, source: source, options: options, sink: sink).run()
  }
}
