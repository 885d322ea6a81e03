import Foundation

/// Where the PostgreSQL server's programs are, and of which version.
public struct ServerBinaries: Sendable, Hashable {
  /// The folder with `initdb`, `pg_ctl`, `postgres` and `psql`.
  public let folder: String
  /// 15 for 15.20.
  public let major: Int

  public init(folder: String, major: Int) {
    self.folder = folder
    self.major = major
  }

  public func path(_ program: String) -> String { folder + "/" + program }

  /// The newest complete set, or the newest of one major version.
  ///
  /// Debian keeps them under `/usr/lib/postgresql/<major>/bin`; then `PATH` is searched.
  public static func newest(
    major wanted: Int? = nil, root: String = "/usr/lib/postgresql"
  ) -> ServerBinaries? {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    var found: [ServerBinaries] = versions.compactMap { version in
      guard let major = Int(version) else { return nil }
      return ServerBinaries(folder: "\(root)/\(version)/bin", major: major)
    }
    for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    where folder.hasPrefix("/") {
      if let major = majorBeside(String(folder)) {
        found.append(ServerBinaries(folder: String(folder), major: major))
      }
    }
    return
      found
      .filter { $0.isComplete && (wanted == nil || $0.major == wanted) }
      .max { ($0.major, $1.folder) < ($1.major, $0.folder) }
  }

  private var isComplete: Bool {
    ["initdb", "pg_ctl", "postgres", "psql"].allSatisfy {
      FileManager.default.isExecutableFile(atPath: path($0))
    }
  }

  /// The major version of the programs in a folder of `PATH`, read from the name of the folder the
  /// program really lies in. Nil when it cannot be told without running it.
  private static func majorBeside(_ folder: String) -> Int? {
    let program = URL(filePath: folder + "/postgres").resolvingSymlinksInPath()
    guard FileManager.default.isExecutableFile(atPath: program.path) else { return nil }
    return program.pathComponents.reversed().lazy.compactMap {
      Int($0) ?? Int($0.split(separator: "-").last ?? "")
    }.first
  }
}
