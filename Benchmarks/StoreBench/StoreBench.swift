import CaseModel
import CaseStore
import Digests
import Foundation
import Intake
import LocalPostgres
import Postgres
import Receiving
import TrailGraph

/// Measures reading, importing and loading against bare binary COPY on the same private server.
///
/// Prints `name value unit` lines. Ratios compare phases of the same run; absolute times are the
/// machine's. Every phase starts after a checkpoint and ends with its commit.
@main
struct StoreBench {
  static func main() async {
    do { try await run() } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(2)
    }
  }

  private static func run() async throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    if options.parsesOnly { return try await ParseBench(options).run() }
    let server = try await BenchServer.start(logsStatements: options.logsStatements)
    do {
      try await options.withFile { path in
        if options.onlyTrail {
          try await measureTrailOnly(path, threads: options.threads, on: server)
        } else {
          try await measure(path, threads: options.threads, on: server)
        }
      }
      try await server.remove()
    } catch {
      try? await server.remove()
      throw error
    }
  }

  /// What one import took, in seconds: reading through, and storing while reading again.
  private struct Times {
    var survey: Double
    var store: Double
    var whole: Double { survey + store }
  }

  private static func measure(_ path: String, threads: Int, on server: BenchServer) async throws {
    Measure.resetPeak()
    let file = try ReceivedCopy.open(path)
    report("file_bytes", file.byteCount, "B")
    // Twice, each time into an empty store, as bare COPY is run twice into an empty table.
    let first = try await importOnce(file, threads, into: server, store: server.spare)
    report("peak", Measure.peakMiB(), "MiB")
    try await server.run("drop database \(BenchServer.spareName)")
    let second = try await importOnce(file, threads, into: server, store: server.app)
    let best = first.whole < second.whole ? first : second
    try await server.analyze()
    let bare = try await BareCopy(server)
    let plain = try await bare.load(indexed: false)
    let indexed = try await bare.load(indexed: true)
    report("bare_copy_plain", plain, "s")
    report("bare_copy", indexed, "s")
    report("survey", best.survey, "s")
    report("import", best.store, "s")
    report("import_ratio", best.store / indexed, "× bare_copy")
    report("import_ratio_plain", best.store / plain, "× bare_copy_plain")
    report("file_to_commit", best.whole, "s")
    report("file_to_commit_ratio", best.whole / indexed, "× bare_copy")

    let store = try await Store(connecting: server.app)
    try await measureTrail(store, server)
    try await measureRepeat(file, store)
  }

  private static func measureTrailOnly(
    _ path: String, threads: Int, on server: BenchServer
  ) async throws {
    let file = try ReceivedCopy.open(path)
    _ = try await importOnce(file, threads, into: server, store: server.app)
    try await server.analyze()
    try await measureTrail(try await Store(connecting: server.app), server)
  }

  private static func prepared(_ file: InputFile, _ threads: Int) throws -> ImportInput {
    var reading = ReadingOptions()
    reading.threads = threads
    reading.scratch = CopyScratch()
    let survey = try surveyStatements(file: file, options: reading, forImport: true)
    guard !survey.isRefused, survey.quarantinedCount == 0 else {
      throw BenchError(
        "the file was not read whole: \(survey.issues.first.map { "\($0.code) \($0.found)" } ?? "")"
      )
    }
    var input = ImportInput(
      file: ReceivedFile(
        sha256: file.sha256, name: file.name, byteCount: Int64(file.byteCount),
        format: survey.format, parser: survey.parser),
      content: file, program: "store-bench 1", statements: survey.statements,
      issues: survey.issues, skipped: survey.skippedRecords, recordsRead: survey.recordsRead)
    input.stream = StreamedRecords(
      source: survey.records(of: file), summaries: survey.summaries, accounts: survey.accounts,
      quarantinedCount: 0, recordCount: 0)
    return input
  }

  private static func importOnce(
    _ file: InputFile, _ threads: Int, into server: BenchServer,
    store parameters: ConnectionParameters
  ) async throws -> Times {
    let store = try await Store(connecting: parameters)
    try await server.checkpoint()
    let (input, survey) = try Measure.time { try prepared(file, threads) }
    let before = Measure.processorTime()
    let (stored, seconds) = try await Measure.time { () async throws -> Int in
      try await store.importFile(input).stored
    }
    report("import_cpu", Measure.processorTime() - before, "s of this process's processor time")
    await store.close()
    guard stored + input.skipped == input.recordsRead else {
      throw BenchError("\(stored) entries stored")
    }
    report("rows", stored, "entries")
    return Times(survey: survey, store: seconds)
  }

  private static func measureTrail(_ store: Store, _ server: BenchServer) async throws {
    var bare = Double.infinity
    var load = Double.infinity
    var trail: Trail?
    for _ in 0..<3 {
      bare = min(bare, try await server.copyTrailColumnsOut())
      trail = nil
      let (made, seconds) = try await Measure.time {
        try await store.loadTrail().trail
      }
      trail = made
      load = min(load, seconds)
    }
    report("trail_copy_out", bare, "s")
    report("trail_load", load, "s")
    report("trail_ratio", load / bare, "× trail_copy_out")
    report("edges", trail?.edgeCount ?? 0, "")
    report("bytes_per_edge", trail.map(Measure.bytesPerEdge) ?? 0, "B")
    trail = nil
    let before = Measure.currentMiB()
    Measure.resetPeak()
    _ = try await store.loadTrail()
    report("trail_load_peak", Measure.peakMiB() - before, "MiB more than before")
    try await measureSnapshot(store, server)
  }

  private static func measureSnapshot(_ store: Store, _ server: BenchServer) async throws {
    let path = server.folder + "/bench.trail"
    _ = try await store.trail(keptAt: path)
    let (kept, seconds) = try await Measure.time { try await store.trail(keptAt: path) }
    guard kept.means == .mapped else { throw BenchError("the snapshot was not mapped") }
    report("trail_map", seconds, "s, every checksum computed")
  }

  /// The same entries in a file of other bytes: every one is known.
  private static func measureRepeat(_ file: InputFile, _ store: Store) async throws {
    let bytes = file.bytes + [0x0A]
    let again = InputFile(name: "again", sha256: ContentHash(of: bytes), bytes: bytes)
    let input = try prepared(again, 1)
    let (known, seconds) = try await Measure.time { () async throws -> Int in
      try await store.importFile(input).known
    }
    report("import_known", seconds, "s")
    report("known", known, "entries")
  }
}

struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
