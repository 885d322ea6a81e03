// A small part of an XML document held in memory: one balance, one entry, one detail.

/// An element by local name, with its text, attributes and children in document order.
struct XMLElement {
  let name: String
  var text = ""
  var attributes: [String: String] = [:]
  var children: [XMLElement] = []

  /// The first child of that name.
  subscript(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// Every child of that name.
  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first element along a path of child names: `Tp/CdOrPrtry/Cd`.
  func at(_ path: String) -> XMLElement? {
    if path.isEmpty { return self }
    guard path.utf8.contains(UInt8(ascii: "/")) else { return self[path] }
    var current = self
    var rest = path[...]
    while !rest.isEmpty {
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      let name = rest.utf8[..<end]
      rest = end < rest.endIndex ? rest[rest.utf8.index(after: end)...] : ""
      if name.isEmpty { continue }
      guard let next = current.children.first(where: { $0.name.utf8.elementsEqual(name) }) else {
        return nil
      }
      current = next
    }
    return current
  }

  /// The text along a path with white space collapsed as XML Schema's token type does; nil when
  /// empty.
  func value(_ path: String) -> String? { at(path).flatMap { $0.token } }

  /// The text along a path as written, without white space around it; nil when empty. For narratives,
  /// whose lines mean something.
  func whole(_ path: String) -> String? {
    guard let element = at(path), element.token != nil else { return nil }
    return MTField.trimmed(element.text)
  }

  /// The own text with white space collapsed; nil when empty.
  var token: String? {
    guard text.utf8.contains(where: Self.isSpace) else { return text.isEmpty ? nil : text }
    // Every kind of white space that counts here is one byte of UTF-8 and part of no other character.
    var plain: [UInt8] = []
    plain.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if !Self.isSpace(byte) {
        plain.append(byte)
      } else if let last = plain.last, last != 0x20 {
        plain.append(0x20)
      }
    }
    if plain.last == 0x20 { plain.removeLast() }
    return plain.isEmpty ? nil : String(decoding: plain, as: UTF8.self)
  }

  @inline(__always) private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 9 || byte == 10 || byte == 13
  }

  /// True when the element holds other elements or text.
  var isEmpty: Bool { children.isEmpty && token == nil }

  /// The element written again as text, for a quarantined record.
  var markup: String {
    var result = "<" + name
    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
      result += " \(key)=\"\(Self.escaped(value))\""
    }
    result += ">"
    if children.isEmpty { result += Self.escaped(text) }
    for child in children { result += child.markup }
    return result + "</" + name + ">"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension XMLPull {
  /// Reads the element just started, to its end.
  ///
  /// - Parameters:
  ///   - detached: Name of the descendants that are handed to `each` as they end and not kept, so
  ///     that one entry with a hundred thousand details needs no more memory than one with ten.
  ///   - each: Receives such a descendant and the 1-based number of its parent among the parent's
  ///     namesakes.
  func element(
    _ name: String, detaching detached: String? = nil,
    each: (XMLElement, Int) throws -> Void = { _, _ in }
  ) throws -> XMLElement {
    var open = [XMLElement(name: name, attributes: attributes())]
    while true {
      switch try next() {
      case .start(let child):
        open.append(XMLElement(name: child, attributes: attributes()))
      case .text(let text):
        open[open.count - 1].text += text
      case .end:
        let done = open.removeLast()
        guard let parent = open.indices.last else { return done }
        if done.name == detached {
          let above = parent > 0 ? open[parent - 1].all(open[parent].name).count : 0
          try each(done, above + 1)
        } else {
          open[parent].children.append(done)
        }
      case .finished:
        return open[0]
      }
    }
  }
}
