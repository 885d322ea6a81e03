import CaseModel

/// A workbook written as one XML text (Excel 2003 "XML Spreadsheet"), often under the name `.xls`.
struct SpreadsheetXMLBook: SheetSource {
  private let file: InputFile
  private let limits: ReadingOptions.Limits
  private(set) var sheets: [SheetName] = []

  static let namespace = "urn:schemas-microsoft-com:office:spreadsheet"

  init(_ file: InputFile, limits: ReadingOptions.Limits) throws {
    self.file = file
    self.limits = limits
    var names: [SheetName] = []
    try read { pull in
      var name = ""
      var isHidden = false
      while true {
        switch try pull.next() {
        case .start("Worksheet"):
          name = pull.attributes()["Name"] ?? ""
          isHidden = false
        case .start("Table"): try pull.skip()
        case .start("Visible"): isHidden = true
        case .end("Worksheet"): names.append(SheetName(name: name, isHidden: isHidden))
        case .finished: return
        default: continue
        }
      }
    }
    sheets = names
  }

  private func read(_ body: (XMLPull) throws -> Void) throws {
    do { try XMLPull.read(file.bytes, limits: limits, body) } catch let fault as XMLRefusal {
      throw FileRefusal([
        Issue(
          .error, fault.code, file: file.name, at: .line(fault.line),
          found: Issue.escaped(fault.found), expected: fault.expected)
      ])
    }
  }

  func rows(of sheet: Int, _ body: (SheetRow) throws -> Bool) throws {
    try read { pull in
      var index = -1
      var row = SheetRow(number: 0)
      var repeats = 0
      var cell = SheetCell(column: -1, value: .text(""))
      var type = ""
      var text = ""
      var isData = false
      while true {
        switch try pull.next() {
        case .start("Worksheet"): index += 1
        case .start("Row") where index == sheet:
          let attributes = pull.attributes()
          let number = attributes["Index"].flatMap { Int($0) } ?? row.number + repeats + 1
          guard number > row.number, number <= 1 << 20 else {
            throw tooLarge(pull.line, "row \(number)")
          }
          row = SheetRow(number: number)
          row.isHidden = attributes["Hidden"] == "1"
          repeats = attributes["Span"].flatMap { Int($0) } ?? 0
          cell = SheetCell(column: -1, value: .text(""))
        case .start("Cell") where index == sheet:
          let attributes = pull.attributes()
          let column = attributes["Index"].flatMap { Int($0) }.map { $0 - 1 } ?? cell.column + 1
          guard column > cell.column, column < limits.columns else {
            throw tooLarge(pull.line, "column \(column + 1)")
          }
          cell = SheetCell(column: column, value: .text(""))
          cell.formula = attributes["Formula"]
          if cell.formula != nil { cell.value = .unknown }
        case .start("Data") where index == sheet:
          type = pull.attributes()["Type"] ?? "String"
          text = ""
          isData = true
        case .text(let piece): if isData { text += piece }
        case .end("Data") where isData:
          isData = false
          Self.set(&cell, type, text)
        case .end("Cell") where index == sheet:
          if !cell.value.isEmpty { row.cells.append(cell) }
        case .end("Row") where index == sheet:
          if row.width > 0, try !body(row) { return }
        case .end("Table") where index == sheet: return
        case .finished: return
        default: continue
        }
      }
    }
  }

  private func tooLarge(_ line: Int, _ what: String) -> FileRefusal {
    FileRefusal([
      Issue(
        .error, "E-SIZE", file: file.name, at: .line(line), found: "\(what) out of order or range",
        expected: "at most 1048576 rows and \(limits.columns) columns, ascending")
    ])
  }

  private static func set(_ cell: inout SheetCell, _ type: String, _ text: String) {
    switch type {
    case "Number":
      guard let plain = StoredNumber.plain(text) else {
        cell.value = .text(text)
        return
      }
      let (rounded, isRounded) = StoredNumber.withoutNoise(plain)
      cell.value = .number(rounded)
      if isRounded { cell.noisy = text }
    case "DateTime": cell.value = SheetDates.iso(text) ?? .text(text)
    case "Boolean": cell.value = .text(text == "1" ? "TRUE" : "FALSE")
    default: cell.value = .text(text)
    }
  }
}
