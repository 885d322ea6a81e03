import CaseModel
import CaseStore
import TestSupport
import Testing

@Suite("Findings are kept by the thousand", .enabled(if: ThrowAwayDatabase.isAvailable))
struct FindingTests {
  private func finding(_ number: Int, _ entries: [EntryID]) -> Finding {
    Finding(
      detector: "ST-01", version: 1, kind: "structuring", title: "Structuring",
      sentence: "Number \(number).",
      parameters: [Finding.Measure(name: "number", value: "\(number)", limit: "")], measures: [],
      strength: .clear, entries: entries, accounts: [], innocentExplanations: ["a"],
      cautionsChecked: [], cautionsNotChecked: [], truncation: nil)
  }

  private func store() async throws -> Store {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input(
        "a.csv",
        [
          statement(
            accountA,
            [entry("2024-01-02", 500, line: 2), entry("2024-01-03", 700, line: 3)])
        ]))
    return store
  }

  @Test("more findings than one statement takes come back as they were given, entries in order")
  func manyComeBack() async throws {
    let store = try await store()
    let entries = try await store.entries().map(\.id)
    try #require(entries.count == 2)
    let findings = (0..<2_300).map { finding($0, $0 % 2 == 0 ? entries : entries.reversed()) }
    let codes = try await store.saveFindings(findings, matter: nil)
    #expect(Set(codes).count == findings.count)
    #expect(try await store.findings(codes) == findings)
    let places = try await store.explain(codes[2_299].text).places.map(\.text)
    #expect(places == ["line 3 of a.csv", "line 2 of a.csv"])
  }

  @Test("the same finding again, in one call or another, adds nothing")
  func againAddsNothing() async throws {
    let store = try await store()
    let entries = try await store.entries().map(\.id)
    let findings = [finding(1, entries), finding(2, entries), finding(1, entries)]
    let codes = try await store.saveFindings(findings, matter: nil)
    #expect(codes[0] == codes[2] && codes[0] != codes[1])
    #expect(
      try await store.saveFindings(findings + [finding(3, entries)], matter: nil).prefix(3)
        == codes[...])
    #expect(try await store.explain(codes[0].text).places.count == 2)
  }

  @Test("one unknown entry, and none of them is kept")
  func allOrNone() async throws {
    let store = try await store()
    let entries = try await store.entries().map(\.id)
    let good = (0..<1_500).map { finding($0, entries) }
    await #expect(throws: StoreError.self) {
      try await store.saveFindings(good + [finding(9_999, [EntryID(-7)])], matter: nil)
    }
    let code = try await store.saveFindings([good[0]], matter: nil)
    let other = try await self.store()
    let otherEntries = try await other.entries().map(\.id)
    let unkept = try await other.saveFindings([finding(1, otherEntries)], matter: nil)
    #expect(try await store.findings(code) == [good[0]])
    await #expect(throws: StoreError.self) { try await store.findings(unkept) }
  }
}
