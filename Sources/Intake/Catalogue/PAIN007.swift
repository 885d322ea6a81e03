import CaseModel

/// ISO 20022 pain.007, every version: reversals asked for by creditors (formats.md §5.2).
///
/// Each record names the payment it speaks of, by every reference, and the reason code.
/// Source: ISO 20022 message definition report, Payments Initiation.
public struct PAIN007: StatementFormat {
  public init() {}
  public let name = "pain.007"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    ISOMessage.orderReversal.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = ISOPaymentReader(outlet, options: options)
    try reader.read()
  }
}
