/// A named SQL statement and the values that travel with it.
///
/// The name is what an error calls the operation; the text comes from `sql/` and is never put
/// together from input.
public struct Query: Sendable, Hashable, ExpressibleByStringLiteral {
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// A short fixed statement such as `begin`, named by its own text.
  public init(stringLiteral text: StaticString) {
    self.text = String(describing: text)
    name = self.text
  }
}

/// A value sent as a parameter: never as part of the statement's text.
public enum SQLValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int16(Int16)
  case int32(Int32)
  case int64(Int64)
  case text(String)
  case bytes([UInt8])
  /// A day as its number of days since 1970-01-01.
  case date(Int32)
  /// Sixteen bytes.
  case uuid([UInt8])
  /// JSON text, sent as `jsonb`.
  case json(String)
  case int64s([Int64])
  case int32s([Int32])
  case texts([String])
  case optionalTexts([String?])
  case byteStrings([[UInt8]])

  public static func optional(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
  public static func optional(_ value: Int64?) -> SQLValue { value.map(SQLValue.int64) ?? .null }
  public static func optional(_ values: [Int64]?) -> SQLValue {
    values.map(SQLValue.int64s) ?? .null
  }
  public static func optional(_ value: Int32?) -> SQLValue { value.map(SQLValue.int32) ?? .null }
  public static func optional(day value: Int32?) -> SQLValue { value.map(SQLValue.date) ?? .null }
}

/// Object identifiers of the types that travel, from PostgreSQL's `pg_type.dat`.
enum TypeID {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let json: UInt32 = 114
  static let byteaArray: UInt32 = 1001
  static let int4Array: UInt32 = 1007
  static let textArray: UInt32 = 1009
  static let int8Array: UInt32 = 1016
  static let bpchar: UInt32 = 1042
  static let varchar: UInt32 = 1043
  static let date: UInt32 = 1082
  static let uuid: UInt32 = 2950
  static let jsonb: UInt32 = 3802
}

/// Days from 1970-01-01, where our day numbers start, to 2000-01-01, where PostgreSQL's do.
let postgresEpochDays: Int32 = 10_957

extension SQLValue {
  var typeID: UInt32 {
    switch self {
    case .null: 0
    case .bool: TypeID.bool
    case .int16: TypeID.int2
    case .int32: TypeID.int4
    case .int64: TypeID.int8
    case .text: TypeID.text
    case .bytes: TypeID.bytea
    case .date: TypeID.date
    case .uuid: TypeID.uuid
    case .json: TypeID.jsonb
    case .int64s: TypeID.int8Array
    case .int32s: TypeID.int4Array
    case .texts, .optionalTexts: TypeID.textArray
    case .byteStrings: TypeID.byteaArray
    }
  }

  /// Appends the binary form (network byte order). False for a null.
  func encode(into buffer: inout [UInt8]) -> Bool {
    switch self {
    case .null: return false
    case .bool(let value): buffer.append(value ? 1 : 0)
    case .int16(let value): buffer.appendBigEndian(value)
    case .int32(let value): buffer.appendBigEndian(value)
    case .int64(let value): buffer.appendBigEndian(value)
    case .text(let value): buffer.append(contentsOf: value.utf8)
    case .bytes(let value): buffer.append(contentsOf: value)
    case .date(let value): buffer.appendBigEndian(value &- postgresEpochDays)
    case .uuid(let value):
      precondition(value.count == 16, "a uuid has sixteen bytes")
      buffer.append(contentsOf: value)
    case .json(let value):
      buffer.append(1)  // version of jsonb's binary form
      buffer.append(contentsOf: value.utf8)
    case .int64s(let values):
      Self.encodeArray(values.count, of: TypeID.int8, into: &buffer) { index, buffer in
        buffer.appendBigEndian(Int32(8))
        buffer.appendBigEndian(values[index])
      }
    case .int32s(let values):
      Self.encodeArray(values.count, of: TypeID.int4, into: &buffer) { index, buffer in
        buffer.appendBigEndian(Int32(4))
        buffer.appendBigEndian(values[index])
      }
    case .texts(let values):
      Self.encodeArray(values.count, of: TypeID.text, into: &buffer) { index, buffer in
        buffer.appendBigEndian(Int32(values[index].utf8.count))
        buffer.append(contentsOf: values[index].utf8)
      }
    case .optionalTexts(let values):
      Self.encodeArray(values.count, of: TypeID.text, nulls: true, into: &buffer) { index, buffer in
        guard let value = values[index] else { return buffer.appendBigEndian(Int32(-1)) }
        buffer.appendBigEndian(Int32(value.utf8.count))
        buffer.append(contentsOf: value.utf8)
      }
    case .byteStrings(let values):
      Self.encodeArray(values.count, of: TypeID.bytea, into: &buffer) { index, buffer in
        buffer.appendBigEndian(Int32(values[index].count))
        buffer.append(contentsOf: values[index])
      }
    }
    return true
  }

  private static func encodeArray(
    _ count: Int, of type: UInt32, nulls: Bool = false, into buffer: inout [UInt8],
    element: (Int, inout [UInt8]) -> Void
  ) {
    buffer.appendBigEndian(Int32(count == 0 ? 0 : 1))  // dimensions
    buffer.appendBigEndian(Int32(nulls ? 1 : 0))
    buffer.appendBigEndian(type)
    guard count > 0 else { return }
    buffer.appendBigEndian(Int32(count))
    buffer.appendBigEndian(Int32(1))  // lower bound
    for index in 0..<count { element(index, &buffer) }
  }
}

extension [UInt8] {
  mutating func appendBigEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
