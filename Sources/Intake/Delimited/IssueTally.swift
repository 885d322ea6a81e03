import CaseModel

/// Gathers warnings of one kind over many rows into one issue that names the lines.
struct IssueTally {
  private struct Kind {
    var ranges: [ClosedRange<Int64>]
    var count: Int
    let found: String
    let expected: String
  }
  private var kinds: [String: Kind] = [:]

  /// Notes one row. The text of the first row stands for all.
  mutating func add(
    _ code: String, line: Int, found: @autoclosure () -> String, expected: @autoclosure () -> String
  ) {
    let number = Int64(line)
    guard var kind = kinds[code] else {
      kinds[code] = Kind(
        ranges: [number...number], count: 1, found: found(), expected: expected())
      return
    }
    kind.count += 1
    if let last = kind.ranges.last {
      if last.contains(number) {
        kind.count -= 1
      } else if last.upperBound + 1 == number {
        kind.ranges[kind.ranges.count - 1] = last.lowerBound...number
      } else if kind.ranges.count < 64 {
        kind.ranges.append(number...number)
      }
    }
    kinds[code] = kind
  }

  /// Adds what was noted of the rows that follow: the same as if they had been added one by one.
  mutating func append(_ next: IssueTally) {
    for (code, other) in next.kinds {
      guard var kind = kinds[code] else {
        kinds[code] = other
        continue
      }
      kind.count += other.count
      for range in other.ranges {
        if let last = kind.ranges.last, last.upperBound + 1 == range.lowerBound {
          kind.ranges[kind.ranges.count - 1] = last.lowerBound...range.upperBound
        } else if kind.ranges.count < 64 {
          kind.ranges.append(range)
        }
      }
      kinds[code] = kind
    }
  }

  /// One warning a code, by first line, then code.
  func issues(file: String) -> [Issue] {
    kinds.map { code, kind in
      Issue(
        .warning, code, file: file, at: Locator.lines(kind.ranges),
        found: kind.count == 1 ? kind.found : "\(kind.found) (\(kind.count) records)",
        expected: kind.expected)
    }
    .sorted { ($0.locator.ordinal, $0.code) < ($1.locator.ordinal, $1.code) }
  }
}
