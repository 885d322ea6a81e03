import Foundation

/// What to measure: rows of our own, or a transfers file.
struct Options: Sendable {
  var rows = 1_000_000
  var transfers: String?
  /// Entries of a made camt.053 instead of rows.
  var camt: Int?
  /// Writes each statement's time to the server's log, for whoever looks for the slow one.
  var logsStatements = false
  /// Only reading: a file, or made rows when none is named.
  var parsesOnly = false
  var file: String?
  var threads = 1
  /// Imports once and then measures only how the trail is loaded.
  var onlyTrail = false
  /// Also reads the file whole, with every entry in memory.
  var readsWhole = false

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    if rest.first == "parse" {
      rest = rest.dropFirst()
      parsesOnly = true
      if let path = rest.first, !path.hasPrefix("--") {
        file = path
        rest = rest.dropFirst()
      }
    }
    while let word = rest.popFirst() {
      switch word {
      case "--rows":
        guard let count = rest.popFirst().flatMap({ Int($0) }), count > 0 else {
          throw BenchError("--rows needs a number above 0")
        }
        rows = count
      case "--transfers":
        guard let path = rest.popFirst() else { throw BenchError("--transfers needs a file") }
        transfers = path
      case "--threads":
        guard let count = rest.popFirst().flatMap({ Int($0) }), (1...64).contains(count) else {
          throw BenchError("--threads needs a number from 1 to 64")
        }
        threads = count
      case "--camt":
        guard let count = rest.popFirst().flatMap({ Int($0) }), count > 0 else {
          throw BenchError("--camt needs a number above 0")
        }
        camt = count
      case "--whole": readsWhole = true
      case "--only-trail": onlyTrail = true
      case "--log-statements": logsStatements = true
      default:
        throw BenchError(
          """
          usage: store-bench [--rows N | --camt N | --transfers FILE.csv] [--only-trail] [--log-statements]
                 store-bench parse [FILE | --rows N | --camt N] [--threads N] [--whole]
          """)
      }
    }
  }

  /// The file to read: the one named, or made records in a file of their own, removed when read.
  func withFile<Result: Sendable>(
    _ body: @Sendable (String) async throws -> Result
  ) async throws -> Result {
    if let path = file ?? transfers { return try await body(path) }
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    let path =
      folder + "/store-bench-\(ProcessInfo.processInfo.processIdentifier)"
      + (camt == nil ? ".csv" : ".xml")
    defer { unlink(path) }
    if let camt {
      try MadeCamt(count: camt).write(to: path)
    } else {
      try MadeRows(count: rows).write(to: path)
    }
    return try await body(path)
  }
}
