import CaseModel

/// FinCEN e-filing batches: SAR, CTR, 8300, FBAR, DOEP, and the system's acknowledgements (formats.md §5.4).
///
/// What a report claims is evidence of kind `report`. Counts and sums of the batch are compared with its
/// content; narratives are kept whole.
/// Source: FinCEN BSA electronic filing XML schemas and user guides.
public struct FinCEN: StatementFormat {
  public init() {}
  public let name = "fincen"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    XMLHead(head).names.prefix(8).contains("EFilingBatchXML") ? 95 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = FinCENReader(outlet, options: options)
    try reader.read()
  }
}
