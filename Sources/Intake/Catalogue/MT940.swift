import CaseModel

/// SWIFT MT940 customer statements, and MT950, the same for banks (formats.md §4.2).
///
/// Reads messages with or without their envelope, several accounts and pages in a file, and the
/// structures of field 86 that banks use. Sign: C +, D −, RC −, RD +; EC and ED are expected, not booked.
/// Source: SWIFT Standards MT, category 9; tolerances as listed in formats.md §4.2.
public struct MT940: StatementFormat {
  public init() {}
  public let name = "mt940"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let sign = MTSignature(head)
    return sign.isInterim ? 0 : sign.confidence
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    if SwiftSignature.isMixed(file) {
      var reader = try SwiftPaymentReader(file, options: options, sink: sink)
      return try reader.read()
    }
    var reader = try MTReader(file, options: options, isInterim: false, sink: sink)
    try reader.read()
  }
}
