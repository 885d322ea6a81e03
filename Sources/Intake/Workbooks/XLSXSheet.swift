import CaseModel

/// Reads the rows of one sheet part: ECMA-376 part 1, §18.3.1.
struct XLSXSheet {
  let parts: OfficeParts
  let part: String
  let strings: [String]
  let isDayStyle: [Bool]
  let is1904: Bool

  private var row = SheetRow(number: 0)
  private var column = 0
  private var type = "n"
  private var style = 0
  private var formula: String?
  /// The text of `v` or of an inline string, while it is read.
  private var value: String?
  private var target = Target.none
  private enum Target { case none, value, inline, formula }

  init(
    parts: OfficeParts, part: String, strings: [String], isDayStyle: [Bool], is1904: Bool
  ) {
    self.parts = parts
    self.part = part
    self.strings = strings
    self.isDayStyle = isDayStyle
    self.is1904 = is1904
  }

  mutating func run(_ pull: XMLPull, _ body: (SheetRow) throws -> Bool) throws {
    while true {
      switch try pull.next() {
      case .start(let name): try start(name, pull)
      case .text(let text): take(text)
      case .end("c"):
        try parts.checkWhole(pull, part)
        try endCell()
      case .end("row"):
        if row.width > 0 {
          guard try body(row) else { return }
        }
      case .end("sheetData"), .finished: return
      case .end: target = .none
      }
    }
  }

  private mutating func start(_ name: String, _ pull: XMLPull) throws {
    switch name {
    case "row":
      let attributes = pull.attributes()
      let number = attributes["r"].flatMap { Int($0) } ?? row.number + 1
      guard number > row.number, number <= 1 << 20 else {
        throw parts.refusal(
          "E-FORMAT", "\(part) line \(pull.line)", "row \(number) after row \(row.number)",
          "rows in ascending order, at most 1048576")
      }
      row = SheetRow(number: number)
      row.isHidden = ["1", "true"].contains(attributes["hidden"] ?? "")
      column = -1
    case "c":
      let attributes = pull.attributes()
      let next = attributes["r"].flatMap { CellName.parse($0)?.column } ?? column + 1
      guard next > column, next < parts.limits.columns else {
        throw parts.refusal(
          "E-SIZE", "\(part) line \(pull.line)",
          "a cell in column \(next + 1) after column \(column + 1)",
          "cells in ascending order, at most \(parts.limits.columns) columns")
      }
      column = next
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap { Int($0) } ?? 0
      formula = nil
      value = nil
    case "v": begin(.value)
    case "t": begin(.inline)
    case "rPh": try pull.skip()
    case "f":
      // A shared formula is written once; the other cells name it only.
      formula = formula ?? ""
      target = .formula
    default: break
    }
  }

  private mutating func begin(_ target: Target) {
    self.target = target
    value = value ?? ""
  }

  private mutating func take(_ text: String) {
    switch target {
    case .none: break
    case .value, .inline: value = (value ?? "") + text
    case .formula: formula = (formula ?? "") + text
    }
  }

  private mutating func endCell() throws {
    target = .none
    var cell = SheetCell(column: column, value: .text(""), formula: formula)
    let text = value ?? ""
    switch type {
    case "s":
      guard let index = Int(text), strings.indices.contains(index) else {
        throw parts.refusal(
          "E-FORMAT", "\(CellName.column(column))\(row.number)",
          "a cell that names a text the workbook does not hold", "a whole workbook")
      }
      cell.value = .text(strings[index])
    case "inlineStr", "str": cell.value = .text(text)
    case "b": cell.value = .text(text == "1" ? "TRUE" : "FALSE")
    case "e": cell.value = .text(text)
    case "d": cell.value = SheetDates.iso(text) ?? .text(text)
    default: number(text, into: &cell)
    }
    if formula != nil, text.isEmpty { cell.value = .unknown }
    if cell.value.isEmpty, formula == nil { return }
    row.cells.append(cell)
  }

  private func number(_ text: String, into cell: inout SheetCell) {
    cell.value = .text(text)
    guard let plain = StoredNumber.plain(text) else { return }
    if isDayStyle.indices.contains(style), isDayStyle[style],
      let day = DaySerial.value(plain, is1904: is1904)
    {
      cell.value = day
      return
    }
    let (rounded, isRounded) = StoredNumber.withoutNoise(plain)
    cell.value = .number(rounded)
    if isRounded { cell.noisy = text }
  }
}

/// Days that a workbook writes out: `2024-03-01`, `2024-03-01T12:30:00`.
enum SheetDates {
  static func iso(_ text: String) -> SheetValue? {
    let parts = text.split(separator: "T", maxSplits: 1)
    guard let first = parts.first, let day = CivilDate(String(first)) else { return nil }
    guard parts.count == 2 else { return .day(day, seconds: 0) }
    let clock = parts[1].prefix { $0 != "." && $0 != "Z" && $0 != "+" }.split(separator: ":")
      .map { Int($0) }
    guard clock.count >= 2, let hour = clock[0], let minute = clock[1] else {
      return .day(day, seconds: 0)
    }
    let second = clock.count > 2 ? clock[2] ?? 0 : 0
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else {
      return nil
    }
    return .day(day, seconds: hour * 3600 + minute * 60 + second)
  }
}
