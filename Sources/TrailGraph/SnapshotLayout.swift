/// The form of a snapshot file: a header with a table of parts, then the parts, each at a cache line.
///
///     0   8  magic               "MTRAIL\r\n": a transfer that changes line ends shows at once
///     8   4  byte order          0x01020304 as the writing machine stores it
///     12  4  format
///     16  8  bytes of the file
///     24  8  bytes of the header, the table included
///     32  32 SHA-256 of the header with these 32 bytes zero
///     64     the table: for each part its number 4, width of a cell 4, offset 8, cells 8, zero 8, SHA-256 32
///
/// Numbers are those of the writing machine, so that the parts are columns as they lie. SHA-256, and not a
/// quicker sum, because findings that reach a court are read from these columns, and because the house
/// has it already; two threads check a part each (`Benchmarks/README.md` has the time).
enum SnapshotLayout {
  static let magic: [UInt8] = Array("MTRAIL\r\n".utf8)
  static let byteOrder: UInt32 = 0x0102_0304
  static let format: UInt32 = 1
  static let prefixBytes = 64
  static let hashPlace = 32..<64
  static let rowBytes = 64

  /// The parts, in the order of the file; all of them are always there.
  enum Part: UInt32, CaseIterable, Sendable {
    case origin = 1
    case currencies, channels, labels, accountNumbers
    case source, destination, time, amountMinor, currency, channel, entry
    case outgoingStart, incomingEdges, incomingStart, pairedEdges, pairedCredits

    var name: String { "the part \(String(describing: self))" }

    /// Bytes of one cell.
    var width: Int {
      switch self {
      case .origin, .currencies, .channels, .labels, .channel: 1
      case .currency: 2
      case .source, .destination, .outgoingStart, .incomingEdges, .incomingStart, .pairedEdges: 4
      case .accountNumbers, .time, .amountMinor, .entry, .pairedCredits: 8
      }
    }
  }

  static var headerBytes: Int { prefixBytes + Part.allCases.count * rowBytes }

  /// The next place where a part may begin.
  static func aligned(_ offset: Int) -> Int {
    (offset + ColumnMemory.alignment - 1) / ColumnMemory.alignment * ColumnMemory.alignment
  }

  /// Texts one after the other: the length of each in 4 bytes, least byte first, then its UTF-8.
  static func bytes(of texts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for text in texts {
      let count = UInt32(text.utf8.count)
      for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8((count >> shift) & 0xFF)) }
      bytes.append(contentsOf: text.utf8)
    }
    return bytes
  }

  /// The texts of `bytes(of:)`; nil when the bytes are something else.
  static func texts(_ bytes: UnsafeRawBufferPointer) -> [String]? {
    var texts: [String] = []
    var place = 0
    while place < bytes.count {
      guard place + 4 <= bytes.count else { return nil }
      let count = (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
      place += 4
      guard place + count <= bytes.count else { return nil }
      guard let text = String(validating: bytes[place..<(place + count)], as: UTF8.self) else {
        return nil
      }
      texts.append(text)
      place += count
    }
    return texts
  }
}
