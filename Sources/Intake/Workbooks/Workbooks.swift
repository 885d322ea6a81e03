import CaseModel

/// Opens whatever holds sheets: workbooks of four kinds, and web pages saved under a workbook's name.
enum Workbooks {
  /// What a file that begins with `<` holds.
  enum Markup { case page, workbook, other }

  static func markup(_ head: ArraySlice<UInt8>) -> Markup {
    let text = String(decoding: head.prefix(32 << 10), as: UTF8.self)
    let lower = text.drop { $0.isWhitespace }.lowercased()
    guard lower.hasPrefix("<") else { return .other }
    if lower.contains(SpreadsheetXMLBook.namespace), lower.contains("<workbook") {
      return .workbook
    }
    let isPage = ["<html", "<!doctype html", "<table", "<head", "<meta"].contains(
      where: lower.hasPrefix)
    return isPage && lower.contains("<table") ? .page : .other
  }

  /// The sheets of a file; nil for a file that has none.
  /// - Throws: `FileRefusal` for a workbook that is damaged, locked or of a kind that is not read.
  static func source(of file: InputFile, limits: ReadingOptions.Limits) throws
    -> (any SheetSource)?
  {
    if file.withBytes({ $0.starts(with: CompoundFile.magic) }) {
      return try XLSBook(file, limits: limits)
    }
    if file.withBytes({ $0.starts(with: [0x50, 0x4B]) }) {
      guard let names = ZIPDirectory(file)?.names, WorkbookKind.isWorkbook(names) else {
        return nil
      }
      return names.contains("content.xml")
        ? try ODSBook(file, limits: limits) : try XLSXBook(file, limits: limits)
    }
    switch markup(Identification.head(of: file)[...]) {
    case .page: return try HTMLBook(file, limits: limits)
    case .workbook: return try SpreadsheetXMLBook(file, limits: limits)
    case .other: return nil
    }
  }
}
