/// One JSON value (RFC 8259). Members keep their order and their repetitions; numbers stay text, so that
/// no amount passes through floating point (Foundation's reader makes every number a double).
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number's own text, checked against the grammar.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Hashable, Sendable {
    let name: String
    let value: JSONValue
  }

  /// The first member of that name; nil for anything but an object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// The text of a string, number or truth value; nil for null, lists and objects.
  var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// A list's items, or the value itself as the only one; null gives none.
  var items: [JSONValue] {
    switch self {
    case .array(let items): items
    case .null: []
    default: [self]
    }
  }

  /// Every string, number and truth value below this one, with its path: `interests/0/share/exact`.
  /// Empty lists and objects have no leaves. In the order of the text.
  /// - Complexity: O(*n*) in the values; the depth is bounded by the reader.
  func leaves(_ path: String = "") -> [(path: String, text: String)] {
    func below(_ name: String) -> String { path.isEmpty ? name : path + "/" + name }
    switch self {
    case .object(let members): return members.flatMap { $0.value.leaves(below($0.name)) }
    case .array(let items):
      return items.enumerated().flatMap { $0.element.leaves(below(String($0.offset))) }
    default: return scalar.map { [(path, $0)] } ?? []
    }
  }
}

/// Why a text is no JSON value, and at which byte of it.
struct JSONFault: Error, Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case syntax, truncated, encoding
    case depth(limit: Int)
    case size(limit: Int)
  }
  let kind: Kind
  let offset: Int
  let reason: String

  var code: String {
    switch kind {
    case .syntax, .truncated: "E-JSON"
    case .encoding: "E-ENC"
    case .depth: "E-JSON-DEPTH"
    case .size: "E-SIZE"
    }
  }
  var expected: String {
    switch kind {
    case .syntax: "JSON as RFC 8259 defines it"
    case .truncated: "the rest of the value; check whether the file was cut off"
    case .encoding: "UTF-8"
    case .depth(let limit): "at most \(limit) levels of nesting"
    case .size(let limit): "at most \(limit) bytes"
    }
  }
}
