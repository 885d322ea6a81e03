import CaseModel
import Yams

/// Keeps words that prejudge the case out of every draft. Source: confiscation.md §8.
struct BarredWords: Sendable {
  /// Sorted by word, lower case, each with the reason.
  let words: [(word: String, reason: String)]

  init(language: String) throws {
    let name = "\(language)/barred-words.yaml"
    guard let file = DossierFiles.all.first(where: { $0.name == name }) else {
      throw DossierError.wording(file: name, reason: "the file is missing")
    }
    let read: [String: [String: String]]
    do {
      read = try YAMLDecoder().decode([String: [String: String]].self, from: file.text)
    } catch {
      throw DossierError.wording(file: name, reason: "\(error)")
    }
    words = (read["words"] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The first barred word of a text, or nil. Whole words only: `unproven` is not `proven`.
  func first(in text: String) -> (word: String, reason: String)? {
    let spaced = " " + words(of: text) + " "
    return words.first { spaced.contains(" \($0.word) ") }
  }

  /// Refuses a document that holds a barred word, naming the section.
  func check(_ document: Document) throws {
    try check(document.title + " " + document.subtitle, in: "title")
    for field in document.cover { try check(field.value.plainText, in: "cover") }
    for section in document.sections { try check(section) }
  }

  private func check(_ section: Section) throws {
    try check(section.title, in: section.anchor)
    for text in section.blocks.flatMap(\.texts) { try check(text, in: section.anchor) }
    for part in section.subsections { try check(part) }
  }

  private func check(_ text: String, in section: String) throws {
    guard let found = first(in: text) else { return }
    throw DossierError.barredWord(word: found.word, section: section, reason: found.reason)
  }

  /// Lower case, everything but letters, digits and inner hyphens turned into single spaces.
  private func words(of text: String) -> String {
    var result = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber || character == "-" {
        result.append(character)
      } else if result.last != " " {
        result.append(" ")
      }
    }
    return result
  }
}

extension [Inline] {
  /// The words alone, as a reader sees them; figures by their label and derivation as well.
  var plainText: String {
    map { inline in
      switch inline {
      case .text(let text), .strong(let text), .emphasis(let text): text
      case .figure(let figure):
        figure.amount.text + " (" + figure.label + "; " + figure.derivation + ")"
      case .citation(let citation): citation.text
      case .sources, .reference: ""
      }
    }.joined()
  }
}

extension Block {
  /// Every text of the block.
  var texts: [String] {
    switch self {
    case .paragraph(let inlines), .callout(_, let inlines): [inlines.plainText]
    case .bullets(let items): items.map(\.plainText)
    case .fields(let fields): fields.flatMap { [$0.label, $0.value.plainText] }
    case .table(let table):
      [table.caption, table.note.plainText] + table.columns.map(\.title)
        + table.rows.flatMap { $0.cells.map(\.plainText) }
    case .flow(let chart):
      [chart.caption] + chart.nodes.flatMap { [$0.label, $0.detail] }
        + chart.edges.map(\.amount.label)
    case .pageBreak: []
    }
  }
}
