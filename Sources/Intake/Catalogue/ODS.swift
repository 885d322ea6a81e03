import CaseModel

/// OpenDocument spreadsheets, read by mapping profiles (formats.md §4.1).
public struct ODS: StatementFormat {
  public init() {}
  public var name: String { "ods" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    guard let first = ZIPDirectory.firstName(head), first == "mimetype" else { return 0 }
    let type = String(decoding: head.dropFirst(30).prefix(200), as: UTF8.self)
    return type.contains("application/vnd.oasis.opendocument") ? 95 : 0
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    let source = try ODSBook(file, limits: options.limits)
    try WorkbookReading(file: file, source: source, options: options, sink: sink).run()
  }
}
