import CaseModel
import Foundation
import Postgres

/// How something printed came about, down to file, line and hash.
public struct Explanation: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Codable { case figure, finding, entry }

  /// One place it rests on.
  public struct Place: Sendable, Hashable, Codable {
    public let source: SourceRef
    /// The line itself with identities masked; nil when the place is no line of text.
    public let text: String?
    /// The file's bytes still have the hash that is cited.
    public let hashHolds: Bool
  }

  public let code: String
  public let kind: Kind
  public let title: String
  /// The amount of a figure or an entry.
  public let amount: Money?
  public let derivation: String
  /// The document a figure stands in.
  public let document: String?
  public let places: [Place]
}

extension Store {
  /// Explains a figure (`F-…`), a finding (`ST-01-…`) or an entry (its 32-digit key).
  /// - Throws: `StoreError.unknownCode`.
  public func explain(_ code: String) async throws -> Explanation {
    try await pool.withSession { session in
      try session.transaction("begin isolation level repeatable read read only") {
        if let found = try Self.explainFigure(session, code) { return found }
        if let found = try Self.explainFinding(session, code) { return found }
        if let found = try Self.explainEntry(session, code) { return found }
        throw StoreError.unknownCode(code)
      }
    }
  }

  private static func explainFigure(_ session: Session, _ code: String) throws -> Explanation? {
    try session.first(sql("find_figure"), [.text(code)]) { row in
      let currencyCode = try row.get(2, as: String.self)
      let exponent = Int(try row.get(3, as: Int32.self))
      let currency = Currency(iso: currencyCode).flatMap { $0.exponent == exponent ? $0 : nil }
      return Explanation(
        code: code, kind: .figure, title: try row.get(4),
        amount: Money(
          minorUnits: try row.get(1),
          currency: currency ?? Currency(asset: currencyCode, exponent: exponent)),
        derivation: try row.get(5), document: try row.get(0),
        places: try places(session, sql("figure_sources"), .text(code)))
    }
  }

  private static func explainFinding(_ session: Session, _ code: String) throws -> Explanation? {
    let document = try session.first(sql("find_finding"), [.text(code)]) {
      try $0.get(0, as: String.self)
    }
    guard let document else { return nil }
    let finding = try JSONDecoder().decode(Finding.self, from: Data(document.utf8))
    let measures = (finding.parameters + finding.measures).map {
      "\($0.name) \($0.value) (limit \($0.limit))"
    }
    return Explanation(
      code: code, kind: .finding, title: finding.title, amount: nil,
      derivation: finding.sentence + " " + measures.joined(separator: "; "), document: nil,
      places: try places(
        session, sql("entry_sources"), .int64s(finding.entries.map(\.value))))
  }

  private static func explainEntry(_ session: Session, _ code: String) throws -> Explanation? {
    let digits = Array(code.utf8)
    guard digits.count == 32, let padded = ContentHash(hex: code + code) else { return nil }
    let currencies = try CurrencyTable(session)
    return try session.first(sql("find_entry"), [.uuid(Array(padded.bytes.prefix(16)))]) { row in
      let id = try row.get(0, as: Int64.self)
      let day = try row.day(3)
      return Explanation(
        code: code, kind: .entry, title: "entry" + (day.map { " booked on \($0)" } ?? ""),
        amount: Money(minorUnits: try row.get(1), currency: try currencies.currency(row.get(2))),
        derivation: "as read", document: nil,
        places: try places(session, sql("entry_sources"), .int64s([id])))
    }
  }

  private static func places(
    _ session: Session, _ query: Query, _ value: SQLValue
  ) throws -> [Explanation.Place] {
    struct Found {
      let file: Int64
      let source: SourceRef
      let byteOffset: Int64?
    }
    let found = try session.query(query, [value]) { row in
      Found(
        file: try row.get(0),
        source: SourceRef(
          file: try row.hash(1), label: try row.get(2),
          locator: Locator(text: try row.get(3), ordinal: try row.get(4)),
          entry: try row.getIfPresent(5, as: Int64.self).map { EntryID($0) }),
        byteOffset: try row.getIfPresent(6))
    }
    var holds: [Int64: Bool] = [:]
    return try found.map { place in
      if holds[place.file] == nil {
        let now = try session.first(sql("file_hash"), [.int64(place.file)]) { try $0.hash(0) }
        holds[place.file] = now == place.source.file
      }
      let locator = place.source.locator
      var text: String?
      if let offset = place.byteOffset {
        text = try session.first(sql("file_excerpt"), [.int64(place.file), .int64(offset)]) {
          try $0.getIfPresent(0, as: String.self)
        }.flatMap { $0 }
      } else if locator == .line(Int(locator.ordinal)) {
        text = try session.first(
          sql("file_line"), [.int64(place.file), .int64(locator.ordinal)]
        ) { try $0.getIfPresent(0, as: String.self) }.flatMap { $0 }
      }
      return Explanation.Place(
        source: place.source, text: text, hashHolds: holds[place.file] ?? false)
    }
  }
}
