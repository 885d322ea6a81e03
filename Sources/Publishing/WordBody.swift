// The body of a DOCX: headings, numbered paragraphs, notes, tables, pictures, turned pages.

import CaseModel
import Foundation

struct WordBody {
  private let layout: Layout
  private let pictures: URL
  /// The runs of each footnote, in order.
  private(set) var footnotes: [String] = []
  private(set) var pictureNames: [String] = []
  private var bookmark = 0
  /// Numbers whose details a footnote has given.
  private var noted: Set<Int> = []
  /// Set while an annex or a table of many columns is written: smaller type.
  private var isSmall = false
  private var width = WordDocument.portraitWidth

  init(_ layout: Layout, pictures: URL) {
    self.layout = layout
    self.pictures = pictures
  }

  mutating func xml() throws -> String {
    var body = cover() + contents()
    let runs = layout.runs
    for (place, run) in runs.enumerated() {
      width = run.isLandscape ? WordDocument.landscapeWidth : WordDocument.portraitWidth
      for item in run.items { body += try write(item) }
      let properties = section(run.isLandscape)
      body += place == runs.count - 1 ? properties : "<w:p><w:pPr>\(properties)</w:pPr></w:p>"
    }
    return WordParts.declaration
      + "<w:document \(WordParts.namespaces)><w:body>\(body)</w:body></w:document>"
  }

  private func section(_ isLandscape: Bool) -> String {
    let size =
      isLandscape
      ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
      : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    let side = isLandscape ? 1_019 : 1_333
    return
      "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" r:id=\"rId5\"/>\(size)<w:pgMar w:top=\"1600\" w:right=\"\(side)\" w:bottom=\"1300\" w:left=\"\(side)\" w:header=\"600\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr>"
  }

  private mutating func cover() -> String {
    let document = layout.document
    return paragraph("Title", run(document.title)) + paragraph("Subtitle", run(document.subtitle))
      + fields(document.cover)
  }

  /// The contents as links; Word can replace them by a list with page numbers.
  private func contents() -> String {
    var text = paragraph("ContentsHeading", run(Captions.contents))
    for case .heading(let level, let number, let title, let anchor) in layout.items.map(\.item)
    where level <= 2 {
      let label = number.isEmpty ? title : number + "  " + title
      text += paragraph(
        "TOC\(level)",
        "<w:hyperlink w:anchor=\"\(Self.bookmark(anchor))\">\(run(label))</w:hyperlink>")
    }
    text += paragraph("Remark", run(Captions.readingNumbers + " " + Captions.readingDash))
    if layout.hasUnverifiedLaw { text += paragraph("Remark", run(Captions.readingDagger)) }
    return text + "<w:p><w:pPr>\(section(false))</w:pPr></w:p>"
  }

  private mutating func write(_ placed: Layout.Placed) throws -> String {
    switch placed.item {
    case .heading(let level, let number, let title, let anchor):
      bookmark += 1
      let label = number.isEmpty ? title : number + "  " + title
      return paragraph(
        "Heading\(min(level, 3))",
        "<w:bookmarkStart w:id=\"\(bookmark)\" w:name=\"\(Self.bookmark(anchor))\"/>\(run(label))<w:bookmarkEnd w:id=\"\(bookmark)\"/>"
      )
    case .paragraph(let number, let content):
      return paragraph(
        "NumberedParagraph", run("\(number).") + tab + inlines(content, isCell: false))
    case .bullets(let items):
      return items.map { paragraph("BulletItem", run("•") + tab + inlines($0, isCell: false)) }
        .joined()
    case .fields(let list): return fields(list)
    case .callout(let kind, let content):
      return paragraph(kind == .warning ? "Warning" : "Remark", inlines(content, isCell: false))
    case .pageBreak: return "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
    case .table(let number, let table):
      return table.columns.count > Layout.columnsMax
        ? cards(number, table) : self.table(number, table)
    case .flow(let number, let chart): return try picture(number, chart)
    }
  }

  // MARK: Tables

  private mutating func table(_ number: Int, _ table: Table) -> String {
    let widths = columnWidths(table)
    isSmall = table.anchor.hasPrefix("annex-") || table.columns.count > 7
    defer { isSmall = false }
    var text = caption(Captions.table, number, table.caption) + open(widths)
    text += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for (column, width) in zip(table.columns, widths) {
      text += cell(
        width, paragraph("TableHead", run(column.title), alignment: column.alignment),
        fill: "F2F2F2")
    }
    text += "</w:tr>"
    for row in table.rows {
      text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
      if row.style == .group {
        text += cell(
          widths.reduce(0, +),
          paragraph("TableText", inlines(row.cells.first ?? [], isCell: true), keep: true),
          span: table.columns.count, fill: "E6E6E6")
      } else {
        for (place, content) in row.cells.enumerated() {
          let runs = inlines(content, isCell: true, isStrong: row.style == .total)
          text += cell(
            widths[place], paragraph("TableText", runs, alignment: table.columns[place].alignment),
            isTotal: row.style == .total)
        }
      }
      text += "</w:tr>"
    }
    return text + "</w:tbl>" + paragraph("TableNote", inlines(table.note, isCell: true))
  }

  /// Widths by weight; a column of amounts is at least as wide as an amount of 10 digits.
  private func columnWidths(_ table: Table) -> [Int] {
    let amountWidth = table.columns.count > 7 ? 1_350 : 1_700
    let weights = table.columns.map { max(1, $0.weight) }
    let total = weights.reduce(0, +)
    let isAmounts = table.columns.indices.map { place in
      table.rows.contains { row in
        guard row.style != .group, table.columns[place].alignment == .right else { return false }
        return row.cells[place].contains { if case .figure = $0 { true } else { false } }
      }
    }
    let isNarrow = weights.indices.map {
      isAmounts[$0] && width * weights[$0] / total < amountWidth
    }
    let fixed = amountWidth * isNarrow.filter { $0 }.count
    let rest = weights.indices.filter { !isNarrow[$0] }.map { weights[$0] }.reduce(0, +)
    guard fixed < width, rest > 0 else { return weights.map { width * $0 / total } }
    var widths = weights.indices.map {
      isNarrow[$0] ? amountWidth : (width - fixed) * weights[$0] / rest
    }
    // A short heading such as “Step” needs this much; the widest column gives it up.
    let least = 600
    for place in widths.indices where widths[place] < least {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) else { continue }
      widths[widest] -= least - widths[place]
      widths[place] = least
    }
    return widths
  }

  /// Wide rows as cards of five columns, each cell with its own heading.
  private mutating func cards(_ number: Int, _ table: Table) -> String {
    let perLine = 5
    let widths = [Int](repeating: width / perLine, count: perLine)
    var text = caption(Captions.table, number, table.caption)
    for row in table.rows {
      switch row.style {
      case .group: text += paragraph("Heading3", inlines(row.cells.first ?? [], isCell: true))
      case .total:
        let filled = row.cells.filter { !$0.isEmpty }
        text += paragraph(
          "Caption",
          filled.map { inlines($0, isCell: true, isStrong: true) }.joined(separator: run("   ")))
      case .body:
        text += open(widths)
        for start in stride(from: 0, to: row.cells.count, by: perLine) {
          text += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
          for place in start..<min(start + perLine, row.cells.count) {
            text += cell(
              widths[place - start],
              paragraph("CardLabel", run(table.columns[place].title))
                + paragraph("TableText", inlines(row.cells[place], isCell: true)), isBoxed: true)
          }
          text += "</w:tr>"
        }
        text += "</w:tbl>" + paragraph("TableNote", "")
      }
    }
    return text + paragraph("TableNote", inlines(table.note, isCell: true))
  }

  private mutating func fields(_ list: [Document.Field]) -> String {
    guard !list.isEmpty else { return "" }
    let widths = [width * 22 / 100, width * 78 / 100]
    var text = open(widths)
    for field in list {
      text +=
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + cell(widths[0], paragraph("TableText", run(field.label)))
        + cell(widths[1], paragraph("TableText", inlines(field.value, isCell: true))) + "</w:tr>"
    }
    return text + "</w:tbl>" + paragraph("TableNote", "")
  }

  private func open(_ widths: [Int]) -> String {
    "<w:tbl><w:tblPr><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
      + widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
  }

  private func cell(
    _ width: Int, _ content: String, span: Int = 1, fill: String? = nil, isTotal: Bool = false,
    isBoxed: Bool = false
  ) -> String {
    func line(_ side: String, _ size: Int) -> String {
      "<w:\(side) w:val=\"single\" w:sz=\"\(size)\" w:space=\"0\" w:color=\"8C8C8C\"/>"
    }
    let borders =
      isBoxed
      ? ["top", "left", "bottom", "right"].map { line($0, 4) }.joined()
      : (isTotal ? line("top", 8) : "") + line("bottom", isTotal ? 8 : 4)
    return "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>"
      + (span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : "")
      + "<w:tcBorders>\(borders)</w:tcBorders>"
      + (fill.map { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"\($0)\"/>" } ?? "")
      + "</w:tcPr>\(content)</w:tc>"
  }

  private func caption(_ kind: String, _ number: Int, _ caption: String) -> String {
    caption.isEmpty ? "" : paragraph("Caption", run("\(kind) \(number). ", "<w:b/>") + run(caption))
  }

  // MARK: Pictures

  private mutating func picture(_ number: Int, _ chart: FlowChart) throws -> String {
    let name = "flow-\(number).png"
    let bytes = [UInt8](try Data(contentsOf: pictures.appending(path: name)))
    guard bytes.count > 24 else {
      throw PublishingError.toolFailed(tool: "Graphviz (dot)", message: "the picture is empty")
    }
    // IHDR of PNG (ISO/IEC 15948): width and height, four bytes each, from byte 16.
    func size(_ from: Int) -> Int { bytes[from..<from + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (across, down) = (max(1, size(16)), max(1, size(20)))
    pictureNames.append(name)
    // 635 English Metric Units a twentieth of a point. The drawing keeps its proportions.
    let isWide = width == WordDocument.landscapeWidth
    let most = (width: width * 635, height: (isWide ? 6_800 : 11_000) * 635)
    var cx = min(most.width, across * 914_400 / 200)
    var cy = cx * down / across
    if cy > most.height { (cx, cy) = (most.height * across / down, most.height) }
    let words = Publishing.xml(TypstSource.alternative(chart))
    return caption(Captions.figure, number, chart.caption)
      + "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"\(cx)\" cy=\"\(cy)\"/><wp:docPr id=\"\(number)\" name=\"\(name)\" descr=\"\(words)\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"\(number)\" name=\"\(name)\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdP\(pictureNames.count)\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"\(cx)\" cy=\"\(cy)\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
      + paragraph("TableNote", run(Captions.chartKey))
  }

  // MARK: Inline content

  private let tab = "<w:r><w:tab/></w:r>"

  private func paragraph(
    _ style: String, _ runs: String, alignment: Table.Alignment = .left, keep: Bool = false
  ) -> String {
    let side =
      alignment == .left ? "" : "<w:jc w:val=\"\(alignment == .right ? "right" : "center")\"/>"
    return
      "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>\(keep ? "<w:keepNext/>" : "")\(side)</w:pPr>\(runs)</w:p>"
  }

  private func run(_ text: String, _ properties: String = "", breaks: Bool = false) -> String {
    guard !text.isEmpty else { return "" }
    return
      "<w:r>\(properties.isEmpty ? "" : "<w:rPr>\(properties)</w:rPr>")<w:t xml:space=\"preserve\">\(Publishing.xml(text, breaks: breaks))</w:t></w:r>"
  }

  private func note(_ number: Int) -> String {
    run("[\(number)]", "<w:vertAlign w:val=\"superscript\"/>")
  }

  private mutating func footnote(_ runs: String) -> String {
    footnotes.append(runs)
    return
      "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"\(footnotes.count)\"/></w:r>"
  }

  private mutating func inlines(_ content: [Inline], isCell: Bool, isStrong: Bool = false) -> String
  {
    let base = isStrong ? "<w:b/>" : ""
    let size = isSmall ? "<w:sz w:val=\"14\"/>" : ""
    var text = ""
    for inline in content {
      switch inline {
      case .text(let words):
        text += run(words, base + size, breaks: isCell)
      case .strong(let words): text += run(words, "<w:b/>" + size, breaks: isCell)
      case .emphasis(let words): text += run(words, base + "<w:i/>", breaks: isCell)
      case .reference(let anchor):
        text +=
          "<w:hyperlink w:anchor=\"\(Self.bookmark(anchor))\">\(run("\(Captions.section)\u{A0}\(layout.numbers[anchor] ?? anchor)", base))</w:hyperlink>"
      case .citation(let citation):
        text += run(citation.text + (citation.isUnverified ? "‡" : ""), base)
      case .figure(let figure):
        let number = layout.register.number(of: figure)
        text += run(figure.amount.text, base + size)
        if isCell || !noted.insert(number).inserted {
          text += note(number)
        } else {
          let one = layout.register.notes[number - 1]
          text += footnote(
            run("[\(number)] \(one.code?.text ?? "") ")
              + run(layout.register.footnote(one), breaks: true))
        }
      case .sources(let sources):
        guard !sources.isEmpty else { continue }
        let list = layout.register.list(sources)
        switch (layout.register.number(of: sources), isCell) {
        case (nil, true): text += run(list.text, "<w:color w:val=\"5A5A5A\"/>")
        case (nil, false): text += run(" (" + list.text + ")", "<w:color w:val=\"5A5A5A\"/>")
        case (let number?, true): text += note(number)
        case (let number?, false) where !noted.insert(number).inserted: text += note(number)
        case (let number?, false):
          text += footnote(run("[\(number)] " + SourceRegister.shortened(list), breaks: true))
        }
      }
    }
    return text
  }

  /// A bookmark's name: letters, digits and underscores, at most 40 characters.
  private static func bookmark(_ anchor: String) -> String {
    "s_" + String(anchor.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(38))
  }
}
