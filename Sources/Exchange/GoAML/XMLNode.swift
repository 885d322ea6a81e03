/// An element of a report under construction: a text, or elements in order.
struct XMLNode: Sendable {
  let name: String
  var text: String?
  var children: [XMLNode] = []

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
  init(_ name: String, _ children: [XMLNode]) {
    self.name = name
    self.children = children
  }

  /// Indented lines; an element a line, so that a line of the text is one element.
  func write(to text: inout [String], depth: Int = 0) {
    let indent = String(repeating: "  ", count: depth)
    if let content = self.text {
      text.append("\(indent)<\(name)>\(XMLText.escaped(content))</\(name)>")
    } else {
      text.append("\(indent)<\(name)>")
      for child in children { child.write(to: &text, depth: depth + 1) }
      text.append("\(indent)</\(name)>")
    }
  }
}
