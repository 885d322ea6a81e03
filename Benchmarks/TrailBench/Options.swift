/// What to measure.
struct Options: Sendable {
  var file = ""
  var threads = 1
  var usesDatabase = false
  var runsDetectors = false
  var writesSnapshot = false
  /// Times each question is asked; the quickest is reported.
  var repeats = 1
  /// Names of the questions to ask; empty for all.
  var only: Set<String> = []

  static let usage =
    "usage: trail-bench FILE.csv [--threads N] [--repeat N] [--only NAME,…] [--snapshot] [--detectors] "
    + "[--database]"

  init(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--threads":
        guard let count = rest.popFirst().flatMap({ Int($0) }), (1...64).contains(count) else {
          throw BenchError("--threads needs a number from 1 to 64")
        }
        threads = count
      case "--repeat":
        guard let count = rest.popFirst().flatMap({ Int($0) }), (1...100).contains(count) else {
          throw BenchError("--repeat needs a number from 1 to 100")
        }
        repeats = count
      case "--only":
        guard let names = rest.popFirst() else { throw BenchError("--only needs names") }
        only = Set(names.split(separator: ",").map(String.init))
      case "--database": usesDatabase = true
      case "--detectors": runsDetectors = true
      case "--snapshot": writesSnapshot = true
      default:
        guard file.isEmpty, !word.hasPrefix("--") else { throw BenchError(Self.usage) }
        file = word
      }
    }
    guard !file.isEmpty else { throw BenchError(Self.usage) }
  }

  func asks(_ name: String) -> Bool { only.isEmpty || only.contains(name) }

  /// With names of detectors among `only`, those; else all.
  func asksDetector(_ id: String) -> Bool {
    only.contains(id) || !only.contains { $0.hasPrefix("ST-") || $0.hasPrefix("FL-") }
  }
}

/// What went wrong, and what to do.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
