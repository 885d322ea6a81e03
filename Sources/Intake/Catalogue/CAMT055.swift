import CaseModel

/// ISO 20022 camt.055, every version: cancellations asked for by customers (formats.md §5.2).
///
/// Each record names the payment it speaks of, by every reference, and the reason code.
/// Source: ISO 20022 message definition report, Exceptions and Investigations.
public struct CAMT055: StatementFormat {
  public init() {}
  public let name = "camt.055"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    ISOMessage.customerCancellation.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = ISOPaymentReader(outlet, options: options)
    try reader.read()
  }
}
