import ArgumentParser
import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation
import Receiving

/// `moneytrail inspect`: what is in a file, without a database.
struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is in a file, without a database.",
    discussion: """
      EXAMPLES
        moneytrail inspect statement.sta
        moneytrail inspect exports/*.csv --profile layout.yaml --json
        moneytrail inspect january.sta february.sta march.sta
        moneytrail inspect production.zip

      Several files of one account are also checked against each other: whether each statement begins \
      with the balance and the number that follow the one before.

      Nothing is stored. Exit code 3 when a file was refused, 6 when some were refused and others read.
      """)

  @Argument(help: "The files to read.")
  var files: [String]

  @OptionGroup var reading: ReadingArguments

  @Option(
    help: ArgumentHelp(
      "Write the rows that would be set aside, with place and reason. A folder when several files"
        + " are named."))
  var rejects: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let inspections = try await look()
    let refused = inspections.count(where: \.refused)
    if refused > 0 {
      throw ProgramError(
        refused == inspections.count ? .inputRejected : .partial,
        "\(refused) of \(inspections.count) files could not be read; the reasons stand above")
    }
  }

  /// Reads the files and prints what is in them.
  func look() async throws -> [Inspection] {
    var options = try reading.options()
    options.scratch = CopyScratch()
    let received = ReceivedFiles(files, limits: options.limits, profile: options.profile)
    var inspections: [Inspection] = []
    var results: [ReadResult] = []
    var surveys: [Survey] = []
    for set in try received.groups.flatMap(received.files(of:)) {
      for (index, file) in set.enumerated() {
        if set.count == 1, rejects == nil, file.byteCount >= FileImport.streamedBytes,
          let survey = try? surveyStatements(file: file, options: options, strict: reading.strict)
        {
          inspections.append(Inspection(survey))
          surveys.append(survey)
          continue
        }
        options.companions = set
        options.companions.remove(at: index)
        let result = readStatements(file: file, options: options, strict: reading.strict)
        inspections.append(Inspection(result))
        results.append(result)
        guard let rejects, !result.quarantined.isEmpty else { continue }
        let place = RejectPlace(rejects, isOnly: files.count == 1 && file.container == nil)
        if let path = try place.write(file, options, strict: reading.strict) {
          Terminal.message("rows set aside: \(path)")
        }
      }
    }
    let chain = chainIssues(results, surveys)
    if json {
      try Terminal.json(
        Report(files: inspections, chainIssues: chain.map(Inspection.Found.init)))
    } else {
      for inspection in inspections { Terminal.out(inspection.lines.joined(separator: "\n")) }
      if !chain.isEmpty {
        Terminal.out("from statement to statement:")
        for issue in chain { Terminal.out("  \(issue.severity): \(issue)") }
      }
    }
    return inspections
  }

  private struct Report: Encodable {
    let schema = "moneytrail-inspect/1"
    let files: [Inspection]
    let chainIssues: [Inspection.Found]
    enum CodingKeys: String, CodingKey {
      case schema, files
      case chainIssues = "chain_issues"
    }
  }
}

/// Reads the files a user names, with errors that say what to do.
enum InputFiles {
  static func read(_ path: String) throws -> InputFile {
    do {
      let file = try ReceivedCopy.open(path)
      guard Int64(file.byteCount) <= Store.fileByteLimit else {
        throw ProgramError(
          .inputRejected,
          "\(path): \(file.byteCount) bytes are more than the limit of \(Store.fileByteLimit) bytes"
            + " for one file — split it at statement ends")
      }
      return file
    } catch let error as ReceivingError {
      let isForbidden = if case .forbidden = error { true } else { false }
      throw ProgramError(isForbidden ? .permission : .inputRejected, error.description)
    }
  }

  static func bytes(of path: String) throws -> [UInt8] {
    try read(path).bytes
  }

  /// A profile given as a file, else the name of a shipped one, which Intake looks up.
  static func profileText(_ given: String) throws -> String {
    guard FileManager.default.fileExists(atPath: given) else {
      guard !given.contains("/"), !given.hasSuffix(".yaml"), !given.hasSuffix(".json") else {
        throw ProgramError(.usage, "--profile \(given): no such file — check the path")
      }
      return given
    }
    return String(decoding: try bytes(of: given), as: UTF8.self)
  }
}
