import CaseModel

/// ISO 20022 camt.052, reports within the day, versions 001.01 to 001.14 (formats.md §4.3).
///
/// Never reconciles by itself: a statement of booked entries (camt.053) does. Entries keep the kind their
/// status states, and are matched with the statement by the bank's reference.
/// Source: ISO 20022 message definition report, Bank-to-Customer Cash Management.
public struct CAMT052: StatementFormat {
  public init() {}
  public let name = "camt.052"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    CamtSignature(head).confidence(for: .report)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    var reader = CamtReader(file, options: options, sink: sink)
    try reader.read()
  }
}
