// What a check found.

/// How many figures were compared, and every one that differs, by name.
public struct CheckReport: Sendable {
  public internal(set) var figures = 0
  public internal(set) var differences: [String] = []

  /// True iff something was compared and nothing differs.
  public var isEqual: Bool { figures > 0 && differences.isEmpty }

  mutating func compare(_ place: String, _ comparison: Comparison) {
    figures += 1
    if comparison.expected != comparison.computed {
      differences.append(
        "\(place): \(comparison.what) is stated as \(comparison.expected), "
          + "computed as \(comparison.computed)")
    }
  }

  /// The report as one JSON object.
  public var json: String {
    JSON.object([
      ("figures", .number("\(figures)")), ("equal", .bool(isEqual)),
      ("differences", .array(differences.map { .string($0) })),
    ]).text
  }
}

extension CheckReport {
  /// Checks a document of either form.
  /// - Throws: `Refusal` when it is of neither, or its ledger cannot be traced.
  public static func of(_ document: JSON) throws(Refusal) -> CheckReport {
    document["schema"]?.scalar == "moneytrail-proof/1"
      ? try ProofForm(document).report() : try ExamplesForm(document).report()
  }
}
