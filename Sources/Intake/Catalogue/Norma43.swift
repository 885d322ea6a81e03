import CaseModel

/// Norma 43, the account extract of Spanish banks: records of 80 columns (formats.md §4.8).
///
/// Source: Asociación Española de Banca, Cuaderno 43 (Información normalizada de cuenta corriente);
/// tolerances as listed in formats.md §4.8.
public struct Norma43: StatementFormat {
  public init() {}
  public let name = "norma43"
  public let version = 1

  /// The first record is an account header: `11`, eighteen digits of the account, two days of six
  /// digits, a mark, fourteen digits of a balance.
  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let start = head.drop { $0 == 10 || $0 == 13 }
    guard start.starts(with: Array("11".utf8)), start.count >= 50 else { return 0 }
    let line = Array(start.prefix { $0 != 10 && $0 != 13 })
    guard line.count >= 50, line[..<50].allSatisfy({ (0x30...0x39).contains($0) }) else { return 0 }
    return line.count == 80 ? 95 : line.count % 80 == 0 || line.count <= 82 ? 90 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let text = try DecodedText(of: file)
    let desk = ReadingDesk(file, options, sink)
    try desk.reportEncoding(text)
    var reader = Norma43Reader(desk)
    for record in FixedRecords(text, width: 80) {
      try reader.take(record.withoutBlanks(beyond: 80))
    }
    try reader.finish()
  }
}
