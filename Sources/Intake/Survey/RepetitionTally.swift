import CaseModel

/// Gathers what comes more than once in a file into one issue a kind, whatever the number.
struct RepetitionTally {
  private struct Places {
    var count = 0
    var first: Locator?
    var areLines = true
    /// The first ranges of lines; as many as are shown, and one more.
    var ranges: [ClosedRange<Int64>] = []

    mutating func add(_ locator: Locator) {
      count += 1
      if first == nil { first = locator }
      guard areLines else { return }
      guard locator.text.hasPrefix("line ") else {
        areLines = false
        return
      }
      let number = locator.ordinal
      if let last = ranges.last, last.contains(number) { return }
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else if ranges.count < 9 {
        ranges.append(number...number)
      }
    }

    var locator: Locator {
      guard let first, count > 1 else { return first ?? Locator(text: "file", ordinal: 0) }
      return areLines
        ? Locator.lines(ranges)
        : Locator(text: "\(first.text) and \(count - 1) more", ordinal: first.ordinal)
    }
  }
  private var identical = Places()
  private var references = Places()

  /// Notes one record; records come in file order.
  mutating func add(_ repetition: TransactionKey.Repetition) {
    switch repetition.kind {
    case .identicalContent: identical.add(repetition.locator)
    case .sameReference: references.add(repetition.locator)
    }
  }

  /// The warnings, without one that a format gave already.
  func issues(in file: String, known: [Issue]) -> [Issue] {
    Reading.repetitionIssues(
      identical: (identical.count, identical.locator),
      references: (references.count, references.locator), file: file, known: known)
  }
}
