import CaseModel
import Digests
import Foundation
import Intake

/// What to measure: rows of our own, or a transfers file.
struct Options {
  var rows = 1_000_000
  var transfers: String?
  /// Writes each statement's time to the server's log, for whoever looks for the slow one.
  var logsStatements = false
  /// Only reading: a file, or made rows when none is named.
  var parsesOnly = false
  var file: String?
  var threads = 1
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
      case "--whole": readsWhole = true
      case "--log-statements": logsStatements = true
      default:
        throw BenchError(
          """
          usage: store-bench [--rows N | --transfers FILE.csv] [--log-statements]
                 store-bench parse [FILE | --rows N] [--threads N] [--whole]
          """)
      }
    }
  }

  func inputFile() throws -> InputFile {
    let bytes: [UInt8]
    if let transfers {
      bytes = Array(try Data(contentsOf: URL(filePath: transfers)))
    } else {
      bytes = MadeRows(count: rows).text()
    }
    return InputFile(
      name: transfers.map { URL(filePath: $0).lastPathComponent } ?? "made-\(rows).csv",
      sha256: ContentHash(of: bytes), bytes: bytes)
  }
}
