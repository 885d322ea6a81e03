import CaseModel

/// ISO 20022 pacs.003, every version: direct debits of customers between banks (formats.md §5.2).
///
/// Payments are instructions, evidence beside the booked entries; control figures are compared.
/// Source: ISO 20022 message definition report, Payments Clearing and Settlement.
public struct PACS003: StatementFormat {
  public init() {}
  public let name = "pacs.003"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    ISOMessage.interbankDebit.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = ISOPaymentReader(outlet, options: options)
    try reader.read()
  }
}
