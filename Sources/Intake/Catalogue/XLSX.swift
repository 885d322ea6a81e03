import CaseModel

/// Workbooks of Office Open XML, read by mapping profiles (formats.md §4.1).
public struct XLSX: StatementFormat {
  public init() {}
  public var name: String { "xlsx" }
  public var version: Int { 1 }

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    if let first = ZIPDirectory.firstName(head), WorkbookKind.opensOfficeXML(first) { return 95 }
    let isZIP = head.starts(with: [0x50, 0x4B])
    return isZIP && [".xlsx", ".xlsm"].contains(where: name.lowercased().hasSuffix) ? 90 : 0
  }

  public func read(_ file: InputFile, options: ReadingOptions, into sink: any StatementSink) throws
  {
    let source: any SheetSource
    if let found = try Workbooks.source(of: file, limits: options.limits) {
      source = found
    } else {
      // Damaged, or a ZIP of other files under a workbook's name: said by the reader of workbooks.
      source = try XLSXBook(file, limits: options.limits)
    }
    try WorkbookReading(file: file, source: source, options: options, sink: sink).run()
  }
}
