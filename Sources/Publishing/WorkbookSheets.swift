// The sheets of a workbook: one a table, then “Sources” and “Method”.

import CaseModel

/// A table as a flat sheet: header, rows, totals below the filter.
struct TableSheet {
  private let book: Workbook
  private let table: Table

  init(_ book: Workbook, _ table: Table) {
    self.book = book
    self.table = table
  }

  func write(named name: String) throws {
    let isWide = table.columns.count > Layout.columnsMax
    let sheet = try book.addSheet(name, isWide: isWide)
    for (place, column) in table.columns.enumerated() {
      try book.write(column.title, sheet, 0, place, book.head.get())
      try book.setWidth(isWide ? 6 + column.weight * 3 : 10 + column.weight * 4, sheet, place)
    }
    var row = 0
    // In a wide sheet the grouping stands in a column of its own, so rows stay flat and sortable.
    for one in table.rows where one.style != .total && !(isWide && one.style == .group) {
      row += 1
      if one.style == .group {
        try book.write(plain(one.cells.first ?? []), sheet, row, 0, book.strong.get())
      } else {
        for (place, cell) in one.cells.enumerated() {
          try write(cell, sheet, row, place, isStrong: false)
        }
      }
    }
    let last = row
    for one in table.rows where one.style == .total {
      row += 1
      for (place, cell) in one.cells.enumerated() {
        try write(cell, sheet, row, place, isStrong: true)
      }
    }
    try book.finish(sheet, columns: table.columns.count, lastRow: last)
  }

  /// A cell that opens with an amount and goes on in words is a number; its format shows the words.
  private func write(
    _ cell: [Inline], _ sheet: Workbook.Sheet, _ row: Int, _ column: Int, isStrong: Bool
  )
    throws
  {
    guard !cell.isEmpty else { return }
    if case .figure(let figure)? = cell.first, let suffix = words(cell.dropFirst()),
      suffix.count <= 90
    {
      try book.write(figure.amount, suffix: suffix, isStrong: isStrong, sheet, row, column)
      let number = book.register.number(of: figure)
      let code = book.register.notes[number - 1].code?.text ?? ""
      try book.comment("[\(number)] \(code), sheet Sources", sheet, row, column)
      return
    }
    let text = plain(cell)
    if column == 0, let number = Int(text), String(number) == text {
      try book.write(number, sheet, row, column)
    } else {
      try book.write(text, sheet, row, column, isStrong ? book.strong.get() : book.text.get())
    }
  }

  private func words(_ inlines: ArraySlice<Inline>) -> String? {
    var result = ""
    for inline in inlines {
      guard case .text(let text) = inline else { return nil }
      result += VisibleText.of(text)
    }
    return result
  }

  private func plain(_ cell: [Inline]) -> String { book.plain(cell) }
}

extension Workbook {
  /// A cell's content in words, amounts with their numbers in the sheet “Sources”.
  func plain(_ cell: [Inline]) -> String {
    cell.map { inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text): text
      case .figure(let figure): figure.amount.text + " [\(register.number(of: figure))]"
      case .citation(let citation): citation.text + (citation.isUnverified ? " ‡" : "")
      case .sources(let sources):
        if let number = register.number(of: sources) {
          "[\(number)]"
        } else {
          register.list(sources).text
        }
      case .reference(let anchor): anchor
      }
    }.joined()
  }
}

/// Every amount with its code, its derivation and all of its lines, one row a file.
struct SourcesSheet {
  private let book: Workbook

  init(_ book: Workbook) { self.book = book }

  func write() throws {
    let sheet = try book.addSheet("Sources", isWide: false)
    let heads = [
      ("No.", 6), ("Code", 18), ("Amount", 20), ("What it is", 40), ("How it came about", 34),
      ("File", 16), ("Places", 50), ("SHA-256 of the file", 68),
    ]
    for (place, head) in heads.enumerated() {
      try book.write(head.0, sheet, 0, place, book.head.get())
      try book.setWidth(head.1, sheet, place)
    }
    var row = 0
    let style = try book.text.get()
    for note in book.register.notes {
      for part in note.sources.parts {
        for places in Self.pieces(part.places) {
          row += 1
          try book.write(note.number, sheet, row, 0)
          try book.write(note.code?.text ?? "—", sheet, row, 1, style)
          if let figure = note.figure {
            try book.write(figure.amount, sheet, row, 2)
            try book.write(figure.label, sheet, row, 3, style)
            try book.write(figure.derivation, sheet, row, 4, style)
          } else {
            try book.write("sources of a statement", sheet, row, 3, style)
          }
          try book.write(part.label, sheet, row, 5, style)
          try book.write(places, sheet, row, 6, style)
          try book.write(part.file.hex, sheet, row, 7, style)
        }
      }
    }
    try book.finish(sheet, columns: heads.count, lastRow: row)
  }

  /// A text cut at commas into pieces a cell can hold. Nothing is lost.
  static func pieces(_ text: String) -> [String] {
    guard text.count > Workbook.charactersMax else { return [text] }
    var result: [String] = []
    var rest = text[...]
    while rest.count > Workbook.charactersMax {
      let head = rest.prefix(Workbook.charactersMax)
      let cut = head.lastIndex(of: ",").map { rest.index(after: $0) } ?? head.endIndex
      result.append(String(rest[..<cut]))
      rest = rest[cut...]
    }
    return result + [String(rest)]
  }
}

/// How the figures were made: cover, method, sensitivity, manifest, as rows of two columns or more.
struct MethodSheet {
  private let book: Workbook
  private let layout: Layout

  init(_ book: Workbook, _ layout: Layout) {
    self.book = book
    self.layout = layout
  }

  func write() throws {
    let sheet = try book.addSheet("Method", isWide: false)
    for column in 0..<12 {
      try book.setWidth(column == 0 ? 30 : column == 1 ? 60 : 22, sheet, column)
    }
    var row = -1
    let (text, strong, head) = try (book.text.get(), book.strong.get(), book.head.get())
    func line(_ cells: [String], _ style: Workbook.Style) throws {
      row += 1
      for (place, cell) in cells.enumerated() where !cell.isEmpty {
        try book.write(cell, sheet, row, place, style)
      }
    }
    func amounts(_ cells: [[Inline]]) throws {
      row += 1
      for (place, cell) in cells.enumerated() {
        if cell.count == 1, case .figure(let figure) = cell[0] {
          try book.write(figure.amount, sheet, row, place)
        } else if !cell.isEmpty {
          try book.write(book.plain(cell), sheet, row, place, text)
        }
      }
    }
    func blocks(_ list: [Block]) throws {
      for block in list {
        switch block {
        case .fields(let fields):
          for field in fields { try line([field.label, book.plain(field.value)], text) }
        case .paragraph(let inlines), .callout(_, let inlines):
          try line([book.plain(inlines)], text)
        case .bullets(let items): for item in items { try line(["", book.plain(item)], text) }
        case .table(let table):
          try line([table.caption], strong)
          try line(table.columns.map(\.title), head)
          for one in table.rows { try amounts(one.cells) }
        case .flow, .pageBreak: break
        }
      }
    }
    try line([layout.document.title, layout.document.watermark], strong)
    try blocks([.fields(layout.document.cover)])
    for section in layout.document.sections {
      for part in [section] + section.subsections
      where Workbook.methodAnchors.contains(part.anchor) || part.anchor == "candour-method" {
        try line([part.title], strong)
        try blocks(part.blocks)
      }
    }
    for annex in Annexes(layout.document, layout.register).sections
    where annex.anchor == "annex-manifest" {
      try line([annex.title], strong)
      try blocks(annex.blocks)
    }
  }
}
