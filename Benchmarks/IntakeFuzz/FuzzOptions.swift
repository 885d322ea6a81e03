import CaseModel
import Digests
import Foundation
import Intake

/// `intake-fuzz [--format NAME] [--seconds N] [--seed N] [--state FILE] CORPUS…`
struct FuzzOptions {
  var format: String?
  var seconds = 60
  var seed: UInt64 = 1
  /// Where the input in hand stands, so that a crash leaves it behind.
  var state = "intake-fuzz.last"
  var corpus: [String] = []

  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        corpus.append(word)
        continue
      }
      guard let value = rest.popFirst() else { throw Mistake(description: "\(word) needs a value") }
      switch word {
      case "--format": format = value
      case "--seconds": seconds = try Self.number(word, value)
      case "--seed": seed = UInt64(try Self.number(word, value))
      case "--state": state = value
      default: throw Mistake(description: "\(word) is no option; see Benchmarks/README.md")
      }
    }
    guard !corpus.isEmpty else {
      throw Mistake(
        description: "no files or folders given; start from Tests/IntakeTests/Statements")
    }
  }

  private static func number(_ word: String, _ value: String) throws -> Int {
    guard let number = Int(value), number >= 0 else {
      throw Mistake(description: "\(word) \(value): not a number")
    }
    return number
  }

  /// The formats asked for.
  func formats() throws -> [any StatementFormat] {
    guard let format else { return IntakeCatalogue.all }
    let chosen = IntakeCatalogue.all.filter { $0.name == format }
    guard !chosen.isEmpty else {
      let names = IntakeCatalogue.all.map(\.name).sorted().joined(separator: ", ")
      throw Mistake(description: "--format \(format): not one of \(names)")
    }
    return chosen
  }

  /// Files of at most 256 KiB below the paths given, in order of path.
  func inputs() throws -> [InputFile] {
    var paths: [String] = []
    for path in corpus {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Mistake(description: "\(path): no such file or folder")
      }
      guard isFolder.boolValue else {
        paths.append(path)
        continue
      }
      let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      paths += found.map { path + "/" + $0 }
    }
    return paths.sorted().compactMap { path in
      guard let bytes = FileManager.default.contents(atPath: path).map({ [UInt8]($0) }),
        bytes.count <= 1 << 18
      else { return nil }
      let name = URL(filePath: path).lastPathComponent
      return InputFile(name: name, sha256: ContentHash(of: bytes), bytes: bytes)
    }
  }
}
