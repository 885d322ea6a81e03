/// Why a document could not be drawn up. Nothing is printed when one of these is thrown.
public enum DossierError: Error, Hashable, Sendable {
  /// A wording file cannot be read.
  case wording(file: String, reason: String)
  /// A sentence has no wording, or its wording and its values do not fit together.
  case sentence(name: String, reason: String)
  /// A sentence that states a fact carries neither figure, citation nor source.
  case uncited(sentence: String)
  /// A word that confiscation.md §8 bars stands in a text that would be printed.
  case barredWord(word: String, section: String, reason: String)
  /// The candour section would leave out something the file holds.
  case candour(part: String, missing: String)
  /// The rows of a schedule do not add up to its total.
  case totals(what: String, rows: String, total: String)
  /// The proposal was made for the other kind of file.
  case track(asked: String, proposed: String)
}

extension DossierError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .wording(let file, let reason):
      "\(file): \(reason) — the wording file must be readable YAML with titles, labels, frames and facts"
    case .sentence(let name, let reason):
      "sentence \(name): \(reason) — correct the wording file or the values given for it"
    case .uncited(let sentence):
      "sentence \(sentence): it states a fact without figure, citation or source — give it one, or leave it out"
    case .barredWord(let word, let section, let reason):
      "section \(section): the word “\(word)” may not stand in a draft: \(reason) — reword the fact or finding it comes from"
    case .candour(let part, let missing):
      "candour, \(part): \(missing) — the file is not drawn up without it"
    case .totals(let what, let rows, let total):
      "\(what): the rows add up to \(rows), the total says \(total) — the schedule is not printed"
    case .track(let asked, let proposed):
      "a \(asked) file was asked for, the proposal is for \(proposed) — propose for the same track"
    }
  }
}
