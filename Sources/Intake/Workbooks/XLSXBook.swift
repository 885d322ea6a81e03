import CaseModel

/// A workbook of Office Open XML (`.xlsx`, `.xlsm`): ECMA-376 part 1, §18.
struct XLSXBook: SheetSource {
  let parts: OfficeParts
  private(set) var sheets: [SheetName] = []
  private var sheetParts: [String] = []
  private var strings: [String] = []
  /// By the number a cell names: whether the cell's number is a day.
  private var isDayStyle: [Bool] = []
  private var is1904 = false

  init(_ file: InputFile, limits: ReadingOptions.Limits) throws {
    parts = try OfficeParts(file, limits: limits)
    let book =
      try Self.relations("_rels/.rels", in: parts, folder: "")
      .first { $0.type.hasSuffix("/officeDocument") }?.target ?? "xl/workbook.xml"
    guard parts.names.contains(book), !book.hasSuffix(".bin") else {
      throw parts.refusal(
        "E-FORMAT", "byte 0",
        parts.names.contains("xl/workbook.bin")
          ? "a binary workbook (XLSB)" : "an Office document that is no workbook",
        "a workbook saved as XLSX, or the sheet as delimited text; keep the file as an exhibit")
    }
    let folder = book.split(separator: "/").dropLast().joined(separator: "/")
    let relations = try Self.relations(
      "\(folder.isEmpty ? "" : folder + "/")_rels/\(book.split(separator: "/").last ?? "").rels",
      in: parts, folder: folder)
    try readBook(book, relations)
    if let part = relations.first(where: { $0.type.hasSuffix("/styles") })?.target,
      parts.names.contains(part)
    {
      try readStyles(part)
    }
    if let part = relations.first(where: { $0.type.hasSuffix("/sharedStrings") })?.target,
      parts.names.contains(part)
    {
      try readStrings(part)
    }
  }

  private struct Relation {
    let id: String
    let type: String
    let target: String
  }

  /// Which part stands behind an identifier; targets as names of parts.
  private static func relations(
    _ name: String, in parts: OfficeParts, folder: String
  ) throws -> [Relation] {
    guard parts.names.contains(name) else { return [] }
    var found: [Relation] = []
    try parts.read(name) { pull in
      loop: while true {
        switch try pull.next() {
        case .start("Relationship"):
          let attributes = pull.attributes()
          let target = attributes["Target"] ?? ""
          found.append(
            Relation(
              id: attributes["Id"] ?? "", type: attributes["Type"] ?? "",
              target: target.hasPrefix("/")
                ? String(target.dropFirst())
                : target.hasPrefix("../")
                  ? String(target.dropFirst(3)) : folder.isEmpty ? target : folder + "/" + target))
        case .finished: break loop
        default: continue
        }
      }
    }
    return found
  }

  private mutating func readBook(_ part: String, _ relations: [Relation]) throws {
    var names: [SheetName] = []
    var targets: [String] = []
    var counts1904 = false
    try parts.read(part) { pull in
      loop: while true {
        switch try pull.next() {
        case .start("workbookPr"):
          counts1904 = ["1", "true"].contains(pull.attributes()["date1904"] ?? "")
        case .start("sheet"):
          let attributes = pull.attributes()
          let id = attributes["id"] ?? ""
          guard let relation = relations.first(where: { $0.id == id }),
            relation.type.hasSuffix("/worksheet")
          else { continue }
          names.append(
            SheetName(
              name: attributes["name"] ?? "",
              isHidden: (attributes["state"] ?? "visible") != "visible"))
          targets.append(relation.target)
        case .finished: break loop
        default: continue
        }
      }
    }
    sheets = names
    sheetParts = targets
    is1904 = counts1904
  }

  private mutating func readStyles(_ part: String) throws {
    var own: [Int: Bool] = [:]
    var styles: [Bool] = []
    var isInside = false
    try parts.read(part) { pull in
      loop: while true {
        switch try pull.next() {
        case .start("numFmt"):
          let attributes = pull.attributes()
          if let id = Int(attributes["numFmtId"] ?? "") {
            own[id] = DaySerial.isDay(code: attributes["formatCode"] ?? "")
          }
        case .start("cellXfs"): isInside = true
        case .end("cellXfs"): isInside = false
        case .start("xf") where isInside:
          let id = Int(pull.attributes()["numFmtId"] ?? "") ?? 0
          styles.append(own[id] ?? DaySerial.isDay(builtIn: id))
        case .finished: break loop
        default: continue
        }
      }
    }
    isDayStyle = styles
  }

  private mutating func readStrings(_ part: String) throws {
    var found: [String] = []
    var text = ""
    var isText = false
    let parts = parts
    try parts.read(part) { pull in
      loop: while true {
        switch try pull.next() {
        case .start("si"): text = ""
        case .start("rPh"): try pull.skip()
        case .start("t"): isText = true
        case .end("t"): isText = false
        case .text(let piece) where isText: text += piece
        case .end("si"):
          try parts.checkWhole(pull, part)
          found.append(text)
        case .finished: break loop
        default: continue
        }
      }
    }
    strings = found
  }

  func rows(of sheet: Int, _ body: (SheetRow) throws -> Bool) throws {
    let part = sheetParts[sheet]
    try parts.read(part) { pull in
      var reader = XLSXSheet(
        parts: parts, part: part, strings: strings, isDayStyle: isDayStyle, is1904: is1904)
      try reader.run(pull, body)
    }
  }
}
