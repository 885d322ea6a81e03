import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation
import LocalPostgres
import Publishing

/// `moneytrail demo`: the example case from bank exports to finished documents.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run an example case from bank exports to finished documents.",
    discussion: """
      EXAMPLES
        moneytrail demo --case examples/harbour-street --into demo-out

      Starts afresh in the folder --into: its store is made anew each time. Stops its server at the end.
      """)

  @Option(name: .customLong("case"), help: "The folder of the case.")
  var caseFolder = "examples/harbour-street"

  @Option(help: "The folder for store and documents.")
  var into = "demo-out"

  func run() async throws {
    let out = URL(filePath: into)
    let storeFolder = out.appending(path: "store").path
    let server = LocalPostgres(folder: storeFolder)
    try await begin(server, storeFolder)
    do {
      try await work(server, out)
    } catch {
      try? await server.stop()
      throw error
    }
    try await server.stop()
  }

  /// Removes the last demo's store, and only a store of ours.
  private func begin(_ server: LocalPostgres, _ folder: String) async throws {
    guard FileManager.default.fileExists(atPath: folder) else { return }
    guard FileManager.default.fileExists(atPath: folder + "/pgdata") else {
      throw ProgramError(
        .usage, "\(folder): is there and holds no store of ours — choose another --into")
    }
    try await server.stop()
    try FileManager.default.removeItem(atPath: folder)
  }

  private func work(_ server: LocalPostgres, _ out: URL) async throws {
    let files = try Self.files(of: caseFolder)
    let endpoint = try await server.start()
    try await Store.migrate(asOwner: .init(endpoint, as: LocalPostgres.ownerRole))
    let store = try await Store(connecting: .init(endpoint, as: LocalPostgres.appRole))

    heading("1. Imported and reconciled")
    let received = try await Import.bring(files, into: store, receipt: .init())
    let (reports, refusals) = (received.reports, received.refusals)
    Terminal.out(Import.table(reports))
    for refusal in refusals { Terminal.out(refusal) }
    for issue in reports.flatMap(\.issues) where issue.severity != .note {
      Terminal.out(issue.description)
    }
    let pairing = try await store.pairTransfers()
    Terminal.out("\(pairing.added) transfers paired across accounts")
    for gap in try await store.gaps() {
      Terminal.out("gap: \(Self.text(of: gap, accounts: try await store.accounts()))")
    }

    heading("2. Found")
    guard let code = try await store.matters().first else {
      throw ProgramError(.inputRejected, "\(caseFolder): holds no case sheet")
    }
    let work = CaseWork(store)
    let investigation = try await work.investigation(
      of: code, request: .init(programVersion: ProgramVersion.text))
    let outcome = try investigation.run()
    let codes = try await store.saveFindings(outcome.findings, matter: code)
    Terminal.out(CaseText.findings(outcome.detection, in: investigation.caseFile, codes: codes))

    heading("3. Traced")
    Terminal.out(
      TraceText(investigation.caseFile).text(
        TraceReport(matter: code, run: outcome.tracing, sensitivity: outcome.sensitivity)))

    heading("4. Drafted")
    try await work.keep(outcome, of: code)
    let documents = out.appending(path: "documents")
    let published = try await work.publish(
      outcome, into: documents, formats: Set(Format.allCases), tools: await PublishingTools.found())
    for proposal in outcome.proposals {
      Terminal.out(
        proposal.track == .convictionBased ? "with conviction (cb)" : "without conviction (ncb)")
      Terminal.out(CaseText.schedule(proposal))
      Terminal.out("")
    }
    Terminal.out(
      CaseText.drafted(outcome, published, folder: documents.path(percentEncoded: false)))
    await store.close()

    heading("5. Where to look")
    let path = documents.path(percentEncoded: false)
    for file in published where file.format == .pdf { Terminal.out("  \(path)/\(file.name)") }
    Terminal.out("  \(path)/manifest.json                    hashes of every input and document")
    if let figure = outcome.documents.flatMap(\.figures).first(where: { $0.sources.count > 3 }) {
      Terminal.out(
        "  moneytrail explain --folder \(into)/store \(figure.code)   a figure, down to file and line"
      )
    }
    Terminal.out("  moneytrail verify --folder \(into)/store --documents \(into)/documents")
  }

  private func heading(_ text: String) {
    Terminal.out("\n" + text + "\n" + String(repeating: "=", count: text.count))
  }

  /// Every file of a case that is to be imported, sorted by path: not its README, not its truth, not its
  /// variants.
  static func files(of folder: String) throws -> [String] {
    var isThere: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isThere), isThere.boolValue,
      let found = FileManager.default.enumerator(atPath: folder)
    else {
      throw ProgramError(.inputRejected, "\(folder): no such folder — name the folder of a case")
    }
    var paths: [String] = []
    for case let path as String in found {
      let name = URL(filePath: path).lastPathComponent
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
      if isFolder.boolValue || name == "README.md" || name == "truth.json" || name.hasPrefix(".")
        || path.hasPrefix("variants/")
      {
        continue
      }
      paths.append(folder + "/" + path)
    }
    guard !paths.isEmpty else {
      throw ProgramError(.inputRejected, "\(folder): holds no files to import")
    }
    return paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  static func text(of gap: CoverageGap, accounts: [Account]) -> String {
    let name = accounts.first { $0.id == gap.account }?.displayName ?? "—"
    var parts: [String] = []
    if let missing = gap.missing {
      parts.append("no statement from \(missing.first) to \(missing.last)")
    }
    if let jump = gap.jump, !jump.isZero { parts.append("the balance jumps by \(jump)") }
    return name + ": " + parts.joined(separator: ", ")
  }
}
