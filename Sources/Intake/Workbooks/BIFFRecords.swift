import CaseModel

/// The records of an old workbook's stream: [MS-XLS] §2.1.4. Each has a number, a length and its bytes.
struct BIFFRecords {
  let bytes: [UInt8]
  private(set) var offset: Int
  /// The current record.
  private(set) var id: UInt16 = 0
  private(set) var start = 0
  private(set) var end = 0

  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Moves to the next record. False at the end, or where the stream is cut off.
  mutating func next() -> Bool {
    guard offset >= 0, offset + 4 <= bytes.count else { return false }
    id = u16(offset)
    let length = Int(u16(offset + 2))
    start = offset + 4
    end = start + length
    guard end <= bytes.count else { return false }
    offset = end
    return true
  }

  /// The number of the record after the current one.
  var following: UInt16? { offset + 4 <= bytes.count ? u16(offset) : nil }

  var count: Int { end - start }

  private func u16(_ at: Int) -> UInt16 { UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8 }

  /// Numbers inside the current record; zero beyond its end.
  func int16(_ at: Int) -> Int { start + at + 2 <= end ? Int(u16(start + at)) : 0 }
  func uint32(_ at: Int) -> UInt32 { UInt32(int16(at)) | UInt32(int16(at + 2)) << 16 }
  func uint64(_ at: Int) -> UInt64 { UInt64(uint32(at)) | UInt64(uint32(at + 4)) << 32 }
  func byte(_ at: Int) -> Int { start + at < end ? Int(bytes[start + at]) : 0 }

  /// A text whose length stands at `at`, in one byte or two, then a mark and the characters.
  func text(_ at: Int, wideLength: Bool) -> String {
    let length = wideLength ? int16(at) : byte(at)
    let mark = byte(at + (wideLength ? 2 : 1))
    let first = start + at + (wideLength ? 3 : 2)
    return Self.text(bytes, from: first, characters: length, isWide: mark & 1 != 0, end: end)
  }

  static func text(
    _ bytes: [UInt8], from first: Int, characters: Int, isWide: Bool, end: Int
  ) -> String {
    let last = min(end, first + characters * (isWide ? 2 : 1))
    guard first < last else { return "" }
    guard isWide else {
      // One byte a character: the low half of Unicode's first page.
      return String(String.UnicodeScalarView(bytes[first..<last].map { Unicode.Scalar($0) }))
    }
    let units = stride(from: first, to: last - 1, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    return String(decoding: units, as: UTF16.self)
  }
}

/// The texts that cells share: one record with continuations, which may cut a text in two.
struct BIFFStrings {
  private let bytes: [UInt8]
  private var parts: [Range<Int>]
  private var part = 0
  private var at: Int
  private(set) var texts: [String] = []

  /// - Parameter parts: the bytes of the record and of each continuation.
  init(_ bytes: [UInt8], parts: [Range<Int>]) {
    self.bytes = bytes
    self.parts = parts
    at = parts.first?.lowerBound ?? 0
    guard parts.first.map({ $0.count >= 8 }) ?? false else { return }
    at += 8
    while let text = next() { texts.append(text) }
  }

  private mutating func next() -> String? {
    guard skipEnds(), let low = byte(), let high = byte(), let mark = byte() else { return nil }
    let characters = low | high << 8
    var isWide = mark & 1 != 0
    let runs = mark & 8 != 0 ? (byte() ?? 0) | (byte() ?? 0) << 8 : 0
    var extra = 0
    if mark & 4 != 0 { for shift in [0, 8, 16, 24] { extra |= (byte() ?? 0) << shift } }
    var text = ""
    var left = characters
    while left > 0 {
      if at >= parts[part].upperBound {
        // A text that goes on in the next record says again how wide its characters are.
        guard part + 1 < parts.count else { return nil }
        part += 1
        at = parts[part].lowerBound
        guard let mark = byte() else { return nil }
        isWide = mark & 1 != 0
      }
      let room = (parts[part].upperBound - at) / (isWide ? 2 : 1)
      let taken = min(left, room)
      guard taken > 0 else { return nil }
      text += BIFFRecords.text(
        bytes, from: at, characters: taken, isWide: isWide, end: parts[part].upperBound)
      at += taken * (isWide ? 2 : 1)
      left -= taken
    }
    skip(runs * 4 + extra)
    return text
  }

  private mutating func skipEnds() -> Bool {
    while parts.indices.contains(part), at >= parts[part].upperBound {
      part += 1
      guard part < parts.count else { return false }
      at = parts[part].lowerBound
    }
    return parts.indices.contains(part)
  }

  private mutating func byte() -> Int? {
    guard skipEnds() else { return nil }
    defer { at += 1 }
    return Int(bytes[at])
  }

  private mutating func skip(_ count: Int) {
    var left = count
    while left > 0, skipEnds() {
      let taken = min(left, parts[part].upperBound - at)
      at += taken
      left -= taken
    }
  }
}
