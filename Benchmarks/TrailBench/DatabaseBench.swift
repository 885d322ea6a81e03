import Foundation

/// Loading from PostgreSQL, as `store-bench` measures it: the file is imported into a private server's
/// store, the trail's columns are copied out to nobody, and a trail is loaded, ready to walk.
///
/// `store-bench` must have been built beside this program.
enum DatabaseBench {
  /// What the lines of `store-bench` are called here.
  private static let names = ["trail_copy_out": "pg_copy_out", "trail_load": "pg_load"]

  static func run(file: String) throws {
    let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "store-bench")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw BenchError("no store-bench beside trail-bench; build it: --product store-bench")
    }
    let output = Pipe()
    let process = Process()
    process.executableURL = program
    process.arguments = ["--transfers", file, "--only-trail"]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError("store-bench ended with \(process.terminationStatus); see its message")
    }
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, let name = names[String(words[0])], let value = Double(words[1])
      else { continue }
      report(name, value, String(words[2]))
    }
  }
}
