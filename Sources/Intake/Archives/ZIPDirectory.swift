/// The directory of a ZIP container: names and sizes as it states them, nothing unpacked.
///
/// Source: PKWARE APPNOTE 6.3, §4.3. Sizes that stand in a ZIP64 extension are left open; what comes out
/// is counted anyway.
struct ZIPDirectory {
  struct Member {
    let name: String
    let packed: Int?
    let unpacked: Int?
  }

  private(set) var members: [Member] = []
  var names: [String] { members.map(\.name) }

  /// Nil when the directory is not whole. Empty for a directory that only ZIP64 describes.
  init?(_ file: InputFile) {
    guard let found = file.withBytes({ Self.members($0) }) else { return nil }
    members = found
  }

  private static func members(_ bytes: UnsafeBufferPointer<UInt8>) -> [Member]? {
    func u16(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
    func u32(_ at: Int) -> Int { u16(at) | u16(at + 2) << 16 }
    func size(_ at: Int) -> Int? { u32(at) == 0xFFFF_FFFF ? nil : u32(at) }
    guard bytes.count >= 22 else { return nil }
    var end = bytes.count - 22
    let lowest = max(0, end - 65_536)
    while end >= lowest, u32(end) != 0x0605_4B50 { end -= 1 }
    guard end >= lowest else { return nil }
    let count = u16(end + 10)
    guard let start = size(end + 16), count != 0xFFFF else { return [] }
    var offset = start
    var members: [Member] = []
    for _ in 0..<count {
      guard offset + 46 <= bytes.count, u32(offset) == 0x0201_4B50 else { return nil }
      let length = u16(offset + 28)
      guard offset + 46 + length <= bytes.count else { return nil }
      let name = UnsafeBufferPointer(rebasing: bytes[(offset + 46)..<(offset + 46 + length)])
      members.append(
        Member(
          name: String(decoding: name, as: UTF8.self), packed: size(offset + 20),
          unpacked: size(offset + 24)))
      offset += 46 + length + u16(offset + 30) + u16(offset + 32)
    }
    return members
  }

  /// The name of the first member, from its local header at the head of the file.
  static func firstName(_ head: ArraySlice<UInt8>) -> String? {
    let bytes = Array(head.prefix(30 + 512))
    guard bytes.count >= 30, bytes.starts(with: [0x50, 0x4B, 3, 4]) else { return nil }
    let length = Int(bytes[26]) | Int(bytes[27]) << 8
    guard length > 0, 30 + length <= bytes.count else { return nil }
    return String(decoding: bytes[30..<(30 + length)], as: UTF8.self)
  }
}
