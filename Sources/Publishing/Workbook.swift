// A document's tables as an XLSX workbook: numbers as numbers, everything else as text that no
// spreadsheet evaluates. Every return code of libxlsxwriter is checked.

import CXlsxWriter
import CaseModel
import Foundation

/// One workbook while it is written.
///
/// Cells are text or number and never formula: texts go through `worksheet_write_string`, so a
/// leading `=`, `+`, `-` or `@` stays a character.
final class Workbook {
  typealias Sheet = UnsafeMutablePointer<lxw_worksheet>
  typealias Style = UnsafeMutablePointer<lxw_format>

  private let book: UnsafeMutablePointer<lxw_workbook>
  private let document: Document
  let register: SourceRegister
  private var amountStyles: [String: Style] = [:]
  /// Longest text of a cell, in characters (Excel's limit is 32,767 UTF-16 units).
  static let charactersMax = 16_000

  /// Writes a layout's tables, sources and method to a file.
  static func write(_ layout: Layout, to file: URL) throws {
    guard let book = workbook_new(file.path) else {
      throw PublishingError.workbook(operation: "open", message: "no memory for a workbook")
    }
    let workbook = Workbook(book, layout)
    var failure: (any Error)?
    do { try workbook.fill(layout) } catch { failure = error }
    // The workbook is closed in any case: closing frees it.
    let closed = workbook_close(book)
    if let failure { throw failure }
    try check(closed, "close")
  }

  private init(_ book: UnsafeMutablePointer<lxw_workbook>, _ layout: Layout) {
    self.book = book
    document = layout.document
    register = layout.register
  }

  private func fill(_ layout: Layout) throws {
    try setProperties()
    var number = 0
    for section in layout.document.sections where !Self.methodAnchors.contains(section.anchor) {
      for table in section.allTables where !table.anchor.hasPrefix("sensitivity") {
        number += 1
        try TableSheet(self, table).write(named: Self.sheetName(table, number))
      }
    }
    try SourcesSheet(self).write()
    try MethodSheet(self, layout).write()
  }

  static let methodAnchors: Set<String> = ["schedule-method"]

  private static func sheetName(_ table: Table, _ number: Int) -> String {
    switch table.anchor {
    case "schedule": "Schedule"
    case "totals": "Totals"
    default: "Table \(number)"
    }
  }

  private func setProperties() throws {
    let title = strdup(VisibleText.of(document.title + " " + document.matter.text))
    let author = strdup(VisibleText.of(document.manifest.program))
    let comment = strdup(VisibleText.of(document.watermark))
    defer { for text in [title, author, comment] { free(text) } }
    var properties = lxw_doc_properties()
    properties.title = title
    properties.author = author
    properties.comments = comment
    // The state of the case, never the time of writing.
    properties.created = time_t(document.manifest.asOf.dayNumber) * 86_400
    try Self.check(workbook_set_properties(book, &properties), "properties")
  }

  // MARK: Sheets and styles

  /// A landscape sheet that fits one page across, with the draft mark and page x of y.
  func addSheet(_ name: String, isWide: Bool) throws -> Sheet {
    guard let sheet = workbook_add_worksheet(book, name) else {
      throw PublishingError.workbook(
        operation: "add sheet \(name)", message: "the name was refused")
    }
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, isWide ? 8 : 9)
    worksheet_fit_to_pages(sheet, 1, 0)
    worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.7)
    let mark = "&C&B" + Self.headerText(document.watermark)
    try Self.check(worksheet_set_header(sheet, mark), "header")
    let foot =
      "&L"
      + Self.headerText("\(document.matter.text) · \(document.manifest.runHash.hex.prefix(12))")
      + "&R\(Captions.page) &P \(Captions.of) &N"
    try Self.check(worksheet_set_footer(sheet, foot), "footer")
    return sheet
  }

  private static func headerText(_ text: String) -> String {
    String(VisibleText.of(text).prefix(120)).replacing("&", with: "&&")
  }

  func style(_ configure: (Style) -> Void) throws -> Style {
    guard let style = workbook_add_format(book) else {
      throw PublishingError.workbook(operation: "add format", message: "no memory for a format")
    }
    format_set_font_size(style, 9)
    format_set_align(style, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    configure(style)
    return style
  }

  private(set) lazy var text: Result<Style, any Error> = Result {
    try style { format_set_text_wrap($0) }
  }
  private(set) lazy var head: Result<Style, any Error> = Result {
    try style {
      format_set_text_wrap($0)
      format_set_bold($0)
      format_set_bg_color($0, 0xE6E6E6)
      format_set_bottom($0, UInt8(LXW_BORDER_THIN.rawValue))
    }
  }
  private(set) lazy var strong: Result<Style, any Error> = Result {
    try style {
      format_set_text_wrap($0)
      format_set_bold($0)
    }
  }
  private(set) lazy var count: Result<Style, any Error> = Result {
    try style { format_set_num_format($0, "0") }
  }

  /// A number format that shows the currency's own decimals and code, and what else stands beside.
  func amountStyle(_ currency: Currency, suffix: String, isStrong: Bool) throws -> Style {
    let decimals =
      currency.exponent > 0 ? "." + String(repeating: "0", count: currency.exponent) : ""
    let words = (currency.code + suffix).replacing("\"", with: "'")
    let positive = "#,##0\(decimals)\\ \"\(words)\""
    let pattern = positive + ";\u{2212}" + positive
    let key = (isStrong ? "1" : "0") + pattern
    if let known = amountStyles[key] { return known }
    let made = try style {
      format_set_num_format($0, pattern)
      if isStrong { format_set_bold($0) }
    }
    amountStyles[key] = made
    return made
  }

  // MARK: Cells

  func write(_ text: String, _ sheet: Sheet, _ row: Int, _ column: Int, _ style: Style) throws {
    let shown = VisibleText.of(text)
    let cut =
      shown.count > Self.charactersMax ? String(shown.prefix(Self.charactersMax)) + "…" : shown
    try Self.check(
      worksheet_write_string(sheet, lxw_row_t(row), lxw_col_t(column), cut, style),
      "text in row \(row + 1)")
  }

  func write(_ number: Int, _ sheet: Sheet, _ row: Int, _ column: Int) throws {
    try Self.check(
      worksheet_write_number(
        sheet, lxw_row_t(row), lxw_col_t(column), number.cellNumber, count.get()),
      "number in row \(row + 1)")
  }

  func write(
    _ amount: Money, suffix: String = "", isStrong: Bool = false, _ sheet: Sheet, _ row: Int,
    _ column: Int
  ) throws {
    guard let number = amount.cellNumber else {
      return try write(amount.text + suffix, sheet, row, column, text.get())
    }
    try Self.check(
      worksheet_write_number(
        sheet, lxw_row_t(row), lxw_col_t(column), number,
        amountStyle(amount.currency, suffix: suffix, isStrong: isStrong)),
      "amount in row \(row + 1)")
  }

  func comment(_ text: String, _ sheet: Sheet, _ row: Int, _ column: Int) throws {
    try Self.check(
      worksheet_write_comment(sheet, lxw_row_t(row), lxw_col_t(column), text),
      "note in row \(row + 1)")
  }

  func setWidth(_ characters: Int, _ sheet: Sheet, _ column: Int) throws {
    try Self.check(
      worksheet_set_column(
        sheet, lxw_col_t(column), lxw_col_t(column), SheetMeasure.width(characters), nil),
      "width of column \(column + 1)")
  }

  /// Frozen and repeated header, and a filter over the rows below it.
  func finish(_ sheet: Sheet, columns: Int, lastRow: Int) throws {
    worksheet_freeze_panes(sheet, 1, 0)
    try Self.check(worksheet_repeat_rows(sheet, 0, 0), "repeated header")
    guard lastRow > 0 else { return }
    try Self.check(
      worksheet_autofilter(sheet, 0, 0, lxw_row_t(lastRow), lxw_col_t(columns - 1)), "filter")
  }

  static func check(_ code: lxw_error, _ operation: String) throws {
    guard code != LXW_NO_ERROR else { return }
    let message = lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    throw PublishingError.workbook(operation: operation, message: message)
  }
}

extension Section {
  /// The tables of the section and its parts, in order.
  var allTables: [Table] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
      + subsections.flatMap(\.allTables)
  }
}
