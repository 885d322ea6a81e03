/// The characters a national schema allows in an element: `A-Za-z0-9 .'-`.
struct GoAMLCharacters: Sendable, Hashable {
  private let ranges: [ClosedRange<UInt32>]
  /// A space where one is allowed, else a hyphen.
  private let substitute: Unicode.Scalar

  /// Characters and ranges of two joined by a hyphen; a hyphen at the end is itself. Nil when there are
  /// none, or a range runs backwards.
  init?(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var ranges: [ClosedRange<UInt32>] = []
    var place = 0
    while place < scalars.count {
      if place + 2 < scalars.count, scalars[place + 1] == "-" {
        guard scalars[place].value <= scalars[place + 2].value else { return nil }
        ranges.append(scalars[place].value...scalars[place + 2].value)
        place += 3
      } else {
        ranges.append(scalars[place].value...scalars[place].value)
        place += 1
      }
    }
    guard !ranges.isEmpty else { return nil }
    self.ranges = ranges
    substitute = ranges.contains { $0.contains(0x20) } ? " " : "-"
  }

  /// The text with every other character replaced.
  func held(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isAllowed = ranges.contains { $0.contains(scalar.value) }
      result.unicodeScalars.append(isAllowed ? scalar : substitute)
    }
    return result
  }
}

extension XMLNode {
  /// The same elements, their texts in the characters allowed; `changed` names what was touched.
  func held(to allowed: [String: GoAMLCharacters], changed: inout Set<String>) -> XMLNode {
    var copy = self
    if let text, let set = allowed[name] {
      let held = set.held(text)
      if Array(held.utf8) != Array(text.utf8) { changed.insert(name) }
      copy.text = held
    }
    copy.children = children.map { $0.held(to: allowed, changed: &changed) }
    return copy
  }
}
