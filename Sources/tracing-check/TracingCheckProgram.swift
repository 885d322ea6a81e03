// tracing-check FILE.json [--json]: computes a file of worked examples or a proof again.

import Foundation
import TracingCheck

/// Exit codes: 0 everything equal, 1 something differs, 2 wrong use, 3 the file cannot be read.
@main
struct TracingCheckProgram {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let files = arguments.filter { !$0.hasPrefix("-") }
    let options = arguments.filter { $0.hasPrefix("-") }
    guard files.count == 1, options.allSatisfy({ $0 == "--json" }), let file = files.first else {
      complain("usage: tracing-check FILE.json [--json]")
      exit(2)
    }
    do {
      let report = try report(on: file)
      if options.isEmpty {
        for difference in report.differences { print(difference) }
        print("\(report.figures) figures compared, \(report.differences.count) differ")
        if !report.notChecked.isEmpty {
          print("not checked: \(report.notChecked.joined(separator: "; "))")
        }
      } else {
        print(report.json)
      }
      exit(report.isEqual ? 0 : 1)
    } catch {
      complain("\(file): \(error)")
      exit(3)
    }
  }

  private static func report(on file: String) throws -> CheckReport {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Refusal(
        .malformed("the file cannot be read"), at: "file", remedy: "check its name and rights")
    }
    return try CheckReport.of(try JSON(reading: [UInt8](data)))
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
