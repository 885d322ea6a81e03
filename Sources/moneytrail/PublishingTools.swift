import Foundation
import Publishing

/// Finds the programs that documents are made with.
enum PublishingTools {
  /// The typesetter lies in `.venv` of the working folder, or of the checkout the program was built in;
  /// else whatever the path offers. What is missing is said when it is needed, with its remedy.
  static func found() async -> Tools {
    let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    var folders = [URL(filePath: FileManager.default.currentDirectoryPath)]
    var folder = program.deletingLastPathComponent()
    for _ in 0..<8 where folder.path != "/" {
      folders.append(folder)
      folder = folder.deletingLastPathComponent()
    }
    let home = folders.first { folder in
      FileManager.default.isExecutableFile(
        atPath: folder.appending(path: ".venv/bin/python").path)
    }
    return await Tools.discover(folder: home ?? folders[0])
  }
}
