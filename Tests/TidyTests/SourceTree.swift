import Foundation
import TestSupport

/// The source tree as text, for tests about the tree itself.
enum SourceTree {
  static let root = SharedMaterial.checkout

  /// Files below a folder with a suffix, relative to the checkout, sorted.
  static func files(below folder: String, suffix: String) -> [String] {
    let base = root.appending(path: folder)
    guard let found = FileManager.default.enumerator(atPath: base.path) else { return [] }
    var paths: [String] = []
    for case let path as String in found where path.hasSuffix(suffix) {
      paths.append(folder + "/" + path)
    }
    return paths.sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func folders(in folder: String) -> [String] {
    let base = root.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: base.appending(path: name).path, isDirectory: &isFolder) && isFolder.boolValue
    }.sorted()
  }

  /// The lines of a Swift file that hold one of some words, without comments' and string literals'
  /// contents, roughly: enough to look for a word of code without finding it in prose. Lines without any
  /// of the words are passed over as bytes: the tree has a hundred thousand.
  static func codeLines(
    _ path: String, holding words: [String]
  ) throws -> [(number: Int, code: String)] {
    let bytes = [UInt8](try Data(contentsOf: root.appending(path: path)))
    let wanted = words.map { Array($0.utf8) }
    let fence = Array("\"\"\"".utf8)
    guard wanted.contains(where: { holds(bytes[...], $0) }) else { return [] }
    var result: [(Int, String)] = []
    var inLongString = false
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let isFence = holds(line, fence)
      if inLongString {
        if isFence { inLongString = false }
        continue
      }
      let text = { String(decoding: line, as: UTF8.self) }
      if isFence, text().components(separatedBy: "\"\"\"").count % 2 == 0 { inLongString = true }
      guard wanted.contains(where: { holds(line, $0) }) else { continue }
      var code = text().replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
      if let comment = code.firstRange(of: "//") { code = String(code[..<comment.lowerBound]) }
      result.append((index + 1, code))
    }
    return result
  }

  private static func holds(_ bytes: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    return bytes.withUnsafeBytes { text in
      guard let start = text.baseAddress else { return false }
      var place = 0
      while place + word.count <= text.count,
        let found = memchr(start + place, Int32(first), text.count - place)
      {
        place = UnsafeRawPointer(found) - start
        if place + word.count <= text.count,
          word.withUnsafeBytes({ $0.baseAddress.map { memcmp($0, found, word.count) } }) == 0
        {
          return true
        }
        place += 1
      }
      return false
    }
  }
}

/// Targets and their declared arrows, read from Package.swift as text.
struct DeclaredTarget {
  let name: String
  let folder: String
  let dependencies: Set<String>

  static let products = [
    "yams": "Yams", "mustache": "Mustache", "subprocess": "Subprocess",
    "arguments": "ArgumentParser",
  ]

  static func all() throws -> [DeclaredTarget] {
    let manifest = try SourceTree.text("Package.swift")
    guard let start = manifest.range(of: "  targets: [") else { return [] }
    var rest = manifest[start.upperBound...]
    var targets: [DeclaredTarget] = []
    let opener = /(stage|tests|\.executableTarget|\.target|\.testTarget)\(/
    while let match = rest.firstMatch(of: opener) {
      let kind = String(match.output.1)
      var depth = 1
      var end = match.range.upperBound
      while depth > 0, end < rest.endIndex {
        if rest[end] == "(" { depth += 1 }
        if rest[end] == ")" { depth -= 1 }
        end = rest.index(after: end)
      }
      let body = String(rest[match.range.upperBound..<end])
      rest = rest[end...]
      guard let given = body.firstMatch(of: /"([^"]+)"/) else { continue }
      var name = String(given.output.1)
      var dependencies: Set<String> = []
      if let list = body.firstMatch(of: /(?:on|dependencies):\s*\[([^\]]*)\]/) {
        for item in String(list.output.1).split(separator: ",") {
          let word = item.trimmingCharacters(in: .whitespacesAndNewlines.union(["\""]))
          guard !word.isEmpty else { continue }
          dependencies.insert(products[word] ?? word)
        }
      }
      var folder = "Sources/" + name
      if kind == "tests" {
        dependencies.formUnion([name, "TestSupport", "CaseModel"])
        name += "Tests"
        folder = "Tests/" + name
      } else if kind == ".testTarget" {
        folder = "Tests/" + name
      }
      if let path = body.firstMatch(of: /path:\s*"([^"]+)"/) { folder = String(path.output.1) }
      targets.append(DeclaredTarget(name: name, folder: folder, dependencies: dependencies))
    }
    return targets
  }
}
