import CaseModel

/// A sheet's rows as delimited text, one line a row, so that workbooks are read by the same mapping
/// profiles as bank exports in text. Line *n* of the text is row *n* of the sheet.
struct SheetText {
  private let delimiter: UInt8
  private let quote: UInt8
  /// Written in numbers in place of the point.
  private let decimal: Character
  /// How days are written; nil for ISO 8601.
  private let form: DateForm?
  /// Columns in which some day has a time: all their days are written with one.
  private let timed: Set<Int>
  /// Cells that each line is filled up to.
  private let width: Int
  private let includesHidden: Bool
  private let bytesMax: Int

  private(set) var bytes: [UInt8] = []
  private(set) var notes = SheetNotes()
  private var lastRow = 0

  init(
    _ profile: MappingProfile?, sheet: String, width: Int, timed: Set<Int>, includesHidden: Bool,
    bytesMax: Int
  ) {
    delimiter = profile?.delimiter ?? 0x2C
    quote = profile?.quote ?? 0x22
    decimal = profile?.decimal.map(Character.init) ?? "."
    form = profile?.dates.first
    self.timed = timed
    self.width = width
    self.includesHidden = includesHidden
    self.bytesMax = bytesMax
    notes.sheet = CellName.sheet(sheet)
    notes.width = width
  }

  /// Writes one row, after blank lines for the rows that hold nothing.
  /// - Throws: `SheetTooLarge` when the text would pass the limit.
  mutating func add(_ row: SheetRow) throws {
    bytes.append(contentsOf: repeatElement(0x0A, count: max(0, row.number - 1 - lastRow)))
    lastRow = row.number
    if row.isHidden, !includesHidden {
      notes.hiddenRows.append(row.number)
      bytes.append(0x0A)
      return
    }
    var next = 0
    for cell in row.cells where cell.column < max(width, row.width) {
      while next < cell.column { separate(&next) }
      if cell.column > 0 || next > 0 { notes.width = max(notes.width, cell.column + 1) }
      append(text(of: cell, row: row.number))
      if cell.column + 1 < max(width, row.width) { separate(&next) } else { next += 1 }
    }
    while next < width - 1 { separate(&next) }
    bytes.append(0x0A)
    guard bytes.count <= bytesMax else { throw SheetTooLarge() }
  }

  struct SheetTooLarge: Error {}

  private mutating func separate(_ next: inout Int) {
    bytes.append(delimiter)
    next += 1
  }

  private mutating func text(of cell: SheetCell, row: Int) -> String {
    let place = "\(CellName.column(cell.column))\(row)"
    if let formula = cell.formula { notes.formulas[row, default: []].append((place, formula)) }
    if let noisy = cell.noisy { notes.rounded.append((place, noisy)) }
    switch cell.value {
    case .text(let text): return text
    case .number(let text):
      if StoredNumber.isBeyondExact(text) {
        notes.inexact[row, default: []].append(cell.column)
      }
      return decimal == "." ? text : text.replacing(".", with: String(decimal))
    case .day(let day, let seconds):
      if let form { return form.text(of: day, seconds: seconds) ?? day.description }
      return timed.contains(cell.column)
        ? "\(day) \(Self.clock(seconds))" : day.description
    case .time(let seconds): return Self.clock(seconds)
    case .unknown:
      notes.unknown[row, default: []].append(place)
      return ""
    }
  }

  private static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
  }

  /// RFC 4180; a line break inside a cell becomes a space, so that lines stay rows.
  private mutating func append(_ text: String) {
    var text = text
    let needsQuotes = text.withUTF8 { utf8 in
      utf8.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }
    }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(quote)
    var afterReturn = false
    for byte in text.utf8 {
      switch byte {
      case 0x0A where afterReturn: break
      case 0x0A, 0x0D: bytes.append(0x20)
      case quote: bytes.append(contentsOf: [quote, quote])
      default: bytes.append(byte)
      }
      afterReturn = byte == 0x0D
    }
    bytes.append(quote)
  }
}

/// What is to be said of a sheet beside its text.
struct SheetNotes {
  /// As it stands before `!`.
  var sheet = ""
  var width = 1
  /// Formulas by row: cell and formula.
  var formulas: [Int: [(cell: String, text: String)]] = [:]
  /// Cells whose formula has no stored result, by row.
  var unknown: [Int: [String]] = [:]
  /// Cells whose digits held binary noise, with the digits as stored.
  var rounded: [(cell: String, stored: String)] = []
  /// Columns, from 0, of numbers that are longer than a workbook keeps, by row.
  var inexact: [Int: [Int]] = [:]
  var hiddenRows: [Int] = []
}
