public import CaseModel
import Digests
import Foundation
import Postgres
public import TrailGraph

/// A screening of everything, as the store keeps it.
public struct KeptScreening: Hashable, Sendable, Codable {
  /// What one detector said. Its findings are kept by themselves.
  public struct Part: Hashable, Sendable, Codable {
    public let detector: String
    public let findings: [FindingCode]
    public let notApplicable: String?
    public let truncation: String?

    public init(
      detector: String, findings: [FindingCode], notApplicable: String?, truncation: String?
    ) {
      self.detector = detector
      self.findings = findings
      self.notApplicable = notApplicable
      self.truncation = truncation
    }
  }

  /// The store and the records that were screened: the fields of `TrailOrigin`.
  public let store: String
  public let lastEntry: Int64
  public let importCount: Int64
  public let imports: String
  public let lastPair: Int64
  public let changes: Int64
  /// The jurisdiction profile and its version, and each detector's version and parameters, as one hash.
  public let settings: ContentHash
  public let parts: [Part]

  public init(of origin: TrailOrigin, settings: ContentHash, parts: [Part]) {
    store = origin.store
    lastEntry = origin.lastEntry
    importCount = origin.importCount
    imports = origin.imports
    lastPair = origin.lastPair
    changes = origin.changes
    self.settings = settings
    self.parts = parts
  }

  /// `SC-` and twelve digits over the records and the settings: the same screening has the same code.
  public var code: String {
    let text = [
      store, "\(lastEntry)", "\(importCount)", imports, "\(lastPair)", "\(changes)", settings.hex,
    ].joined(separator: "\n")
    return "SC-" + ContentHash(of: text).hex.prefix(12)
  }
}

extension Store {
  /// Keeps a screening; the same again adds nothing.
  public func saveScreening(_ screening: KeptScreening) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let document = String(decoding: try encoder.encode(screening), as: UTF8.self)
    try await pool.withSession { session in
      _ = try session.execute(
        sql("insert_screening"),
        [.text(screening.code), .bytes(screening.settings.bytes), .json(document)])
    }
  }

  /// The newest screening with these settings of records that all still stand; nil when there is none, or
  /// when something was withdrawn, restored or read otherwise since.
  public func lastScreening(
    settings: ContentHash, before origin: TrailOrigin
  ) async throws -> KeptScreening? {
    try await pool.withSession { session in
      let found = try session.query(sql("last_screening"), [.bytes(settings.bytes)]) { row in
        try JSONDecoder().decode(
          KeptScreening.self, from: Data(try row.get(0, as: String.self).utf8))
      }
      guard let last = found.first, last.store == origin.store, last.changes == origin.changes,
        last.lastEntry <= origin.lastEntry, last.lastPair <= origin.lastPair,
        last.importCount <= origin.importCount
      else { return nil }
      let earlier = try session.first(sql("trail_origin"), [.int64(last.importCount)]) {
        try $0.get(7, as: String.self)
      }
      return earlier == last.imports ? last : nil
    }
  }

  /// Findings by their codes, in the order given.
  /// - Throws: `StoreError.unknownSource` when one is missing.
  public func findings(_ codes: [FindingCode]) async throws -> [Finding] {
    let found = try await pool.withSession { session in
      try session.query(sql("list_findings"), [.texts(codes.map(\.text))]) { row in
        try JSONDecoder().decode(Finding.self, from: Data(try row.get(0, as: String.self).utf8))
      }
    }
    guard found.count == codes.count else {
      throw StoreError.unknownSource("a finding of a screening")
    }
    return found
  }

  /// Accounts that anything recorded since a screening speaks of.
  public func accountsTouched(since screening: KeptScreening) async throws -> Set<AccountID> {
    try await pool.withSession { session in
      Set(
        try session.query(
          sql("list_touched_accounts"),
          [
            .int64(screening.lastEntry), .int64(screening.importCount), .int64(screening.lastPair),
          ]
        ) { AccountID(try $0.get(0, as: Int64.self)) })
    }
  }
}
