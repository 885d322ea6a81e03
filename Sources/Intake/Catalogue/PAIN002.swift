import CaseModel

/// ISO 20022 pain.002, every version: status of orders (formats.md §5.2).
///
/// Each status is a record about an earlier payment, batch or message, with its references and reason.
/// Source: ISO 20022 message definition report, Payments Initiation.
public struct PAIN002: StatementFormat {
  public init() {}
  public let name = "pain.002"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    ISOMessage.orderStatus.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = ISOPaymentReader(outlet, options: options)
    try reader.read()
  }
}
