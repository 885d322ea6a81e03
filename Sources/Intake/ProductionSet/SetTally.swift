import CaseModel

/// Places of one kind of finding, gathered so that each kind is reported once.
struct SetTally {
  private var places: [String: [String: [Locator]]] = [:]

  mutating func add(_ code: String, _ what: String, _ place: Locator) {
    places[code, default: [:]][what, default: []].append(place)
  }

  /// In the order of codes, then of what they are about.
  func issues(file: String) -> [Issue] {
    places.keys.sorted().flatMap { code -> [Issue] in
      let found = places[code] ?? [:]
      return found.keys.sorted().map { what in
        let list = found[what] ?? []
        let (text, expected) = Self.words(code, what, list.count)
        return Issue(
          code.hasPrefix("N-") ? .note : .warning, code, file: file, at: Locator.together(list),
          found: text, expected: expected)
      }
    }
  }

  private static func words(_ code: String, _ what: String, _ count: Int) -> (String, String) {
    switch code {
    case "W-KEY":
      (
        "\(count) rows with a key that is not there, from \(what)",
        "a row for each; kept as they are"
      )
    case "W-DUP-KEY":
      ("\(count) rows of \(what) with a key that came before", "each key once; all rows are kept")
    case "W-IDENTICAL":
      ("\(count) rows of \(what) that state nothing new", "each thing once; they were passed over")
    case "W-BALANCE":
      (
        "\(count) running balances of \(what) that do not follow from the line before",
        "balance before + amount = balance after; check for missing or altered lines"
      )
    case "W-BALANCE-TEXT":
      ("\(count) balances that cannot be read", "an amount; the lines are kept without balance")
    case "W-REMAINDER":
      (
        "\(count) lines of which \(what) explain less than the amount",
        "parts that add up to the line; the rest is kept as a part of its own, not itemised"
      )
    case "W-PARTS-OVER":
      (
        "\(count) lines of which \(what) explain more than the amount",
        "parts that add up to the line; nothing is scaled"
      )
    case "W-NO-PARTS":
      ("\(count) lines without any row of \(what)", "at least one part for each line")
    case "W-NO-LINES":
      ("\(count) accounts listed with movement that have no line", "lines; ask for them")
    case "N-DERIVED":
      (
        "\(count) accounts without stated opening balance",
        "computed from the balance after the first line and its amount"
      )
    default: ("\(count) of \(what)", "a look at them")
    }
  }
}
