// Recognises files of SWIFT payment messages.

/// What the head of a file shows of SWIFT payment messages.
enum SwiftSignature {
  /// 97 with the envelope of a message that is no statement, so that a batch that holds both is read
  /// here; 90 for bare fields that only payments have; else 0.
  static func confidence(_ head: ArraySlice<UInt8>) -> Int {
    guard let first = head.first(where: { $0 > 32 }),
      [UInt8(ascii: "{"), UInt8(ascii: ":"), UInt8(ascii: "$")].contains(first)
    else { return 0 }
    var tags: Set<String> = []
    var sawService = false
    for line in head.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      if line.first == UInt8(ascii: ":") {
        let name = line.dropFirst().prefix { $0 != UInt8(ascii: ":") && $0 > 32 }
        if (2...3).contains(name.count) { tags.insert(String(decoding: name, as: UTF8.self)) }
        continue
      }
      for index in line.indices where line[index] == UInt8(ascii: "{") {
        let mark = line[index...].prefix(7)
        guard mark.count >= 6, mark[index + 2] == UInt8(ascii: ":") else { continue }
        if mark[index + 1] == UInt8(ascii: "2"), mark.count == 7,
          [UInt8(ascii: "I"), UInt8(ascii: "O")].contains(mark[index + 3])
        {
          let type = String(decoding: mark.suffix(3), as: UTF8.self)
          if SwiftType(type) != .statement, type.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return 97
          }
        }
        if mark[index + 1] == UInt8(ascii: "1"), mark[index + 4] == UInt8(ascii: "2") {
          sawService = true
        }
      }
    }
    if !tags.isDisjoint(with: ["60F", "60M", "61", "62F", "62M", "90C", "90D"]) {
      return sawService ? 96 : 0
    }
    if sawService { return 96 }
    guard tags.contains("20") else { return 0 }
    let numbers = Set(tags.map { $0.prefix(2) })
    let hasAmount = tags.contains("32A") || tags.contains("32B")
    if hasAmount, !numbers.isDisjoint(with: ["25", "50", "52", "57", "58", "59"]) { return 97 }
    return tags.contains("79") ? 90 : hasAmount ? 70 : 0
  }

  /// True when a file that looks like statements holds other messages as well.
  static func isMixed(_ file: InputFile) -> Bool {
    file.withBytes { bytes in
      var index = 0
      while index + 7 <= bytes.count {
        guard bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "2"),
          bytes[index + 2] == UInt8(ascii: ":")
        else {
          index += 1
          continue
        }
        let type = bytes[(index + 4)..<(index + 7)]
        let isMessage =
          [UInt8(ascii: "I"), UInt8(ascii: "O")].contains(bytes[index + 3])
          && type.allSatisfy { (0x30...0x39).contains($0) }
        if isMessage, SwiftType(String(decoding: type, as: UTF8.self)) != .statement { return true }
        index += 7
      }
      return false
    }
  }
}
