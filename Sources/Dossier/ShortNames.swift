// Short names of accounts and places, for tables and charts: an item's code, or the last digits with
// the holder's code. The parties' table gives the full numbers.

import CaseModel

extension Drafting {
  /// `A-04 Euro account`; `…3003 (N-01)`; a protected person's account by its holder; else the name
  /// of the records.
  func shortName(_ account: Account) -> String {
    let full = name(account)
    guard full == account.displayName else { return full }
    if let item = matter.property.first(where: { $0.account == account.key }) {
      return shortName(item)
    }
    guard isNumber(full) else { return full }
    let end = full.suffix(4)
    let isShared =
      caseFile.accounts.count { isNumber($0.displayName) && $0.displayName.hasSuffix(end) } > 1
    guard !isShared else { return full }
    return "…" + end + (account.holder.map { " (" + $0.text + ")" } ?? "")
  }

  /// The code and the description up to its first comma or place.
  func shortName(_ item: PropertyItem) -> String {
    var words = item.description
    for mark in [",", " at ", " found "] {
      if let range = words.firstRange(of: mark) { words = String(words[..<range.lowerBound]) }
    }
    return item.code.text + " " + words
  }

  private func isNumber(_ text: String) -> Bool {
    (15...34).contains(text.count)
      && text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
  }

  func shortName(of place: Place) -> String {
    switch place {
    case .account(let id):
      caseFile.accounts.first { $0.id == id }.map { shortName($0) } ?? "—"
    case .untraced(let id):
      shortName(of: .account(id)) + ", " + wording.word("place", "untraced")
    case .asset, .cash, .dissipated, .debtDischarge, .abroad: name(of: place)
    }
  }

  /// What the steps of a trace call a place, said shortly. Names that stand for nothing else in the
  /// case are kept as they are.
  func shortNames() -> [String: String] {
    var names: [String: String] = [:]
    for account in caseFile.accounts {
      let short = shortName(account)
      for long in [account.displayName, name(account)] where long != short { names[long] = short }
    }
    let gap = "behind a gap in the records of "
    for (long, short) in names {
      names[gap + long] = wording.word("place", "untraced") + ", " + short
    }
    for item in matter.property { names["asset " + item.code.text] = shortName(item) }
    for one in matter.sourceClasses {
      names["received as " + one.code.text] = one.code.text + " " + one.title
    }
    return names
  }
}
