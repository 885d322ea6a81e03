import ArgumentParser
import CaseModel
import Foundation
import Intake

/// `moneytrail profile`: the mapping profiles by which delimited text and workbooks are read.
struct Profile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, propose and try the mapping profiles of delimited text and workbooks.",
    discussion: """
      EXAMPLES
        moneytrail profile list
        moneytrail profile propose new-bank.csv --out new-bank.yaml
        moneytrail profile test new-bank.yaml january.csv february.csv
        moneytrail import january.csv --profile new-bank.yaml

      A proposal never guesses: where a column can be read in two ways it is refused, and both readings \
      are named.
      """,
    subcommands: [ProfileList.self, ProfilePropose.self, ProfileTest.self])
}

/// `moneytrail profile list`: the profiles that come with the program.
struct ProfileList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the shipped profiles.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let all = ShippedProfile.all
    if json { return try Terminal.json(Report(profiles: all)) }
    var table = TextTable(["profile", "version", "institution", "known by", "describes"])
    for profile in all {
      table.add([
        profile.name, String(profile.version), profile.institution ?? "—",
        profile.isMatched ? "header" : "name", profile.describes ?? "—",
      ])
    }
    Terminal.out(table.text)
  }

  private struct Report: Encodable {
    let schema = "moneytrail-profiles/1"
    let profiles: [ShippedProfile]
  }
}

/// `moneytrail profile propose FILE`: a profile for a file that came without one, with its grounds.
struct ProfilePropose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract: "Propose a profile for a file, with the grounds of each guess.")

  @Argument(help: "Delimited text or a workbook.")
  var file: String

  @Option(help: "The new profile's name; the file's name when not given.")
  var name: String?

  @Option(help: "Where the profile is written; without it, it is printed.")
  var out: String?

  @Option(
    help: ArgumentHelp("A profile to start from: a file, or a shipped profile's name."))
  var profile: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let input = try InputFiles.read(file)
    let stem = URL(filePath: file).deletingPathExtension().lastPathComponent.lowercased()
    let slug = String(stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let proposal: ProfileProposal
    do {
      proposal = try proposeProfile(
        for: input, name: name ?? slug,
        options: ReadingOptions(profile: try profile.map(InputFiles.profileText)))
    } catch let issue as CaseModel.Issue {
      throw ProgramError(.inputRejected, issue.description)
    } catch let refusal as FileRefusal {
      throw ProgramError(
        .inputRejected, refusal.issues.map(\.description).joined(separator: "\n"))
    }
    if let out {
      guard !FileManager.default.fileExists(atPath: out) else {
        throw ProgramError(.usage, "\(out): exists already — name another file")
      }
      try Data(proposal.yaml.utf8).write(to: URL(filePath: out), options: .atomic)
    }
    if json { return try Terminal.json(proposal) }
    show(proposal)
  }

  private func show(_ proposal: ProfileProposal) {
    var grounds = TextTable(["setting", "value", "because"])
    for ground in proposal.grounds { grounds.add([ground.setting, ground.value, ground.because]) }
    Terminal.out(grounds.text)
    for open in proposal.open { Terminal.out("open: \(open)") }
    Terminal.out("")
    var rows = TextTable(
      ["place", "day", "amount", "balance", "counterparty", "purpose"], right: [2, 3])
    for row in proposal.firstRows {
      rows.add([row.place, row.day, row.amount, row.balance, row.counterparty, row.purpose])
    }
    Terminal.out(rows.text)
    for doubt in proposal.doubts {
      Terminal.out("doubtful: \(doubt.place): \(doubt.code): \(doubt.reason)")
    }
    Terminal.out("")
    Terminal.out(proposal.inspection.lines.joined(separator: "\n"))
    if let out {
      Terminal.out("\nwritten to \(out)")
    } else {
      Terminal.out("\n" + proposal.yaml)
    }
  }
}

/// `moneytrail profile test PROFILE FILE…`: what files give when they are read by a profile.
struct ProfileTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Read files by a profile and say what they give; stores nothing.",
    discussion: """
      Exit code 0 when every row of every file is read and nothing contradicts the balances, 6 when \
      some are not, 3 when every file is refused.
      """)

  @Argument(help: "The profile: a YAML or JSON file, or a shipped profile's name.")
  var profile: String

  @Argument(help: "The files to read.")
  var files: [String]

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let options = ReadingOptions(profile: try InputFiles.profileText(profile))
    let results = try files.map {
      readStatements(file: try InputFiles.read($0), options: options)
    }
    let inspections = results.map { Inspection($0) }
    if json {
      try Terminal.json(Report(files: inspections))
    } else {
      var table = TextTable(
        ["file", "read", "stored", "set aside", "skipped", "balances", "result"],
        right: [1, 2, 3, 4])
      for (result, inspection) in zip(results, inspections) {
        let records = inspection.records
        let statuses = Set(inspection.statements.map(\.status)).sorted()
        table.add([
          inspection.file, String(records.read), String(records.stored),
          String(records.quarantined), String(records.skipped),
          statuses.isEmpty ? "—" : statuses.joined(separator: ", "),
          result.isRefused ? "refused" : Self.isClean(result) ? "good" : "look at it",
        ])
      }
      Terminal.out(table.text)
      for issue in results.flatMap(\.issues) where issue.severity != .note {
        Terminal.message(issue.description)
      }
    }
    let refused = results.count(where: \.isRefused)
    let bad = results.count { !Self.isClean($0) }
    if bad > 0 {
      throw ProgramError(
        refused == results.count ? .inputRejected : .partial,
        "\(bad) of \(results.count) files do not fit the profile whole; the reasons stand above")
    }
  }

  private static func isClean(_ result: ReadResult) -> Bool {
    !result.isRefused && !result.hasErrors
      && !result.statements.contains { $0.status == .unreconciled }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-profile-test/1"
    let files: [Inspection]
  }
}
