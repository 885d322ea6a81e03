/// JSON as text, keys in the order given, for the truth file.
indirect enum JSONText {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case none
  case list([JSONText])
  case object([(String, JSONText)])

  static func texts(_ items: [String]) -> JSONText { .list(items.map { .text($0) }) }

  /// Lists of objects stand one object a line; everything else is nested by two spaces.
  func written(_ level: Int = 0) -> String {
    let inner = String(repeating: "  ", count: level + 1)
    let outer = String(repeating: "  ", count: level)
    switch self {
    case .list(let items) where items.contains { $0.isObject } && items.allSatisfy { $0.isFlat }:
      return "[\n" + items.map { inner + $0.flat }.joined(separator: ",\n") + "\n\(outer)]"
    case .list(let items) where items.contains { $0.isObject }:
      return "[\n" + items.map { inner + $0.written(level + 1) }.joined(separator: ",\n")
        + "\n\(outer)]"
    case .object(let fields):
      return "{\n"
        + fields.map { "\(inner)\(Self.quoted($0.0)): \($0.1.written(level + 1))" }
        .joined(separator: ",\n") + "\n\(outer)}"
    default: return flat
    }
  }

  private var isObject: Bool { if case .object = self { true } else { false } }

  private var isFlat: Bool {
    switch self {
    case .object(let fields): fields.allSatisfy { $0.1.isScalar }
    case .list: false
    default: true
    }
  }

  private var isScalar: Bool {
    switch self {
    case .object, .list: false
    default: true
    }
  }

  private var flat: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .none: "null"
    case .list(let items): "[" + items.map(\.flat).joined(separator: ", ") + "]"
    case .object(let fields):
      "{" + fields.map { "\(Self.quoted($0.0)): \($0.1.flat)" }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
