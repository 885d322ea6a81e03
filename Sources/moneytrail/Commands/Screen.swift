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
      transfersCSV: try InputFiles.bytes(of: transfers), name: transfers,
      accountsCSV: try accounts.map(InputFiles.bytes), law: law)
    if json {
      try Terminal.json(report)
      return
    }
    Terminal.out(report.text)
  }
}
