import Foundation
import Tracing

/// `moneytrail trace --examples`: worked examples, each figure beside what was expected.
enum TraceExamples {
  /// Prints the figures; ends with status 1 when one differs or an example could not be run, and with 3
  /// when the file has none.
  static func run(_ path: String, json: Bool) throws {
    let name = URL(filePath: path).lastPathComponent
    let bytes = try InputFiles.bytes(of: path)
    let report: ExampleReport
    do {
      report = try ExampleRunner.runExamples(bytes)
    } catch {
      throw ProgramError(.inputRejected, "\(name): \(error)")
    }
    if json {
      try Terminal.json(report)
    } else {
      Terminal.out(text(report))
    }
    let failed = report.examples.count { $0.error != nil }
    let wrong = report.examples.flatMap(\.results).count { $0.error != nil || $0.matches == false }
    guard failed + wrong + report.unstated == 0, report.isAllEqual else {
      throw ProgramError(
        .failedVerification,
        "\(name): \(wrong) figures differ or could not be computed; \(report.unstated) state no value to "
          + "compare with; \(failed) examples could not be run"
      )
    }
  }

  private static func text(_ report: ExampleReport) -> String {
    var table = TextTable(["example", "figure", "value", "expected", ""], right: [2, 3])
    for example in report.examples {
      if let error = example.error { table.add([example.id, error, "—", "—", "FAILED"]) }
      for result in example.results {
        table.add([
          example.id, result.selectors.map(\.value).joined(separator: " "), text(result.value),
          text(result.expected), result.error ?? (result.matches == false ? "DIFFERS" : ""),
        ])
      }
    }
    return table.text + "\n\(report.matched) of \(report.compared) figures equal"
  }

  private static func text(_ value: ExampleReport.Value?) -> String {
    switch value {
    case .text(let text): text
    case .list(let list): list.joined(separator: ", ")
    case nil: "—"
    }
  }
}
