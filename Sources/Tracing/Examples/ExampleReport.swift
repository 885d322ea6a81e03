// What running worked examples gives: the figures asked for, in the order they were asked.

/// The results of a file of worked examples.
///
/// Encodes with the names of `tracing/examples.json`: per example `id` and `results`, each result with
/// the selector keys of its question and `value`.
public struct ExampleReport: Hashable, Sendable, Encodable {
  /// One example with its results; `error` says why there are none.
  public struct Example: Hashable, Sendable {
    public let id: String
    public let results: [Result]
    public let error: String?
  }

  /// One figure asked for.
  public struct Result: Hashable, Sendable {
    /// `measure`, `account`, `asset`, `class` … as the question gave them, in its order.
    public let selectors: [Selector]
    /// Nil when the figure could not be computed; `error` says why.
    public let value: Value?
    public let expected: Value?
    public let error: String?
    /// Whether the value equals what was expected, character for character; nil when nothing was.
    public var matches: Bool? { expected.map { $0 == value } }
  }

  public struct Selector: Hashable, Sendable {
    public let key: String
    public let value: String
  }

  /// Decimal text, or a list of it where a list was expected.
  public enum Value: Hashable, Sendable, Encodable {
    case text(String)
    case list([String])
    var isList: Bool { if case .list = self { true } else { false } }
    public func encode(to encoder: any Encoder) throws {
      var single = encoder.singleValueContainer()
      switch self {
      case .text(let text): try single.encode(text)
      case .list(let list): try single.encode(list)
      }
    }
  }

  public let examples: [Example]
  /// Figures that stated what to expect, and how many of them came out so.
  public var compared: Int { examples.reduce(0) { $0 + $1.results.count { $0.expected != nil } } }
  public var matched: Int { examples.reduce(0) { $0 + $1.results.count { $0.matches == true } } }

  /// Figures that were computed and state no value to compare with.
  public var unstated: Int {
    examples.reduce(0) { $0 + $1.results.count { $0.expected == nil && $0.error == nil } }
  }

  /// True iff something was compared, every example ran, every figure could be computed and states what
  /// is expected of it, and each equals that.
  public var isAllEqual: Bool {
    compared > 0 && matched == compared && unstated == 0
      && examples.allSatisfy { $0.error == nil && $0.results.allSatisfy { $0.error == nil } }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: Key.self)
    try keyed.encode("tracing-results/1", forKey: Key("schema"))
    try keyed.encode(compared, forKey: Key("compared"))
    try keyed.encode(matched, forKey: Key("matched"))
    var list = keyed.nestedUnkeyedContainer(forKey: Key("examples"))
    for example in examples {
      var keyed = list.nestedContainer(keyedBy: Key.self)
      try keyed.encode(example.id, forKey: Key("id"))
      try keyed.encodeIfPresent(example.error, forKey: Key("error"))
      var results = keyed.nestedUnkeyedContainer(forKey: Key("results"))
      for result in example.results {
        var keyed = results.nestedContainer(keyedBy: Key.self)
        for selector in result.selectors {
          try keyed.encode(selector.value, forKey: Key(selector.key))
        }
        try keyed.encode(result.value, forKey: Key("value"))
        try keyed.encodeIfPresent(result.expected, forKey: Key("expected"))
        try keyed.encodeIfPresent(result.matches, forKey: Key("matches"))
        try keyed.encodeIfPresent(result.error, forKey: Key("error"))
      }
    }
  }
}
