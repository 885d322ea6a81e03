import ArgumentParser
import CaseModel
import CaseStore
import Foundation

/// `moneytrail import undo`: withdraws what one file brought, by a new record.
struct ImportUndo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Withdraw an import: what only that file shows no longer counts.",
    discussion: """
      EXAMPLES
        moneytrail import undo PX-004 --reason "statements of another customer"
        moneytrail import undo 3f9a01bc --reason "superseded by PX-011" --by A.A.

      BATCH is the file's exhibit mark, its name, or 8 digits or more of its SHA-256. Nothing is removed: \
      the file, its lines and this decision stay in the store. Lines that another file shows stay in \
      force. Import the same file again to restore it.
      """)

  @OptionGroup var options: StoreOptions

  @Argument(help: "The exhibit mark, name or hash of the imported file.")
  var batch: String

  @Option(help: "Why the import is withdrawn. Kept with the withdrawal.")
  var reason: String

  @Option(help: "Who withdraws it; the signed-in user when left out.")
  var by: String?

  func run() async throws {
    let store = try await options.open()
    let named = try await store.importedFile(named: batch)
    let report = try await store.undoImport(
      file: named.file, by: by ?? NSUserName(), reason: reason)
    await store.close()
    if options.json {
      try Terminal.json(Output(withdrawn: report))
    } else {
      Terminal.out(Self.text(report))
    }
  }

  /// What no longer counts, account by account, and what stays.
  static func text(_ report: UndoReport) -> String {
    var lines = [
      "\(report.label) is withdrawn (SHA-256 \(report.sha256.hex.prefix(16))…), by \(report.author): "
        + report.reason
    ]
    lines.append(
      "no longer counted: \(report.statements) statements, \(report.entriesGone) lines, "
        + "\(report.paymentsGone) payment records, \(report.entitiesGone) entities"
        + (report.matters > 0 ? ", \(report.matters) case sheets" : ""))
    lines.append(
      "kept, as other files show them: \(report.entriesKept) lines, \(report.paymentsKept) payment "
        + "records, \(report.entitiesKept) entities")
    lines.append(
      "paired transfers: \(report.transfersBefore) before, \(report.transfersAfter) now")
    var table = TextTable(
      ["account", "currency", "lines gone", "from", "to", "lines kept", "statements left"],
      right: [2, 5])
    for account in report.accounts {
      table.add([
        account.displayName, account.currency, String(account.entriesGone),
        account.gone?.first.description ?? "—", account.gone?.last.description ?? "—",
        String(account.entriesKept), account.hasStatements ? "yes" : "none",
      ])
    }
    if !table.isEmpty { lines.append(table.text) }
    lines.append("To restore it, import the file again.")
    return lines.joined(separator: "\n")
  }

  private struct Output: Encodable {
    let schema = "moneytrail-import-undo/1"
    let withdrawn: UndoReport
  }
}
