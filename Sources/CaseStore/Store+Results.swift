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
