import CaseModel
import Digests
import Foundation
import TestSupport

@testable import Intake

/// Shorthand for tests that read text written in the test itself.
enum Given {
  static func file(_ text: String, name: String = "given.csv") -> InputFile {
    file(Array(text.utf8), name: name)
  }

  static func file(_ bytes: [UInt8], name: String = "given.csv") -> InputFile {
    InputFile(name: name, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  static func file(at url: URL) throws -> InputFile {
    file([UInt8](try Data(contentsOf: url)), name: url.lastPathComponent)
  }

  /// Reads delimited text with a profile.
  static func reading(
    _ text: String, profile: String? = nil, receivedOn: String? = "2024-06-30", strict: Bool = false
  ) -> ReadResult {
    readStatements(
      file: file(text),
      options: ReadingOptions(profile: profile, receivedOn: receivedOn.flatMap { CivilDate($0) }),
      strict: strict)
  }

  static func json(_ object: Any) throws -> String {
    String(
      decoding: try JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
  }
}

/// The 120 cases of bad input that the shared generator writes.
enum MalformedCases {
  struct Case: Sendable {
    let name: String
    let files: [InputFile]
    let format: String
    let profile: String?
    let outcome: String
    let code: String?
    let place: String?
    let kept: Int
  }

  static let script = SharedMaterial.url("fixtures/malformed/make_malformed.py")
  static let isAvailable =
    script != nil && FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  /// Made once: the generator writes 17 MiB.
  private static let made = Result { try make() }

  static func all() throws -> [Case] { try made.get() }

  private static func make() throws -> [Case] {
    guard let script else { return [] }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "moneytrail-malformed-\(ProcessInfo.processInfo.globallyUniqueString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let make = Process()
    make.executableURL = URL(filePath: "/usr/bin/python3")
    make.arguments = [script.path, folder.path]
    make.standardError = FileHandle.nullDevice
    try make.run()
    make.waitUntilExit()
    let data = try Data(contentsOf: folder.appending(path: "cases.json"))
    let list = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    return try list.map { item in
      var profile = item["profile"] as? [String: Any]
      for (key, value) in item["profile_override"] as? [String: Any] ?? [:] {
        profile?[key] = value
      }
      let names = item["files"] as? [String] ?? []
      return Case(
        name: item["case"] as? String ?? "",
        files: try names.map { try Given.file(at: folder.appending(path: $0)) },
        format: item["format"] as? String ?? "", profile: try profile.map(Given.json),
        outcome: item["outcome"] as? String ?? "", code: item["code"] as? String,
        place: item["where"] as? String, kept: item["transactions_kept"] as? Int ?? 0)
    }
  }
}
