import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation

/// `moneytrail import FILE…`: stores received files, one transaction each.
struct ImportFiles: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files", abstract: "Store these files; the word may be left out.")

  @OptionGroup var options: StoreOptions

  @Argument(help: "The files to store.")
  var files: [String]

  @OptionGroup var reading: ReadingArguments

  @Option(
    help: "The exhibit mark; for one file only. Files of an archive carry it with their name.")
  var exhibit: String?

  @Option(help: "The order or request under which the files were obtained.")
  var authority: String?

  @Option(help: "Who handed the files over.")
  var custodian: String?

  @Option(name: .customLong("received-on"), help: "The day of receipt, YYYY-MM-DD.")
  var receivedOn: String?

  @Option(
    help: ArgumentHelp(
      "Write the rows that were set aside, with place and reason: mend the file and import it."
        + " A folder when several files are named."))
  var rejects: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be stored, and store nothing.")
  var dryRun = false

  func run() async throws {
    guard exhibit == nil || files.count == 1 else {
      throw ProgramError(.usage, "--exhibit names one file — import the others apart")
    }
    var receipt = FileImport.Receipt(
      profile: try reading.profileText(), isStrict: reading.strict, exhibit: exhibit,
      authority: authority, custodian: custodian)
    receipt.limits = try reading.limits()
    if let receivedOn {
      guard let day = CivilDate(receivedOn) else {
        throw ProgramError(.usage, "--received-on \(receivedOn): not a day — write YYYY-MM-DD")
      }
      receipt.receivedOn = day
    }
    if dryRun { return try await tryOut() }
    let store = try await options.open()
    let outcome: ReceivedFiles.Outcome
    do {
      outcome = try await ReceivedFiles(
        files, limits: receipt.limits, profile: receipt.profile, rejects: rejects
      )
      .bring(into: store, receipt)
    } catch {
      await store.close()
      throw error
    }
    let pairing = try await store.pairTransfers()
    await store.close()
    try say(outcome, pairing)
  }

  /// The dry run: sheets are checked, records are inspected.
  private func tryOut() async throws {
    let records = try files.filter { try !Self.checkSheet($0) }
    guard !records.isEmpty else { return }
    var inspect = Inspect()
    inspect.files = records
    inspect.reading = reading
    inspect.json = options.json
    inspect.rejects = rejects
    let inspections = try await inspect.look()
    Terminal.message("nothing was stored (--dry-run)")
    try Import.check(
      refused: inspections.count(where: \.refused), of: inspections.count,
      notWhole: inspections.count { !$0.refused && !$0.isWhole }, rest: "usable")
  }

  private func say(_ outcome: ReceivedFiles.Outcome, _ pairing: PairingReport) throws {
    let reports = outcome.reports
    if options.json {
      try Terminal.json(
        Output(
          files: reports, refused: outcome.refusals, pairing: pairing, rejects: outcome.rejects,
          progress: outcome.measure))
    } else {
      Terminal.out(Import.table(reports))
      Import.printIssues(reports)
      Import.printCopies(reports)
      Terminal.out(
        "\(pairing.added) transfers paired across accounts"
          + (pairing.proposals > 0 ? ", \(pairing.proposals) possible pairs left to a person" : ""))
      if reports.contains(where: { $0.payments > 0 }) {
        Terminal.out("messages, reports and notices are matched by: moneytrail links find")
      }
      for refusal in outcome.refusals { Terminal.message(refusal) }
      for path in outcome.rejects { Terminal.message("rows set aside: \(path)") }
    }
    // A container whose members were all refused has brought nothing, though it was opened.
    let counted = reports.filter { !$0.isContainer || $0.outcome == .refused }
    try Import.check(
      refused: outcome.refusals.count + counted.count { $0.outcome == .refused },
      of: outcome.refusals.count + counted.count,
      notWhole: reports.count { $0.outcome != .refused && !$0.isWhole }, rest: "stored")
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

  private struct Output: Encodable {
    let schema = "moneytrail-import/1"
    let files: [FileImport.Report]
    let refused: [String]
    let pairing: PairingReport
    let rejects: [String]
    let progress: ReceivedFiles.Measure
  }
}

/// How files are read: shared by every command that reads them.
struct ReadingArguments: ParsableArguments {
  @Option(
    help:
      "The mapping profile for delimited text and workbooks: a file, or a shipped profile's name.")
  var profile: String?

  @Flag(help: "Refuse a file as a whole when anything in it is unusable.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Bytes that an archive or workbook may hold unpacked, when its sender declared it to be"
        + " larger than 268435456.", valueName: "bytes"))
  var bulk: Int?

  func profileText() throws -> String? { try profile.map(InputFiles.profileText) }

  func limits() throws -> ReadingOptions.Limits {
    var limits = ReadingOptions.Limits()
    guard let bulk else { return limits }
    guard bulk > 0 else { throw ProgramError(.usage, "--bulk \(bulk): not a number of bytes") }
    limits.archive = Archives.Limits(bulkBytes: bulk)
    return limits
  }

  func options() throws -> ReadingOptions {
    ReadingOptions(profile: try profileText(), limits: try limits())
  }
}
