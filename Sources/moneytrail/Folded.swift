/// Sentences for a terminal.
extension String {
  /// The width at which sentences are folded. Tables keep their own.
  static let foldedWidth = 100

  /// Broken at spaces so that no line is longer than `foldedWidth`, where a word fits into one; lines
  /// after the first begin with `indent` spaces.
  func folded(indent: Int = 2) -> String {
    var lines: [String] = []
    var line = String(prefix { $0 == " " })
    for word in split(separator: " ") {
      if line.allSatisfy({ $0 == " " }) {
        line += word
      } else if line.count + 1 + word.count <= Self.foldedWidth {
        line += " " + word
      } else {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
