// What a check found.

/// How many figures were compared, and every one that differs, by name.
public struct CheckReport: Sendable {
  public internal(set) var figures = 0
  public internal(set) var differences: [String] = []
  /// What the document states and the check leaves alone, in words.
  public internal(set) var notChecked: [String] = []

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
      ("not_checked", .array(notChecked.map { .string($0) })),
    ]).text
  }
}

extension CheckReport {
  /// Checks a document of either form.
  /// - Throws: `Refusal` when it is of neither, or its ledger cannot be traced.
  public static func of(_ document: JSON) throws(Refusal) -> CheckReport {
    guard document.items == nil else {
      throw Refusal(
        .malformed("the file is a list, an object with 'examples' is expected"), at: "document",
        remedy: "write {\"schema\": \"tracing-examples/1\", \"examples\": […]}")
    }
    let schema = document["schema"]?.scalar ?? ""
    if schema == "moneytrail-proof/1" { return try ProofForm(document).report() }
    guard schema.hasPrefix("tracing-examples/") else {
      throw Refusal(
        schema.isEmpty ? .missing("schema") : .malformed("the schema '\(schema)' is not known"),
        at: "schema", remedy: "give a file of tracing-examples/1 or moneytrail-proof/1")
    }
    return try ExamplesForm(document).report()
  }
}
