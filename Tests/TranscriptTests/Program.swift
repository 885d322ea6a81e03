import Foundation
import TestSupport
import Testing

/// The built program, run as a user runs it.
enum Program {
  struct Result {
    let status: Int32
    let out: String
    let messages: String
  }

  /// Beside the test bundle: the same build made both.
  static let url: URL? = {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let url = bundle.deletingLastPathComponent().appending(path: "moneytrail")
    return FileManager.default.isExecutableFile(atPath: url.path) ? url : nil
  }()

  static let inputs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Inputs")

  /// Runs it with nothing of the caller's environment but `PATH`, and waits for its end.
  static func run(
    _ arguments: [String], in folder: URL = inputs, environment: [String: String] = [:]
  ) throws -> Result {
    let process = try start(arguments, in: folder, environment: environment)
    process.process.waitUntilExit()
    return try process.result()
  }

  /// Started and not waited for. Its output goes to files, so that it can never block on a full pipe.
  struct Started {
    let process: Process
    let scratch: URL

    func result() throws -> Result {
      defer { try? FileManager.default.removeItem(at: scratch) }
      func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: scratch.appending(path: name)), as: UTF8.self)
      }
      let signalled = process.terminationReason == .uncaughtSignal
      return Result(
        status: signalled ? -process.terminationStatus : process.terminationStatus,
        out: try text("out"), messages: try text("err"))
    }
  }

  static func start(
    _ arguments: [String], in folder: URL = inputs, environment: [String: String] = [:]
  ) throws -> Started {
    let scratch = try temporaryFolder()
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let base = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "HOME": scratch.path,
    ]
    process.environment = base.merging(environment) { $1 }
    for name in ["out", "err"] {
      _ = FileManager.default.createFile(
        atPath: scratch.appending(path: name).path, contents: nil)
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: scratch.appending(path: "out"))
    process.standardError = try FileHandle(forWritingTo: scratch.appending(path: "err"))
    try process.run()
    return Started(process: process, scratch: scratch)
  }

  /// A folder that the server's own user may enter as well.
  static func temporaryFolder() throws -> URL {
    let url = URL(filePath: "/tmp/moneytrail-t-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    return url
  }
}

/// Compares what the program prints with a file under Golden; MONEYTRAIL_GOLDEN=rewrite writes it anew.
enum Golden {
  static func expect(
    _ text: String, is name: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["MONEYTRAIL_GOLDEN"] == "rewrite" {
      try text.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let wanted = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    #expect(text == wanted, "\(name): see Golden/\(name).txt", sourceLocation: location)
  }

  /// What depends on the machine, the day or the program's version, replaced by its kind.
  static func normalised(_ text: String, folder: URL) -> String {
    text.replacing(folder.path, with: "FOLDER")
      .replacing(/[0-9a-f]{64}/, with: "SHA256")
      .replacing(/[0-9a-f]{16}…/, with: "SHA256…")
      .replacing(/ledger [0-9a-f]{16}/, with: "ledger SHA256")
      .replacing(/F-[0-9a-f]{12}/, with: "F-CODE")
      // A screening belongs to one store: its code holds which.
      .replacing(/SC-[0-9a-f]{12}/, with: "SC-CODE")
  }
}
