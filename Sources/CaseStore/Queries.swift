import CaseModel
import Digests
import Postgres
import SQLScripts

/// The query of a file under `sql/queries`.
func sql(_ name: StaticString) -> Query {
  let script = SQL.query(name)
  return Query(name: script.name, text: script.text)
}

// How the store's columns become values. Everything else in this target reads rows through these.
extension Row {
  func day(_ column: Int) throws -> CivilDate? {
    try getIfPresent(column, as: DayNumber.self).map { CivilDate(dayNumber: $0.value) }
  }

  func hash(_ column: Int) throws -> ContentHash {
    guard let hash = ContentHash(hex: hexadecimal(try get(column, as: [UInt8].self))) else {
      throw RowError(operation: operation, column: String(column), problem: "is no SHA-256")
    }
    return hash
  }

  func id<Kind>(_ column: Int) throws -> Number<Kind> { Number(try get(column, as: Int64.self)) }
}

extension ContentHash {
  /// The 32 bytes.
  var bytes: [UInt8] {
    let digits = Array(hex.utf8)
    func value(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : digit - 0x57 }
    return stride(from: 0, to: 64, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
  }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// PostgreSQL text cannot hold U+0000; it is shown as its escape, so that nothing is dropped.
func storable(_ text: String) -> String {
  guard text.utf8.contains(0) else { return text }
  return text.split(separator: "\0", omittingEmptySubsequences: false).joined(separator: "\\u{0}")
}

func storable(_ text: String?) -> String? { text.map { storable($0) } }

/// Currencies of the store by code and by number.
struct CurrencyTable: Sendable {
  private(set) var byCode: [String: Currency] = [:]
  private(set) var byNumber: [UInt16: Currency] = [:]

  init(_ session: Session) throws {
    for (number, currency) in try session.query(
      sql("list_currencies"),
      row: { row in
        let code = try row.get(1, as: String.self)
        let exponent = Int(try row.get(2, as: Int32.self))
        let iso = Currency(iso: code)
        return (
          UInt16(clamping: try row.get(0, as: Int32.self)),
          iso?.exponent == exponent
            ? iso ?? Currency(asset: code, exponent: exponent)
            : Currency(asset: code, exponent: exponent)
        )
      })
    {
      byCode[currency.code] = currency
      byNumber[number] = currency
    }
  }

  func currency(_ code: String) throws -> Currency {
    guard let currency = byCode[code] else { throw StoreError.unknownSource("currency \(code)") }
    return currency
  }

  /// Makes currencies known, in code order.
  /// - Throws: `StoreError.currencyMismatch` when a code has two exponents.
  static func register(_ currencies: Set<Currency>, _ session: Session) throws {
    let sorted = currencies.sorted()
    for (a, b) in zip(sorted, sorted.dropFirst()) where a.code == b.code {
      throw StoreError.currencyMismatch(code: a.code)
    }
    try session.execute(
      sql("upsert_currencies"),
      [.texts(sorted.map(\.code)), .int32s(sorted.map { Int32($0.exponent) })])
    let known = try CurrencyTable(session)
    for currency in sorted where known.byCode[currency.code] != currency {
      throw StoreError.currencyMismatch(code: currency.code)
    }
  }
}
