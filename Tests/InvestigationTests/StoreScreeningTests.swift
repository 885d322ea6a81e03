import CaseModel
import CaseStore
import Detection
import Foundation
import Intake
import Investigation
import Legislation
import TestSupport
import Testing

@Suite(
  "Everything in a store is screened, and kept",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct StoreScreeningTests {
  private func bring(_ paths: [String], into store: Store) async throws {
    let importer = FileImport(into: store, program: "moneytrail test")
    for path in paths { _ = try await importer.bring(try ExampleCase.file(path)) }
    try await store.pairTransfers()
  }

  @Test(
    "what came later changes what it can reach, and the result is that of looking at everything")
  func broughtUpToDate() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let screening = StoreScreening(store, law: try Law(profile: "gb"))
    // Sheets apart: they are no records, and change what accounts are called.
    let paths = try ExampleCase.paths().filter { !$0.hasSuffix(".yaml") }
    try await bring(try ExampleCase.paths().filter { $0.hasSuffix(".yaml") }, into: store)
    let later = paths.enumerated().filter { $0.offset % 9 == 4 }.map(\.element)
    try await bring(paths.filter { !later.contains($0) }, into: store)
    let first = try await screening.run()
    guard case .everything = first.extent else {
      Issue.record("the first screening is of everything: \(first.extent)")
      return
    }
    #expect(first.codes.count > 3)
    let again = try await screening.run()
    #expect(again.extent == .nothingNew(first.kept.code))
    #expect(again.results == first.results && again.codes == first.codes)

    try await bring(later, into: store)
    let updated = try await screening.run()
    guard case .update(first.kept.code, let accounts, _) = updated.extent else {
      Issue.record("an update was expected: \(updated.extent)")
      return
    }
    #expect(accounts > 0)
    let whole = try await screening.run(anew: true)
    for (one, other) in zip(updated.results, whole.results) {
      #expect(one == other, "\(one.detector)")
    }
    #expect(updated.kept == whole.kept && updated.codes == whole.codes)
    #expect(updated.codes != first.codes, "the later files show nothing new")
    #expect(
      updated.groups.flatMap(\.members).sorted() == Array(updated.codes.indices))
    await store.close()
  }

  @Test(
    "after a withdrawal everything is screened; what is kept names findings that explain themselves"
  )
  func withdrawn() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let screening = StoreScreening(store, law: try Law(profile: "gb"))
    let paths = try ExampleCase.paths().filter { !$0.hasSuffix(".yaml") }
    try await bring(paths, into: store)
    let snapshot = FileManager.default.temporaryDirectory.appending(
      path: "screening-\(ProcessInfo.processInfo.processIdentifier).snapshot"
    ).path
    defer { try? FileManager.default.removeItem(atPath: snapshot) }
    let first = try await screening.run(snapshot: snapshot)
    #expect(first.means == .loaded(nil))
    let mapped = try await screening.run(snapshot: snapshot, anew: true)
    #expect(mapped.means == .mapped)
    #expect(mapped.results == first.results)
    #expect(try await store.findings(first.codes) == first.results.flatMap(\.findings))
    let name = try #require(paths.last.map { URL(filePath: $0).lastPathComponent })
    let file = try await store.importedFile(named: name).file
    _ = try await store.undoImport(file: file, by: "a test", reason: "the wrong file")
    let after = try await screening.run(snapshot: snapshot)
    guard case .everything = after.extent else {
      Issue.record("everything was expected: \(after.extent)")
      return
    }
    await store.close()
  }
}
