import CaseModel
import Digests
import Foundation
import Postgres

/// A tracing run as the store keeps it.
public struct KeptRun: Sendable, Hashable, Codable {
  /// `R-` and twelve digits of the hash.
  public let code: RunCode
  /// The hash of the record's text, which the store checks.
  public let sha256: ContentHash
  /// With the identities of protected persons replaced.
  public let record: TracingRecord
  /// When it was first kept, as the server wrote it down. No part of the record.
  public let storedAt: String
}

/// A line of the list of kept runs.
public struct RunSummary: Sendable, Hashable, Codable {
  public let code: RunCode
  public let matter: MatterCode
  /// The day the matter is stated as of.
  public let asOf: String
  public let ledger: ContentHash
  public let method: String
  /// Who chose the method.
  public let origin: TracingRecord.Origin
  public let sameDayOrder: String
  public let backwardTracing: Bool
  public let storedAt: String
}

extension Store {
  /// Keeps a tracing run under the hash of its record. The same run again changes nothing.
  /// - Returns: its code, the same in every store.
  @discardableResult
  public func saveTracingRun(_ record: TracingRecord) async throws -> RunCode {
    let text = try record.canonicalText()
    let hash = ContentHash(of: text)
    _ = try await pool.withSession { session in
      try session.execute(sql("insert_tracing_run"), [.bytes(hash.bytes), .text(text)])
    }
    return RunCode(of: hash)
  }

  /// The kept runs of a matter, or of all: by matter, its day, method and hash.
  public func tracingRuns(of matter: MatterCode? = nil) async throws -> [RunSummary] {
    try await pool.withSession { session in
      try session.query(sql("list_tracing_runs"), [.optional(matter?.text)]) { row in
        let hash = try row.hash(0)
        let origin: String = try row.get(8)
        return RunSummary(
          code: RunCode(of: hash), matter: MatterCode(try row.get(1)), asOf: try row.get(2),
          ledger: try row.hash(3), method: try row.get(4),
          origin: TracingRecord.Origin(rawValue: origin) ?? .profile,
          sameDayOrder: try row.get(5), backwardTracing: try row.get(6), storedAt: try row.get(7))
      }
    }
  }

  /// The kept run with a code, or with the digits of its hash.
  /// - Throws: `StoreError.unknownRun` when none has it, or more than one has.
  public func tracingRun(_ code: String) async throws -> KeptRun {
    let digits = code.hasPrefix("R-") ? String(code.dropFirst(2)) : code
    guard (12...64).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw StoreError.unknownRun(code) }
    let found = try await pool.withSession { session in
      try session.query(sql("find_tracing_runs"), [.text(digits)], row: Self.keptRun)
    }
    guard let first = found.first, found.count == 1 else { throw StoreError.unknownRun(code) }
    return first
  }

  private static func keptRun(_ row: Row) throws -> KeptRun {
    let hash = try row.hash(0)
    let text: String = try row.get(1)
    return KeptRun(
      code: RunCode(of: hash), sha256: hash,
      record: try JSONDecoder().decode(TracingRecord.self, from: Data(text.utf8)),
      storedAt: try row.get(2))
  }
}
