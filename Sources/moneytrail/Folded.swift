/// Sentences for a terminal.
extension String {
  /// The width at which sentences are folded. Tables keep their own.
  static let foldedWidth = 100

  /// Broken at spaces so that no line is longer than `foldedWidth`, where a word fits into one; lines
  /// after the first begin with `indent` spaces.
  func folded(indent: Int = 2) -> String {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if line.allSatisfy({ $0 == " " }) || line.count + 1 + word.count <= Self.foldedWidth {
        line += line.isEmpty ? String(word) : " " + word
      } else {
        lines.append(line)
        line = String(repeating: " ", count: indent - 1) + " " + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
