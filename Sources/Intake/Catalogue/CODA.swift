import CaseModel

/// CODA 2.x, the coded account statement of Belgian banks: records of 128 columns (formats.md §4.6).
///
/// Source: Febelfin, Coded statement of account (CODA), version 2; tolerances as listed in formats.md §4.6.
public struct CODA: StatementFormat {
  public init() {}
  public let name = "coda"
  public let version = 1

  /// Record 0: five zeros, the day, the bank's number, and the application code 05.
  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let line = Array(head.drop { $0 == 10 || $0 == 13 }.prefix { $0 != 10 && $0 != 13 })
    guard line.count >= 100, line.starts(with: Array("00000".utf8)),
      line[5..<14].allSatisfy({ (0x30...0x39).contains($0) }), line[14] == 0x30, line[15] == 0x35
    else { return 0 }
    return 95
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let text = try DecodedText(of: file)
    let desk = ReadingDesk(file, options, sink)
    try desk.reportEncoding(text)
    var reader = CODAReader(desk)
    for record in FixedRecords(text, width: 128) {
      try reader.take(record.withoutBlanks(beyond: 128))
    }
    try reader.finish()
  }
}
