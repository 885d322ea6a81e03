import ArgumentParser
import CaseStore
import Foundation
import LocalPostgres

/// `moneytrail doctor`: one line a check, each with what to do.
struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the server, its rights, the tables, and the tools for documents.",
    discussion: """
      EXAMPLES
        moneytrail doctor
        moneytrail doctor --json

      Exit code 1 when a check fails.
      """)

  @OptionGroup var options: StoreOptions

  func run() async throws {
    var checks: [HealthCheck] = []
    let missing = await PublishingTools.found().missing
    checks.append(
      HealthCheck(
        name: "document tools", passed: missing.isEmpty,
        found: missing.isEmpty ? "all there" : "missing: " + missing.joined(separator: ", "),
        remedy: "run scripts/setup"))
    do {
      let store = try await options.open()
      checks += try await store.doctor()
      await store.close()
    } catch let error as ProgramError {
      checks.append(
        HealthCheck(name: "store", passed: false, found: error.message, remedy: "moneytrail init"))
    } catch {
      checks.append(
        HealthCheck(
          name: "store", passed: false, found: "\(error)",
          remedy: "start it: moneytrail start --folder \(options.folder)"))
    }
    let failed = checks.filter { !$0.passed }.count
    if options.json {
      try Terminal.json(Report(passed: failed == 0, checks: checks))
    } else {
      var table = TextTable(["check", "", "found", "remedy"])
      for check in checks {
        table.add([
          check.name, check.passed ? "ok" : "FAIL", check.found, check.passed ? "" : check.remedy,
        ])
      }
      Terminal.out(table.text)
    }
    if failed > 0 {
      throw ProgramError(.failedVerification, "\(failed) of \(checks.count) checks failed")
    }
  }

  private struct Report: Encodable {
    let schema = "moneytrail-doctor/1"
    let passed: Bool
    let checks: [HealthCheck]
  }
}
