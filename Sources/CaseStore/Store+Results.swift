import CaseModel
import Digests
import Foundation
import Postgres

/// A figure as a document prints it.
public struct PrintedFigure: Sendable, Hashable {
  public let code: FigureCode
  /// The document it stands in: `conviction-file`, `asset-schedule` …
  public let document: String
  public let figure: Figure
  public init(code: FigureCode, document: String, figure: Figure) {
    self.code = code
    self.document = document
    self.figure = figure
  }
}

extension Store {
  /// Keeps findings under codes made from detector, parameters and the content keys of their entries.
  ///
  /// The same finding again adds nothing.
  /// - Returns: the codes, in the order given.
  /// - Throws: `StoreError.unknownSource` when an entry is not in the store.
  @discardableResult
  public func saveFindings(_ findings: [Finding], matter: MatterCode?) async throws
    -> [FindingCode]
  {
    try await pool.withSession { session in
      try session.transaction {
        try findings.map { finding in
          let code = try Self.code(of: finding, session)
          let added = try session.execute(
            sql("insert_finding"),
            [
              .text(code.text), .optional(matter?.text), .text(finding.detector),
              .int32(Int32(finding.version)), .json(storable(try Self.encoded(finding))),
            ])
          if added > 0 {
            try session.execute(
              sql("insert_finding_entries"),
              [.text(code.text), .int64s(finding.entries.map(\.value))])
          }
          return code
        }
      }
    }
  }

  /// The content keys, 32 hexadecimal digits, by which entries are named outside the store.
  ///
  /// - Complexity: O(*n*), 10,000 entries a query.
  public func entryKeys(_ entries: [EntryID]) async throws -> [EntryID: String] {
    let wanted = Array(Set(entries)).sorted()
    return try await pool.withSession { session in
      var keys: [EntryID: String] = [:]
      for start in stride(from: 0, to: wanted.count, by: 10_000) {
        let part = wanted[start..<min(start + 10_000, wanted.count)]
        for (id, key) in try session.query(
          sql("entry_keys"), [.int64s(part.map(\.value))],
          row: { (try $0.get(0, as: Int64.self), try $0.get(1, as: [UInt8].self)) })
        { keys[EntryID(id)] = hexadecimal(key) }
      }
      return keys
    }
  }

  private static func code(of finding: Finding, _ session: Session) throws -> FindingCode {
    var keys: [Int64: String] = [:]
    for (id, key) in try session.query(
      sql("entry_keys"), [.int64s(finding.entries.map(\.value))],
      row: { (try $0.get(0, as: Int64.self), try $0.get(1, as: [UInt8].self)) })
    {
      keys[id] = hexadecimal(key)
    }
    var parts = [finding.detector, String(finding.version)]
    parts += finding.parameters.map { "\($0.name)=\($0.value)/\($0.limit)" }
    for entry in finding.entries {
      guard let key = keys[entry.value] else {
        throw StoreError.unknownSource("finding \(finding.detector)")
      }
      parts.append(key)
    }
    let hash = ContentHash(of: parts.joined(separator: "\n"))
    return FindingCode("\(finding.detector)-\(hash.hex.prefix(12))")
  }

  /// Keeps the figures of a document with every source, so that `explain` can follow them.
  /// - Throws: `StoreError.unknownSource` when a source is no file of the store.
  public func saveFigures(_ figures: [PrintedFigure], matter: MatterCode?) async throws {
    try await pool.withSession { session in
      try session.transaction {
        for printed in figures {
          let figure = printed.figure
          let added = try session.execute(
            sql("insert_figure"),
            [
              .text(printed.code.text), .text(printed.document), .optional(matter?.text),
              .int64(figure.amount.minorUnits), .text(figure.amount.currency.code),
              .int32(Int32(figure.amount.currency.exponent)), .text(storable(figure.label)),
              .text(storable(figure.derivation)),
            ])
          guard added > 0 else { continue }
          let sources = figure.sources
          let kept = try session.execute(
            sql("insert_figure_sources"),
            [
              .text(printed.code.text), .byteStrings(sources.map(\.file.bytes)),
              .texts(sources.map { storable($0.label) }),
              .texts(sources.map { storable($0.locator.text) }),
              .int64s(sources.map(\.locator.ordinal)),
              .int64s(sources.map { $0.entry?.value ?? 0 }),
            ])
          guard kept == sources.count else {
            throw StoreError.unknownSource("figure \(printed.code)")
          }
        }
      }
    }
  }

  /// Keeps a run's manifest (JSON) under its hash.
  public func saveRun(manifest: String, hash: ContentHash, matter: MatterCode) async throws {
    _ = try await pool.withSession { session in
      try session.execute(
        sql("insert_run"), [.bytes(hash.bytes), .text(matter.text), .json(storable(manifest))])
    }
  }

  /// Records what a person decided about a finding, entry, pair or figure, with author and time.
  public func decide(
    _ subject: String, verdict: String, reason: String, author: String
  ) async throws {
    _ = try await pool.withSession { session in
      try session.execute(
        sql("insert_decision"), [.text(subject), .text(verdict), .text(reason), .text(author)])
    }
  }
}
