import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation

/// `moneytrail watch FOLDER`: takes in what is put into a folder and answers each file with a letter.
struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import what arrives in a folder, and write a letter for each file.",
    discussion: """
      EXAMPLES
        moneytrail watch /srv/inbox --outbox /srv/letters --authority "Order 14/2026"
        moneytrail watch inbox --once

      A file is taken when NAME.done stands beside it, when its hash stands in MANIFEST.sha256, or when \
      it has not changed for --settle seconds. Nothing in the folder is moved or changed. A letter says \
      whether the file was accepted, accepted in part or rejected and why, with its SHA-256; it never \
      holds a record's text. A file that has its letter is not taken again. The files of a production set \
      are taken together; a file of it that came too early and was rejected is taken again with the others.
      """)

  @OptionGroup var options: StoreOptions

  @Argument(help: "The folder that is watched.")
  var inbox: String

  @Option(help: "The folder for the letters. (default: beside the watched one, INBOX-letters)")
  var outbox: String?

  @OptionGroup var reading: ReadingArguments

  @Option(help: "Seconds for which a file must not change before it is taken.")
  var settle = 10

  @Option(help: "Seconds between two looks.")
  var every = 5

  @Flag(help: "Look once and end: exit code 6 when a file was rejected, or accepted in part.")
  var once = false

  @Option(help: "The order or request under which the files are obtained.")
  var authority: String?

  @Option(help: "Who hands the files over.")
  var custodian: String?

  func run() async throws {
    guard settle >= 0, every > 0 else {
      throw ProgramError(.usage, "--settle and --every count seconds from 0 and from 1")
    }
    var folder = try WatchedFolder(inbox: inbox, outbox: outbox, settle: settle)
    var receipt = FileImport.Receipt(
      profile: try reading.profileText(), isStrict: reading.strict, authority: authority,
      custodian: custodian)
    receipt.limits = try reading.limits()
    var notWhole = 0
    repeat {
      let arrivals = try folder.arrivals(now: Date(), profile: receipt.profile)
      if !arrivals.isEmpty {
        let store = try await options.open()
        do {
          for group in arrivals {
            for letter in try await Self.take(group, into: store, receipt) {
              try folder.write(letter)
              if letter.verdict != .accepted { notWhole += 1 }
              Terminal.message(
                "\(Issue.escaped(letter.arrival.name)): \(letter.verdict.rawValue.lowercased())")
            }
          }
          _ = try await store.pairTransfers()
        } catch {
          await store.close()
          throw error
        }
        await store.close()
      }
      if !once { try await Task.sleep(for: .seconds(every)) }
    } while !once
    if notWhole > 0 {
      throw ProgramError(
        .partial, "\(notWhole) files were rejected or accepted in part; their letters say why")
    }
  }

  /// Imports one arrival, or those of a set together, or says why not.
  private static func take(
    _ group: [WatchedFolder.Arrival], into store: Store, _ receipt: FileImport.Receipt
  ) async throws -> [ArrivalLetter] {
    if let faulty = group.first(where: { $0.fault != nil }) {
      return group.map { arrival in
        ArrivalLetter(
          arrival, fault: arrival.fault ?? "\(faulty.name) of the same set is not as announced")
      }
    }
    let outcome = try await ReceivedFiles(
      group.map(\.path), limits: receipt.limits, profile: receipt.profile
    )
    .bring(into: store, receipt)
    return group.map { arrival in
      var letter = ArrivalLetter(arrival)
      letter.reports =
        group.count == 1 ? outcome.reports : outcome.reports.filter { $0.file == arrival.name }
      letter.refusals = outcome.refusals
      return letter
    }
  }
}
