import CaseModel
import Foundation
import TrailGraph

/// Asks the questions of performance.md §2 of a transfers file and prints `name value unit` lines.
///
/// Counts are exact and must equal every other engine's on the same file. Times are seconds by the
/// clock, whatever a question prepares for itself (an index, its marks) included.
@main
struct TrailBench {
  static func main() async {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      try await TrailBench(options: options).run()
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(2)
    }
  }

  let options: Options
  private static let day: Int64 = 86_400

  func run() async throws {
    let trail = try load()
    if options.asks("ego3") { ego(trail) }
    await count("fan_in_5_24h", FanCount(.into, counterparties: 5, window: Self.day), in: trail)
    await count("fan_out_5_24h", FanCount(.outOf, counterparties: 5, window: Self.day), in: trail)
    await count("pass_through_3", PassThroughCount(), in: trail)
    await count("scatter_gather_3_7d", ScatterGatherCount(), in: trail)
    await cycles("cycles_1d", days: 1, in: trail)
    await cycles("cycles_7d", days: 7, in: trail)
    if options.asks("reach_100") { await reach(trail) }
    if options.asks("stream_all") { try StreamBench.counts(of: trail) }
    if options.asks("stream_findings") { try StreamBench.findings(in: trail) }
    if options.asks("live") { try LiveBench.run(of: trail) }
    if options.writesSnapshot { try SnapshotBench.run(trail) }
    if options.runsDetectors { try await DetectorBench.run(trail, options: options) }
    report("peak", Measure.peak, "MiB")
    if options.usesDatabase { try DatabaseBench.run(file: options.file) }
  }

  private func load() throws -> Trail {
    let before = Measure.memory("VmRSS")
    let (trail, seconds) = try Measure.time {
      try TransferFile(bytes: Self.bytes(of: options.file), name: options.file).trail()
    }
    report("load", seconds, "s")
    report("load_peak", Measure.peak, "MiB")
    report("edges", trail.edgeCount)
    report("accounts", trail.accountCount)
    guard trail.edgeCount > 0 else { throw BenchError("\(options.file) holds no transfers") }
    // As the peers' scripts have it: what the process holds more than before, names and what the
    // allocator keeps in hand included. The columns alone are stated beside it, by declared width.
    let edges = Double(trail.edgeCount)
    report("bytes_per_edge", Double(Measure.memory("VmRSS") - before) / edges, "B")
    report("load_peak", Double(Measure.memory("VmHWM") - before) / edges, "B")
    report("bytes_per_edge_columns", 39 + 8 * Double(trail.accountCount + 2) / edges, "B")
    return trail
  }

  /// A whole file, read once into the place where it is parsed.
  private static func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb"), fseek(file, 0, SEEK_END) == 0 else {
      throw BenchError("\(path) cannot be read; name a transfers file")
    }
    defer { fclose(file) }
    let length = max(0, ftell(file))
    rewind(file)
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { room, count in
      count = fread(room.baseAddress, 1, length, file)
    }
    guard bytes.count == length else { throw BenchError("\(path) could not be read to its end") }
    return bytes
  }

  private func count<Question: TrailQuestion>(
    _ name: String, _ question: Question, in trail: Trail
  ) async where Question.Answer == Int {
    guard options.asks(name) else { return }
    report(name + "_count", await answer(name, question, in: trail))
  }

  /// Asks a question, reports its time (the quickest of `--repeat`) and gives its answer.
  private func answer<Question: TrailQuestion>(
    _ name: String, _ question: Question, in trail: Trail
  ) async -> Question.Answer {
    var (found, seconds) = await Measure.time {
      await trail.answer(question, threads: options.threads)
    }
    for _ in 1..<options.repeats {
      let again = await Measure.time { await trail.answer(question, threads: options.threads) }
      (found, seconds) = (again.0, min(seconds, again.1))
    }
    report(name, seconds, "s")
    return found
  }

  private func cycles(_ name: String, days: Int64, in trail: Trail) async {
    guard options.asks(name) else { return }
    let search = Trail.CycleSearch(lengths: 2...6, window: days * Self.day)
    let found = await answer(name, CycleCount(search), in: trail)
    for (length, count) in zip(search.lengths, found.counts) {
      report("\(name)_count_\(length)", count)
    }
    guard let truncation = found.end.truncation else { return }
    print("#", name, truncation)
    for (length, most) in zip(search.lengths, found.atMost) {
      report("\(name)_at_most_\(length)", most)
    }
  }

  private func ego(_ trail: Trail) {
    let centres = chosen(50, seed: 11, in: trail)
    var walker = TrailWalker(trail)
    // The peers warm up with the first centre as well.
    if let first = centres.first { _ = walker.neighbourhood(of: first, hops: 3) }
    var spent: [Double] = []
    var vertices = 0
    for centre in centres {
      let seconds = Measure.time { _ = walker.neighbourhood(of: centre, hops: 3) }.1
      vertices += walker.accounts.count
      spent.append(seconds * 1000)
    }
    spent.sort()
    report("ego3_mean", spent.reduce(0, +) / Double(max(1, spent.count)), "ms")
    report("ego3_p95", Measure.percentile(95, of: spent), "ms")
    report("ego3_vertices", vertices)
  }

  private func reach(_ trail: Trail) async {
    let seeds = chosen(100, seed: 7, in: trail)
    guard let first = trail.time.min(), let last = trail.time.max() else { return }
    let question = ReachCount(seeds: seeds, after: first - 1, through: last)
    report("reach_100_count", await answer("reach_100", question, in: trail))
  }

  /// Accounts that send at least once, the same ones the peers' scripts take.
  private func chosen(_ count: Int, seed: UInt32, in trail: Trail) -> [Int32] {
    var numbers: [Int64: Int32] = [:]
    for account in 0..<Int32(trail.accountCount) where !trail.outgoing(of: account).isEmpty {
      guard let number = Int64(trail.names.labels[Int(account)]) else { continue }
      numbers[number] = account
    }
    var draw = PeerSeeds(seed: seed)
    return draw.choose(count, of: numbers.keys.sorted()).compactMap { numbers[$0] }
  }
}
