import CaseModel

/// BAI2, the balance and transaction report of North American banks (formats.md §4.5).
///
/// Source: Bank Administration Institute, Cash Management Balance Reporting Specifications, version 2;
/// tolerances as listed in formats.md §4.5.
public struct BAI2: StatementFormat {
  public init() {}
  public let name = "bai2"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let lines = head.prefix(4096).split(maxSplits: 2, omittingEmptySubsequences: true) {
      $0 == 10 || $0 == 13
    }
    guard let first = lines.first.map({ String(decoding: $0, as: UTF8.self).trimmed }) else {
      return 0
    }
    let fields = first.split(separator: ",", omittingEmptySubsequences: false)
    // A file header: code, sender, receiver, day, time, file number, lengths, version 2.
    guard fields.count >= 8, fields[0].count == 2, fields[0].allSatisfy(\.isNumber) else {
      return 0
    }
    if fields[0] == "01" {
      let second = lines.dropFirst().first.map { String(decoding: $0.prefix(3), as: UTF8.self) }
      return second == "02," || second == "88," || first.contains("/") ? 95 : 60
    }
    return fields.count == 9 && (first.hasSuffix(",2/") || first.hasSuffix(",3/")) ? 60 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let text = try DecodedText(of: file)
    let desk = ReadingDesk(file, options, sink)
    try desk.reportEncoding(text)
    var records = BAIRecords(text, desk)
    var reader = BAIReader(desk)
    while let record = try records.next() { try reader.take(record) }
    try reader.finish()
  }
}
