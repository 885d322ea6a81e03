import CaseModel
import CaseStore
import Digests
import Foundation
import Intake
import Investigation
import Synchronization
import Testing
import TestSupport

@Suite("Importing long files", .enabled(if: ThrowAwayDatabase.isAvailable))
struct StreamedFileTests {
  /// Three accounts, a mistake, and a row that comes twice.
  private static func file() -> InputFile {
    var text = "Date,Account,Amount,Currency,Counterparty,Purpose\n"
    for row in 0..<900 {
      let day = row == 77 ? "2024-02-31" : "2024-03-0\(row % 9 + 1)"
      text +=
        "\(day),DE8937040044053201300\(row % 3),\(row % 2 == 0 ? "-" : "")\(row % 5).00,EUR,Zoë,Row \(row / 2)\n"
    }
    let bytes = Array(text.utf8)
    return InputFile(name: "long.csv", sha256: ContentHash(of: bytes), bytes: bytes)
  }

  @Test("a file whose records are not held gives the report and the store of one that is")
  func sameReport() async throws {
    var reports: [FileImport.Report] = []
    var entries: [[String]] = []
    for streamsFrom in [Int.max, 0] {
      let store = try await ThrowAwayDatabase.make().store()
      let seen = Mutex<[ImportProgress]>([])
      let importer = FileImport(
        into: store, program: "test 1", threads: 2, streamsFrom: streamsFrom)
      reports.append(
        try await importer.bring(Self.file()) { step in seen.withLock { $0.append(step) } })
      entries.append(try await store.entries().map { "\($0.key) \($0.sequence) \($0.amount)" })
      let steps = seen.withLock { $0 }
      #expect(!steps.isEmpty)
      #expect(steps.allSatisfy { $0.bytesDone <= $0.bytesTotal })
    }
    #expect(entries[0] == entries[1])
    #expect(reports[0].issues == reports[1].issues)
    #expect(reports[0].stored == reports[1].stored)
    #expect(reports[0].quarantined == reports[1].quarantined)
    #expect(reports[0].read == reports[1].read)
    #expect(reports[1].quarantined == 1)
  }

  @Test("a long copy is recognised by its hash, before anything of it is read")
  func copyIsNotRead() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "test 1", streamsFrom: 0)
    #expect(try await importer.bring(Self.file()).outcome == .imported)
    let count = try await store.entries().count
    let steps = Mutex(0)
    // Read strictly, these bytes are refused.
    let again = try await importer.bring(Self.file(), .init(isStrict: true)) { _ in
      steps.withLock { $0 += 1 }
    }
    #expect((again.outcome, again.format) == (.copy, "delimited"))
    #expect(again.issues.isEmpty && steps.withLock { $0 } == 0)
    #expect(try await store.entries().count == count)
    let first = try #require(try await store.files().first?.id)
    try await store.undoImport(file: first, by: "A", reason: "test")
    #expect(try await importer.bring(Self.file()).outcome == .restored)
    #expect(try await store.entries().count == count)
  }

  @Test("strictly read, both refuse the file for the same reasons and store nothing but its bytes")
  func sameRefusal() async throws {
    var reports: [FileImport.Report] = []
    for streamsFrom in [Int.max, 0] {
      let store = try await ThrowAwayDatabase.make().store()
      let importer = FileImport(into: store, program: "test 1", streamsFrom: streamsFrom)
      reports.append(try await importer.bring(Self.file(), .init(isStrict: true)))
      #expect(try await store.entries().isEmpty)
    }
    #expect(reports.map(\.outcome) == [.refused, .refused])
    #expect(reports[0].issues == reports[1].issues)
  }
}
