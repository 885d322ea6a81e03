// What of an element no field has taken, as named texts.

extension XMLElement {
  /// Adds every text and attribute below the element to `details`, by path: `Purp/Cd`, `Amt/@Ccy`.
  ///
  /// Namesakes get a number from the second on (`Rcrd[2]/Amt`), so that nothing read is lost.
  /// - Parameters:
  ///   - prefix: Stands before each path, with its own separator.
  ///   - taken: Children, or paths of descendants, that have a field of their own.
  func addRest(
    to details: inout [String: String], prefix: String = "", except taken: Set<String> = [],
    below path: String = ""
  ) {
    var seen: [String: Int] = [:]
    for child in children {
      seen[child.name, default: 0] += 1
      let plain = path + child.name
      guard !taken.contains(plain) else { continue }
      let number = seen[child.name] ?? 1
      let name = prefix + child.name + (number > 1 ? "[\(number)]" : "")
      if child.children.isEmpty, let text = child.token { details[name] = text }
      for (attribute, value) in child.attributes where !Self.ignored.contains(attribute) {
        details[name + "/@" + attribute] = value
      }
      child.addRest(to: &details, prefix: name + "/", except: taken, below: plain + "/")
    }
  }

  /// Attributes that say something about the file's making and nothing about the record.
  private static let ignored: Set<String> = ["SeqNum", "nil", "type", "schemaLocation"]

  /// The first of several paths that has a text.
  func first(_ paths: String...) -> String? {
    for path in paths { if let text = value(path) { return text } }
    return nil
  }
}
