import CaseModel

/// An OpenDocument spreadsheet (`.ods`): OpenDocument 1.2 part 1, §9.
struct ODSBook: SheetSource {
  let parts: OfficeParts
  private(set) var sheets: [SheetName] = []
  private static let content = "content.xml"

  init(_ file: InputFile, limits: ReadingOptions.Limits) throws {
    parts = try OfficeParts(file, limits: limits)
    if let manifest = try parts.bytes("META-INF/manifest.xml"),
      String(decoding: manifest, as: UTF8.self).contains("encryption-data")
    {
      throw parts.refusal(
        "E-ENCRYPTED", "META-INF/manifest.xml", "a workbook protected by a password",
        "a workbook without password; ask the sender")
    }
    var hiddenStyles: Set<String> = []
    var names: [SheetName] = []
    var style = ""
    try parts.read(Self.content) { pull in
      loop: while true {
        switch try pull.next() {
        case .start("style"): style = pull.attributes()["name"] ?? ""
        case .start("table-properties"):
          if pull.attributes()["display"] == "false" { hiddenStyles.insert(style) }
        case .start("table"):
          let attributes = pull.attributes()
          names.append(
            SheetName(
              name: attributes["name"] ?? "",
              isHidden: hiddenStyles.contains(attributes["style-name"] ?? "")))
          try pull.skip()
        case .finished: break loop
        default: continue
        }
      }
    }
    sheets = names
    guard !sheets.isEmpty else {
      throw parts.refusal(
        "E-FORMAT", Self.content, "an OpenDocument file without sheets", "a spreadsheet")
    }
  }

  func rows(of sheet: Int, _ body: (SheetRow) throws -> Bool) throws {
    try parts.read(Self.content) { pull in
      var index = -1
      while true {
        switch try pull.next() {
        case .start("table"):
          index += 1
          if index < sheet {
            try pull.skip()
          } else {
            var reader = ODSSheet(parts: parts)
            return try reader.run(pull, body)
          }
        case .finished: return
        default: continue
        }
      }
    }
  }
}

/// Reads the rows of one table element.
struct ODSSheet {
  let parts: OfficeParts
  private var row = SheetRow(number: 0)
  private var rowRepeats = 1
  private var column = 0
  private var cell: [String: String] = [:]
  private var paragraphs: [String] = []
  private var isText = false
  private var next = 1

  init(parts: OfficeParts) { self.parts = parts }

  mutating func run(_ pull: XMLPull, _ body: (SheetRow) throws -> Bool) throws {
    while true {
      switch try pull.next() {
      case .start(let name): try start(name, pull)
      case .text(let text):
        if isText, !paragraphs.isEmpty { paragraphs[paragraphs.count - 1] += text }
      case .end("p"): isText = false
      case .end("table-cell"), .end("covered-table-cell"):
        try parts.checkWhole(pull, "content.xml")
        try endCell(pull)
      case .end("table-row"):
        guard try endRow(pull, body) else { return }
      case .end("table"), .finished: return
      case .end: continue
      }
    }
  }

  private mutating func start(_ name: String, _ pull: XMLPull) throws {
    switch name {
    case "table-row":
      let attributes = pull.attributes()
      row = SheetRow(number: next)
      row.isHidden = ["collapse", "filter"].contains(attributes["visibility"] ?? "")
      rowRepeats = max(1, attributes["number-rows-repeated"].flatMap { Int($0) } ?? 1)
      column = 0
    case "table-cell", "covered-table-cell":
      cell = pull.attributes()
      paragraphs = []
    case "p":
      paragraphs.append("")
      isText = true
    case "s" where isText:
      let count = pull.attributes()["c"].flatMap { Int($0) } ?? 1
      paragraphs[paragraphs.count - 1] += String(repeating: " ", count: min(count, 1000))
    case "annotation", "shapes", "named-expressions": try pull.skip()
    default: break
    }
  }

  private mutating func endCell(_ pull: XMLPull) throws {
    let repeats = max(1, cell["number-columns-repeated"].flatMap { Int($0) } ?? 1)
    defer { column += min(repeats, 1 << 20) }
    guard let found = value() else { return }
    guard column + repeats <= parts.limits.columns else {
      throw parts.refusal(
        "E-SIZE", "content.xml line \(pull.line)", "cells up to column \(column + repeats)",
        "at most \(parts.limits.columns) columns")
    }
    for offset in 0..<repeats {
      var copy = SheetCell(column: column + offset, value: found.value, formula: cell["formula"])
      copy.noisy = found.noisy
      row.cells.append(copy)
    }
  }

  private func value() -> (value: SheetValue, noisy: String?)? {
    let text = paragraphs.joined(separator: " ")
    switch cell["value-type"] {
    case "float", "currency", "percentage":
      guard let stored = cell["value"], let plain = StoredNumber.plain(stored) else {
        return cell["formula"] == nil ? (.text(text), nil) : (.unknown, nil)
      }
      let (rounded, isRounded) = StoredNumber.withoutNoise(plain)
      return (.number(rounded), isRounded ? stored : nil)
    case "date":
      return (cell["date-value"].flatMap(SheetDates.iso) ?? .text(text), nil)
    case "boolean": return (.text(cell["boolean-value"] == "true" ? "TRUE" : "FALSE"), nil)
    case "string", "time": return text.isEmpty ? nil : (.text(text), nil)
    default:
      if cell["formula"] != nil, text.isEmpty { return (.unknown, nil) }
      return text.isEmpty ? nil : (.text(text), nil)
    }
  }

  /// Rows that repeat are given as often as they say, within what a sheet can hold.
  private mutating func endRow(_ pull: XMLPull, _ body: (SheetRow) throws -> Bool) throws -> Bool {
    defer { next = min(next + rowRepeats, 1 << 21) }
    guard row.width > 0 else { return true }
    guard next + rowRepeats - 1 <= 1 << 20 else {
      throw parts.refusal(
        "E-SIZE", "content.xml line \(pull.line)", "rows up to \(next + rowRepeats - 1)",
        "at most 1048576 rows")
    }
    for offset in 0..<rowRepeats {
      var copy = SheetRow(number: next + offset, cells: row.cells)
      copy.isHidden = row.isHidden
      guard try body(copy) else { return false }
    }
    return true
  }
}
