import CaseModel
import CaseStore
import Digests
import Intake
import Investigation
import TestSupport
import Testing

@Suite("Importing files that bring nothing", .enabled(if: ThrowAwayDatabase.isAvailable))
struct FruitlessFileTests {
  private static let rows =
    "Date,Account,Amount,Currency\n2024-03-01,1,-x,EUR\n2024-03-02,1,-y,EUR\n"

  private static func file(_ text: String, _ name: String) -> InputFile {
    let bytes = Array(text.utf8)
    return InputFile(name: name, sha256: ContentHash(of: bytes), bytes: bytes)
  }

  @Test(
    "A file of which every row is set aside is refused, and may be imported again",
    arguments: [Int.max, 0])
  func refused(_ streamsFrom: Int) async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "test", streamsFrom: streamsFrom)
    let file = Self.file(Self.rows, "bad.csv")
    for _ in 0..<2 {
      let report = try await importer.bring(file)
      #expect(report.outcome == .refused && report.copyOf == nil && !report.isWhole)
      #expect(report.read == 2 && report.quarantined == 2 && report.stored == 0)
      #expect(report.issues.last?.code == "E-NOTHING")
    }
    let part = try await importer.bring(
      Self.file(Self.rows + "2024-03-03,1,-1.00,EUR\n", "part.csv"))
    #expect(part.outcome == .imported && part.quarantined == 2 && part.stored == 1)
    #expect(!part.isWhole)
    await store.close()
  }

  @Test("A copy names the first receipt, and says nothing of a reading that was not stored")
  func copies() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let importer = FileImport(into: store, program: "test")
    let text = Self.rows + "2024-03-03,1,-1.00,EUR\n"
    let receipt = FileImport.Receipt(exhibit: "PX-1")
    #expect(try await importer.bring(Self.file(text, "first.csv"), receipt).copyOf == nil)
    let copy = try await importer.bring(Self.file(text, "second.csv"))
    #expect(copy.outcome == .copy && copy.copyOf == "PX-1" && copy.isWhole)
    #expect(copy.reconciled == 0 && copy.unreconciled == 0 && copy.issues.isEmpty)
    await store.close()
  }
}
