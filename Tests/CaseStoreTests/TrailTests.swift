import CaseModel
import CaseStore
import Foundation
import TestSupport
import Testing
import TrailGraph

@Suite("The trail of a store", .enabled(if: ThrowAwayDatabase.isAvailable))
struct TrailTests {
  /// A path of a test's own, in a folder that is removed afterwards.
  private func withFile(_ body: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "trail-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder + "/kept.trail")
  }

  /// A file of one account on days of its own: nothing in it meets what other files show.
  private func file(_ number: Int, of account: String, to other: String) -> ImportInput {
    input(
      "\(number).csv",
      [
        statement(
          account,
          (0..<4).map { place in
            entry(
              "2024-01-\(10 + number)", Int64(place % 2 == 0 ? -100 - place : 300 + place),
              to: other, purpose: "file \(number)", line: 2 + place)
          })
      ])
  }

  @Test("a snapshot is written, mapped while nothing changes, and brought forward by what is new")
  func broughtForward() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(file(1, of: accountA, to: accountB))
    try await withFile { path in
      #expect(try await store.trail(keptAt: path).means == .loaded(nil))
      let mapped = try await store.trail(keptAt: path)
      #expect(mapped.means == .mapped)
      try await expectSame(mapped.version, store.loadTrail())
      // New days, an earlier one among them; new accounts.
      try await store.importFile(file(5, of: accountB, to: accountC))
      try await store.importFile(file(2, of: accountA, to: accountC))
      try await store.importFile(file(3, of: accountC, to: accountA))
      let forward = try await store.trail(keptAt: path)
      #expect(forward.means == .broughtForward(entries: 12))
      try await expectSame(forward.version, store.loadTrail())
      // The version that was mapped before is still the old one.
      #expect(mapped.version.trail.edgeCount == 4)
      #expect(mapped.version.trail.amountMinor.sorted() == [100, 102, 301, 303])
      #expect(try await store.trail(keptAt: path).means == .mapped)
    }
  }

  @Test("what cannot be merged is read whole, and the reason is told")
  func readWhole() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let first = try await store.importFile(file(1, of: accountA, to: accountB))
    try await withFile { path in
      _ = try await store.trail(keptAt: path)
      func why() async throws -> SnapshotRefusal.Reason? {
        let kept = try await store.trail(keptAt: path)
        try await expectSame(kept.version, store.loadTrail())
        guard case .loaded(let refusal) = kept.means else { return nil }
        return refusal?.reason
      }
      try await store.importFile(
        input(
          "same-day.csv",
          [statement(accountA, [entry("2024-01-11", -7, purpose: "another line", line: 9)])]))
      #expect(
        try await why() == .olderThanStore(why: "files imported since show days that were known"))
      try await store.undoImport(file: first.file, by: "A. Analyst", reason: "wrong account")
      #expect(
        try await why()
          == .olderThanStore(why: "imports or pairs were withdrawn, restored or read otherwise"))
      let other = try await ThrowAwayDatabase.make().store()
      #expect(try await other.trail(keptAt: path).means == .loaded(refusal(.ofAnotherStore)))
      try Data("not a snapshot".utf8).write(to: URL(fileURLWithPath: path))
      await #expect(throws: refusal(.notASnapshot)) { try await store.trail(keptAt: path) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 14)
    }
  }

  private func refusal(_ reason: SnapshotRefusal.Reason) -> SnapshotRefusal {
    SnapshotRefusal(reason, file: "kept.trail")
  }

  @Test("pairs made since are merged in when the records state times, else the trail is read whole")
  func pairsSince() async throws {
    for isTimed in [true, false] {
      let store = try await ThrowAwayDatabase.make().store()
      func line(_ minor: Int64, to other: String?, _ hour: Int32, line: Int) -> StatementEntry {
        var entry = entry("2024-02-01", minor, to: other, line: line)
        if isTimed { entry.timeOfDay = hour * 3600 }
        return entry
      }
      try await store.importFile(
        input(
          "a.csv",
          [
            statement(
              accountA,
              [line(-500, to: accountB, 9, line: 2), line(70, to: accountC, 10, line: 3)])
          ]))
      try await withFile { path in
        _ = try await store.trail(keptAt: path)
        try await store.importFile(
          input(
            "b.csv",
            [
              statement(
                accountB,
                [line(500, to: accountA, 9, line: 2), line(-20, to: accountC, 11, line: 3)])
            ]))
        try await store.pairTransfers()
        let kept = try await store.trail(keptAt: path)
        try await expectSame(kept.version, store.loadTrail())
        #expect(
          (0..<kept.version.trail.edgeCount).contains { kept.version.trail.entries($0).count == 2 })
        if isTimed {
          #expect(kept.means == .broughtForward(entries: 2))
        } else {
          let why = "a pair made since joins an entry that states only a day"
          #expect(kept.means == .loaded(refusal(.olderThanStore(why: why))))
        }
      }
    }
  }

  @Test("a day without times is in the order of the statements of both accounts of a pair")
  func placesInDay() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input(
        "a.csv",
        [
          statement(
            accountA,
            [
              entry("2024-02-01", 900, line: 2), entry("2024-02-01", -1, line: 3),
              entry("2024-02-01", -500, to: accountB, line: 4),
            ])
        ]))
    try await store.importFile(
      input(
        "b.csv",
        [
          statement(
            accountB,
            [
              entry("2024-02-01", 500, to: accountA, line: 2),
              entry("2024-02-01", -490, to: accountC, line: 3),
            ])
        ]))
    try await store.pairTransfers()
    let trail = try await store.loadTrail().trail
    let start = Int64(day("2024-02-01").dayNumber) * 86_400
    let places = Dictionary(
      uniqueKeysWithValues: (0..<trail.edgeCount).map {
        (trail.amountMinor[$0], trail.time[$0] - start)
      })
    #expect(places == [900: 0, 1: 1, 500: 2, 490: 3])
    #expect((0..<trail.edgeCount).allSatisfy { !trail.hasTimeOfDay($0) })
  }

  /// Equal in everything a reader can see.
  private func expectSame(
    _ a: TrailShelf.Version, _ b: TrailShelf.Version, location: SourceLocation = #_sourceLocation
  ) {
    #expect(a.origin == b.origin, sourceLocation: location)
    let (a, b) = (a.trail, b.trail)
    #expect(a.source == b.source, sourceLocation: location)
    #expect(a.destination == b.destination, sourceLocation: location)
    #expect(a.time == b.time, sourceLocation: location)
    #expect(a.amountMinor == b.amountMinor, sourceLocation: location)
    #expect(a.currency == b.currency, sourceLocation: location)
    #expect(a.entry == b.entry, sourceLocation: location)
    #expect(a.names.accountNumbers == b.names.accountNumbers, sourceLocation: location)
    for account in 0..<Int32(min(a.accountCount, b.accountCount)) {
      #expect(
        Array(a.incoming(of: account)) == Array(b.incoming(of: account)),
        sourceLocation: location)
    }
    for edge in 0..<min(a.edgeCount, b.edgeCount) {
      #expect(a.entries(edge) == b.entries(edge), sourceLocation: location)
      #expect(a.hasTimeOfDay(edge) == b.hasTimeOfDay(edge), sourceLocation: location)
      #expect(a.channel(edge) == b.channel(edge), sourceLocation: location)
    }
  }
}
