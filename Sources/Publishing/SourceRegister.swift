// Every amount of a document with its number, code and lines: what Annex A and the sheet “Sources”
// print, and what the numbers in brackets point to.

import CaseModel
import Digests

/// The numbered sources of one document, in the order of first appearance.
public struct SourceRegister: Sendable {
  public struct Note: Hashable, Sendable {
    public let number: Int
    /// Nil for a statement that is no amount.
    public let figure: Figure?
    public let code: FigureCode?
    public let sources: SourceList
  }

  public let notes: [Note]
  /// The labels that more than one file bears.
  let ambiguousLabels: Set<String>
  private let figureNumbers: [Figure: Int]
  private let statementNumbers: [[SourceRef]: Int]

  /// Statements with more text than this get a number of their own; shorter ones stand in place.
  static let inlineCharactersMax = 40

  /// - Complexity: linear in the document and its source lines.
  public init(_ document: Document) {
    let inlines = document.allInlines
    var hashes: [String: Set<ContentHash>] = [:]
    for sources in inlines.map(\.sourceRefs) {
      for source in sources { hashes[source.label, default: []].insert(source.file) }
    }
    let ambiguous = Set(hashes.filter { $0.value.count > 1 }.keys)
    var notes: [Note] = []
    var figures: [Figure: Int] = [:]
    var statements: [[SourceRef]: Int] = [:]
    for inline in inlines {
      switch inline {
      case .figure(let figure) where figures[figure] == nil:
        notes.append(
          Note(
            number: notes.count + 1, figure: figure, code: figure.code,
            sources: SourceList(figure.sources, ambiguous: ambiguous)))
        figures[figure] = notes.count
      case .sources(let sources) where statements[sources] == nil && !sources.isEmpty:
        let list = SourceList(sources, ambiguous: ambiguous)
        guard list.text.count > Self.inlineCharactersMax else { continue }
        notes.append(Note(number: notes.count + 1, figure: nil, code: nil, sources: list))
        statements[sources] = notes.count
      default: break
      }
    }
    self.notes = notes
    figureNumbers = figures
    statementNumbers = statements
    ambiguousLabels = ambiguous
  }

  /// The number of an amount. Every amount of the document has one.
  func number(of figure: Figure) -> Int {
    guard let number = figureNumbers[figure] else {
      preconditionFailure("an amount without a number would be printed without its sources")
    }
    return number
  }

  /// The number of a statement's sources; nil when they are short enough to stand in place.
  func number(of sources: [SourceRef]) -> Int? { statementNumbers[sources] }

  func list(_ sources: [SourceRef]) -> SourceList {
    SourceList(sources, ambiguous: ambiguousLabels)
  }

  /// The text of a footnote: all lines when they are few, else the first and where the rest stands.
  func footnote(_ note: Note) -> String {
    let head = note.figure.map { "\($0.label); \($0.derivation). " } ?? ""
    return head + Self.shortened(note.sources)
  }

  static func shortened(_ list: SourceList) -> String {
    let text = list.text
    guard text.count > 180 else { return text }
    let cut = text.prefix(140)
    let end = cut.lastIndex(of: ",") ?? cut.lastIndex(of: ";") ?? cut.endIndex
    return text[..<end] + " … (\(list.count) places, " + Captions.allInAnnex + ")"
  }
}

extension Inline {
  var sourceRefs: [SourceRef] {
    switch self {
    case .figure(let figure): figure.sources
    case .sources(let sources): sources
    case .text, .strong, .emphasis, .citation, .reference: []
    }
  }
}

extension Document {
  /// Every inline of the document in reading order, the amounts of charts included.
  var allInlines: [Inline] {
    cover.flatMap(\.value) + sections.flatMap(\.allInlines)
  }
}

extension Section {
  var allInlines: [Inline] { blocks.flatMap(\.allInlines) + subsections.flatMap(\.allInlines) }
}

extension Block {
  var allInlines: [Inline] {
    switch self {
    case .paragraph(let inlines), .callout(_, let inlines): inlines
    case .bullets(let items): items.flatMap { $0 }
    case .fields(let fields): fields.flatMap(\.value)
    case .table(let table): table.rows.flatMap { $0.cells.flatMap { $0 } } + table.note
    case .flow(let chart): chart.edges.map { .figure($0.amount) }
    case .pageBreak: []
    }
  }
}
