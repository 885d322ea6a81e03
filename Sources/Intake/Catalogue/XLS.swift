import CaseModel

/// Workbooks of Excel 97 to 2003, read by mapping profiles (formats.md §4.1).
public struct XLS: StatementFormat {
  public init() {}
  public var name: String { "xls" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    head.starts(with: CompoundFile.magic) ? 95 : 0
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    let source = try XLSBook(file, limits: options.limits)
    try WorkbookReading(file: file, source: source, options: options, sink: sink).run()
  }
}
