import CaseModel

/// ISO 20022 pacs.002, every version: status of payments between banks (formats.md §5.2).
///
/// Each status is a record about an earlier payment, batch or message, with its references and reason.
/// Source: ISO 20022 message definition report, Payments Clearing and Settlement.
public struct PACS002: StatementFormat {
  public init() {}
  public let name = "pacs.002"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    ISOMessage.interbankStatus.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = ISOPaymentReader(outlet, options: options)
    try reader.read()
  }
}
