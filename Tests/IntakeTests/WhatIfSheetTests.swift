import CaseModel
import Digests
import Testing

@testable import Intake

// The what-if sheet: what it gives, and everything it refuses.

private func sheet(_ text: String) -> InputFile {
  InputFile(name: "what-if.yaml", sha256: ContentHash(of: text), bytes: Array(text.utf8))
}

private func issues(_ text: String) -> [CaseModel.Issue] {
  do {
    _ = try readWhatIf(sheet(text))
    return []
  } catch let refusal as FileRefusal {
    return refusal.issues
  } catch {
    Testing.Issue.record("not a refusal: \(error)")
    return []
  }
}

private let whole = """
  moneytrail: what-if/1
  title: "Half of the wages, and no PX-003"
  changes:
    - seed: {source-class: SC-01, amount: 5000.00 GBP, of: each}
    - seed: {source-class: SC-02, amount: 100.00 EUR, of: total}
    - characterise: {source-class: SC-16, tainted: true}
    - characterise: {source-class: SC-11, entries: {accounts: [DE89370400440532013000], direction: credit}}
    - ownership: {person: N-01, change: remove, tie: holds, account: DE89370400440532013000}
    - ownership: {person: S-01, change: add, tie: controls, account: "sealed:V-04/2"}
    - exclude-exhibit: PX-003
    - exclude-entry: {accounts: [DE89370400440532013000], from: 2024-01-01, until: 2024-01-31}
  """

@Suite("The what-if sheet")
struct WhatIfSheetTests {
  @Test("gives every change in its order, each with its line")
  func reading() throws {
    let question = try readWhatIf(sheet(whole))
    #expect(question.title == "Half of the wages, and no PX-003")
    #expect(question.changes.map(\.source.locator.text) == (4...11).map { "line \($0)" })
    let gbp = try #require(Currency(iso: "GBP"))
    let account = AccountKey("iban:DE89370400440532013000")
    let kinds = question.changes.map(\.kind)
    #expect(
      kinds[0] == .seed(SourceClassCode("SC-01"), Money(minorUnits: 500_000, currency: gbp), .each))
    #expect(kinds[2] == .characterise(SourceClassCode("SC-16"), isTainted: true))
    #expect(
      kinds[3]
        == .assign(
          EntrySelector(accounts: [account], direction: .credit), SourceClassCode("SC-11")))
    #expect(kinds[4] == .ownership(PersonCode("N-01"), .holds, account, isAdded: false))
    #expect(
      kinds[5]
        == .ownership(PersonCode("S-01"), .controls, AccountKey("sealed:V-04/2"), isAdded: true))
    #expect(kinds[6] == .excludeExhibit("PX-003"))
    for change in question.changes { #expect(!change.description.contains("DE8937")) }
  }

  @Test(
    "refuses what is no change, with line and remedy",
    arguments: [
      ("- seed: {source-class: SC-01, amount: 5.00 GBP, of: some}", "E-VALUE"),
      ("- seed: {source-class: SC-01, amount: -5.00 GBP, of: each}", "E-AMOUNT"),
      ("- seed: {source-class: SC-01, of: each}", "E-MISSING"),
      ("- seed: {source-class: sc, amount: 5.00 GBP, of: each}", "E-VALUE"),
      ("- characterise: {source-class: SC-01}", "E-MISSING"),
      ("- characterise: {source-class: SC-01, tainted: maybe}", "E-VALUE"),
      ("- characterise: {source-class: SC-01, entries: {direction: credit}}", "E-MISSING"),
      (
        "- ownership: {person: S-01, change: give, tie: holds, account: \"sealed:V-04/2\"}",
        "E-VALUE"
      ),
      ("- ownership: {person: S-01, change: add, tie: holds, account: DE00}", "E-ACCOUNT"),
      ("- ownership: {person: S-01, change: add, tie: holds}", "E-MISSING"),
      ("- exclude-exhibit: \"\"", "E-VALUE"),
      ("- exclude-entry: {from: 2024-01-01, until: 2024-01-31}", "E-MISSING"),
      ("- exclude-entries: {}", "E-KEY"),
      (
        "- {exclude-exhibit: A, seed: {source-class: SC-01, amount: 5.00 GBP, of: each}}", "E-VALUE"
      ),
      ("- {}", "E-VALUE"),
      ("- text", "E-TYPE"),
    ])
  func refusals(change: String, code: String) {
    let found = issues("moneytrail: what-if/1\ntitle: t\nchanges:\n  \(change)\n")
    #expect(found.map(\.code).contains(code), "\(change): \(found)")
    #expect(found.allSatisfy { $0.locator.ordinal == 4 && !$0.expected.isEmpty })
  }

  @Test("refuses a sheet without title or changes, another kind of sheet, and says all at once")
  func head() {
    #expect(issues("moneytrail: what-if/1\n").map(\.code) == ["E-MISSING", "E-MISSING"])
    #expect(issues("moneytrail: what-if/1\ntitle: t\nchanges: []\n").map(\.code) == ["E-MISSING"])
    #expect(issues("moneytrail: case-sheet/1\ntitle: t\n").map(\.code) == ["E-HEADER"])
    let two = issues(
      "moneytrail: what-if/1\ntitle: t\nchanges:\n  - exclude-exhibit: \"\"\n  - characterise: {}\n"
    )
    #expect(two.map(\.locator.ordinal) == [4, 5, 5] || two.count >= 2)
  }
}
