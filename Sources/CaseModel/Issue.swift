/// Something found wrong, or worth knowing, while reading a file or a case.
///
/// Printed as formats.md §3.4 asks: `<file>: <locator>: <CODE>: <found> — <expected>`.
public struct Issue: Error, Hashable, Sendable, Codable {
  public enum Severity: String, Sendable, Codable { case error, warning, note }

  public let severity: Severity
  /// A stable code: `E-DATE`, `W-COUNT`. The list is in the user guide.
  public let code: String
  public let file: String
  public let locator: Locator
  public let found: String
  /// What was expected, and so what to do.
  public let expected: String
  /// The raw record, escaped and cut at 200 characters. Shown only on the terminal that asked.
  public let excerpt: String?

  public init(
    _ severity: Severity, _ code: String, file: String, at locator: Locator, found: String,
    expected: String, excerpt: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.locator = locator
    self.found = found
    self.expected = expected
    self.excerpt = excerpt.map(Self.escaped)
  }

  /// Control and direction-changing characters as `\u{…}`, cut at 200 characters.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == 200 { return result + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Issue: CustomStringConvertible {
  public var description: String {
    "\(file): \(locator): \(code): \(found) — \(expected)"
  }
}
