import Foundation

/// Reads a flat JSON object of texts, as the store keeps references.
enum JSONPairs {
  /// Values that are no text are left out: Intake writes none.
  static func read(_ text: String) -> [String: String] {
    (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
  }
}
