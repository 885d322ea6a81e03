import CaseModel

/// Looks into the directory of a ZIP container without unpacking anything, to say what it is and why it
/// is refused (formats.md §3.1, §3.2). Source: PKWARE APPNOTE 6.3, §4.3.
enum ArchiveCheck {
  struct Member {
    let name: String
    let packed: Int
    let unpacked: Int
  }

  /// Limits of formats.md §3.2.
  static let ratioMax = 100
  static let partBytesMax = 128 << 20
  static let totalBytesMax = 256 << 20

  static func refusal(of file: InputFile) -> Issue {
    func issue(_ code: String, _ at: Locator, _ found: String, _ expected: String) -> Issue {
      Issue(.error, code, file: file.name, at: at, found: found, expected: expected)
    }
    guard let members = members(file.bytes) else {
      let isStub = file.bytes.dropFirst(4).allSatisfy { $0 == 0 }
      return issue(
        "E-ZIP",
        isStub
          ? Locator(text: "byte 4", ordinal: 4)
          : Locator(text: "end of file", ordinal: Int64(file.bytes.count)),
        "a ZIP container that is damaged or cut off: its directory is missing",
        "a whole archive; ask for the file again")
    }
    for member in members {
      let parts = member.name.split(separator: "/", omittingEmptySubsequences: false)
      if member.name.hasPrefix("/") || member.name.contains("\\") || parts.contains("..") {
        return issue(
          "E-ZIP-PATH", Locator(text: member.name, ordinal: 0),
          "an archive member whose name leaves the folder", "plain member names")
      }
    }
    var total = 0
    for member in members {
      total += member.unpacked
      let isBomb = member.unpacked > (1 << 20) && member.unpacked / max(1, member.packed) > ratioMax
      if isBomb || member.unpacked > partBytesMax || total > totalBytesMax {
        return issue(
          "E-ZIPBOMB", Locator(text: member.name, ordinal: 0),
          "\(member.unpacked) bytes from \(member.packed)",
          "a ratio of at most \(ratioMax), \(partBytesMax) bytes a part, \(totalBytesMax) in all")
      }
    }
    let names = Set(members.map(\.name))
    let what =
      names.contains("xl/workbook.xml") || names.contains("xl/workbook.bin")
      ? "a workbook (XLSX)"
      : names.contains("content.xml") && names.contains("mimetype")
        ? "a workbook or text (OpenDocument)" : "a ZIP archive of \(members.count) files"
    return issue(
      "E-FORMAT", Locator(text: "byte 0", ordinal: 0),
      "\(what), which this version does not read yet",
      what.hasPrefix("a ZIP")
        ? "the members as single files; unpack the archive and keep it as an exhibit"
        : "the sheet as delimited text (CSV, UTF-8); keep the workbook as an exhibit")
  }

  /// The central directory, or nil when it is not whole.
  private static func members(_ bytes: [UInt8]) -> [Member]? {
    func u16(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
    func u32(_ at: Int) -> Int { u16(at) | u16(at + 2) << 16 }
    guard bytes.count >= 22 else { return nil }
    var end = bytes.count - 22
    let lowest = max(0, end - 65_536)
    while end >= lowest, u32(end) != 0x0605_4B50 { end -= 1 }
    guard end >= lowest else { return nil }
    let count = u16(end + 10)
    var offset = u32(end + 16)
    var members: [Member] = []
    for _ in 0..<count {
      guard offset + 46 <= bytes.count, u32(offset) == 0x0201_4B50 else { return nil }
      let length = u16(offset + 28)
      guard offset + 46 + length <= bytes.count else { return nil }
      members.append(
        Member(
          name: String(decoding: bytes[(offset + 46)..<(offset + 46 + length)], as: UTF8.self),
          packed: u32(offset + 20), unpacked: u32(offset + 24)))
      offset += 46 + length + u16(offset + 30) + u16(offset + 32)
    }
    return members
  }
}
