import CaseModel
import CaseStore
import Digests
import Foundation
import Intake
import Investigation
import Legislation
import TestSupport

/// The committed example case, brought into private stores and run once for all tests of this target.
enum ExampleCase {
  static let folder = SharedMaterial.checkout.appending(path: "examples/harbour-street")

  /// Paths of the files that a user would import, sorted by bytes.
  static func paths() throws -> [String] {
    let keys: [URLResourceKey] = [.isRegularFileKey]
    guard
      let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)
    else { throw CocoaError(.fileReadNoSuchFile) }
    let root = folder.path.count + 1
    return found.compactMap { $0 as? URL }
      .filter { (try? $0.resourceValues(forKeys: Set(keys)).isRegularFile) == true }
      .map { String($0.path.dropFirst(root)) }
      .filter { path in
        !path.hasPrefix("variants/") && !path.hasPrefix(".")
          && !["README.md", "truth.json"].contains(path)
      }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func file(_ path: String) throws -> InputFile {
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: path)))
    return InputFile(
      name: URL(filePath: path).lastPathComponent, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  /// An order in which the files may arrive.
  enum Order: String, CaseIterable, Sendable {
    /// Sheets between the banks, as the names sort.
    case byName
    /// Both sheets before any statement, the statements backwards.
    case sheetsFirst
    /// Both sheets after every statement, the statements shuffled by their content.
    case sheetsLast

    func arranged(_ paths: [String]) throws -> [String] {
      let sheets = paths.filter { $0.hasSuffix(".yaml") }
      let statements = paths.filter { !$0.hasSuffix(".yaml") }
      switch self {
      case .byName: return paths
      case .sheetsFirst: return sheets.reversed() + statements.reversed()
      case .sheetsLast:
        let hashed = try statements.map { (path: $0, hash: try ExampleCase.file($0).sha256) }
        return hashed.sorted { $0.hash < $1.hash }.map(\.path) + sheets
      }
    }
  }

  /// A store with the whole case, and what a run over it gives.
  struct Loaded: Sendable {
    let store: Store
    let reports: [FileImport.Report]
    let caseFile: CaseFile
    let outcome: Investigation.Outcome
  }

  private static let byName = Task { try await load(.byName) }
  private static let sheetsFirst = Task { try await load(.sheetsFirst) }
  private static let sheetsLast = Task { try await load(.sheetsLast) }

  static func loaded(_ order: Order = .byName) async throws -> Loaded {
    switch order {
    case .byName: try await byName.value
    case .sheetsFirst: try await sheetsFirst.value
    case .sheetsLast: try await sheetsLast.value
    }
  }

  private static func load(_ order: Order) async throws -> Loaded {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "moneytrail test")
    var reports: [FileImport.Report] = []
    for path in try order.arranged(try paths()) {
      reports.append(try await importer.bring(try file(path)))
    }
    try await store.pairTransfers()
    var caseFile = try await store.caseFile(matter: MatterCode("HS-2026-01"))
      .accountsNumberedByContent
    // The store keeps the institution that the first file to name an account gives it, so it depends on
    // the order of arrival. Left out until each statement keeps its own.
    caseFile.accounts = caseFile.accounts.map { account in
      Account(
        id: account.id, key: account.key, currency: account.currency,
        displayName: account.displayName, holder: account.holder, controller: account.controller,
        hasStatements: account.hasStatements)
    }
    let outcome = try run(caseFile)
    try await CaseWork(store).keep(outcome, of: caseFile.matter.code)
    return Loaded(store: store, reports: reports, caseFile: caseFile, outcome: outcome)
  }

  /// The stages over a case file, as `draft` runs them.
  static func run(_ caseFile: CaseFile, method: String? = nil) throws -> Investigation.Outcome {
    try Investigation(
      caseFile: caseFile, law: try Law(profile: caseFile.matter.profile),
      request: .init(method: method, programVersion: "test")
    ).run()
  }
}

/// Results with the store's own numbers replaced by what they stand for, so that two stores compare.
struct Portable {
  let entries: [Int64: String]
  let accounts: [Int64: String]

  init(_ caseFile: CaseFile) {
    entries = Dictionary(
      uniqueKeysWithValues: caseFile.entries.map { ($0.id.value, $0.key) })
    accounts = Dictionary(
      uniqueKeysWithValues: caseFile.accounts.map { ($0.id.value, "\($0.key) \($0.currency)") })
  }

  /// Canonical JSON of a document in which each source names its entry by key.
  func text(_ document: Document) throws -> String {
    let tree = try JSONSerialization.jsonObject(with: Self.encoded(document))
    let data = try JSONSerialization.data(
      withJSONObject: replaced(tree), options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  func text(_ finding: Finding) -> String {
    let keys = finding.entries.map { entries[$0.value] ?? "unknown" }
    let parts = finding.accounts.map { "\(accounts[$0.account.value] ?? "unknown") \($0.part)" }
    return "\(finding.detector) \(finding.title): \(finding.sentence) \(finding.measures) "
      + "\(finding.strength) \(parts) \(keys)"
  }

  private func replaced(_ value: Any) -> Any {
    if let list = value as? [Any] { return list.map(replaced) }
    guard let object = value as? [String: Any] else { return value }
    return object.reduce(into: [String: Any]()) { result, pair in
      if pair.key == "entry", let number = pair.value as? Int64 {
        result[pair.key] = entries[number] ?? "unknown \(number)"
      } else {
        result[pair.key] = replaced(pair.value)
      }
    }
  }

  /// Where two texts part, with what stands around it; nil when they are equal.
  static func difference(_ a: String, _ b: String) -> String? {
    if a == b { return nil }
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    let place = zip(a, b).prefix { $0 == $1 }.count
    func around(_ bytes: [UInt8]) -> String {
      String(decoding: bytes[max(0, place - 200)..<min(bytes.count, place + 120)], as: UTF8.self)
    }
    return "at byte \(place) of \(a.count) and \(b.count):\n\(around(a))\n\(around(b))"
  }

  static func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  static func string(_ value: some Encodable) throws -> String {
    String(decoding: try encoded(value), as: UTF8.self)
  }
}
