import CaseModel

/// The tables of a web page that a bank saved as a workbook (formats.md §3.1): each table a sheet.
///
/// A small reader of tags, tolerant of what is left open, as such pages are rarely well formed. Scripts
/// and styles are passed over; nothing is loaded from anywhere.
struct HTMLBook: SheetSource {
  private var tables: [[SheetRow]] = []
  private let limits: ReadingOptions.Limits

  var sheets: [SheetName] {
    tables.indices.map { SheetName(name: "Table\($0 + 1)", isHidden: false) }
  }

  init(_ file: InputFile, limits: ReadingOptions.Limits) throws {
    self.limits = limits
    let head = file.withBytes { String(decoding: $0.prefix(2048), as: UTF8.self) }
    let declared = head.lowercased().firstMatch(of: /charset\s*=\s*["']?([a-z0-9_-]+)/)
      .flatMap { TextEncoding(named: $0.output.1) }
    let text = try DecodedText(of: file, declared: declared)
    var reader = HTMLTables(text.bytes, columnsMax: limits.columns)
    tables = reader.read()
    guard !tables.isEmpty else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: file.name, at: .line(1),
          found: "a web page without a table of records", expected: "a table, or delimited text")
      ])
    }
  }

  func rows(of sheet: Int, _ body: (SheetRow) throws -> Bool) throws {
    for row in tables[sheet] where row.width > 0 {
      guard try body(row) else { return }
    }
  }
}

/// Reads tags and the text between them.
struct HTMLTables {
  private let bytes: [UInt8]
  private let columnsMax: Int
  private var at = 0
  private var done: [[SheetRow]] = []
  /// Tables inside tables: the inner one is read for itself.
  private var open: [Table] = []

  private struct Table {
    var number: Int
    var rows: [SheetRow] = []
    var row: SheetRow?
    var column = 0
    var span = 1
    var text: [UInt8]?
  }

  init(_ bytes: [UInt8], columnsMax: Int) {
    self.bytes = bytes
    self.columnsMax = columnsMax
  }

  mutating func read() -> [[SheetRow]] {
    while at < bytes.count {
      guard bytes[at] == 0x3C else {
        if !open.isEmpty { open[open.count - 1].text?.append(bytes[at]) }
        at += 1
        continue
      }
      tag()
    }
    while !open.isEmpty { endTable() }
    return done.filter { !$0.isEmpty }
  }

  private mutating func tag() {
    if bytes[at...].starts(with: "<!--".utf8) {
      skip(past: Array("-->".utf8))
      return
    }
    let close = bytes[at...].firstIndex(of: 0x3E) ?? bytes.count - 1
    let inside = String(decoding: bytes[(at + 1)..<max(at + 1, close)], as: UTF8.self)
    at = close + 1
    let name = inside.prefix { $0.isLetter || $0.isNumber || $0 == "/" }.lowercased()
    switch name {
    case "script", "style": skip(past: Array("</\(name)".utf8))
    case "table":
      done.append([])
      open.append(Table(number: done.count - 1))
    case "/table": endTable()
    case "tr":
      endRow()
      if !open.isEmpty {
        let count = open[open.count - 1].rows.count
        open[open.count - 1].row = SheetRow(number: count + 1)
        open[open.count - 1].column = 0
      }
    case "/tr": endRow()
    case "td", "th":
      endCell()
      guard let last = open.indices.last, open[last].row != nil else { return }
      open[last].text = []
      let span = inside.lowercased().firstMatch(of: /colspan\s*=\s*["']?([0-9]{1,4})/)
      open[last].span = max(1, span.flatMap { Int($0.output.1) } ?? 1)
    case "/td", "/th": endCell()
    case "br", "br/", "p", "/p", "div", "/div":
      if !open.isEmpty { open[open.count - 1].text?.append(0x20) }
    default: break
    }
  }

  private mutating func skip(past end: [UInt8]) {
    while at < bytes.count {
      if bytes[at] | 0x20 == end[0] | 0x20,
        bytes[at...].prefix(end.count).elementsEqual(end, by: { $0 | 0x20 == $1 | 0x20 })
      {
        at += end.count
        return
      }
      at += 1
    }
  }

  private mutating func endCell() {
    guard let last = open.indices.last, let raw = open[last].text else { return }
    open[last].text = nil
    let text = HTMLEntities.plain(String(decoding: raw, as: UTF8.self))
      .split { $0.isWhitespace }.joined(separator: " ")
    let column = open[last].column
    if !text.isEmpty, column < columnsMax {
      open[last].row?.cells.append(SheetCell(column: column, value: .text(text)))
    }
    open[last].column = min(columnsMax, column + open[last].span)
  }

  private mutating func endRow() {
    endCell()
    guard let last = open.indices.last, let row = open[last].row else { return }
    open[last].rows.append(row)
    open[last].row = nil
  }

  private mutating func endTable() {
    endRow()
    guard let table = open.popLast() else { return }
    done[table.number] = table.rows.contains { $0.width > 0 } ? table.rows : []
  }
}

/// References to characters, as bank pages use them.
enum HTMLEntities {
  private static let names: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "euro": "€",
    "pound": "£", "yen": "¥", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö",
    "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "aacute": "á",
    "oacute": "ó", "iacute": "í", "uacute": "ú", "ntilde": "ñ", "ccedil": "ç", "atilde": "ã",
    "otilde": "õ", "ecirc": "ê", "acirc": "â", "ocirc": "ô", "minus": "−", "ndash": "–",
    "aring": "å", "oslash": "ø", "aelig": "æ", "Eacute": "É", "Ccedil": "Ç",
  ]

  /// The text with references resolved; what is not known stays as written.
  static func plain(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      let after = rest[rest.index(after: mark)...]
      guard let end = after.prefix(12).firstIndex(of: ";"), let found = value(after[..<end]) else {
        result += "&"
        rest = after
        continue
      }
      result += found
      rest = after[after.index(after: end)...]
    }
    return result + rest
  }

  private static func value(_ name: Substring) -> String? {
    guard name.hasPrefix("#") else { return names[String(name)] }
    let digits = name.dropFirst()
    let code =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let code, let scalar = Unicode.Scalar(code), code != 0 else { return nil }
    return String(scalar)
  }
}
