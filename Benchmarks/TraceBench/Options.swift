import Tracing

/// What to measure; without any option everything up to a million steps.
struct Options {
  var sizes = [10_000, 100_000, 1_000_000]
  var shapes = Shape.allCases
  var shapeSizes = [10_000, 100_000]
  var methods = TracingCatalogue.all.map(\.name)
  var measuresCase = true
  /// Also with every movement recorded, as a claim needs it; it takes 32 bytes a movement.
  var recordsPaths = true
  var pathChoices: [Bool] { recordsPaths ? [false, true] : [false] }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func numbers(_ word: String) throws -> [Int] {
      let found = (rest.popFirst() ?? "").split(separator: ",").compactMap { Int($0) }
      guard !found.isEmpty, found.allSatisfy({ $0 >= 1_000 }) else {
        throw BenchError("\(word) needs numbers of at least 1000, such as 10000,100000")
      }
      return found
    }
    while let word = rest.popFirst() {
      switch word {
      case "--steps": sizes = try numbers(word)
      case "--shape-steps": shapeSizes = try numbers(word)
      case "--shapes":
        let names = (rest.popFirst() ?? "").split(separator: ",").map(String.init)
        shapes = try names.filter { $0 != "none" }.map {
          guard let shape = Shape(rawValue: $0) else {
            throw BenchError("no shape is called \($0)")
          }
          return shape
        }
      case "--methods":
        methods = (rest.popFirst() ?? "").split(separator: ",").map(String.init)
      case "--no-paths": recordsPaths = false
      case "--no-case": measuresCase = false
      case "--only-case":
        sizes = []
        shapes = []
      default:
        throw BenchError(
          "usage: trace-bench [--steps N,…] [--shapes NAME,…|none] [--shape-steps N,…]"
            + " [--methods NAME,…] [--no-paths] [--no-case | --only-case]")
      }
    }
  }
}

struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
