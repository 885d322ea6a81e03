import CaseModel

/// One logical record of a BAI2 file: its first line and the continuations (88) that follow.
struct BAIRecord {
  let code: String
  let locator: Locator
  let byteOffset: Int64?
  /// What stands behind the code, line by line, without the `/` that ends a line.
  var lines: [String]
  /// Physical records: the first and its continuations, which trailers count.
  var physical: Int { lines.count }

  /// The fields of the first lines joined, as long as a comma separates them.
  var fields: [String] {
    lines.flatMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }
  }

  var raw: String {
    lines.enumerated().map { ($0 == 0 ? code : "88") + "," + $1 }.joined(separator: "\n")
  }
}

/// Cuts a BAI2 file into logical records.
///
/// A line ends at its `/`, which may be absent. Several records on a line, and text that was broken
/// into lines without a code, occur; both are read and reported.
struct BAIRecords {
  private static let codes: Set<String> = ["01", "02", "03", "16", "49", "88", "98", "99"]
  private let text: DecodedText
  private let desk: ReadingDesk
  private var position = 0
  private var line = 0
  private var queue: [(code: String, rest: String, locator: Locator, offset: Int64?)] = []
  private var hasReportedCrowding = false
  private var hasReportedBreak = false

  init(_ text: DecodedText, _ desk: ReadingDesk) {
    self.text = text
    self.desk = desk
  }

  /// The next record with its continuations; nil at the end.
  mutating func next() throws -> BAIRecord? {
    guard
      var record = try part().map({
        BAIRecord(code: $0.code, locator: $0.locator, byteOffset: $0.offset, lines: [$0.rest])
      })
    else { return nil }
    while try fill(), let following = queue.first, following.code == "88" || following.code.isEmpty
    {
      queue.removeFirst()
      if following.code == "88" {
        record.lines.append(following.rest)
      } else {
        if !hasReportedBreak {
          hasReportedBreak = true
          try desk.warn(
            "W-LINE", following.locator, "a line without a record code",
            "01, 02, 03, 16, 49, 88, 98 or 99; it is read as the end of the record before")
        }
        record.lines[record.lines.count - 1] += " " + following.rest
      }
    }
    return record
  }

  private mutating func part() throws -> (
    code: String, rest: String, locator: Locator, offset: Int64?
  )? {
    try fill() ? queue.removeFirst() : nil
  }

  /// Makes sure that something is in the queue, if the file still has something.
  private mutating func fill() throws -> Bool {
    while queue.isEmpty {
      guard let (bytes, offset) = nextLine() else { return false }
      guard bytes.count <= desk.options.limits.lineBytes else {
        throw desk.refusal(
          "E-SIZE", .line(line), "a line of \(bytes.count) bytes",
          "at most \(desk.options.limits.lineBytes) bytes")
      }
      let whole = String(decoding: bytes, as: UTF8.self).trimmed
      guard !whole.isEmpty else { continue }
      let parts = Self.parts(of: whole)
      if parts.count > 1, !hasReportedCrowding {
        hasReportedCrowding = true
        try desk.warn(
          "W-LINE", .line(line), "\(parts.count) records on one line",
          "one record a line; they are read as separate records")
      }
      for (index, part) in parts.enumerated() {
        let place =
          parts.count == 1
          ? Locator.line(line)
          : Locator(text: "line \(line) record \(index + 1)", ordinal: Int64(line))
        let code = String(part.prefix(2))
        if Self.codes.contains(code), part.dropFirst(2).first == "," {
          let rest = Self.withoutSlash(String(part.dropFirst(3)), code)
          queue.append((code, rest, place, offset))
        } else if line == 1 {
          queue.append((code, String(part.dropFirst(3)), place, offset))
        } else {
          queue.append(("", Self.withoutSlash(part, "16"), place, offset))
        }
      }
    }
    return true
  }

  /// Text may hold slashes of its own: only the last one of a line ends it.
  private static func withoutSlash(_ text: String, _ code: String) -> String {
    if code == "16" || code == "88" { return text.hasSuffix("/") ? String(text.dropLast()) : text }
    return text.firstIndex(of: "/").map { String(text[..<$0]) } ?? text
  }

  /// The records of one line: cut where a slash and white space are followed by what only a record
  /// begins with.
  static func parts(of line: String) -> [String] {
    var parts: [String] = []
    var start = line.startIndex
    var index = line.startIndex
    while let slash = line[index...].firstIndex(of: "/") {
      let after = line.index(after: slash)
      let rest = line[after...].drop { $0 == " " || $0 == "\t" }
      index = after
      guard rest.startIndex > after, beginsRecord(rest) else { continue }
      parts.append(String(line[start..<after]))
      start = rest.startIndex
      index = start
    }
    parts.append(String(line[start...]))
    return parts
  }

  private static func beginsRecord(_ text: Substring) -> Bool {
    let fields = text.prefix(64).split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count >= 3 else { return false }
    func isFigure(_ text: Substring) -> Bool {
      text.drop { $0 == "+" || $0 == "-" }.allSatisfy { $0.isASCII && $0.isNumber }
    }
    switch fields[0] {
    case "16": return fields[1].count == 3 && isFigure(fields[1]) && isFigure(fields[2])
    case "49", "98", "99": return isFigure(fields[1])
    case "01", "02": return fields.count >= 5
    case "03": return true
    default: return false
    }
  }

  private mutating func nextLine() -> (ArraySlice<UInt8>, Int64?)? {
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
    return (bytes[start..<end], text.fileOffsetBase.map { Int64($0 + start) })
  }
}
