import CaseModel

/// ISO 20022 camt.053, statements of booked entries, versions 001.01 to 001.14 (formats.md §4.3).
///
/// Opening is OPBD, else PRCD; closing is CLBD; only entries with status BOOK enter the balance. Batches
/// stay one entry: what their details leave unexplained is said, never spread.
/// Source: ISO 20022 message definition report, Bank-to-Customer Cash Management.
public struct CAMT053: StatementFormat {
  public init() {}
  public let name = "camt.053"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    CamtSignature(head).confidence(for: .statement)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    var reader = CamtReader(file, options: options, sink: sink)
    try reader.read()
  }
}
