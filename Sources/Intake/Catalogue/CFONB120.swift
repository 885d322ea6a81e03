import CaseModel

/// CFONB120, the account extract of French banks: records of 120 columns (formats.md §4.7).
///
/// Source: Comité français d'organisation et de normalisation bancaires, Relevé de compte sur support
/// informatique; tolerances as listed in formats.md §4.7.
public struct CFONB120: StatementFormat {
  public init() {}
  public let name = "cfonb120"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let start = head.drop { $0 == 10 || $0 == 13 }
    let line = Array(start.prefix { $0 != 10 && $0 != 13 })
    guard line.count >= 104, line.starts(with: Array("0".utf8)), line[1] != 0x20,
      [UInt8]("1457".utf8).contains(line[1])
    else { return 0 }
    func isDigits(_ range: Range<Int>) -> Bool {
      line[range].allSatisfy { (0x30...0x39).contains($0) }
    }
    // Bank and branch are digits, the currency has three letters, then its decimals.
    guard isDigits(2..<7), isDigits(11..<16),
      line[16..<19].allSatisfy({ (0x41...0x5A).contains($0) }),
      isDigits(19..<20)
    else { return 0 }
    return line.count <= 121 || line.count % 120 == 0 ? 90 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let text = try DecodedText(of: file)
    let desk = ReadingDesk(file, options, sink)
    try desk.reportEncoding(text)
    var reader = CFONBReader(desk)
    for record in FixedRecords(text, width: 120) {
      try reader.take(record.withoutBlanks(beyond: 120))
    }
    try reader.finish()
  }
}
