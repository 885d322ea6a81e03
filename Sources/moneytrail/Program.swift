import ArgumentParser
import CaseStore
import Foundation
import Intake
import LocalPostgres

/// The program's entry: parses, runs, and turns every outcome into a message and an exit code.
@main
enum Program {
  static func main() async {
    // A reader that closed its end of a pipe ends us quietly, not with a crash report.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try Moneytrail.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      let outcome = Outcome(error)
      if let text = outcome.message {
        outcome.code == .success ? Terminal.out(text) : Terminal.message(text)
      }
      exit(outcome.code.rawValue)
    }
  }
}

/// Exit codes: stable, documented in the user guide, tested (experience.md C1).
enum ExitStatus: Int32 {
  case success = 0
  /// A verification found something wrong.
  case failedVerification = 1
  case usage = 2
  case inputRejected = 3
  case database = 4
  case permission = 5
  /// Done in part: some inputs were refused, the others are in.
  case partial = 6
  case interrupted = 130
}

/// What an error means to the caller.
struct Outcome {
  let code: ExitStatus
  let message: String?

  init(_ error: any Error) {
    switch error {
    case let failure as ProgramError:
      code = failure.status
      message = failure.message
    case let refusal as FileRefusal:
      code = .inputRejected
      message = refusal.issues.map(\.description).joined(separator: "\n")
    default:
      let parsed = Moneytrail.exitCode(for: error)
      message = Moneytrail.fullMessage(for: error)
      if parsed.isSuccess {
        code = .success
      } else if parsed == .validationFailure {
        code = .usage
      } else {
        let sorted = Self.sort(error)
        code = sorted
      }
    }
  }

  private static func sort(_ error: any Error) -> ExitStatus {
    if error is CancellationError { return .interrupted }
    let text = String(reflecting: type(of: error))
    if text.contains("Postgres") || text.contains("Store") { return .database }
    if let cocoa = error as? CocoaError,
      cocoa.code == .fileWriteNoPermission || cocoa.code == .fileReadNoPermission
    {
      return .permission
    }
    return .inputRejected
  }
}

/// A failure the program itself words: what happened, where, and what to do.
struct ProgramError: Error, CustomStringConvertible {
  let status: ExitStatus
  let message: String
  var description: String { message }

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}
