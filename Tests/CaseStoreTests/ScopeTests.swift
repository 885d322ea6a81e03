import CaseModel
import CaseStore
import Foundation
import Testing
import TestSupport

@Suite("The scope of a case", .enabled(if: ThrowAwayDatabase.isAvailable))
struct ScopeTests {
  @Test("a case holds what is joined to its accounts in two steps, and says what it leaves out")
  func scopeIsTwoSteps() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    // 1 is named; 1 pays 2, 3 names 2, 3 pays 4; 8 and 9 know only each other.
    func account(_ number: Int) -> String { "DE0210010010000000000\(number)" }
    let lines: [(own: Int, minor: Int64, other: Int?)] = [
      (1, -500, 2), (2, 500, nil), (3, -70, 2), (3, -60, 4), (4, 60, nil), (8, -10, 9),
      (9, 10, nil),
    ]
    for (number, line) in lines.enumerated() {
      try await store.importFile(
        input(
          "file\(number).csv",
          [
            statement(
              account(line.own),
              [entry("2024-01-02", line.minor, to: line.other.map(account), line: 2)])
          ]))
    }
    try await store.pairTransfers()
    let file = try await caseFile(naming: account(1), in: store)
    // The fourth is listed, as the third names it, and is three steps away: its entries are not here.
    #expect(file.accounts.map(\.key.text) == [1, 2, 3, 4].map { "iban:" + account($0) })
    let holders = Set(file.statements.map(\.account))
    let ownKeys = file.accounts.filter { holders.contains($0.id) }.map(\.key.text)
    #expect(ownKeys == [1, 2, 3].map { "iban:" + account($0) })
    #expect(file.entries.count == 4)
    #expect(file.transfers.count == 1)
    #expect(
      file.files.map(\.name) == ["file0.csv", "file1.csv", "file2.csv", "file3.csv", "sheet.yaml"])
    #expect(file.scopeNotes.count == 1)
    #expect(
      file.scopeNotes.first?.hasPrefix("3 accounts of the store with 3 statement lines") == true)
  }

  @Test("an account with very many entries is in the case and joins nobody further")
  func hubsAreNotFollowed() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input("a.csv", [statement(accountA, [entry("2024-01-02", -500, to: accountB, line: 2)])]))
    let many = (0...5_000).map { entry("2024-01-03", 1, line: 2 + $0, occurrence: $0) }
    try await store.importFile(input("hub.csv", [statement(accountB, many)]))
    try await store.importFile(
      input("c.csv", [statement(accountC, [entry("2024-01-02", -500, to: accountB, line: 2)])]))
    let file = try await caseFile(naming: accountA, in: store)
    #expect(Set(file.statements.map(\.account)).count == 2)
    #expect(file.scopeNotes.count == 2)
    let whole = try await caseFile(naming: accountA, and: accountB, in: store, code: "M-2")
    #expect(Set(whole.statements.map(\.account)).count == 3)
    #expect(whole.scopeNotes.isEmpty)
  }

  private func caseFile(
    naming account: String, and other: String? = nil, in store: Store, code: String = "M-1"
  ) async throws -> CaseFile {
    let sheet = input("sheet.yaml", [], text: code)
    let source = SourceRef(file: sheet.file.sha256, label: "sheet.yaml", locator: .line(1))
    let matter = Matter(
      code: MatterCode(code), title: "Scope", profile: "gb", asOf: day("2024-12-31"),
      reportingCurrency: euro, office: "Office",
      persons: [
        Person(
          code: PersonCode("P-1"), isLegalPerson: false, displayName: "Person 1", roles: [],
          holds: [account, other].compactMap { $0 }.map { AccountKey("iban:" + $0) },
          controls: [], isChild: false, source: source)
      ], counts: [], sourceClasses: [], property: [], events: [], facts: [], rates: [], orders: [],
      nonConvictionGround: nil, source: source)
    try await store.saveMatter(matter, sheet: sheet.file, bytes: sheet.bytes, program: "test 1")
    return try await store.caseFile(matter: matter.code)
  }
}
