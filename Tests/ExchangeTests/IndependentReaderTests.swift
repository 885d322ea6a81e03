import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite("Independent readers accept the exports")
struct IndependentReaderTests {
  /// The interpreter of the checkout's `.venv` with the packages of `scripts/setup --tests`, or the one
  /// that `MONEYTRAIL_PYTHON` names; nil when it lacks one of them.
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["MONEYTRAIL_PYTHON"]
    let path = named ?? SharedMaterial.checkout.appending(path: ".venv/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    let imports = "import csvw, frictionless, followthemoney, networkx"
    return (try? run(path, ["-c", imports]).status) == 0 ? path : nil
  }()

  static func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  @Test("csvw, frictionless, followthemoney and networkx read what is written")
  func independent() throws {
    guard let python = Self.python else {
      print("skipped: csvw, frictionless, followthemoney or networkx is not in .venv")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "exchange-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, file) in try SafetyTests.all(MadeUpRecord.make()) {
      let target = folder.appending(path: name)
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      try Data(file.bytes).write(to: target.appending(path: file.name))
    }
    let check = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Checks/check.py")
    let (status, text) = try Self.run(python, [check.path, folder.path])
    #expect(status == 0, "\(text)")
    #expect(text.components(separatedBy: "holds").count == 7, "\(text)")
  }
}
