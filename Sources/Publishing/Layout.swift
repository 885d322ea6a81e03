// A document's tree laid out in one line: numbered, turned for wide pages, with its annexes. Both
// the PDF and the DOCX are written from it, so they cannot differ in order or number.

import CaseModel

/// The items of a document in reading order, with every number already given.
struct Layout {
  enum Item {
    case heading(level: Int, number: String, title: String, anchor: String)
    /// Paragraphs are numbered through the whole document.
    case paragraph(Int, [Inline])
    case bullets([[Inline]])
    case fields([Document.Field])
    case table(Int, Table)
    case flow(Int, FlowChart)
    case callout(Block.Callout, [Inline])
    case pageBreak
  }
  struct Placed {
    let item: Item
    let isLandscape: Bool
    /// Annexes begin on a new page.
    let isAnnex: Bool
  }

  let document: Document
  let register: SourceRegister
  private(set) var items: [Placed] = []
  /// Section numbers by anchor: `13.4`.
  private(set) var numbers: [String: String] = [:]
  private var paragraph = 0
  private var table = 0
  private var chart = 0

  /// Tables with more columns than this are set as cards, one a row.
  static let columnsMax = 12

  /// - Throws: `PublishingError.brokenTree` for an anchor that is there twice or not at all.
  init(_ document: Document) throws {
    self.document = document
    register = SourceRegister(document)
    for (place, section) in document.sections.enumerated() {
      try number(section, "\(place + 1)")
    }
    for section in document.sections { try add(section, level: 1, isAnnex: false) }
    for annex in Annexes(document, register).sections {
      numbers[annex.anchor] = annex.title
      try add(annex, level: 1, isAnnex: true)
    }
    for case .reference(let anchor) in document.allInlines where numbers[anchor] == nil {
      throw PublishingError.brokenTree("it points to a section “\(anchor)” that is not there")
    }
  }

  /// The first part of the run's number, as printed in headers.
  var shortRun: String { String(document.manifest.runHash.hex.prefix(12)) }

  var hasUnverifiedLaw: Bool {
    document.allInlines.contains {
      if case .citation(let citation) = $0 { citation.isUnverified } else { false }
    }
  }

  private mutating func number(_ section: Section, _ number: String) throws {
    guard numbers[section.anchor] == nil else {
      throw PublishingError.brokenTree("two sections are called “\(section.anchor)”")
    }
    numbers[section.anchor] = number
    for (place, part) in section.subsections.enumerated() {
      try self.number(part, "\(number).\(place + 1)")
    }
  }

  private mutating func add(_ section: Section, level: Int, isAnnex: Bool) throws {
    // A section with a wide table of its own is turned as a whole: heading and table stay together.
    let isTurned = section.blocks.contains {
      if case .table(let table) = $0 { table.isLandscape } else { false }
    }
    place(
      .heading(
        level: level, number: isAnnex ? "" : numbers[section.anchor] ?? "", title: section.title,
        anchor: section.anchor), isTurned, isAnnex)
    for block in section.blocks {
      switch block {
      case .paragraph(let inlines):
        paragraph += 1
        place(.paragraph(paragraph, inlines), isTurned, isAnnex)
      case .bullets(let list): place(.bullets(list), isTurned, isAnnex)
      case .fields(let fields): place(.fields(fields), isTurned, isAnnex)
      case .table(let one):
        guard
          one.rows.allSatisfy({
            $0.style == .group ? $0.cells.count == 1 : $0.cells.count == one.columns.count
          })
        else {
          throw PublishingError.brokenTree(
            "a row of table “\(one.anchor)” has not one cell a column")
        }
        table += 1
        place(.table(table, one), isTurned, isAnnex)
      case .flow(let one):
        chart += 1
        place(.flow(chart, one), isTurned || FlowDrawing.form(one) == .across, isAnnex)
      case .callout(let kind, let inlines): place(.callout(kind, inlines), isTurned, isAnnex)
      case .pageBreak: place(.pageBreak, isTurned, isAnnex)
      }
    }
    for part in section.subsections { try add(part, level: level + 1, isAnnex: isAnnex) }
  }

  private mutating func place(_ item: Item, _ isLandscape: Bool, _ isAnnex: Bool) {
    items.append(Placed(item: item, isLandscape: isLandscape, isAnnex: isAnnex))
  }

  /// The items cut where the paper turns and where the annexes begin.
  var runs: [(isLandscape: Bool, items: [Placed])] {
    var result: [(isLandscape: Bool, items: [Placed])] = []
    for item in items {
      if let last = result.last, last.isLandscape == item.isLandscape,
        last.items.last?.isAnnex == item.isAnnex
      {
        result[result.count - 1].items.append(item)
      } else {
        result.append((item.isLandscape, [item]))
      }
    }
    return result
  }
}
