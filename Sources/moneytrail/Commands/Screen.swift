import ArgumentParser
import CaseModel
import CaseStore
import Detection
import Foundation
import Investigation
import Legislation

/// `moneytrail screen`: detectors over everything a store holds, or over a transfers file.
struct Screen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the detectors over everything in the store, or over a transfers file.",
    discussion: """
      EXAMPLES
        moneytrail screen
        moneytrail screen --snapshot trail.snapshot --limit 20
        moneytrail screen transfers.csv
        moneytrail screen transfers.csv --accounts accounts.csv --json

      Without a file, everything in the store is screened and the findings are kept; after further imports \
      only what they can change is looked at, with the same result. Findings that show the same money are \
      printed as one, the strongest first; explain shows each.

      A transfers file has the columns tx_id,src,dst,ts,amount_minor,currency,channel; ts in Unix seconds, \
      amounts in minor units. The accounts file has account,kind,currency,country. No database is needed.
      """)

  @OptionGroup var options: StoreOptions

  @Argument(help: "A transfers file; without it the store is screened.")
  var transfers: String?

  @Option(help: "The accounts file beside a transfers file.")
  var accounts: String?

  @Option(help: "The jurisdiction profile for thresholds.")
  var profile = "gb"

  @Option(help: "Take the trail of the store from this file, and keep it there.")
  var snapshot: String?

  @Flag(help: "Look at everything in the store again, not only at what is new.")
  var anew = false

  @Option(help: "Print at most so many groups of findings of the store.")
  var limit = 50

  func run() async throws {
    guard limit > 0 else { throw ProgramError(.usage, "--limit \(limit): at least 1") }
    let law = try Law(profile: profile)
    guard let transfers else { return try await screenStore(law) }
    guard snapshot == nil, !anew else {
      throw ProgramError(.usage, "--snapshot and --anew are for the store — leave the file out")
    }
    let report = try screen(
      transfersCSV: try InputFiles.bytes(of: transfers),
      named: URL(filePath: transfers).lastPathComponent,
      accountsCSV: try accounts.map(InputFiles.bytes), law: law)
    if options.json {
      try Terminal.json(report)
      return
    }
    var table = TextTable(
      ["detector", "kind", "score", "reported", "transfers", "what"], right: [2, 4])
    for finding in report.findings where finding.reported {
      table.add([
        finding.detector, finding.kind, String(finding.score), finding.reported ? "yes" : "no",
        String(finding.transfers.count), finding.sentence,
      ])
    }
    Terminal.out(table.isEmpty ? "nothing to report" : table.text)
    let quiet = report.findings.count { !$0.reported }
    if quiet > 0 { Terminal.out("\(quiet) weaker findings are not listed; --json has them") }
  }

  private func screenStore(_ law: Law) async throws {
    guard accounts == nil else {
      throw ProgramError(.usage, "--accounts belongs to a transfers file — name that file first")
    }
    let store = try await options.open()
    let progress = Progress()
    let outcome: StoreScreening.Outcome
    do {
      outcome = try await StoreScreening(store, law: law).run(snapshot: snapshot, anew: anew) {
        progress.report(
          "screened by \($0.detector)", done: $0.detectorsDone, of: $0.detectorsTotal)
      }
    } catch {
      await store.close()
      throw error
    }
    progress.finish()
    if options.json {
      let found = try await FindingReport.results(outcome.results, codes: outcome.codes, in: store)
      await store.close()
      try Terminal.json(ScreeningText.Report(outcome, found))
    } else {
      await store.close()
      Terminal.out(ScreeningText.lines(outcome, limit: limit).joined(separator: "\n"))
    }
  }
}
