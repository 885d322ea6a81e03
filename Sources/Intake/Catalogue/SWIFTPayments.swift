import CaseModel

/// SWIFT payment messages: MT101, 102, 103, 200, 202 and 205 with their covers, 210, 900, 910, and the
/// common messages n90 to n99 (formats.md §5.1).
///
/// Single messages, batches parted by `$`, messages with the network's answer before them, bare fields.
/// Statements in the same file are read as statements. Payments are instructions, evidence beside the
/// booked entries; one that the network refused is evidence of an attempt.
/// Source: SWIFT Standards MT, categories 1, 2, 9 and n.
public struct SWIFTPayments: StatementFormat {
  public init() {}
  public let name = "swift"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    SwiftSignature.confidence(head)
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    var reader = try SwiftPaymentReader(file, options: options, sink: sink)
    try reader.read()
  }
}
