import ArgumentParser
import CaseModel
import CaseStore
import Confiscation
import Dossier
import Foundation
import Intake
import Investigation
import Legislation
import LocalPostgres
import Postgres
import Publishing
import Tracing
import TrailGraph

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

/// What an error means to the caller: an exit code and the lines a person reads.
struct Outcome {
  let code: ExitStatus
  let message: String?

  init(_ error: any Error) {
    if let known = Self.known(error) {
      (code, message) = known
      return
    }
    // What the argument parser throws: help and version are successes, the rest is usage.
    let parsed = Moneytrail.exitCode(for: error)
    message = Moneytrail.fullMessage(for: error)
    code = parsed.isSuccess ? .success : parsed == .validationFailure ? .usage : .inputRejected
  }

  private static func known(_ error: any Error) -> (ExitStatus, String)? {
    switch error {
    case let failure as ProgramError: (failure.status, failure.message)
    case is CancellationError:
      (.interrupted, "interrupted; what was under way is undone, what was finished is kept")
    case let refusal as FileRefusal:
      (.inputRejected, refusal.issues.map(\.description).joined(separator: "\n"))
    case let refusal as TransferFile.Refusal: (.inputRejected, refusal.description)
    case let refused as LawRefused: (.inputRejected, refused.description)
    case let issue as CaseModel.Issue: (.inputRejected, issue.description)
    case let failure as PostgresError: sort(failure)
    case let failure as RowError:
      (
        .database,
        "\(failure) — the database is not of this program's version; run: moneytrail doctor"
      )
    case let failure as StoreError: (sort(failure), failure.description)
    case let failure as LocalPostgresError: (sort(failure), failure.description)
    case let failure as LawError: (sort(failure), failure.description)
    case let failure as InvestigationError: (.usage, failure.description)
    case let failure as MethodRefused: (.inputRejected, failure.description)
    case let failure as WhatIfError: (.inputRejected, failure.description)
    case let failure as TracingError: (sort(failure), failure.description)
    case let failure as ConfiscationError: (.inputRejected, failure.description)
    case let failure as DossierError: (.inputRejected, failure.description)
    case let failure as PublishingError: (sort(failure), failure.description)
    case let failure as CocoaError: sort(failure)
    default: nil
    }
  }

  private static func sort(_ error: PostgresError) -> (ExitStatus, String) {
    let text = error.description
    if error.isInsufficientPrivilege {
      return (.permission, text + " — the role lacks a right; run: moneytrail doctor")
    }
    if error.isDiskFull {
      return (
        .database, text + " — the server's disk is full; make room and try again, nothing is lost"
      )
    }
    if error.connectionLost {
      let remedy =
        error.operation == "connect"
        ? "is the server running? Run: moneytrail start, or moneytrail doctor"
        : "the server went away; what was under way is undone. Run: moneytrail start, then try again"
      return (.database, text + " — " + remedy)
    }
    return (.database, text + " — nothing of this step was stored; run: moneytrail doctor")
  }

  private static func sort(_ error: StoreError) -> ExitStatus {
    switch error {
    case .needsMigration, .newerThanProgram, .migrationChanged, .serverTooOld, .countsDoNotAddUp,
      .unusableKey, .unknownSource:
      .database
    case .fileMismatch, .fileTooLarge, .currencyMismatch, .matterMissing, .unknownCode, .unknownRun,
      .unusableReplacement, .unknownImport, .ambiguousImport, .alreadyWithdrawn,
      .unexplainedWithdrawal:
      .inputRejected
    }
  }

  private static func sort(_ error: LocalPostgresError) -> ExitStatus {
    switch error {
    case .notAccessible, .ownedByAnother: .permission
    case .notAFolder: .usage
    case .binariesMissing, .serviceUserMissing, .diskFull, .alreadyRunning, .busy,
      .notInitialised, .failed:
      .database
    }
  }

  /// A profile is named on the command line or in a case sheet; what it lacks is a matter of input.
  private static func sort(_ error: LawError) -> ExitStatus {
    switch error {
    case .unknownProfile: .usage
    case .noRule, .notYetInForce: .inputRejected
    }
  }

  private static func sort(_ error: TracingError) -> ExitStatus {
    if case .unknownMethod = error.reason { return .usage }
    return .inputRejected
  }

  private static func sort(_ error: PublishingError) -> ExitStatus {
    switch error {
    case .unwritable: .permission
    case .toolMissing, .toolFailed, .brokenTree, .workbook: .inputRejected
    }
  }

  private static func sort(_ error: CocoaError) -> (ExitStatus, String) {
    let path = (error.userInfo[NSFilePathErrorKey] as? String).map { $0 + ": " } ?? ""
    switch error.code {
    case .fileWriteNoPermission, .fileReadNoPermission:
      return (.permission, path + "may not be used — check the rights of the file and its folder")
    case .fileWriteOutOfSpace:
      return (.inputRejected, path + "the disk is full — make room and try again")
    case .fileReadNoSuchFile, .fileNoSuchFile:
      return (.inputRejected, path + "no such file — check the path")
    default:
      return (.inputRejected, path + error.localizedDescription + " — check the path")
    }
  }
}
