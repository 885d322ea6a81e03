import CaseModel
import Yams

/// Reads the values of a profile, each refusal with its line.
struct GoAMLProfileReader {
  let file: String
  let replacements: [String: String]
  /// Levels of nested constants.
  static let depthMax = 8

  func root(_ bytes: [UInt8]) throws -> Node {
    guard bytes.count <= GoAMLProfile.bytesMax, let text = String(validating: bytes, as: UTF8.self)
    else { throw refused(nil, "it is no UTF-8 text of at most 1 MiB", "a YAML profile") }
    // Anchors multiply; a profile needs none.
    guard !text.contains(/(?m)(^\s*|[:,\[{-]\s*)[&*]\w/) else {
      throw refused(nil, "it uses anchors", "plain values, or values in quotes")
    }
    do {
      guard let node = try Yams.compose(yaml: text), node.mapping != nil else {
        throw refused(nil, "it is no mapping", "a YAML profile")
      }
      return node
    } catch let error as YamlError {
      throw refused(nil, "\(error)".split(separator: "\n").first.map(String.init) ?? "", "YAML")
    }
  }

  func refused(_ node: Node?, _ found: String, _ expected: String) -> ExportError {
    .unusable(
      file: file, place: node?.mark.map { "line \($0.line)" } ?? "line 1",
      found: Issue.escaped(found), expected: expected)
  }

  /// Misspelt settings are refused, not passed over.
  func allow(_ names: Set<String>, in node: Node, _ what: String) throws {
    for (key, _) in try mapping(node) where !names.contains(key.string ?? "") {
      throw refused(
        key, "\(what) has no setting \(key.string ?? "")",
        "one of " + names.sorted().joined(separator: ", "))
    }
  }

  func mapping(_ node: Node) throws -> Node.Mapping {
    guard let mapping = node.mapping else { throw refused(node, "no mapping", "name: value") }
    return mapping
  }

  func text(_ node: Node, _ name: String) throws -> String? {
    guard let value = node[name] else { return nil }
    return try scalar(value)
  }

  func scalar(_ node: Node) throws -> String {
    guard case .scalar(let scalar) = node else { throw refused(node, "no text", "one value") }
    var text = scalar.string
    for name in replacements.keys.sorted() {
      text = text.replacing("{\(name)}", with: replacements[name] ?? "")
    }
    return text
  }

  func texts(_ node: Node) throws -> [String] {
    guard let sequence = node.sequence else { throw refused(node, "no list", "[one, two]") }
    return try sequence.map { try scalar($0) }
  }

  func parts(_ node: Node) throws -> [(GoAMLProfile.Part, Node)] {
    try mapping(node).map { key, value in
      guard let part = key.string.flatMap({ GoAMLProfile.Part(rawValue: $0) }) else {
        throw refused(
          key, "no part \(key.string ?? "")",
          "one of " + GoAMLProfile.Part.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return (part, value)
    }
  }

  /// Channel → code; `default` for the rest.
  func channels(_ node: Node?) throws -> [String: String] {
    guard let node else { return [:] }
    var codes: [String: String] = [:]
    for (key, value) in try mapping(node) {
      let name = key.string ?? ""
      guard name == "default" || Channel(rawValue: name) != nil else {
        throw refused(
          key, "no channel \(name)",
          "default or one of " + Channel.allCases.map(\.rawValue).joined(separator: ", "))
      }
      codes[name] = try scalar(value)
    }
    return codes
  }

  /// Elements in the order they are written; a list repeats its element.
  func elements(_ node: Node, depth: Int = 0) throws -> [XMLNode] {
    guard depth < Self.depthMax else { throw refused(node, "nested too deep", "8 levels") }
    return try mapping(node).flatMap { key, value -> [XMLNode] in
      let name = key.string ?? ""
      guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_.-]*/) != nil else {
        throw refused(key, "no element name: \(name)", "letters, digits, _ . -")
      }
      switch value {
      case .mapping: return [XMLNode(name, try elements(value, depth: depth + 1))]
      case .sequence(let list):
        return try list.map { one in
          one.mapping == nil
            ? XMLNode(name, try scalar(one)) : XMLNode(name, try elements(one, depth: depth + 1))
        }
      default: return [XMLNode(name, try scalar(value))]
      }
    }
  }
}
