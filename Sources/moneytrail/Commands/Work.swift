import ArgumentParser
import CaseModel
import CaseStore
import Detection
import Digests
import Foundation
import Investigation
import Tracing

/// `moneytrail detect`: the patterns in a matter's accounts.
struct Detect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the detectors over a matter and keep the findings.",
    discussion: """
      EXAMPLES
        moneytrail detect
        moneytrail detect --matter HS-2026-01 --json

      Each finding lists its entries, parameters, margins and the innocent explanations.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  func run() async throws {
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let investigation = try await CaseWork(store).investigation(
      of: code, request: .init(programVersion: ProgramVersion.text))
    let results = investigation.detection()
    let codes = try await store.saveFindings(results.flatMap(\.findings), matter: code)
    await store.close()
    if options.json {
      try Terminal.json(Report(matter: code, results: results, codes: codes))
    } else {
      Terminal.out(CaseText.findings(results, in: investigation.caseFile, codes: codes))
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-detect/1"
    let matter: MatterCode
    let results: [DetectionResult]
    /// The codes of all findings, in the order of `results`.
    let codes: [FindingCode]
  }
}

/// `moneytrail trace`: follows the tainted value by one method.
struct Trace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow the tainted value by a named method, with the others beside it.",
    discussion: """
      EXAMPLES
        moneytrail trace --method libr
        moneytrail trace --matter HS-2026-01 --method fifo --same-day credits_first --json
        moneytrail trace --examples worked-examples.json --json

      --examples needs no database: it runs a file of worked examples and prints what the engine gives.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  @Option(help: "The method; the profile's default when not given.")
  var method: String?

  @Option(
    name: .customLong("same-day"),
    help: "The order of one day's entries: bank_sequence, credits_first, debits_first.")
  var sameDay = SameDayOrder.bankSequence.rawValue

  @Flag(help: "Follow proceeds back through debt where co-ordination is recorded.")
  var backward = false

  @Option(help: "A file of worked examples to run instead of a matter.")
  var examples: String?

  func run() async throws {
    if let examples {
      try runExamples(examples)
      return
    }
    guard let order = SameDayOrder(rawValue: sameDay) else {
      throw ProgramError(
        .usage,
        "--same-day \(sameDay): unknown — choose "
          + SameDayOrder.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let investigation = try await CaseWork(store).investigation(
      of: code,
      request: .init(
        method: method, sameDayOrder: order, backwardTracing: backward,
        programVersion: ProgramVersion.text))
    await store.close()
    let (run, sensitivity) = try investigation.tracing()
    if options.json {
      try Terminal.json(Report(matter: code, run: run, sensitivity: sensitivity))
    } else {
      Terminal.out(CaseText.tracing(run, sensitivity, in: investigation.caseFile))
    }
  }

  private func runExamples(_ path: String) throws {
    let bytes = try InputFiles.bytes(of: path)
    let report: ExampleReport
    do {
      report = try ExampleRunner.runExamples(bytes)
    } catch {
      throw ProgramError(.inputRejected, "\(URL(filePath: path).lastPathComponent): \(error)")
    }
    if options.json {
      try Terminal.json(report)
    } else {
      var table = TextTable(["example", "figure", "value", "expected", ""], right: [2, 3])
      for example in report.examples {
        if let error = example.error { table.add([example.id, error, "—", "—", "FAILED"]) }
        for result in example.results {
          table.add([
            example.id, result.selectors.map(\.value).joined(separator: " "),
            Self.text(result.value), Self.text(result.expected),
            result.error ?? (result.matches == false ? "DIFFERS" : ""),
          ])
        }
      }
      Terminal.out(table.text)
      Terminal.out("\(report.matched) of \(report.compared) figures equal")
    }
  }

  private static func text(_ value: ExampleReport.Value?) -> String {
    switch value {
    case .text(let text): text
    case .list(let list): list.joined(separator: ", ")
    case nil: "—"
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-trace/1"
    let matter: MatterCode
    let run: TracingRun
    let sensitivity: SensitivityTable
  }
}

/// `moneytrail schedule`: the assets with what is claimed of each.
struct Schedule: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the asset schedule of a matter.",
    discussion: """
      EXAMPLES
        moneytrail schedule
        moneytrail schedule --track ncb --method rolling_pro_rata --json

      The 25 columns stand in the documents that `draft` writes; here is what fits a terminal.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  @Option(help: "cb (with conviction) or ncb (without).")
  var track = Track.convictionBased.rawValue

  @Option(help: "The tracing method; the profile's default when not given.")
  var method: String?

  func run() async throws {
    guard let track = Track(rawValue: track) else {
      throw ProgramError(.usage, "--track \(self.track): unknown — choose cb or ncb")
    }
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let work = CaseWork(store)
    let investigation = try await work.investigation(
      of: code, request: .init(method: method, programVersion: ProgramVersion.text))
    let outcome = try investigation.run()
    try await work.keep(outcome, of: code)
    await store.close()
    guard let proposal = outcome.proposals.first(where: { $0.track == track }) else { return }
    if options.json {
      try Terminal.json(Report(matter: code, proposal: proposal))
    } else {
      Terminal.out(CaseText.schedule(proposal))
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-schedule/1"
    let matter: MatterCode
    let proposal: Proposal
  }
}
