import CaseModel

/// What a cell holds, as it was stored, never as a program would show it.
enum SheetValue: Hashable, Sendable {
  case text(String)
  /// A decimal text, such as `-12.5`: the stored number without exponent.
  case number(String)
  /// A day, with seconds since midnight when the cell has a time.
  case day(CivilDate, seconds: Int)
  /// A time of day in seconds since midnight.
  case time(Int)
  /// A formula whose result was never stored.
  case unknown

  var isEmpty: Bool {
    if case .text(let text) = self { return text.allSatisfy(\.isWhitespace) }
    return false
  }
}

/// One cell of a row.
struct SheetCell: Sendable {
  /// From 0.
  let column: Int
  var value: SheetValue
  /// The formula that gave the value; nil for a value typed or imported.
  var formula: String?
  /// The digits as stored, when binary noise was cut off them.
  var noisy: String?
}

/// One row that holds something.
struct SheetRow: Sendable {
  /// From 1, as the program numbers it.
  let number: Int
  var isHidden = false
  var cells: [SheetCell] = []

  /// Cells up to the last that is not empty.
  var width: Int { (cells.last { !$0.value.isEmpty }?.column ?? -1) + 1 }
}

/// A sheet by name.
struct SheetName: Sendable {
  let name: String
  let isHidden: Bool
}

/// A workbook that gives its rows one after the other. A pass can be repeated.
protocol SheetSource {
  var sheets: [SheetName] { get }
  /// Calls `body` with each row that holds something, in order, until it says stop.
  /// - Throws: `FileRefusal` when the workbook is not readable.
  func rows(of sheet: Int, _ body: (SheetRow) throws -> Bool) throws
}

/// Names of cells and ranges.
enum CellName {
  /// 0 → A, 25 → Z, 26 → AA.
  static func column(_ index: Int) -> String {
    var letters: [UInt8] = []
    var rest = index + 1
    while rest > 0 {
      letters.append(UInt8(65 + (rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// `C12` → column 2, row 12; nil for anything else or beyond 2^20 rows.
  static func parse(_ name: String) -> (column: Int, row: Int)? {
    var column = 0
    var row = 0
    for byte in name.utf8 {
      switch byte {
      case 0x41...0x5A where row == 0: column = column * 26 + Int(byte) - 64
      case 0x30...0x39: row = row * 10 + Int(byte) - 48
      case 0x24: continue
      default: return nil
      }
      guard column < 1 << 20, row <= 1 << 20 else { return nil }
    }
    return column > 0 && row > 0 ? (column - 1, row) : nil
  }

  /// A sheet's name as it stands before `!`: quoted when it holds more than letters and digits.
  static func sheet(_ name: String) -> String {
    let shown = Issue.escaped(name)
    let isPlain = shown.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "."
    }
    return isPlain && !shown.isEmpty ? shown : "'\(shown.replacing("'", with: "''"))'"
  }
}
