import Foundation
import PackagePlugin

/// Runs `catalogue-listing` over a target's folder before it compiles.
///
/// Two conventions, so that adding a file is all it takes to add a thing:
/// `Catalogue/<Type>.swift` becomes an entry of `<Target>Catalogue.all`, and each text file of a data
/// folder (`Profiles`, `Records`, `Jurisdictions`, `Templates`, `migrations`, `queries`) becomes an entry of
/// `<Target>Files.all`.
@main
struct CatalogueListing: BuildToolPlugin {
  static let dataFolders = [
    "Profiles", "Records", "Jurisdictions", "Templates", "migrations", "queries",
  ]

  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let folder = target.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "\(target.name)Listing.swift")
    var inputs: [URL] = []
    for name in ["Catalogue"] + Self.dataFolders {
      let root = folder.appending(path: name)
      guard let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
      else { continue }
      for case let url as URL in found where !url.hasDirectoryPath { inputs.append(url) }
    }
    inputs.sort { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Listing \(target.name)",
        executable: try context.tool(named: "catalogue-listing").url,
        arguments: [target.name, folder.path, output.path],
        inputFiles: inputs, outputFiles: [output])
    ]
  }
}
