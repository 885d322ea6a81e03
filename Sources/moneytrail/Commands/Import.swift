import ArgumentParser
import CaseModel
import CaseStore
import Intake
import Investigation

/// `moneytrail import`: brings received files into the store. What follows the word is a list of files,
/// or one of the commands below it.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Store received files: bank records, workbooks, archives, case sheets.",
    usage: """
      moneytrail import <files> ... [options]
      moneytrail import files --help        all options
      """,
    discussion: """
      EXAMPLES
        moneytrail import bank-a/*.csv bank-c/*.sta bank-d/*.xml
        moneytrail import production.zip --authority "Order 14/2026"
        moneytrail import case-sheet.yaml sealed-identities.yaml
        moneytrail import march.csv --profile layout.yaml --rejects mend.csv
        moneytrail import march.xlsx --dry-run

      One file is one transaction; the same bytes again add nothing. What an archive holds is imported \
      file by file, each with a hash of its own. A file of which no row can be used is refused. Exit code \
      3 when every file was refused, 6 when some were, or when rows of a file were set aside.
      """,
    subcommands: [ImportFiles.self, ImportUndo.self], defaultSubcommand: ImportFiles.self)
}

extension Import {
  /// Stores each file in its own transaction. Sheets with mistakes are refused one by one.
  static func bring(
    _ paths: [String], into store: Store, receipt: FileImport.Receipt
  ) async throws -> ReceivedFiles.Outcome {
    try await ReceivedFiles(paths, limits: receipt.limits, profile: receipt.profile).bring(
      into: store, receipt)
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

  /// Errors and warnings, and of the notes the one that says how a file without a profile was read.
  static func printIssues(_ reports: [FileImport.Report]) {
    for issue in reports.flatMap(\.issues)
    where issue.severity != .note || issue.code == "N-DETECTED" {
      Terminal.message(issue.description)
    }
  }

  /// One line a copy: what the same bytes were called when they were first received.
  static func printCopies(_ reports: [FileImport.Report]) {
    for report in reports {
      guard let first = report.copyOf else { continue }
      let name = first == report.file ? "under this name" : "as \(Issue.escaped(first))"
      Terminal.message("\(report.file): a copy of bytes received before \(name); nothing was added")
    }
  }

  /// How an import ends: well, or with what did not come in.
  /// - Parameters:
  ///   - notWhole: files that were read, with records or members that were not.
  ///   - rest: what is true of all else: `stored`, or for a dry run `usable`.
  static func check(refused: Int, of all: Int, notWhole: Int, rest: String) throws {
    if refused > 0, refused == all {
      throw ProgramError(.inputRejected, "every file was refused; nothing was added")
    }
    guard refused > 0 || notWhole > 0 else { return }
    let parts =
      (refused > 0 ? ["\(refused) of \(all) files were refused"] : [])
      + (notWhole > 0 ? ["\(notWhole) of \(all) files came in only in part"] : [])
    throw ProgramError(
      .partial,
      parts.joined(separator: ", ") + (notWhole > 0 ? "; the rest is " : "; the others are ") + rest
    )
  }
}
