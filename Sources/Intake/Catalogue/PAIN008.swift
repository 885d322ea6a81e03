import CaseModel

/// ISO 20022 pain.008, every version: orders of creditors to collect (formats.md §5.2).
///
/// Payments are instructions, evidence beside the booked entries; control figures are compared.
/// Source: ISO 20022 message definition report, Payments Initiation.
public struct PAIN008: StatementFormat {
  public init() {}
  public let name = "pain.008"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    ISOMessage.debitOrder.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = ISOPaymentReader(outlet, options: options)
    try reader.read()
  }
}
