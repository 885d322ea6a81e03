import CaseModel
import Yams

// Spans of days, lists and mappings inside one mapping of a sheet.

extension SheetFields {
  /// `from` and `until` of this mapping, both needed.
  func period() -> Period? {
    let first = date("from")
    let last = date("until")
    guard let first, let last else { return nil }
    return span(first, last)
  }

  /// `from` and `until` of this mapping: both or neither.
  func optionalPeriod() -> Period? {
    guard has("from") || has("until") else { return nil }
    return period()
  }

  private func span(_ first: CivilDate, _ last: CivilDate) -> Period? {
    guard first <= last else {
      wrong("E-DATE", "until", last.description, "a day not before \(first)")
      return nil
    }
    return Period(first: first, last: last)
  }

  func nodes(_ key: String) -> [Node] {
    guard let (_, node) = values[key] else { return [] }
    guard case .sequence(let sequence) = node else {
      wrong("E-TYPE", key, nil, "a list: one `- ` line an item, or [a, b]")
      return []
    }
    return Array(sequence)
  }

  /// The texts of a list of scalars, each with its line.
  func texts(_ key: String) -> [(line: Int, text: String)] {
    nodes(key).compactMap { node in
      let line = node.mark?.line ?? line(of: key)
      guard let text = node.scalar?.string else {
        report.error("E-TYPE", line: line, "an item of `\(key)` of \(what)", "a text")
        return nil
      }
      return checked(text, key).map { (line, $0) }
    }
  }

  /// The mappings of a list.
  func items(_ key: String, what: String, allowed: [String]) -> [SheetFields] {
    nodes(key).compactMap { SheetFields($0, what: what, allowed: allowed, report) }
  }

  func fields(_ key: String, what: String, allowed: [String]) -> SheetFields? {
    guard let (_, node) = values[key] else {
      missing(key, "a mapping with: \(allowed.joined(separator: ", "))")
      return nil
    }
    return SheetFields(node, what: what, allowed: allowed, report)
  }

  /// Codes of a list, by key: `facts: [F-01, F-02]`. Existence is checked later, all at once.
  func codes(_ key: String) -> [String] {
    texts(key).compactMap { line, text in
      guard Self.isCode(text) else {
        report.error(
          "E-VALUE", line: line, "`\(key)` of \(what)", "codes such as `F-01`")
        return nil
      }
      return text
    }
  }
}
