import CaseModel
import Digests

extension Document {
  /// Every figure of the document, in order of appearance, each once.
  public var figures: [Figure] {
    var found: [Figure] = []
    var seen: Set<FigureCode> = []
    func visit(_ inlines: [Inline]) {
      for case .figure(let figure) in inlines where seen.insert(figure.code).inserted {
        found.append(figure)
      }
    }
    func visit(_ section: Section) {
      for block in section.blocks {
        switch block {
        case .paragraph(let inlines), .callout(_, let inlines): visit(inlines)
        case .bullets(let items): items.forEach(visit)
        case .fields(let fields): fields.forEach { visit($0.value) }
        case .table(let table):
          for row in table.rows { row.cells.forEach(visit) }
          visit(table.note)
        case .flow(let chart): visit(chart.edges.map { .figure($0.amount) })
        case .pageBreak: break
        }
      }
      section.subsections.forEach(visit)
    }
    cover.forEach { visit($0.value) }
    sections.forEach(visit)
    return found
  }
}
