import CaseModel
import Detection
import Legislation
import TrailGraph

/// The transfers of a trail once more, as they would have come: in order of time, 2,048 at a time.
enum StreamBench {
  static let batchSize = 2_048

  /// Every question of the stream at once: `stream_all` transfers/s, milliseconds of the 99th of 100 batches,
  /// and the most that was held between two batches.
  static func counts(of trail: Trail) throws {
    var stream = StreamCounter(.usual, accountLimit: max(1, trail.accountCount))
    var sum = StreamCounts(of: .usual)
    var spent: [Double] = []
    var most = 0
    let batches = batches(of: trail)
    let before = Measure.processorTime()
    for batch in batches {
      let (counts, seconds) = try Measure.time { try stream.append(batch) }
      sum += counts
      spent.append(seconds)
      most = max(most, stream.stateBytes)
    }
    let (counts, seconds) = Measure.time { stream.finish() }
    sum += counts
    spent.append(seconds)
    report(
      "stream_all_cpu", Double(trail.edgeCount) / (Measure.processorTime() - before),
      "transfers/s of processor time")
    report("stream_all", Double(trail.edgeCount) / spent.reduce(0, +), "transfers/s")
    spent.sort()
    report("stream_all_p99", Measure.percentile(99, of: spent) * 1_000, "ms")
    report("stream_all_slowest", (spent.last ?? 0) * 1_000, "ms")
    report("stream_state", Double(most) / 1_048_576, "MiB")
    report("stream_fan_in_5_24h_count", sum.fans[0])
    report("stream_fan_out_5_24h_count", sum.fans[1])
    report("stream_pass_through_3_count", sum.passThrough[0])
    report("stream_scatter_gather_3_7d_count", sum.scatterGather[0])
    for (length, count) in zip(sum.cycles[0].lengths, sum.cycles[0].counts) {
      report("stream_cycles_7d_count_\(length)", count)
    }
    if let truncation = sum.cycles[0].end.truncation { print("# stream_cycles_7d", truncation) }
  }

  /// The detectors that can work in a stream: `stream_findings` transfers/s, and what was found by each. Made-up
  /// law: a threshold of 10,000 units in each currency with two decimals.
  static func findings(in trail: Trail) throws {
    let law = Law(
      profile: "bench", title: "made up for measuring", version: "1",
      cashReportingThresholds: trail.names.currencies.filter { $0.exponent == 2 }.map {
        (
          from: CivilDate(dayNumber: 0), amount: Money(minorUnits: 1_000_000, currency: $0),
          citation: Citation("made up", confidence: .low)
        )
      })
    var stream = StreamScreening(names: trail.names, under: law)
    var found: [String: Int] = [:]
    var spent: [Double] = []
    var worked: [Double] = []
    var most = 0
    let batches = batches(of: trail)
    let before = Measure.processorTime()
    for batch in batches {
      let start = Measure.threadTime()
      let (findings, seconds) = try Measure.time { try stream.append(batch) }
      worked.append(Measure.threadTime() - start)
      for finding in findings { found[finding.detector, default: 0] += 1 }
      spent.append(seconds)
      most = max(most, stream.stateBytes)
    }
    let (findings, seconds) = Measure.time { stream.finish() }
    for finding in findings { found[finding.detector, default: 0] += 1 }
    report(
      "stream_findings_cpu", Double(trail.edgeCount) / (Measure.processorTime() - before),
      "transfers/s of processor time")
    report(
      "stream_findings", Double(trail.edgeCount) / (spent.reduce(0, +) + seconds), "transfers/s")
    spent.sort()
    report("stream_findings_p99", Measure.percentile(99, of: spent) * 1_000, "ms")
    worked.sort()
    report("stream_findings_p99_cpu", Measure.percentile(99, of: worked) * 1_000, "ms")
    report("stream_findings_slowest_cpu", (worked.last ?? 0) * 1_000, "ms")
    report("stream_findings_slowest", (spent.last ?? 0) * 1_000, "ms")
    report("stream_findings_finish", seconds * 1_000, "ms")
    report("stream_findings_state", Double(most) / 1_048_576, "MiB")
    for detector in stream.run {
      report("stream_findings_\(detector)_count", found[detector] ?? 0)
    }
    let left = stream.notRun.map(\.detector).sorted().joined(separator: " ")
    print("# stream_findings does not run", left)
    for (name, count) in stream.cuts.sorted(by: { $0.key < $1.key }) {
      print("# stream_findings", name, "reached back beyond what is held:", count)
    }
    for (name, count) in stream.truncations.sorted(by: { $0.key < $1.key }) {
      print("# stream_findings", name, "stopped at a bound:", count)
    }
    // The same detectors over everything at once must find as many.
    let scene = Scene(trail, under: law)
    for detector in DetectionCatalogue.all where stream.run.contains(detector.id) {
      let (result, seconds) = Measure.time { detector.findings(in: scene) }
      report("whole_findings_\(detector.id)", seconds, "s")
      report("whole_findings_\(detector.id)_count", result.findings.count)
    }
  }

  /// Made before anything is timed.
  static func batches(of trail: Trail) -> [TransferColumns] {
    let order = (0..<trail.edgeCount).sorted {
      (trail.time[$0], trail.entry[$0]) < (trail.time[$1], trail.entry[$1])
    }
    return stride(from: 0, to: order.count, by: batchSize).map { start in
      var columns = TransferColumns()
      columns.reserve(batchSize)
      for edge in order[start..<min(start + batchSize, order.count)] {
        columns.append(
          source: trail.source[edge], destination: trail.destination[edge], time: trail.time[edge],
          hasTimeOfDay: trail.hasTimeOfDay(edge), amountMinor: trail.amountMinor[edge],
          currency: trail.currency[edge], channel: UInt8(trail.channelNumber(edge)),
          entry: trail.entry[edge])
      }
      return columns
    }
  }
}
