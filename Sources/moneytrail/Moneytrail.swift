import ArgumentParser

/// The root command. Subcommands stay in one explicit list: their order is part of the interface.
struct Moneytrail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moneytrail",
    abstract: "Follow the money, from bank records to a confiscation file a court can check.",
    discussion: """
      EXAMPLES
        moneytrail inspect statement.sta        what is in a file; no database
        moneytrail init && moneytrail start     a private server here
        moneytrail import bank/*.csv case.yaml  again changes nothing
        moneytrail draft --matter HS-2026-01 --into out
        moneytrail explain F-0123456789ab       a figure, down to file and line

      EXIT CODES
        0 done  1 verification failed  2 usage  3 input rejected  4 database
        5 permission  6 done in part  130 interrupted
      """,
    version: ProgramVersion.text,
    subcommands: [
      Init.self, Start.self, Stop.self, Doctor.self, Inspect.self, Profile.self, Import.self,
      Watch.self, Accounts.self, Reconcile.self, Entries.self, Links.self, Parties.self,
      TrailWalks.self, Screen.self, Detect.self, Trace.self, Compare.self, AskWhatIf.self,
      Schedule.self, Draft.self, Export.self, Runs.self, Explain.self, Verify.self, Demo.self,
      ExampleCase.self,
    ])
}

/// The version every manifest names.
enum ProgramVersion {
  static let text = "0.1.0"
}
