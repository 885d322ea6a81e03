import CaseModel

/// Comma-separated text by RFC 4180 in UTF-8 with CRLF, and the guard against formulas.
///
/// A spreadsheet evaluates a cell that begins with `=`, `+`, `-`, `@`, TAB or CR. A text cell that begins
/// with one of them, or with an apostrophe, gets one apostrophe in front; re-import takes exactly one
/// away (`unguarded`). Cells of numbers, days and booleans are never guarded: their form is checked.
public enum DelimitedText {
  /// One row with its line end.
  static func row(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\r\n"
  }

  static func quoted(_ cell: String) -> String {
    let needs = cell.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
    }
    guard needs else { return cell }
    // By scalar: a quote with a combining mark is one character and still a quote.
    var result = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// The text as a cell that no spreadsheet evaluates.
  public static func guarded(_ text: String) -> String {
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
      UInt8(ascii: "'"), 9, 13:
      "'" + text
    default: text
    }
  }

  /// The text behind a guarded cell. Undoes `guarded` for every text.
  public static func unguarded(_ cell: String) -> String {
    cell.utf8.first == UInt8(ascii: "'") ? String(cell.dropFirst()) : cell
  }

  /// The rows of strict RFC 4180 text, cells as written.
  /// - Throws: `Issue` with the physical line of what is no such text.
  /// - Complexity: O(*n*) in the bytes.
  public static func rows(_ bytes: [UInt8], name: String) throws -> [[String]] {
    var reader = Reader(bytes: bytes, name: name)
    return try reader.read()
  }

  private struct Reader {
    let bytes: [UInt8]
    let name: String
    var place = 0
    var line = 1

    mutating func read() throws -> [[String]] {
      var rows: [[String]] = []
      var row: [String] = []
      while place < bytes.count {
        row.append(try cell())
        guard place < bytes.count else { throw problem("the text ends inside a row", "CRLF") }
        if bytes[place] == UInt8(ascii: ",") {
          place += 1
          if place == bytes.count { throw problem("the text ends inside a row", "CRLF") }
        } else {
          guard bytes[place...].starts(with: [13, 10]) else {
            throw problem("a cell ends with byte \(bytes[place])", "a comma or CRLF")
          }
          place += 2
          line += 1
          rows.append(row)
          row = []
        }
      }
      return rows
    }

    private mutating func cell() throws -> String {
      guard bytes[place] == UInt8(ascii: "\"") else { return try text(until: plainEnd()) }
      var content: [UInt8] = []
      place += 1
      while true {
        guard place < bytes.count else { throw problem("a quote is not closed", "a second quote") }
        let byte = bytes[place]
        place += 1
        if byte == 10 { line += 1 }
        if byte != UInt8(ascii: "\"") {
          content.append(byte)
        } else if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
          content.append(byte)
          place += 1
        } else {
          break
        }
      }
      return try decoded(content[...])
    }

    private func plainEnd() -> Int {
      bytes[place...].firstIndex { $0 == UInt8(ascii: ",") || $0 == 13 || $0 == 10 } ?? bytes.count
    }

    private mutating func text(until end: Int) throws -> String {
      defer { place = end }
      if bytes[place..<end].contains(UInt8(ascii: "\"")) {
        throw problem("a quote inside a plain cell", "quotes around the whole cell")
      }
      return try decoded(bytes[place..<end])
    }

    private func decoded(_ content: ArraySlice<UInt8>) throws -> String {
      guard let text = String(validating: content, as: UTF8.self) else {
        throw problem("bytes that are no UTF-8", "UTF-8")
      }
      return text
    }

    private func problem(_ found: String, _ expected: String) -> Issue {
      Issue(.error, "E-CSV", file: name, at: .line(line), found: found, expected: expected)
    }
  }
}
