import CaseModel
import Foundation
import Intake
import Receiving

/// Measures reading alone: taking a file in, checking every field of every row, and what an import adds.
///
/// `parse_validate` reads every row, checks dates, amounts, codes, accounts and running balances, and
/// reconciles the statements; it keeps no text. `survey` notes besides what keys need; `replay` makes the
/// entries one by one with their keys. The best of three runs each.
struct ParseBench {
  private let options: Options

  init(_ options: Options) { self.options = options }

  func run() async throws {
    let file = try await options.withFile { path in
      Measure.resetPeak()
      let (file, seconds) = try Measure.time { try ReceivedCopy.open(path) }
      report("take_in", seconds, "s")
      report("take_in_peak", Measure.peakMiB(), "MiB")
      return file
    }
    report("file_bytes", file.byteCount, "B")
    report("threads", options.threads, "")
    var reading = ReadingOptions()
    reading.threads = options.threads
    reading.scratch = CopyScratch()
    var rows = 0
    for (name, forImport) in [("parse_validate", false), ("survey", true)] {
      var best = Double.infinity
      var cpu = Double.infinity
      for _ in 0..<3 {
        let before = Measure.processorTime()
        let (survey, seconds) = try Measure.time {
          try surveyStatements(file: file, options: reading, forImport: forImport)
        }
        cpu = min(cpu, Measure.processorTime() - before)
        guard !survey.isRefused else {
          throw BenchError("refused: \(survey.issues.first.map { "\($0.code) \($0.found)" } ?? "")")
        }
        if rows == 0 {
          report("rows", survey.recordsRead, "records")
          report("statements", survey.statements.count, "")
          report("quarantined", survey.quarantinedCount, "records")
        }
        rows = survey.recordsRead
        best = min(best, seconds)
      }
      report(name, best, "s")
      report("\(name)_cpu", cpu, "s of processor time")
      report("\(name)_rate", Double(rows) / best, "rows/s")
      report("\(name)_bandwidth", Double(file.byteCount) / best / 1e6, "MB/s")
      report("\(name)_peak", Measure.peakMiB(), "MiB")
    }
    try replay(file, reading)
    if options.readsWhole {
      let (result, seconds) = Measure.time { readStatements(file: file, options: reading) }
      report("whole", seconds, "s")
      report("whole_rate", Double(result.recordsRead) / seconds, "rows/s")
      report("whole_peak", Measure.peakMiB(), "MiB")
    }
  }

  private func replay(_ file: InputFile, _ reading: ReadingOptions) throws {
    let survey = try surveyStatements(file: file, options: reading, forImport: true)
    let counter = Counter()
    let before = Measure.processorTime()
    let (_, seconds) = try Measure.time { try survey.records(of: file).read(into: counter) }
    report("replay", seconds, "s")
    report("replay_cpu", Measure.processorTime() - before, "s of processor time")
    report("replay_rate", Double(counter.count) / seconds, "entries/s")
    report("replay_peak", Measure.peakMiB(), "MiB")
  }

  private final class Counter: RecordVisitor {
    var count = 0
    func take(_ entry: StatementEntry, of statement: Int) throws { count += 1 }
  }
}
