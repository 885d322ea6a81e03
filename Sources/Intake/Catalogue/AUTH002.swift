import CaseModel

/// ISO 20022 auth.002, an institution's response to an authority's request (formats.md §1.1).
///
/// The response is a record about the request; statements and payments it encloses are read as such.
/// Source: ISO 20022 message definition report, Authorities Financial Investigations.
public struct AUTH002: StatementFormat {
  public init() {}
  public let name = "auth.002"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    // Above the messages that a response may enclose.
    XMLHead(head).names.prefix(60).contains("InfReqRspn") ? 98 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    var reader = AuthorityResponseReader(file, options: options, sink: sink)
    try reader.read()
  }
}
