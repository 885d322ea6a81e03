import ArgumentParser
import CaseModel
import CaseStore
import Detection
import Digests
import Foundation
import Investigation

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
    if options.json {
      let found = try await FindingReport.results(results, codes: codes, in: store)
      await store.close()
      try Terminal.json(Report(matter: code, results: found))
    } else {
      await store.close()
      Terminal.out(CaseText.findings(results, in: investigation.caseFile, codes: codes))
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-detect/1"
    let matter: MatterCode
    let results: [FindingReport.Result]
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
