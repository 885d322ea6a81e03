import CaseModel
import CaseStore
import Digests
import Foundation
import Intake
import LocalPostgres
import Postgres
import TrailGraph

/// Measures reading, importing and loading against bare binary COPY on the same private server.
///
/// Prints `name value unit` lines. Ratios compare phases of the same run; absolute times are the
/// machine's. Every phase starts after a checkpoint and ends with its commit.
@main
struct StoreBench {
  static func main() async throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    if options.parsesOnly { return try ParseBench(options).run() }
    let file = try options.inputFile()
    report("file_bytes", file.byteCount, "B")
    let read = try parse(file)
    let server = try await BenchServer.start(logsStatements: options.logsStatements)
    do {
      try await measure(file, read, on: server)
      try await server.remove()
    } catch {
      try? await server.remove()
      throw error
    }
  }

  private static func parse(_ file: InputFile) throws -> ReadResult {
    Measure.resetPeak()
    let (result, seconds) = Measure.time { readStatements(file: file) }
    guard !result.isRefused, result.quarantined.isEmpty else {
      throw BenchError(
        "the file was not read whole: \(result.issues.first.map { "\($0.code) \($0.found)" } ?? "")"
      )
    }
    report("rows", result.recordsRead, "entries")
    report("statements", result.statements.count, "")
    report("parse_validate", seconds, "s")
    report("parse_validate_rate", Double(result.recordsRead) / seconds, "rows/s")
    report("parse_peak", Measure.peakMiB(), "MiB")
    return result
  }

  private static func measure(
    _ file: InputFile, _ read: ReadResult, on server: BenchServer
  ) async throws {
    // Twice, each time into an empty store, as bare COPY is run twice into an empty table.
    let first = try await importOnce(file, read, into: server, store: server.spare)
    let peak = Measure.peakMiB()
    try await server.run("drop database \(BenchServer.spareName)")
    let second = try await importOnce(file, read, into: server, store: server.app)
    let importSeconds = min(first, second)
    let store = try await Store(connecting: server.app)
    report("peak", peak, "MiB")
    try await server.analyze()

    let bare = try await BareCopy(server)
    let plain = try await bare.load(indexed: false)
    let indexed = try await bare.load(indexed: true)
    report("bare_copy_plain", plain, "s")
    report("bare_copy", indexed, "s")
    report("import", importSeconds, "s")
    report("import_ratio", importSeconds / indexed, "× bare_copy")
    report("import_ratio_plain", importSeconds / plain, "× bare_copy_plain")

    try await measureTrail(store, server)
    try await measureRepeat(file, read, store)
  }

  private static func importOnce(
    _ file: InputFile, _ read: ReadResult, into server: BenchServer,
    store parameters: ConnectionParameters
  ) async throws -> Double {
    let store = try await Store(connecting: parameters)
    try await server.checkpoint()
    let (stored, seconds) = try await Measure.time { () async throws -> Int in
      let input = ImportInput(
        file: ReceivedFile(
          sha256: file.sha256, name: file.name, byteCount: Int64(file.byteCount),
          format: read.format, parser: read.parser),
        bytes: file.bytes, program: "store-bench 1", statements: read.statements,
        issues: read.issues, skipped: read.skippedRecords, recordsRead: read.recordsRead)
      return try await store.importFile(input).stored
    }
    await store.close()
    guard stored == read.recordsRead else { throw BenchError("\(stored) entries stored") }
    return seconds
  }

  private static func measureTrail(_ store: Store, _ server: BenchServer) async throws {
    var bare = Double.infinity
    var load = Double.infinity
    var trail: Trail?
    for _ in 0..<3 {
      bare = min(bare, try await server.copyTrailColumnsOut())
      trail = nil
      let (made, seconds) = try await Measure.time {
        Trail(of: try await store.loadTrailColumns())
      }
      trail = made
      load = min(load, seconds)
    }
    report("trail_copy_out", bare, "s")
    report("trail_load", load, "s")
    report("trail_ratio", load / bare, "× trail_copy_out")
    report("edges", trail?.edgeCount ?? 0, "")
    report("bytes_per_edge", trail.map(Measure.bytesPerEdge) ?? 0, "B")
  }

  /// The same entries in a file of other bytes: every one is known.
  private static func measureRepeat(
    _ file: InputFile, _ read: ReadResult, _ store: Store
  ) async throws {
    let bytes = file.bytes + [0x0A]
    let (known, seconds) = try await Measure.time { () async throws -> Int in
      try await store.importFile(
        ImportInput(
          file: ReceivedFile(
            sha256: ContentHash(of: bytes), name: "again.csv", byteCount: Int64(bytes.count),
            format: read.format, parser: read.parser),
          bytes: bytes, program: "store-bench 1", statements: read.statements,
          recordsRead: read.recordsRead - read.skippedRecords)
      ).known
    }
    report("import_known", seconds, "s")
    report("known", known, "entries")
  }
}

struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
