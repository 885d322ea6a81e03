import CaseModel

/// The rows of a file that were set aside, as a file that can be mended and imported: the same lines
/// before the header, the same header and rows, and behind each row where it stood and what is wrong.
///
/// The three columns of remarks are passed over when the mended file is read.
public enum RejectFile {
  /// Names of the columns behind each row.
  static let names = [
    "moneytrail-reject-locator", "moneytrail-reject-code", "moneytrail-reject-reason",
  ]

  /// The reject file of one reading; nil when nothing was set aside.
  /// - Throws: `Issue` (`E-REJECTS`) for a format whose records are no rows.
  /// - Complexity: O(*n*) in the file's bytes.
  public static func bytes(
    of file: InputFile, result: ReadResult, options: ReadingOptions
  ) throws -> [UInt8]? {
    guard !result.quarantined.isEmpty else { return nil }
    guard let table = try DelimitedView(file, options: options) else {
      throw Issue(
        .error, "E-REJECTS", file: file.name, at: Locator(text: "file", ordinal: 0),
        found: "records of \(result.format), which are no rows",
        expected: "delimited text or a workbook; the records set aside stand in the report")
    }
    var remarks: [Int: QuarantinedRecord] = [:]
    for record in result.quarantined {
      remarks[Int(record.locator.ordinal & 0xFFFF_FFFF)] = record
    }
    return table.rejects(remarks)
  }

  /// The file with its remarks blanked out: as many bytes, so that every place stays where it was.
  static func withoutRemarks(_ file: InputFile) -> InputFile {
    let mark = Array(names[0].utf8)
    let start = file.withBytes { bytes in
      let head = bytes.prefix(64 << 10)
      return head.indices.first {
        head[$0] == mark[0] && head[$0...].prefix(mark.count).elementsEqual(mark)
      }
    }
    guard let start, start > 0 else { return file }
    var bytes = file.bytes
    let isQuoted = bytes[start - 1] == 0x22
    let before = isQuoted ? start - 2 : start - 1
    guard before >= 0 else { return file }
    blank(&bytes, header: before, delimiter: bytes[before])
    return InputFile(
      name: file.name, sha256: file.sha256, bytes: bytes, container: file.container)
  }

  /// Blanks the three last names with their delimiters, then the three last fields of each row.
  private static func blank(_ bytes: inout [UInt8], header: Int, delimiter: UInt8) {
    var fields: [[Range<Int>]] = []
    var offset = header
    while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 {
      bytes[offset] = 0x20
      offset += 1
    }
    bytes.withUnsafeBufferPointer { buffer in
      var rows = RowScanner(
        UnsafeBufferPointer(rebasing: buffer[offset...]), delimiter: delimiter, quote: 0x22,
        columnsMax: 2048)
      while let more = try? rows.next(), more {
        guard rows.fields.count > names.count else { continue }
        fields.append(
          rows.fields.suffix(names.count).map { (offset + $0.start)..<(offset + $0.end) })
      }
    }
    for range in fields.joined() {
      // A quoted field is given without its quotes.
      let first = range.lowerBound
      let last = range.upperBound
      let isQuoted =
        first > 0 && bytes[first - 1] == 0x22 && last < bytes.count
        && bytes[last] == 0x22
      for index in (isQuoted ? first - 1 : first)..<(isQuoted ? last + 1 : last) {
        bytes[index] = 0x20
      }
    }
  }
}
