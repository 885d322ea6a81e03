import CaseModel
import CaseStore
import Digests
import Foundation
import Legislation
import Publishing

/// Joins the two ends of a case: the store it is read from, and the folder its documents go to.
public struct CaseWork: Sendable {
  let store: Store

  public init(_ store: Store) { self.store = store }

  /// Reads a matter's record and the law of its profile.
  public func investigation(
    of matter: MatterCode, profile: String? = nil, request: Investigation.Request
  ) async throws -> Investigation {
    let caseFile = try await store.caseFile(matter: matter)
    let law = try Law(profile: profile ?? caseFile.matter.profile)
    return Investigation(caseFile: caseFile, law: law, request: request)
  }

  /// Keeps what a run derived, under codes made from its content, so that every figure of every
  /// document can be explained later. The same run again changes nothing.
  public func keep(_ outcome: Investigation.Outcome, of matter: MatterCode) async throws {
    try await store.saveFindings(outcome.findings, matter: matter)
    var printed: [PrintedFigure] = []
    var seen: Set<FigureCode> = []
    for document in outcome.documents {
      for figure in document.figures where seen.insert(figure.code).inserted {
        printed.append(PrintedFigure(code: figure.code, document: document.kind, figure: figure))
      }
    }
    try await store.saveFigures(printed, matter: matter)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let manifest = String(decoding: try encoder.encode(outcome.manifest), as: UTF8.self)
    try await store.saveRun(manifest: manifest, hash: outcome.manifest.runHash, matter: matter)
    try await store.saveTracingRun(outcome.record)
  }

  /// Keeps a tracing run that no document was made of. The same run again changes nothing.
  /// - Returns: the code under which `moneytrail runs` finds it, the same in every store.
  @discardableResult
  public func keepTracing(
    _ run: TracingRun, _ sensitivity: SensitivityTable, of investigation: Investigation
  ) async throws -> RunCode {
    try await store.saveTracingRun(try investigation.record(of: run, sensitivity))
  }

  /// Publishes the documents of a run with a manifest of every file.
  ///
  /// - Returns: the files, and the path of the manifest `manifest.json`.
  public func publish(
    _ outcome: Investigation.Outcome, into folder: URL, formats: Set<Format>, tools: Tools
  ) async throws -> [PublishedFile] {
    let publisher = Publisher(tools: tools)
    var files: [PublishedFile] = []
    for document in outcome.documents {
      // A workbook is for schedules; a court file is for reading.
      let fitting = formats.filter { document.kind == "asset-schedule" || $0 != .xlsx }
      files += try await publisher.publish(
        document, formats: fitting.sorted { $0.rawValue < $1.rawValue }, into: folder)
    }
    let list = PublishedManifest(manifest: outcome.manifest, files: files)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(list).write(
      to: folder.appending(path: PublishedManifest.name), options: .atomic)
    return files
  }
}

/// The manifest beside published documents: what they were made from, and the hash of each.
public struct PublishedManifest: Codable, Sendable {
  public static let name = "manifest.json"
  public var schema = "moneytrail-manifest/1"
  public let manifest: Manifest
  public let files: [PublishedFile]

  public init(manifest: Manifest, files: [PublishedFile]) {
    self.manifest = manifest
    self.files = files
  }

  /// What is wrong with a folder of documents: files that are gone or changed. Empty when sound.
  public static func problems(in folder: URL) throws -> [String] {
    let bytes = try Data(contentsOf: folder.appending(path: name))
    let list = try JSONDecoder().decode(PublishedManifest.self, from: bytes)
    return list.files.compactMap { file in
      guard let content = try? Data(contentsOf: folder.appending(path: file.name)) else {
        return "\(file.name): is gone"
      }
      let hash = ContentHash(of: [UInt8](content))
      return hash == file.sha256
        ? nil : "\(file.name): has changed: SHA-256 \(hash), was \(file.sha256)"
    }
  }
}
