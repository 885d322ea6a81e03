import CaseModel

/// One record of a fixed-width file. Columns are counted from 1 in characters of the file's own
/// encoding, as the national standards print them.
struct FixedRecord {
  /// Where the record stands: its line, or its number in a file without line breaks.
  let locator: Locator
  /// Where it begins in the file; nil when the file was transcoded.
  let byteOffset: Int64?
  private let characters: [Unicode.Scalar]

  init(locator: Locator, byteOffset: Int64?, characters: [Unicode.Scalar]) {
    self.locator = locator
    self.byteOffset = byteOffset
    self.characters = characters
  }

  /// Characters in the record as received.
  var count: Int { characters.count }

  /// The columns as written; blank where the record is shorter.
  subscript(_ columns: ClosedRange<Int>) -> String {
    var text = String.UnicodeScalarView()
    for column in columns {
      text.append(column <= characters.count ? characters[column - 1] : " ")
    }
    return String(text)
  }

  /// One column.
  subscript(_ column: Int) -> Unicode.Scalar {
    column <= characters.count ? characters[column - 1] : " "
  }

  /// The columns without blanks around; nil when nothing is left.
  func text(_ columns: ClosedRange<Int>) -> String? {
    var slice = characters[
      min(columns.lowerBound - 1, characters.count)..<min(columns.upperBound, characters.count)]
    while let first = slice.first, first.properties.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.properties.isWhitespace { slice = slice.dropLast() }
    return slice.isEmpty ? nil : String(String.UnicodeScalarView(slice))
  }

  /// The place of some columns, for an issue: `line 1 columns 91-104`.
  func place(_ columns: ClosedRange<Int>) -> Locator {
    Locator(
      text: "\(locator.text) columns \(columns.lowerBound)-\(columns.upperBound)",
      ordinal: locator.ordinal)
  }

  /// The whole record as received.
  var raw: String { String(String.UnicodeScalarView(characters)) }

  /// The same record without the blanks behind a column, for lines that are padded too far.
  func withoutBlanks(beyond width: Int) -> FixedRecord {
    guard count > width, characters[width...].allSatisfy({ $0 == " " }) else { return self }
    return FixedRecord(
      locator: locator, byteOffset: byteOffset, characters: Array(characters[..<width]))
  }
}

/// Cuts a file into its fixed-width records: by lines, and a line that holds several whole records by
/// their width, because files without any line break occur.
struct FixedRecords: Sequence, IteratorProtocol {
  private let text: DecodedText
  private let width: Int
  private var position = 0
  private var line = 0
  private var pending: [FixedRecord] = []
  /// Records handed out.
  private(set) var number: Int64 = 0

  init(_ text: DecodedText, width: Int) {
    self.text = text
    self.width = width
  }

  /// The next record; blank lines are passed over.
  mutating func next() -> FixedRecord? {
    while pending.isEmpty {
      guard let found = nextLine() else { return nil }
      let characters = scalars(found.range)
      guard characters.contains(where: { !$0.properties.isWhitespace && $0.value != 0x1A }) else {
        continue
      }
      pending = records(characters, start: found.range.lowerBound)
    }
    number += 1
    return pending.removeFirst()
  }

  private func records(_ characters: [Unicode.Scalar], start: Int) -> [FixedRecord] {
    let base = text.fileOffsetBase.map { Int64($0 + start) }
    // One or two characters too many are a fault of that record, not a second record.
    guard characters.count > width + width / 2 else {
      return [FixedRecord(locator: .line(line), byteOffset: base, characters: characters)]
    }
    return stride(from: 0, to: characters.count, by: width).map { offset in
      let part = Array(characters[offset..<Swift.min(offset + width, characters.count)])
      let index = offset / width + 1
      return FixedRecord(
        locator: Locator(text: "line \(line) record \(index)", ordinal: Int64(index)),
        byteOffset: base.map { $0 + Int64(offset) }, characters: part)
    }.filter { !$0.raw.allSatisfy(\.isWhitespace) }
  }

  private mutating func nextLine() -> (range: Range<Int>, isLast: Bool)? {
    let bytes = text.bytes
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != 10, bytes[position] != 13 { position += 1 }
    let end = position
    if position < bytes.count {
      let isCRLF = bytes[position] == 13 && position + 1 < bytes.count && bytes[position + 1] == 10
      position += isCRLF ? 2 : 1
    }
    line += 1
    return (start..<end, position >= bytes.count)
  }

  private func scalars(_ range: Range<Int>) -> [Unicode.Scalar] {
    Array(String(decoding: text.bytes[range], as: UTF8.self).unicodeScalars)
  }
}
