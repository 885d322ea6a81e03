/// The words a renderer adds by itself: page numbers, annexes, legends.
enum Captions {
  static let contents = "Contents"
  static let page = "Page"
  static let of = "of"
  static let run = "Run"
  static let section = "section"
  static let table = "Table"
  static let figure = "Chart"
  static let reading = "How to read this document"
  static let readingNumbers =
    "A number in square brackets beside an amount points to Annex A, which lists every amount with its code, how it came about, and all lines it rests on."
  static let readingDagger =
    "‡ marks a provision stated from general knowledge and not from a stored text. No provision has been checked by a named lawyer yet."
  static let readingDash = "— means that nothing is recorded."
  static let annexSources = "Sources of every amount"
  static let annexFiles = "Files cited"
  static let annexManifest = "Run manifest"
  static let sameLines = "the same lines as"
  static let readingSources =
    "Each number stands here once. After a file's name follow the numbers of its lines; Stmt[1]/Ntry[7] is the seventh entry of the first statement of an XML file, under /Document/BkToCstmrStmt. Where several amounts rest on the same lines, the list stands at the first of them."
  static let allInAnnex = "all in Annex A"
  static let chartKey =
    "Thick arrow: tainted money. Dashed arrow: clean money. Box: account; rounded box: source; double box: asset; octagon: ended; dashed box: outside the records or behind a gap."
}
