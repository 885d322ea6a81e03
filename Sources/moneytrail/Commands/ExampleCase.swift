import ArgumentParser
import Foundation
import Scenarios

/// `moneytrail example-case`: writes the made-up case, the same bytes for the same seed.
struct ExampleCase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example-case",
    abstract: "Write the made-up example case to a folder.",
    discussion: """
      EXAMPLES
        moneytrail example-case --into examples/harbour-street
        moneytrail example-case --seed 7 --into other-case

      All names, banks and account numbers are invented.
      """)

  @Option(help: "The folder to write; existing files of the same names are replaced.")
  var into: String

  @Option(help: "The seed; the committed example has the default.")
  var seed: UInt64 = HarbourStreet.seed

  func run() async throws {
    let files = HarbourStreet.files(seed: seed)
    let root = URL(filePath: into)
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      let url = root.appending(path: path)
      do {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
      } catch {
        throw ProgramError(
          .permission, "\(url.path): cannot be written: \(error.localizedDescription)")
      }
    }
    Terminal.out("\(files.count) files in \(into)")
  }
}
