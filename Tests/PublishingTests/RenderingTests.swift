// Documents as files: what they hold, that they come out the same, that nothing half is left.

import CaseModel
import Digests
import Dossier
import Foundation
import TestSupport
import Testing

@testable import Publishing

/// A folder of its own for one test.
func temporaryFolder() throws -> URL {
  let url = FileManager.default.temporaryDirectory.appending(path: "publishing-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}

func sampleFile(_ track: Track = .convictionBased) throws -> Document {
  let sample = try SampleMatter(track)
  return try confiscationFile(
    track: track, caseFile: sample.caseFile, proposal: sample.proposal, run: sample.run,
    findings: sample.findings, manifest: sample.manifest)
}

func sampleSchedule() throws -> Document {
  let sample = try SampleMatter()
  return try assetSchedule(
    track: .convictionBased, caseFile: sample.caseFile, proposal: sample.proposal, run: sample.run,
    manifest: sample.manifest)
}

/// Runs a program for a check; nil when it is not there.
func output(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String)? {
  let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { $0 + "/" + program }.first { FileManager.default.isExecutableFile(atPath: $0) }
  guard let path else { return nil }
  let process = Process()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

@Suite("Published documents", .serialized)
struct RenderingTests {
  @Test("come out in all formats, and a second run gives the same bytes")
  func allFormats() async throws {
    let tools = await Tools.discover()
    guard tools.typst != nil, tools.dot != nil, tools.python != nil else {
      Issue.record("typst, python3 or Graphviz is missing: run make once")
      return
    }
    let named = ProcessInfo.processInfo.environment["MONEYTRAIL_LOOK"].map { URL(filePath: $0) }
    let folder = try named ?? temporaryFolder()
    let second = try temporaryFolder()
    let publisher = Publisher(tools: tools)
    for document in [try sampleFile(), try sampleFile(.nonConvictionBased), try sampleSchedule()] {
      let one = try await publisher.publish(document, formats: Format.allCases, into: folder)
      let two = try await publisher.publish(document, formats: Format.allCases, into: second)
      #expect(one == two)
      #expect(one.map(\.format) == [.pdf, .docx, .xlsx])
      #expect(one.allSatisfy { $0.byteCount > 5_000 })
      #expect((one[0].pages ?? 0) >= 4)
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: second.path)
    #expect(left.count == 9 && !left.contains { $0.hasPrefix(".") })
  }
}
