import CaseModel

/// The container of old Office documents: [MS-CFB], compound file binary format. Gives whole streams.
struct CompoundFile {
  static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private let bytes: [UInt8]
  private let sectorSize: Int
  private var table: [UInt32] = []
  private var miniTable: [UInt32] = []
  private var miniStream: [UInt8] = []
  private let miniCutoff: Int
  private var entries: [Entry] = []

  private struct Entry {
    let name: String
    let start: UInt32
    let size: Int
  }

  struct Damaged: Error { let what: String }

  /// Numbers from here on are marks, not sectors.
  private static let marks: UInt32 = 0xFFFF_FFFA

  init(_ bytes: [UInt8]) throws(Damaged) {
    guard bytes.count >= 512, bytes.starts(with: Self.magic) else {
      throw Damaged(what: "its header is cut off")
    }
    self.bytes = bytes
    let shift = Int(Self.u16(bytes, 30))
    guard shift == 9 || shift == 12 else { throw Damaged(what: "a sector size of 2^\(shift)") }
    sectorSize = 1 << shift
    miniCutoff = Int(Self.u32(bytes, 56))
    try readTable()
    let directory = try chain(Self.u32(bytes, 48))
    try readEntries(directory)
    let minis = try chain(Self.u32(bytes, 60))
    miniTable = stride(from: 0, to: minis.count / 4 * 4, by: 4).map { Self.u32(minis, $0) }
  }

  var names: [String] { entries.map(\.name) }

  /// The bytes of the stream of a name; nil when there is none.
  func stream(_ name: String) throws(Damaged) -> [UInt8]? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    let whole =
      entry.size < miniCutoff ? try miniChain(entry.start) : try chain(entry.start)
    guard whole.count >= entry.size else { throw Damaged(what: "the stream \(name) is cut off") }
    return Array(whole.prefix(entry.size))
  }

  /// The allocation table: the first 109 of its sectors stand in the header, the rest in a list.
  private mutating func readTable() throws(Damaged) {
    var sectors: [UInt32] = []
    for index in 0..<109 {
      let sector = Self.u32(bytes, 76 + index * 4)
      if sector < Self.marks { sectors.append(sector) }
    }
    var next = Self.u32(bytes, 68)
    var seen = 0
    while next < Self.marks {
      guard let part = sector(next), seen < bytes.count / sectorSize else {
        throw Damaged(what: "its sector list is damaged")
      }
      seen += 1
      for index in 0..<(sectorSize / 4 - 1) {
        let sector = Self.u32(part, part.startIndex + index * 4)
        if sector < Self.marks { sectors.append(sector) }
      }
      next = Self.u32(part, part.endIndex - 4)
    }
    for number in sectors {
      guard let part = sector(number) else { throw Damaged(what: "its sector table is cut off") }
      for at in stride(from: part.startIndex, to: part.endIndex, by: 4) {
        table.append(Self.u32(part, at))
      }
    }
  }

  private mutating func readEntries(_ directory: [UInt8]) throws(Damaged) {
    for at in stride(from: 0, to: directory.count / 128 * 128, by: 128) {
      let length = min(64, Int(Self.u16(directory, at + 64)))
      guard length >= 2, directory[at + 66] != 0 else { continue }
      let units = stride(from: at, to: at + length - 2, by: 2).map { Self.u16(directory, $0) }
      let entry = Entry(
        name: String(decoding: units, as: UTF16.self), start: Self.u32(directory, at + 116),
        size: Int(Self.u32(directory, at + 120)))
      if directory[at + 66] == 5 {
        let whole = try chain(entry.start)
        miniStream = Array(whole.prefix(entry.size))
      } else if directory[at + 66] == 2 {
        entries.append(entry)
      }
    }
  }

  private func sector(_ number: UInt32) -> ArraySlice<UInt8>? {
    let start = (Int(number) + 1) * sectorSize
    // The last sector of a file may be shorter than the others.
    guard start < bytes.count else { return nil }
    guard start + sectorSize <= bytes.count else {
      return (bytes[start...] + [UInt8](repeating: 0, count: start + sectorSize - bytes.count))[...]
    }
    return bytes[start..<(start + sectorSize)]
  }

  private func chain(_ start: UInt32) throws(Damaged) -> [UInt8] {
    var found: [UInt8] = []
    var next = start
    var steps = 0
    while next < Self.marks {
      guard let part = sector(next), Int(next) < table.count, steps <= table.count else {
        throw Damaged(what: "a chain of sectors leads nowhere")
      }
      found += part
      next = table[Int(next)]
      steps += 1
    }
    return found
  }

  private func miniChain(_ start: UInt32) throws(Damaged) -> [UInt8] {
    var found: [UInt8] = []
    var next = start
    var steps = 0
    while next < Self.marks {
      let at = Int(next) * 64
      guard at < miniStream.count, Int(next) < miniTable.count,
        steps <= miniTable.count
      else { throw Damaged(what: "a chain of small sectors leads nowhere") }
      found += miniStream[at..<min(at + 64, miniStream.count)]
      next = miniTable[Int(next)]
      steps += 1
    }
    return found
  }

  private static func u16(_ bytes: [UInt8], _ at: Int) -> UInt16 { u16(bytes[...], at) }
  private static func u32(_ bytes: [UInt8], _ at: Int) -> UInt32 { u32(bytes[...], at) }

  private static func u16(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt16 {
    UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
  }
  private static func u32(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt32 {
    UInt32(u16(bytes, at)) | UInt32(u16(bytes, at + 2)) << 16
  }
}
