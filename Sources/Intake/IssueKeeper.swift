import CaseModel

/// Keeps the issues of one file. From the ten-thousandth on they are counted by code, with the first place
/// of each, so that a file of nothing but mistakes cannot fill the memory and no mistake goes unsaid.
struct IssueKeeper {
  static let most = 10_000

  private struct Rest {
    let first: Issue
    var count: Int
  }
  private var kept: [Issue] = []
  private var rest: [Rest] = []

  mutating func add(_ issue: Issue) {
    if kept.count < Self.most {
      kept.append(issue)
    } else if let place = rest.firstIndex(where: {
      $0.first.code == issue.code && $0.first.severity == issue.severity
    }) {
      rest[place].count += 1
    } else {
      rest.append(Rest(first: issue, count: 1))
    }
  }

  /// The issues in the order in which they came, then one for each code of those that were counted.
  var issues: [Issue] {
    kept
      + rest.map { rest in
        rest.count == 1
          ? rest.first
          : Issue(
            rest.first.severity, rest.first.code, file: rest.first.file, at: rest.first.locator,
            found: "\(rest.first.found); and \(rest.count - 1) more of this kind",
            expected: rest.first.expected)
      }
  }
}
