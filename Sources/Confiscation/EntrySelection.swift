// Which booked entries a selector of the case sheet means.

import CaseModel

extension CaseIndex {
  /// The entries a selector means, in the order of the case file.
  /// - Complexity: O(*n*) in the entries of the case.
  func entries(of selector: EntrySelector) -> [Entry] {
    caseFile.entries.filter { matcher.selects(selector, $0) }
  }
}
