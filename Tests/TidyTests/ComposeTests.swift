import Foundation
import Testing

@Suite("The container set-up for a shared server")
struct ComposeTests {
  @Test(
    "publishes on the loopback address only, takes passwords from files, mounts files that exist")
  func compose() throws {
    let text = try SourceTree.text("docker-compose.yml")
    for line in text.components(separatedBy: "\n") where line.contains(":5432\"") {
      #expect(line.contains("127.0.0.1:"), "\(line)")
    }
    #expect(!text.contains("POSTGRES_PASSWORD:"), "a password would stand in the environment")
    #expect(text.contains("healthcheck:"))
    for match in text.matches(of: /- \.\/([^:]+):/) {
      let path = SourceTree.root.appending(path: String(match.output.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(path) is mounted and does not exist")
    }
  }

  static let composer = ["/usr/bin/docker-compose", "/usr/local/bin/docker-compose"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    "docker-compose accepts it (skipped where docker-compose is not installed)",
    .enabled(if: composer != nil))
  func schema() throws {
    let composer = try #require(Self.composer)
    let process = Process()
    process.executableURL = URL(filePath: composer)
    process.arguments = [
      "-f", SourceTree.root.appending(path: "docker-compose.yml").path, "config", "-q",
    ]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
