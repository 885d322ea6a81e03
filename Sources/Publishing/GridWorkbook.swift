// A plain grid as an XLSX workbook: texts in cells, coloured by what they mean. Nothing is evaluated.

import CXlsxWriter
import Foundation

/// Sheets of texts with a title row that stays in view.
public struct GridWorkbook: Sendable {
  /// What a cell's colour says.
  public enum Meaning: Sendable { case plain, good, doubtful, bad }

  public struct Cell: Sendable {
    public let text: String
    public let meaning: Meaning
    public init(_ text: String, _ meaning: Meaning) {
      self.text = text
      self.meaning = meaning
    }
  }

  public struct Sheet: Sendable {
    public let name: String
    public let titles: [String]
    public let rows: [[Cell]]
    public init(name: String, titles: [String], rows: [[Cell]]) {
      self.name = name
      self.titles = titles
      self.rows = rows
    }
  }

  public let sheets: [Sheet]
  public init(sheets: [Sheet]) { self.sheets = sheets }

  /// Writes the workbook whole or not at all: a file beside the place is renamed at the end.
  /// The same sheets give the same bytes.
  /// - Throws: `PublishingError` naming the step that failed.
  public func write(to url: URL) throws {
    let draft = url.deletingLastPathComponent().appending(
      path: ".\(url.lastPathComponent).unfinished")
    try? FileManager.default.removeItem(at: draft)
    guard let book = workbook_new(draft.path) else {
      throw PublishingError.workbook(operation: "open", message: "no memory for a workbook")
    }
    var failure: (any Error)?
    do { try fill(book) } catch { failure = error }
    let closed = workbook_close(book)
    do {
      if let failure { throw failure }
      try Workbook.check(closed, "close")
      if FileManager.default.fileExists(atPath: url.path) {
        try FileManager.default.removeItem(at: url)
      }
      try FileManager.default.moveItem(at: draft, to: url)
    } catch {
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
  }

  private func fill(_ book: UnsafeMutablePointer<lxw_workbook>) throws {
    var properties = lxw_doc_properties()
    // A fixed day, so that the same grid gives the same bytes.
    properties.created = 946_684_800
    try Workbook.check(workbook_set_properties(book, &properties), "properties")
    let styles = try Styles(book)
    for sheet in sheets {
      guard let page = workbook_add_worksheet(book, sheet.name) else {
        throw PublishingError.workbook(
          operation: "add sheet \(sheet.name)", message: "the name was refused")
      }
      worksheet_set_landscape(page)
      worksheet_set_paper(page, 9)
      worksheet_fit_to_pages(page, 1, 0)
      worksheet_freeze_panes(page, 1, 1)
      try Workbook.check(worksheet_repeat_rows(page, 0, 0), "repeated header")
      for (column, title) in sheet.titles.enumerated() {
        try put(title, page, 0, column, styles.head)
        let longest = sheet.rows.reduce(title.count) { longest, row in
          column < row.count ? max(longest, row[column].text.count) : longest
        }
        try Workbook.check(
          worksheet_set_column(
            page, lxw_col_t(column), lxw_col_t(column), SheetMeasure.width(min(60, longest + 2)),
            nil), "width of column \(column + 1)")
      }
      for (row, cells) in sheet.rows.enumerated() {
        for (column, cell) in cells.enumerated() {
          try put(cell.text, page, row + 1, column, styles[cell.meaning])
        }
      }
    }
  }

  private func put(
    _ text: String, _ page: UnsafeMutablePointer<lxw_worksheet>, _ row: Int, _ column: Int,
    _ style: Workbook.Style
  ) throws {
    let shown = String(VisibleText.of(text).prefix(Workbook.charactersMax))
    try Workbook.check(
      worksheet_write_string(page, lxw_row_t(row), lxw_col_t(column), shown, style),
      "text in row \(row + 1)")
  }

  private struct Styles {
    let head: Workbook.Style
    private let plain: Workbook.Style
    private let good: Workbook.Style
    private let doubtful: Workbook.Style
    private let bad: Workbook.Style

    init(_ book: UnsafeMutablePointer<lxw_workbook>) throws {
      func style(_ colour: UInt32?, isBold: Bool = false) throws -> Workbook.Style {
        guard let style = workbook_add_format(book) else {
          throw PublishingError.workbook(operation: "add format", message: "no memory")
        }
        format_set_text_wrap(style)
        format_set_font_size(style, 9)
        format_set_align(style, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        if let colour { format_set_bg_color(style, colour) }
        if isBold { format_set_bold(style) }
        return style
      }
      head = try style(0xE6E6E6, isBold: true)
      plain = try style(nil)
      good = try style(0xD9EAD3)
      doubtful = try style(0xFFF2CC)
      bad = try style(0xF4CCCC)
    }

    subscript(_ meaning: Meaning) -> Workbook.Style {
      switch meaning {
      case .plain: plain
      case .good: good
      case .doubtful: doubtful
      case .bad: bad
      }
    }
  }
}
