import CaseModel
import Yams

/// One setting of a profile's text, read with errors that name it.
struct ProfileNode {
  let node: Node
  let name: String

  /// The mapping of a whole YAML or JSON text.
  static func root(_ text: String) throws(ProfileFault) -> ProfileNode {
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw ProfileFault(reason: "the profile is neither YAML nor JSON")
    }
    guard let node, node.mapping != nil else {
      throw ProfileFault(reason: "the profile is no list of settings")
    }
    return ProfileNode(node: node, name: "the profile")
  }

  /// The kind of record a profile's text is for: `entity`, `set`; nil for a bank's layout.
  static func kind(of text: String) -> String? {
    (try? Yams.compose(yaml: text))?["record"]?.string
  }

  /// The settings in the order of the text. One that is not among `known` is a fault.
  func settings(_ known: Set<String>) throws(ProfileFault) -> [(name: String, value: ProfileNode)] {
    let all = try pairs()
    for (key, _) in all where !known.contains(key) {
      throw ProfileFault(reason: "the setting '\(key)' of \(name) is not known")
    }
    return all
  }

  /// All settings, whatever their names.
  func pairs() throws(ProfileFault) -> [(name: String, value: ProfileNode)] {
    guard let mapping = node.mapping else {
      throw ProfileFault(reason: "\(name) is no list of settings")
    }
    var result: [(String, ProfileNode)] = []
    for (key, value) in mapping {
      guard let key = key.string else { throw ProfileFault(reason: "a setting without a name") }
      if case .scalar(let scalar) = value, scalar.string.isEmpty, scalar.style == .plain {
        continue
      }
      result.append((key, ProfileNode(node: value, name: "'\(key)'")))
    }
    return result
  }

  subscript(key: String) -> ProfileNode? {
    node.mapping?[key].map { ProfileNode(node: $0, name: "'\(key)'") }
  }

  func required(_ key: String) throws(ProfileFault) -> ProfileNode {
    guard let value = self[key] else { throw ProfileFault(reason: "\(name) has no '\(key)'") }
    return value
  }

  func text() throws(ProfileFault) -> String {
    guard let text = node.scalar?.string else { throw ProfileFault(reason: "\(name) is no text") }
    return text
  }

  /// A list of texts, or one text as a list.
  func texts() throws(ProfileFault) -> [String] {
    var result: [String] = []
    for item in try items() { result.append(try item.text()) }
    return result
  }

  /// A list's items, or the value itself as the only one.
  func items() throws(ProfileFault) -> [ProfileNode] {
    guard let list = node.sequence else { return [self] }
    return list.map { ProfileNode(node: $0, name: name) }
  }

  func count() throws(ProfileFault) -> Int {
    guard let value = node.int, value >= 0 else {
      throw ProfileFault(reason: "\(name) is no number from 0")
    }
    return value
  }

  func flag() throws(ProfileFault) -> Bool {
    guard let value = node.bool else {
      throw ProfileFault(reason: "\(name) is neither true nor false")
    }
    return value
  }

  /// A choice of words with a meaning.
  func choice<Value: RawRepresentable>(_ type: Value.Type) throws(ProfileFault) -> Value
  where Value.RawValue == String {
    let word = try text()
    guard let value = Value(rawValue: word) else {
      throw ProfileFault(reason: "\(name) does not know '\(word)'")
    }
    return value
  }

  func codes() throws(ProfileFault) -> [String: String] {
    var codes: [String: String] = [:]
    for (key, value) in try pairs() { codes[key] = try value.text() }
    return codes
  }
}

extension TableLayout {
  static let settings: Set<String> = [
    "delimiter", "quote", "encoding", "date-format", "decimal", "implied-decimals", "currency",
    "null-words",
  ]

  /// The settings of a profile that say how its text is cut.
  init(_ profile: ProfileNode) throws(ProfileFault) {
    self.init()
    if let node = profile["delimiter"] { delimiter = try Self.byte(node) }
    if let node = profile["quote"] { quote = try node.text() == "none" ? 0 : Self.byte(node) }
    if let node = profile["encoding"] {
      guard let found = TextEncoding(named: try node.text()) else {
        throw ProfileFault(reason: "the encoding is not known")
      }
      encoding = found
    }
    if let node = profile["date-format"] {
      dates = []
      for pattern in try node.texts() {
        guard let form = DateForm(pattern) else {
          throw ProfileFault(reason: "'\(pattern)' names no whole day")
        }
        dates.append(form)
      }
    }
    if let node = profile["decimal"] { decimal = try node.text().unicodeScalars.first }
    if let node = profile["implied-decimals"] { impliedDecimals = try node.count() }
    if let node = profile["currency"] {
      guard let found = Currency(iso: try node.text()) else {
        throw ProfileFault(reason: "the currency is not known")
      }
      currency = found
    }
    if let node = profile["null-words"] { nullWords = Set(try node.texts()) }
  }

  private static func byte(_ node: ProfileNode) throws(ProfileFault) -> UInt8 {
    let text = try node.text()
    if text == "tab" { return 9 }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else {
      throw ProfileFault(reason: "\(node.name) is not one ASCII character")
    }
    return byte
  }
}
