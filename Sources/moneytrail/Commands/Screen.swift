import ArgumentParser
import CaseModel
import Detection
import Foundation
import Legislation

/// `moneytrail screen`: detectors over a transfers file, without a database.
struct Screen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the detectors over a transfers file, without a database.",
    discussion: """
      EXAMPLES
        moneytrail screen transfers.csv
        moneytrail screen transfers.csv --accounts accounts.csv --json

      The file has the columns tx_id,src,dst,ts,amount_minor,currency,channel; ts in Unix seconds,
      amounts in minor units. The accounts file has account,kind,currency,country.
      """)

  @Argument(help: "The transfers file.")
  var transfers: String

  @Option(help: "The accounts file.")
  var accounts: String?

  @Option(help: "The jurisdiction profile for thresholds.")
  var profile = "gb"

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let law = try Law(profile: profile)
    let report = try screen(
      transfersCSV: try InputFiles.bytes(of: transfers),
      named: URL(filePath: transfers).lastPathComponent,
      accountsCSV: try accounts.map(InputFiles.bytes), law: law)
    if json {
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
}
