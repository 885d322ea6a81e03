// A laid-out document as typst source: calls of the functions in Templates/court.typ with string
// literals. Deterministic: the same tree gives the same text.

import CaseModel

struct TypstSource {
  private let layout: Layout
  private var out = ""
  /// Numbers whose details a footnote has given.
  private var noted: Set<Int> = []

  /// The whole source, template first. Charts are read from `flow-<n>.svg` beside it.
  static func text(_ layout: Layout, template: String) -> String {
    template + "\n" + body(layout)
  }

  /// What follows the template.
  static func body(_ layout: Layout) -> String {
    var source = TypstSource(layout: layout)
    source.write()
    return source.out
  }

  private init(layout: Layout) { self.layout = layout }

  private mutating func line(_ text: String) { out += text + "\n" }

  private mutating func write() {
    let document = layout.document
    let language = document.language.split(separator: "-").map(String.init)
    let (year, month, day) = document.manifest.asOf.parts
    line(
      "#show: court.with(title: \(Self.literal(document.title)), matter: \(Self.literal(document.matter.text)), "
        + "run: \(Self.literal(layout.shortRun)), watermark: \(Self.literal(document.watermark)), "
        + "language: \(Self.literal(language.first ?? "en")), "
        + "region: \(language.count > 1 ? Self.literal(language[1]) : "none"), "
        + "date: datetime(year: \(year), month: \(month), day: \(day)))")
    line(
      "#cover(\(Self.literal(document.title)), \(Self.literal(document.subtitle)), \(Self.literal(document.watermark)),"
    )
    for field in document.cover {
      line("  (\(Self.literal(field.label)), [\(inlines(field.value, in: .cell))]),")
    }
    line(")")
    line("#contents(\(Self.literal(Captions.contents)),")
    line("  [*\(Captions.reading)*],")
    line("  [#\(Self.literal(Captions.readingNumbers))], [#\(Self.literal(Captions.readingDash))],")
    if layout.hasUnverifiedLaw { line("  [#\(Self.literal(Captions.readingDagger))],") }
    line(")")
    for run in layout.runs {
      if run.isLandscape { line("#landscape[") }
      for item in run.items { write(item) }
      if run.isLandscape { line("]") }
    }
    line("#context [#metadata(counter(page).final().first()) <page-total>]")
  }

  private mutating func write(_ placed: Layout.Placed) {
    switch placed.item {
    case .heading(let level, let number, let title, let anchor):
      line(
        "#sect(\(min(level, 3)), \(Self.literal(number)), \(Self.literal(title)), \(Self.literal(anchor, raw: true)))"
      )
    case .paragraph(let number, let content):
      line("#para(\(number))[\(inlines(content, in: .prose))]")
    case .bullets(let items):
      line("#bullets(")
      for item in items { line("  [\(inlines(item, in: .prose))],") }
      line(")")
    case .fields(let fields):
      line("#fields(")
      for field in fields {
        line("  (\(Self.literal(field.label)), [\(inlines(field.value, in: .cell))]),")
      }
      line(")")
    case .callout(let kind, let content):
      line("#callout(\"\(kind.rawValue)\")[\(inlines(content, in: .prose))]")
    case .pageBreak: line("#pagebreak(weak: true)")
    case .flow(let number, let chart):
      line(
        "#chart(\(number), \(Self.literal(chart.caption)), \"flow-\(number).svg\", \(Self.literal(Captions.chartKey)), "
          + "\(Self.literal(Self.alternative(chart))))")
    case .table(let number, let table):
      if table.anchor == Annexes.sourcesAnchor {
        annexOfSources(table)
      } else if table.columns.count > Layout.columnsMax {
        cards(number, table)
      } else {
        write(number, table, placed)
      }
    }
  }

  /// The chart in words, for readers that cannot see it.
  static func alternative(_ chart: FlowChart) -> String {
    let names = Dictionary(chart.nodes.map { ($0.id, $0.label) }, uniquingKeysWith: { a, _ in a })
    return chart.edges.map {
      "\(names[$0.from] ?? $0.from) to \(names[$0.to] ?? $0.to): \($0.amount.amount.text)"
    }.joined(separator: "; ")
  }

  // MARK: Tables

  private mutating func write(_ number: Int, _ table: Table, _ placed: Layout.Placed) {
    let widths = table.columns.indices.map { Self.width(table, $0) }.joined(separator: ", ")
    let alignments = table.columns.map { Self.alignment($0.alignment) }.joined(separator: ", ")
    let isAnnex = table.anchor.hasPrefix("annex-")
    let size = isAnnex || table.columns.count > 7 ? "7.5" : table.columns.count > 4 ? "8.2" : "8.8"
    let caption = table.caption
    line("#data-table(\(number), \(Self.literal(caption)), (\(widths),), (\(alignments),),")
    line(
      "  (\(table.columns.map { Self.literal($0.title) }.joined(separator: ", ")),), \(size), \(!Self.isShort(table)),"
    )
    line("  \(table.note.isEmpty ? "none" : "[\(inlines(table.note, in: .cell))]"),")
    for row in table.rows {
      switch row.style {
      case .group:
        line("  group-row(\(table.columns.count), [\(inlines(row.cells.first ?? [], in: .cell))]),")
      case .body, .total:
        let isLong = row.cells.contains { Self.length($0) > 700 }
        var cells: [String] = []
        for (cell, column) in zip(row.cells, table.columns) {
          let content = inlines(cell, in: column.alignment == .right ? .column : .cell)
          cells.append(
            row.style == .total
              ? "total-cell[\(content)]"
              : isLong ? "[\(content)]" : "table.cell(breakable: false)[\(content)]")
        }
        line("  \(cells.joined(separator: ", ")),")
      }
    }
    line(")")
  }

  /// A table that fits well below a page is never broken over two.
  private static func isShort(_ table: Table) -> Bool {
    table.rows.count <= 10
      && table.rows.allSatisfy { $0.cells.reduce(0) { $0 + length($1) } <= 500 }
  }

  /// A column of short amounts is as wide as they are, so that none is ever broken; others share.
  private static func width(_ table: Table, _ place: Int) -> String {
    let column = table.columns[place]
    let isNarrow =
      column.alignment == .right && column.title.count <= 18
      && table.rows.allSatisfy { $0.style == .group || length($0.cells[place]) <= 34 }
    return isNarrow ? "auto" : "\(max(1, column.weight))fr"
  }

  /// Annex A: entries of two or three lines in two columns; each is where its number leads.
  private mutating func annexOfSources(_ table: Table) {
    line("#annex-sources(")
    for row in table.rows where row.cells.count == 3 {
      guard case .text(let number)? = row.cells[0].first else { continue }
      let (what, lines) = (inlines(row.cells[1], in: .cell), inlines(row.cells[2], in: .cell))
      line("  source-entry(\(Self.literal(number)), [\(what)], [\(lines)]),")
    }
    line(")")
  }

  private mutating func cards(_ number: Int, _ table: Table) {
    line("#caption-line(\"\(Captions.table)\", \(number), \(Self.literal(table.caption)))")
    for row in table.rows {
      switch row.style {
      case .group: line("#card-group[\(inlines(row.cells.first ?? [], in: .cell))]")
      case .total:
        var filled: [String] = []
        for cell in row.cells where !cell.isEmpty { filled.append(inlines(cell, in: .cell)) }
        line("#card-total[\(filled.joined(separator: "#h(1.5em)"))]")
      case .body:
        let isLong = row.cells.reduce(0) { $0 + Self.length($1) } > 2_200
        line("#card(\(isLong),")
        for (cell, column) in zip(row.cells, table.columns) {
          line("  (\(Self.literal(column.title)), [\(inlines(cell, in: .cell))]),")
        }
        line(")")
      }
    }
    if !table.note.isEmpty { line("#table-note[\(inlines(table.note, in: .cell))]") }
  }

  private static func alignment(_ alignment: Table.Alignment) -> String {
    switch alignment {
    case .left: "left"
    case .right: "right"
    case .centre: "center"
    }
  }

  /// Roughly how many characters a cell prints.
  private static func length(_ cell: [Inline]) -> Int {
    cell.reduce(0) { sum, inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text): sum + text.count
      case .figure: sum + 20
      case .citation(let citation): sum + citation.text.count
      case .sources, .reference: sum + 12
      }
    }
  }

  // MARK: Inline content

  private enum Setting { case prose, cell, column }

  private mutating func inlines(_ content: [Inline], in setting: Setting) -> String {
    var text = ""
    for one in content { text += inline(one, in: setting, isAlone: content.count == 1) }
    return text
  }

  private mutating func inline(_ inline: Inline, in setting: Setting, isAlone: Bool) -> String {
    let isCell = setting != .prose
    switch inline {
    case .text(let text):
      if text.isEmpty { return "" }
      return "#\(Self.literal(text, breaks: isCell));"
    case .strong(let text): return "#strong(\(Self.literal(text, breaks: isCell)));"
    case .emphasis(let text): return "#emph(\(Self.literal(text, breaks: isCell)));"
    case .reference(let anchor):
      let number = layout.numbers[anchor] ?? anchor
      return
        "#to-section(\(Self.literal(anchor, raw: true)), \(Self.literal("\(Captions.section)\u{A0}\(number)")));"
    case .citation(let citation):
      return "#\(Self.literal(citation.text));" + (citation.isUnverified ? "#dagger;" : "")
    case .figure(let figure):
      let number = layout.register.number(of: figure)
      let amount = Self.literal(figure.amount.text)
      switch setting {
      case .prose:
        // The details stand in a note once; afterwards the number says where they are.
        guard noted.insert(number).inserted else {
          return "#figure-in-cell(\(amount), \(number));"
        }
        return "#figure-in-line(\(amount), \(number), \(footnote(number)));"
      case .cell: return "#figure-in-cell(\(amount), \(number));"
      case .column:
        return isAlone ? "#amount(\(amount), \(number));" : "#figure-in-cell(\(amount), \(number));"
      }
    case .sources(let sources):
      guard !sources.isEmpty else { return "" }
      let list = layout.register.list(sources)
      let number = layout.register.number(of: sources)
      guard let number else {
        let place = setting == .prose ? " (" + list.text + ")" : list.text
        return "#place-in-cell(\(Self.literal(place)));"
      }
      if setting == .prose, noted.insert(number).inserted {
        return
          "#footnote[#note(\(number)) #\(Self.literal(SourceRegister.shortened(list), breaks: true))];"
      }
      return "#note(\(number));"
    }
  }

  private func footnote(_ number: Int) -> String {
    let note = layout.register.notes[number - 1]
    let code = note.code.map { "#code(\(Self.literal($0.text))); " } ?? ""
    return "[\(code)#\(Self.literal(layout.register.footnote(note), breaks: true))]"
  }

  /// A typst string literal. The only way any text of the tree enters the source.
  static func literal(_ text: String, breaks: Bool = false, raw: Bool = false) -> String {
    let visible = raw ? text : breaks ? VisibleText.breakable(text) : VisibleText.of(text)
    var result = "\""
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
