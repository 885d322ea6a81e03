import CaseModel

/// The records of a JSON file, one at a time: the lines of a file of JSON lines, the items of one list,
/// or objects that follow each other (formats.md §3.2: memory does not grow with the file).
struct JSONRecords {
  /// One record as it stands in the file.
  struct Record {
    let value: Result<JSONValue, JSONFault>
    /// `line 7` in JSON lines; `$[6]` in a list, with the line when it is not the first.
    let locator: Locator
    let byteOffset: Int64
    /// Names that came twice in one object: the first value is used, both are in `value`.
    let repeatedNames: [String]
    let raw: UnsafeBufferPointer<UInt8>

    /// The record's text, bytes that are no UTF-8 marked, at most as much as a record may hold.
    var rawText: String { String(decoding: raw.prefix(64 << 10), as: UTF8.self) }
  }

  enum Layout { case lines, list, sequence }

  let file: InputFile
  let limits: ReadingOptions.Limits

  /// Calls `body` for each record, in file order. A broken line is a record with a fault; a broken list
  /// cannot be told apart any further and is refused.
  /// - Throws: `FileRefusal`, and what `body` throws.
  func forEach(_ body: (Record) throws -> Void) throws {
    let isWide = file.withBytes { $0.starts(with: [0xFF, 0xFE]) || $0.starts(with: [0xFE, 0xFF]) }
    if isWide {
      try DecodedText(of: file).bytes.withUnsafeBufferPointer { try walk($0, base: 0, body) }
    } else {
      try file.withBytes { bytes in
        let base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        try walk(UnsafeBufferPointer(rebasing: bytes[base...]), base: base, body)
      }
    }
  }

  private func walk(
    _ bytes: UnsafeBufferPointer<UInt8>, base: Int, _ body: (Record) throws -> Void
  ) throws {
    switch layout(bytes) {
    case .lines: try lines(bytes, base, body)
    case .list: try list(bytes, base, body)
    case .sequence: try sequence(bytes, base, body)
    }
  }

  /// A list when the text begins with one; lines when the first line is whole or nothing is; otherwise
  /// objects over several lines.
  private func layout(_ bytes: UnsafeBufferPointer<UInt8>) -> Layout {
    var parser = JSONParser(bytes, limits: limits)
    parser.skipSpace()
    if parser.next == UInt8(ascii: "["), !parser.isAtEnd { return .list }
    let start = parser.offset
    guard (try? parser.value()) != nil else { return .lines }
    return bytes[start..<parser.offset].contains(10) ? .sequence : .lines
  }

  private func lines(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: Int, _ body: (Record) throws -> Void
  ) throws {
    var start = 0
    var number = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 10 { end += 1 }
      number += 1
      let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
      if !line.allSatisfy({ $0 == 0x20 || $0 == 9 || $0 == 13 }) {
        var parser = JSONParser(line, limits: limits)
        let value = whole(&parser)
        try body(
          Record(
            value: value, locator: .line(number), byteOffset: Int64(base + start),
            repeatedNames: parser.repeatedNames, raw: line))
      }
      start = end + 1
    }
  }

  /// The one value of a line, with nothing behind it.
  private func whole(_ parser: inout JSONParser) -> Result<JSONValue, JSONFault> {
    guard parser.bytes.count <= limits.lineBytes else {
      return .failure(
        JSONFault(
          kind: .size(limit: limits.lineBytes), offset: 0,
          reason: "a line of \(parser.bytes.count) bytes"))
    }
    do throws(JSONFault) {
      let value = try parser.value()
      parser.skipSpace()
      guard parser.isAtEnd else { throw parser.fault("text behind the value") }
      return .success(value)
    } catch { return .failure(error) }
  }

  private func list(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: Int, _ body: (Record) throws -> Void
  ) throws {
    var walker = Walker(bytes, limits: limits, base: base)
    walker.parser.skipSpace()
    _ = walker.parser.take(UInt8(ascii: "["))
    walker.parser.skipSpace()
    var isOpen = !walker.parser.take(UInt8(ascii: "]"))
    while isOpen {
      let record: Record
      do throws(JSONFault) { record = try walker.record(depth: 1) } catch {
        throw refusal(error, bytes, base)
      }
      try body(record)
      walker.parser.skipSpace()
      if walker.parser.take(UInt8(ascii: ",")) { continue }
      guard walker.parser.take(UInt8(ascii: "]")) else {
        throw refusal(walker.parser.fault("a comma or ] is missing"), bytes, base)
      }
      isOpen = false
    }
    walker.parser.skipSpace()
    guard walker.parser.isAtEnd else {
      throw refusal(walker.parser.fault("text behind the list"), bytes, base)
    }
  }

  private func sequence(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: Int, _ body: (Record) throws -> Void
  ) throws {
    var walker = Walker(bytes, limits: limits, base: base)
    walker.parser.skipSpace()
    while !walker.parser.isAtEnd {
      let record: Record
      do throws(JSONFault) { record = try walker.record(depth: 0) } catch {
        throw refusal(error, bytes, base)
      }
      try body(record)
      walker.parser.skipSpace()
    }
  }

  private func refusal(
    _ fault: JSONFault, _ bytes: UnsafeBufferPointer<UInt8>, _ base: Int
  ) -> FileRefusal {
    let line = 1 + bytes[..<min(fault.offset, bytes.count)].count { $0 == 10 }
    let place = "byte \(base + fault.offset)" + (line > 1 ? ", line \(line)" : "")
    return FileRefusal([
      Issue(
        .error, fault.code, file: file.name,
        at: Locator(text: place, ordinal: Int64(base + fault.offset)), found: fault.reason,
        expected: fault.expected)
    ])
  }
}

extension JSONRecords {
  /// Walks values that follow each other, counting items and lines.
  private struct Walker {
    var parser: JSONParser
    let limits: ReadingOptions.Limits
    let base: Int
    private var index = 0
    private var line = 1
    private var counted = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ReadingOptions.Limits, base: Int) {
      parser = JSONParser(bytes, limits: limits)
      self.limits = limits
      self.base = base
    }

    mutating func record(depth: Int) throws(JSONFault) -> Record {
      parser.skipSpace()
      let start = parser.offset
      line += parser.bytes[counted..<start].count { $0 == 10 }
      counted = start
      let value = try parser.value(depth: depth)
      guard parser.offset - start <= limits.lineBytes else {
        throw JSONFault(
          kind: .size(limit: limits.lineBytes), offset: start,
          reason: "a record of \(parser.offset - start) bytes")
      }
      defer { index += 1 }
      return Record(
        value: .success(value),
        locator: Locator(
          text: "$[\(index)]" + (line > 1 ? ", line \(line)" : ""), ordinal: Int64(index + 1)),
        byteOffset: Int64(base + start), repeatedNames: parser.repeatedNames,
        raw: UnsafeBufferPointer(rebasing: parser.bytes[start..<parser.offset]))
    }
  }
}
