import CaseModel

/// SWIFT MT942 interim transaction reports (formats.md §4.2).
///
/// Entries are pending: an interim report is no statement of booked entries and never reconciles by
/// itself. The floor limit states the currency; the counts and sums of 90C and 90D are checked.
public struct MT942: StatementFormat {
  public init() {}
  public let name = "mt942"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let sign = MTSignature(head)
    return sign.isInterim ? sign.confidence : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    if SwiftSignature.isMixed(file) {
      var reader = try SwiftPaymentReader(file, options: options, sink: sink)
      return try reader.read()
    }
    var reader = try MTReader(file, options: options, isInterim: true, sink: sink)
    try reader.read()
  }
}
