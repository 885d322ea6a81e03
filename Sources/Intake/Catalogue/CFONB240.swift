import CaseModel

/// CFONB240, the remittance details of French banks: records of 240 columns (formats.md §4.7).
///
/// They say which orders a remittance holds, not what was booked: each becomes an instruction.
/// Source: CFONB, Relevé d'opérations, 240 caractères, as met in files (31 head, 34 order, 39 total).
public struct CFONB240: StatementFormat {
  public init() {}
  public let name = "cfonb240"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let start = head.drop { $0 == 10 || $0 == 13 }
    let line = Array(start.prefix { $0 != 10 && $0 != 13 })
    guard line.starts(with: Array("31".utf8)), line.count >= 240, line.count % 240 <= 1,
      line[2..<16].allSatisfy({ (0x30...0x39).contains($0) })
    else { return 0 }
    return 90
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let text = try DecodedText(of: file)
    let desk = ReadingDesk(file, options, sink)
    try desk.reportEncoding(text)
    var reader = CFONB240Reader(desk)
    for record in FixedRecords(text, width: 240) {
      try reader.take(record.withoutBlanks(beyond: 240))
    }
    try reader.finish()
  }
}
