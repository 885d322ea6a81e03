import Foundation

/// Writes one Swift file that lists a target's `Catalogue/` types and embeds its data files.
///
/// `catalogue-listing <target> <folder> <output>`. Entries are sorted by name, so the listing never
/// depends on the file system's order.
@main
enum CatalogueListingTool {
  static let dataFolders = [
    "Profiles", "Records", "Jurisdictions", "Templates", "migrations", "queries",
  ]

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      FileHandle.standardError.write(Data("usage: catalogue-listing TARGET FOLDER OUTPUT\n".utf8))
      exit(2)
    }
    let (target, folder) = (arguments[1], URL(filePath: arguments[2]))
    var text = "// Written by catalogue-listing from the files of this target. Do not edit.\n\n"
    text += try catalogue(of: target, in: folder)
    text += try data(of: target, in: folder)
    // Unchanged text is not written again: a new time stamp would compile the target anew.
    let output = URL(filePath: arguments[3])
    if let before = try? String(contentsOf: output, encoding: .utf8), before == text { return }
    try text.write(to: output, atomically: true, encoding: .utf8)
  }

  static func catalogue(of target: String, in folder: URL) throws -> String {
    let types = files(below: folder.appending(path: "Catalogue"))
      .filter { $0.hasSuffix(".swift") && !$0.contains("/") }
      .map { String($0.dropLast(6)) }
    guard !types.isEmpty else { return "" }
    return """
      /// Everything in the Catalogue folder, sorted by type name.
      public enum \(target)Catalogue {
        public static let all: [any \(target)CatalogueEntry] = [
      \(types.map { "    \($0)()," }.joined(separator: "\n"))
        ]
      }

      """
  }

  static func data(of target: String, in folder: URL) throws -> String {
    var entries: [String] = []
    for name in dataFolders {
      let root = folder.appending(path: name)
      for path in files(below: root) where !path.hasSuffix(".md") {
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        let fence = String(repeating: "#", count: 4)
        precondition(!text.contains("\"\"\"" + fence), "\(path) holds the embedding's own fence")
        // The closing line break belongs to the literal's own layout, so the text keeps its own.
        entries.append(
          "    .init(folder: \"\(name)\", name: \"\(path)\", text: \(fence)\"\"\"\n\(text)\n\"\"\"\(fence)),"
        )
      }
    }
    guard !entries.isEmpty else { return "" }
    return """
      /// The target's data files as text, sorted by folder and path.
      enum \(target)Files {
        struct File: Sendable {
          let folder: String
          let name: String
          let text: String
        }
        static let all: [File] = [
      \(entries.joined(separator: "\n"))
        ]
      }

      """
  }

  /// Paths below `root`, relative, sorted bytewise.
  static func files(below root: URL) -> [String] {
    guard let found = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var paths: [String] = []
    for case let path as String in found {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: root.appending(path: path).path, isDirectory: &isFolder)
      if !isFolder.boolValue, !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        paths.append(path)
      }
    }
    return paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }
}
