import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Investigation
import Publishing

/// `moneytrail draft`: the files of both tracks, the schedule, the manifest.
struct Draft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draft the confiscation files and the asset schedule of a matter.",
    discussion: """
      EXAMPLES
        moneytrail draft --into out
        moneytrail draft --matter HS-2026-01 --method libr --formats pdf,xlsx

      Writes the conviction-based and the non-conviction-based file (PDF, DOCX), the asset schedule \
      (PDF, DOCX, XLSX) and manifest.json with the SHA-256 of each. The same store and request give \
      the same bytes.
      """)

  @OptionGroup var options: StoreOptions
  @OptionGroup var matter: MatterOptions

  @Option(help: "The folder for the documents; made when it is not there.")
  var into: String

  @Option(help: "The tracing method; the profile's default when not given.")
  var method: String?

  @Option(help: "pdf, docx, xlsx, separated by commas.")
  var formats = "pdf,docx,xlsx"

  func run() async throws {
    var chosen: Set<Format> = []
    for name in formats.split(separator: ",") {
      guard let format = Format(rawValue: String(name)) else {
        throw ProgramError(.usage, "--formats \(name): unknown — choose among pdf,docx,xlsx")
      }
      chosen.insert(format)
    }
    guard !chosen.isEmpty else {
      throw ProgramError(.usage, "--formats: names none — choose among pdf,docx,xlsx")
    }
    let store = try await options.open()
    let code = try await matter.code(in: store)
    let work = CaseWork(store)
    let investigation = try await work.investigation(
      of: code, request: .init(method: method, programVersion: ProgramVersion.text))
    let outcome = try investigation.run()
    try await work.keep(outcome, of: code)
    await store.close()
    let folder = URL(filePath: into)
    let files = try await work.publish(
      outcome, into: folder, formats: chosen, tools: await PublishingTools.found())
    if options.json {
      try Terminal.json(Report(matter: code, run: outcome.manifest.runHash.hex, files: files))
    } else {
      Terminal.out(CaseText.drafted(outcome, files, folder: into))
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-draft/1"
    let matter: MatterCode
    let run: String
    let files: [PublishedFile]
  }
}

/// `moneytrail explain`: any figure, finding or entry, down to file, line and hash.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a figure, a finding or an entry, down to file, line and hash.",
    discussion: """
      EXAMPLES
        moneytrail explain F-0123456789ab
        moneytrail explain ST-01-0123456789ab --json

      Codes stand beside every amount in the annexes of the documents. Lines are shown with the \
      identities of protected persons replaced.
      """)

  @OptionGroup var options: StoreOptions

  @Argument(help: "A code: F-… for a figure, ST-…/FL-… for a finding, 32 digits for an entry.")
  var code: String

  func run() async throws {
    let store = try await options.open()
    let explanation = try await store.explain(code)
    await store.close()
    if options.json {
      try Terminal.json(explanation)
      return
    }
    Terminal.out("\(explanation.code)  \(explanation.kind.rawValue)  \(explanation.title)")
    if let amount = explanation.amount { Terminal.out("amount      \(amount)") }
    Terminal.out("derivation  \(explanation.derivation)")
    if let document = explanation.document { Terminal.out("printed in  \(document)") }
    Terminal.out("rests on    \(explanation.places.count) places")
    for place in explanation.places {
      Terminal.out("  \(place.source.label) \(place.source.locator)")
      Terminal.out(
        "    SHA-256 \(place.source.file) \(place.hashHolds ? "holds" : "DOES NOT HOLD")")
      if let text = place.text { Terminal.out("    | \(Issue.escaped(text))") }
    }
    if explanation.places.contains(where: { !$0.hashHolds }) {
      throw ProgramError(.failedVerification, "a received file no longer has its hash")
    }
  }
}

/// `moneytrail verify`: the store and a folder of documents against their hashes.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the store, and a folder of documents, against their hashes.",
    discussion: """
      EXAMPLES
        moneytrail verify
        moneytrail verify --documents out --json

      Exit code 1 when anything does not hold.
      """)

  @OptionGroup var options: StoreOptions

  @Option(help: "A folder that `draft` wrote.")
  var documents: String?

  func run() async throws {
    let store = try await options.open()
    let report = try await store.verify()
    await store.close()
    var problems: [String] = []
    if let documents {
      do {
        problems = try PublishedManifest.problems(in: URL(filePath: documents))
      } catch {
        throw ProgramError(
          .inputRejected,
          "\(documents): holds no readable \(PublishedManifest.name) — name a folder that draft wrote"
        )
      }
    }
    if options.json {
      try Terminal.json(
        Report(isSound: report.isSound && problems.isEmpty, store: report, documents: problems))
    } else {
      Terminal.out(
        "received files  \(report.filesChecked) checked, \(report.damagedFiles.count) damaged")
      Terminal.out("sealed sheets   \(report.damagedSheets) damaged")
      Terminal.out(
        "entries         \(report.entries), read at \(report.places) places, \(report.lostPlaces) lost"
      )
      Terminal.out("record counts   \(report.countsAddUp ? "add up" : "DO NOT ADD UP")")
      if documents != nil {
        Terminal.out("documents       \(problems.isEmpty ? "all as published" : "CHANGED")")
        for problem in problems { Terminal.out("  " + problem) }
      }
    }
    guard report.isSound, problems.isEmpty else {
      throw ProgramError(
        .failedVerification,
        "verification failed — restore the store or the documents from a backup and compare")
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-verify/1"
    let isSound: Bool
    let store: VerificationReport
    let documents: [String]
  }
}
