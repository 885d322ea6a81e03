public import CaseModel
import Yams

// Reads a what-if: a sheet of changes to the facts of a case, to see what they would do to the trace.

/// The word after `moneytrail:` on the first line of a what-if.
public let whatIfKind = "what-if/1"

/// Reads a what-if sheet, as strictly as a case sheet. Codes are compared with the case when it is run.
///
/// - Throws: `FileRefusal` with every issue, in the order of lines. Nothing of the sheet is used.
/// - Complexity: O(*n*) in the size of the sheet.
public func readWhatIf(_ file: InputFile) throws -> WhatIf {
  let report = SheetReport(file, mayQuote: true)
  let root = try SheetDocument.root(report, kind: whatIfKind)
  let sheet = SheetFields(
    root, what: "the what-if", allowed: ["moneytrail", "title", "changes"], report)
  let title = sheet.text("title")
  let items = sheet.items("changes", what: "a change", allowed: SheetFields.changeKeys)
  if sheet.nodes("changes").isEmpty {
    sheet.missing("changes", "at least one change")
  }
  let changes = items.compactMap { $0.change() }
  try report.throwIfRefused()
  guard let title else { throw report.refusal ?? FileRefusal([]) }
  return WhatIf(title: title, changes: changes)
}

extension SheetFields {
  fileprivate static let changeKeys = [
    "seed", "characterise", "ownership", "exclude-exhibit", "exclude-entry",
  ]

  /// The one change a list item states.
  fileprivate func change() -> CaseChange? {
    let named = Self.changeKeys.filter(has)
    guard named.count == 1, let name = named.first else {
      // An unknown key was reported already; an item with several is one mistake, not many.
      if !named.isEmpty || values.isEmpty {
        report.error(
          "E-VALUE", line: line, "\(named.count) changes in one item",
          "one of: \(Self.changeKeys.joined(separator: ", "))")
      }
      return nil
    }
    let kind: CaseChange.Kind? =
      switch name {
      case "seed": seed()
      case "characterise": characterisation()
      case "ownership": ownership()
      case "exclude-exhibit":
        text(name, "the mark or the name of a file").map { .excludeExhibit($0) }
      default: chosen(name, "the entries to leave out").map { .excludeEntries($0) }
      }
    return kind.map { CaseChange($0, source: source) }
  }

  private func chosen(_ key: String, _ what: String) -> EntrySelector? {
    let before = report.issues.count
    let selector = fields(key, what: what, allowed: Self.selectorKeys)?.selector()
    return report.issues.count == before ? selector : nil
  }

  private func seed() -> CaseChange.Kind? {
    guard
      let item = fields("seed", what: "a seed", allowed: ["source-class", "amount", "of"])
    else { return nil }
    let code = item.code("source-class")
    let amount = item.money("amount")
    let portion = item.choice("of", CaseChange.Portion.self)
    if let amount, amount.isNegative {
      item.wrong("E-AMOUNT", "amount", amount.description, "an amount that is not negative")
      return nil
    }
    guard let code, let amount, let portion else { return nil }
    return .seed(SourceClassCode(code), amount, portion)
  }

  private func characterisation() -> CaseChange.Kind? {
    guard
      let item = fields(
        "characterise", what: "a characterisation",
        allowed: ["source-class", "tainted", "entries"])
    else { return nil }
    let code = item.code("source-class").map { SourceClassCode($0) }
    guard item.has("tainted") != item.has("entries") else {
      item.missing("tainted", "either `tainted` or `entries`, and not both")
      return nil
    }
    if item.has("entries") {
      let selector = item.chosen("entries", "the entries of a characterisation")
      guard let code, let selector else { return nil }
      return .assign(selector, code)
    }
    guard let code, let isTainted = item.flag("tainted") else { return nil }
    return .characterise(code, isTainted: isTainted)
  }

  private enum Change: String, CaseIterable { case add, remove }

  private func ownership() -> CaseChange.Kind? {
    guard
      let item = fields(
        "ownership", what: "an ownership", allowed: ["person", "change", "tie", "account"])
    else { return nil }
    let person = item.code("person")
    let change = item.choice("change", Change.self)
    let tie = item.choice("tie", CaseChange.Tie.self)
    if !item.has("account") { item.missing("account", AccountReference.expected) }
    let account = item.optionalAccount("account")
    guard let person, let change, let tie, let account else { return nil }
    return .ownership(PersonCode(person), tie, account, isAdded: change == .add)
  }
}
