/// The number the store gives one row of one kind. Two kinds cannot change places.
///
/// Numbers are handles inside one store and never reach a document; documents cite exhibits, files,
/// lines and content-derived keys, which are the same in every store.
public struct Number<Kind>: Hashable, Comparable, Sendable, Codable {
  public let value: Int64
  public init(_ value: Int64) { self.value = value }

  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }

  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Int64.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    try single.encode(value)
  }
}

public typealias AccountID = Number<Account>
public typealias EntryID = Number<Entry>
public typealias TransferID = Number<Transfer>
public typealias FileID = Number<ReceivedFile>
public typealias StatementID = Number<Statement>

/// A short code a person gave or the program derived, stable in a matter: `S-01`, `V-03`, `A-02`.
public struct Code<Kind>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let text: String
  public init(_ text: String) { self.text = text }
  public var description: String { text }

  /// Byte order, the same on every machine.
  public static func < (a: Self, b: Self) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    try single.encode(text)
  }
}

public typealias MatterCode = Code<Matter>
/// The pseudonym of a person in a matter; identities live in the sealed store only (S-172).
public typealias PersonCode = Code<Person>
public typealias PropertyCode = Code<PropertyItem>
public typealias EventCode = Code<Event>
public typealias FactCode = Code<CaseFact>
public typealias SourceClassCode = Code<SourceClass>
/// `F-` and twelve hexadecimal digits of the hash of what the figure says and rests on.
public typealias FigureCode = Code<Figure>
/// `ST-01-` and twelve hexadecimal digits of the hash of detector, parameters and entries.
public typealias FindingCode = Code<Finding>

/// The SHA-256 of some bytes. Computed by the target `Digests`.
public struct ContentHash: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  /// Nil unless the text is 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    guard hex.utf8.count == 64,
      hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.hex = hex
  }

  public var description: String { hex }
  public static func < (a: Self, b: Self) -> Bool {
    a.hex.utf8.lexicographicallyPrecedes(b.hex.utf8)
  }
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let hash = ContentHash(hex: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a SHA-256 in hexadecimal"))
    }
    self = hash
  }
  public func encode(to encoder: any Encoder) throws {
    var single = encoder.singleValueContainer()
    try single.encode(hex)
  }
}
