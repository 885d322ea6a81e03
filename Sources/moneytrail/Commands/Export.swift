import ArgumentParser
import CaseModel
import CaseStore
import Exchange
import Foundation
import Investigation

/// `moneytrail export`: a matter in another system's format.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Export a matter for other programs: tables, entities, graphs, reports.",
    discussion: """
      EXAMPLES
        moneytrail export HS-2026-01 --format csvw --out hs-tables
        moneytrail export HS-2026-01 --format ftm --from 2024-01-01 --out hs-ftm
        moneytrail export HS-2026-01 --format goaml --goaml-profile unit.yaml \\
          --xsd unit.xsd --out report

      FORMATS
        csvw     CSV tables with CSVW metadata
        ftm      FollowTheMoney JSON lines
        goaml    a report, valid by --xsd or not written
        graphml  movements and flows for graph programs
        gexf     movements with a timeline
        i2       entities and links for charts

      The folder is new: all files are written, or none. export.json in it lists selection, redaction and \
      the SHA-256 of each file. Victims, witnesses and children appear by pseudonym.
      """)

  @OptionGroup var options: StoreOptions

  @Argument(help: "The matter's code. Needed when the store holds more than one.")
  var matter: String?

  @Option(help: "csvw, ftm, graphml, gexf, i2 or goaml.")
  var format: String

  @Option(help: "The folder to write; must not be there yet.")
  var out: String

  @Option(help: "Only this account, its number or key as `accounts` prints it; repeatable.")
  var account: [String] = []

  @Option(help: "The first booking day, YYYY-MM-DD.")
  var from: String?

  @Option(help: "The last booking day, YYYY-MM-DD.")
  var to: String?

  @Option(help: "The jurisdiction profile of a goAML report, YAML.")
  var goamlProfile: String?

  @Option(help: "The schema of the unit the goAML report goes to.")
  var xsd: String?

  func run() async throws {
    guard let entry = ExchangeCatalogue.entry(named: format) else {
      throw ProgramError(
        .usage,
        "--format \(format): unknown — choose among "
          + ExchangeCatalogue.names.joined(separator: ", "))
    }
    let folder = URL(filePath: out)
    guard !FileManager.default.fileExists(atPath: folder.path) else {
      throw ProgramError(.usage, "\(out): is already there — name a folder that is not")
    }
    let selection = ExportSelection(
      accounts: account, first: try day(from, "--from"), last: try day(to, "--to"))
    if let first = selection.first, let last = selection.last, last < first {
      throw ProgramError(.usage, "--to \(last): lies before --from \(first)")
    }
    let settings = ExportSettings(
      programVersion: ProgramVersion.text, goAMLProfile: try given(goamlProfile),
      schema: try given(xsd))
    let store = try await options.open()
    do {
      var choice = MatterOptions()
      choice.matter = matter
      let record = try await CaseWork(store).exportRecord(
        of: try await choice.code(in: store), selection: selection)
      for one in account
      where !record.caseFile.accounts.contains(where: {
        $0.key.text == one || $0.displayName == one
      }) {
        throw ProgramError(
          .inputRejected, "the matter has no account \(one) — run: moneytrail accounts --all")
      }
      let receipt = try CaseWork.export(record, as: entry, settings: settings, into: folder)
      await store.close()
      try show(receipt)
    } catch ExportError.incomplete(let file, let problems) {
      // Made of the record's own texts, which are masked; as many lines as a case has are not masked twice.
      await store.close()
      if options.json { try Terminal.json(Problems(file: file, problems: problems)) }
      throw ProgramError(
        .inputRejected, ExportError.incomplete(file: file, problems: problems).description)
    } catch {
      let shown = await store.shown(Self.worded(error), typed: account)
      await store.close()
      throw shown
    }
  }

  private struct Problems: Encodable {
    let schema = "moneytrail-export-problems/1"
    let file: String
    let problems: [ExportProblem]
  }

  private static func worded(_ error: any Error) -> any Error {
    switch error {
    case ExportError.missingSetting(let what): ProgramError(.usage, what)
    case let failure as ExportError: ProgramError(.inputRejected, failure.description)
    default: error
    }
  }

  private func show(_ receipt: ExportReceipt) throws {
    if options.json {
      try Terminal.json(receipt)
      return
    }
    Terminal.out(
      "exported \(receipt.counts.entries) entries and \(receipt.counts.transfers) transfers of "
        + "\(receipt.matter) as \(receipt.format) into \(out)")
    for file in receipt.files { Terminal.out("  \(file.sha256)  \(file.name)") }
    for note in receipt.scope { Terminal.out(note) }
  }

  private func given(_ path: String?) throws -> GivenFile? {
    guard let path else { return nil }
    let url = URL(filePath: path)
    return GivenFile(name: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url)))
  }

  private func day(_ text: String?, _ option: String) throws -> CivilDate? {
    guard let text else { return nil }
    guard let day = CivilDate(text) else {
      throw ProgramError(.usage, "\(option) \(text): no day — write YYYY-MM-DD")
    }
    return day
  }
}
