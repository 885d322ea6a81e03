import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation
import Receiving

/// `moneytrail import`: stores received files, one transaction each.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Store received files: bank records, case sheets, sealed identities.",
    discussion: """
      EXAMPLES
        moneytrail import bank-a/*.csv bank-c/*.sta bank-d/*.xml
        moneytrail import case-sheet.yaml sealed-identities.yaml
        moneytrail import march.csv --profile layout.yaml --exhibit PX-004 \\
          --authority "Order 14/2026" --custodian "Bank A"
        moneytrail import march.csv --dry-run

      One file is one transaction; the same bytes again add nothing. Exit code 3 when every file was
      refused, 6 when some were.
      """)

  @OptionGroup var options: StoreOptions

  @Argument(help: "The files to store.")
  var files: [String]

  @Option(help: "The mapping profile for delimited text: a file, or a shipped profile's name.")
  var profile: String?

  @Flag(help: "Refuse a file as a whole when anything in it is unusable.")
  var strict = false

  @Option(help: "The exhibit mark; for one file only.")
  var exhibit: String?

  @Option(help: "The order or request under which the files were obtained.")
  var authority: String?

  @Option(help: "Who handed the files over.")
  var custodian: String?

  @Option(name: .customLong("received-on"), help: "The day of receipt, YYYY-MM-DD.")
  var receivedOn: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be stored, and store nothing.")
  var dryRun = false

  func run() async throws {
    guard exhibit == nil || files.count == 1 else {
      throw ProgramError(.usage, "--exhibit names one file — import the others apart")
    }
    var receipt = FileImport.Receipt(
      profile: try profile.map(InputFiles.profileText), isStrict: strict, exhibit: exhibit,
      authority: authority, custodian: custodian)
    if let receivedOn {
      guard let day = CivilDate(receivedOn) else {
        throw ProgramError(.usage, "--received-on \(receivedOn): not a day — write YYYY-MM-DD")
      }
      receipt.receivedOn = day
    }
    if dryRun {
      let records = try files.filter { try !Self.checkSheet($0) }
      guard !records.isEmpty else { return }
      var inspect = Inspect()
      inspect.files = records
      inspect.profile = profile
      inspect.strict = strict
      inspect.json = options.json
      try await inspect.run()
      Terminal.message("nothing was stored (--dry-run)")
      return
    }
    let store = try await options.open()
    let (reports, refusals) = try await Self.bring(files, into: store, receipt: receipt)
    let pairing = try await store.pairTransfers()
    await store.close()
    if options.json {
      try Terminal.json(Output(files: reports, refused: refusals, pairing: pairing))
    } else {
      Terminal.out(Self.table(reports))
      Self.printIssues(reports)
      Terminal.out(
        "\(pairing.added) transfers paired across accounts"
          + (pairing.proposals > 0 ? ", \(pairing.proposals) possible pairs left to a person" : ""))
      for refusal in refusals { Terminal.message(refusal) }
    }
    let refused = refusals.count + reports.count { $0.outcome == .refused }
    if refused > 0 {
      throw ProgramError(
        refused == files.count ? .inputRejected : .partial,
        refused == files.count
          ? "every file was refused; nothing was added"
          : "\(refused) of \(files.count) files were refused; the others are stored")
    }
  }

  /// Reads a case sheet or sealed sheet without storing it, and says so. False for any other file.
  private static func checkSheet(_ path: String) throws -> Bool {
    let file = try InputFiles.read(path)
    switch sheetKind(of: file) {
    case .caseSheet:
      let matter = try readCaseSheet(file)
      Terminal.message(
        "\(file.name): case sheet of matter \(matter.code); nothing was stored (--dry-run)")
    case .sealedIdentities:
      let sheet = try readSealedSheet(file)
      Terminal.message(
        "\(file.name): sealed identities of matter \(sheet.matter); nothing was stored (--dry-run)")
    case nil: return false
    }
    return true
  }

  /// Stores each file in its own transaction. Sheets with mistakes are refused one by one.
  static func bring(
    _ paths: [String], into store: Store, receipt: FileImport.Receipt
  ) async throws -> (reports: [FileImport.Report], refusals: [String]) {
    let importer = FileImport(
      into: store, program: "moneytrail \(ProgramVersion.text)", scratch: CopyScratch(), threads: 2)
    let progress = Progress()
    var reports: [FileImport.Report] = []
    var refusals: [String] = []
    for (index, path) in paths.enumerated() {
      progress.report("importing", done: index, of: paths.count)
      do {
        let report = try await importer.bring(try InputFiles.read(path), receipt) { step in
          // A phase in bytes says more about one long file than the number of files.
          guard step.bytesTotal > Int64(FileImport.streamedBytes) else { return }
          progress.report(
            step.phase.rawValue, done: Int(step.bytesDone), of: Int(step.bytesTotal))
        }
        reports.append(report)
      } catch let refusal as FileRefusal {
        refusals.append(refusal.issues.map(\.description).joined(separator: "\n"))
      } catch let failure as ProgramError where failure.status == .inputRejected {
        refusals.append(failure.message)
      }
    }
    progress.finish()
    return (reports, refusals)
  }

  static func table(_ reports: [FileImport.Report]) -> String {
    var table = TextTable(
      [
        "file", "format", "outcome", "statements", "read", "stored", "known", "quarantined",
        "skipped", "reconciled", "unreconciled",
      ],
      right: Set(3...10))
    for report in reports {
      table.add([
        report.file, report.format, report.outcome.rawValue, String(report.statements),
        String(report.read), String(report.stored), String(report.known),
        String(report.quarantined), String(report.skipped), String(report.reconciled),
        String(report.unreconciled),
      ])
    }
    return table.text
  }

  static func printIssues(_ reports: [FileImport.Report]) {
    for issue in reports.flatMap(\.issues) where issue.severity != .note {
      Terminal.message(issue.description)
    }
  }

  private struct Output: Encodable {
    let schema = "moneytrail-import/1"
    let files: [FileImport.Report]
    let refused: [String]
    let pairing: PairingReport
  }
}
