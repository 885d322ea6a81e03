import CaseModel
import Digests
import Foundation
import Testing

@testable import Intake

// The case sheet and the sealed sheet: what they give, and everything they refuse.

private func sheet(_ text: String, name: String = "case-sheet.yaml") -> InputFile {
  InputFile(name: name, sha256: ContentHash(of: text), bytes: Array(text.utf8))
}

private func issues(_ text: String) -> [CaseModel.Issue] {
  do {
    _ = try readCaseSheet(sheet(text))
    return []
  } catch let refusal as FileRefusal {
    return refusal.issues
  } catch {
    Testing.Issue.record("not a refusal: \(error)")
    return []
  }
}

private let small = """
  moneytrail: case-sheet/1
  matter:
    code: M-1
    title: "Small matter"
    profile: gb
    as-of: 2026-03-16
    reporting-currency: GBP
    office: "Example Office"
  persons:
    - code: S-01
      kind: natural
      roles:
        - {role: defendant, from: 2026-01-01}
      holds: [DE89370400440532013000]
      controls: ["sealed:V-01/2"]
    - code: V-01
      kind: natural
      roles: [{role: victim}]
      holds: ["sealed:V-01/1", "sealed:V-01/2"]
    - code: L-01
      kind: legal
      display-name: "Example Bank plc"
      roles: [{role: secured-creditor}]
  counts:
    - number: 1
      person: S-01
      offence: trafficking-forced-labour
      state: time-barred
      from: 2024-01-01
      until: 2024-12-31
      place: "Port Example"
      elements: [{name: act, facts: [F-01]}]
  source-classes:
    - code: SC-01
      title: "Swept wages"
      tainted: true
      nature: obtaining
      count: 1
      selector:
        accounts: [DE89370400440532013000]
        direction: credit
        counterparty-persons: [V-01]
        channels: [payroll]
        from: 2024-01-01
        until: 2024-06-30
        least: 100.50
      reason: "Decided by the case officer."
  property:
    - code: A-01
      kind: building
      description: "A flat"
      location-state: GB
      location: "Port Example"
      legal-owner: S-01
      acquired-on: 2024-05-01
      price: 240000.00 GBP
      funding:
        - accounts: [DE89370400440532013000]
          direction: debit
      valuations:
        - {amount: 250000.00 GBP, date: 2026-01-01, method: "survey"}
      encumbrances:
        - {holder: L-01, amount: 100000.00 GBP, rank: 1, good-faith: true}
      interests:
        - {person: V-01, claim: "a share"}
  events:
    - {code: E-01, kind: crossing, from: 2024-02-01, until: 2024-02-01, place: "Post", persons: [S-01], title: "A crossing"}
  facts:
    - {code: F-01, statement: "A fact.", status: exhibited, exhibit: PX-001, topic: conduct, persons: [S-01], property: [A-01]}
    - {code: F-02, statement: "Lawful wages.", status: certified, helps-respondent: true, topic: conduct}
  rates:
    - {date: 2024-01-31, base: EUR, quote: GBP, value: 0.8541, kind: official, source: "Bulletin"}
  orders:
    - {property: A-01, kind: restraint, issuer: "Court", number: RO-1, date: 2025-01-01, ends: 2026-01-01}
  non-conviction-ground: {code: fled, facts: [F-01]}
  """

@Suite("Case sheet")
struct CaseSheetTests {
  @Test("A sheet becomes the matter it states, and every item names its line")
  func sheetBecomesMatter() throws {
    let matter = try readCaseSheet(sheet(small))
    #expect(matter.code.text == "M-1")
    #expect(matter.persons.map(\.displayName) == ["S-01", "V-01", "Example Bank plc"])
    #expect(matter.persons[0].holds == [AccountKey("iban:DE89370400440532013000")])
    #expect(matter.persons[0].controls == [AccountKey("sealed:V-01/2")])
    #expect(matter.counts[0].state == .timeBarred)
    #expect(matter.counts[0].elements == [.init(name: "act", facts: [FactCode("F-01")])])
    let selector = matter.sourceClasses[0].selector
    #expect(selector.least == DecimalNumber(digits: 10_050, scale: 2))
    #expect(selector.channels == [.payroll])
    #expect(selector.period?.dayCount == 182)
    #expect(matter.property[0].valuations[0].amount.decimalText == "250000.00")
    #expect(matter.property[0].encumbrances[0].inGoodFaith == true)
    #expect(matter.facts.map(\.helpsRespondent) == [false, true])
    #expect(matter.rates[0].rate.value.text == "0.8541")
    #expect(matter.orders[0].ends == CivilDate("2026-01-01"))
    #expect(matter.nonConvictionGround?.code == "fled")
    #expect(matter.persons.map { $0.source.locator.text } == ["line 10", "line 16", "line 20"])
    #expect(matter.facts[1].source.locator.text == "line 70")
    #expect(matter.facts[1].source.file == ContentHash(of: small))
    #expect(matter.accountTokens == [AccountKey("sealed:V-01/1"), AccountKey("sealed:V-01/2")])
  }

  @Test("All mistakes of a sheet come at once, each with its line, in order")
  func everyMistakeAtOnce() {
    let text =
      small
      .replacingOccurrences(of: "as-of: 2026-03-16", with: "as-of: 2026-02-30")
      .replacingOccurrences(of: "reporting-currency: GBP", with: "reporting-currency: ZZZ")
      .replacingOccurrences(of: "offence: trafficking", with: "offense: trafficking")
      .replacingOccurrences(
        of: "counterparty-persons: [V-01]", with: "counterparty-persons: [V-77]"
      )
      .replacingOccurrences(of: "price: 240000.00 GBP", with: "price: 240,000.00 GBP")
      .replacingOccurrences(
        of: "holds: [DE89370400440532013000]", with: "holds: [DE88370400440532013000]"
      )
      .replacingOccurrences(of: "legal-owner: S-01", with: "legal-owner: S-99")
    let found = issues(text).map { "\($0.locator) \($0.code)" }
    #expect(
      found == [
        "line 6 E-DATE", "line 7 E-CURRENCY", "line 14 E-ACCOUNT", "line 25 E-MISSING",
        "line 27 E-KEY", "line 34 E-REFERENCE", "line 49 E-REFERENCE",
        "line 56 E-AMOUNT",
      ])
  }

  @Test("A message names the file, the line, what was found and what to do")
  func messageSaysWhatToDo() {
    let text = small.replacingOccurrences(
      of: "number: RO-1, date: 2025-01-01", with: "number: RO-1, date: 2025-13-01")
    #expect(
      issues(text).map(\.description) == [
        "case-sheet.yaml: line 74: E-DATE: `date` of an order: 2025-13-01 — a day that exists, as YYYY-MM-DD"
      ])
  }

  @Test("A message never shows an account number")
  func messagesHideAccounts() {
    let wrong = small.replacingOccurrences(
      of: "DE89370400440532013000", with: "DE88370400440532013000")
    let twice = small.replacingOccurrences(
      of: "holds: [DE89370400440532013000]",
      with: "holds: [DE89370400440532013000, DE89370400440532013000]")
    for found in [issues(wrong), issues(twice)] {
      #expect(!found.isEmpty)
      #expect(!found.contains { $0.description.contains("370400") })
    }
  }

  @Test(
    "A reference to something that the sheet does not define is refused",
    arguments: [
      ("facts: [F-01]}]", "facts: [F-09]}]"), ("count: 1", "count: 9"),
      ("{property: A-01", "{property: A-09"), ("property: [A-01]", "property: [A-09]"),
      ("persons: [S-01], title", "persons: [S-09], title"),
      ("{holder: L-01", "{holder: L-09"), ("{person: V-01", "{person: V-09"),
      ("controls: [\"sealed:V-01/2\"]", "controls: [\"sealed:V-09/2\"]"),
      ("{code: fled, facts: [F-01]}", "{code: fled, facts: [F-09]}"),
    ])
  func unknownReferences(_ change: (String, String)) {
    let text = small.replacingOccurrences(of: change.0, with: change.1)
    #expect(text != small)
    #expect(issues(text).map(\.code) == ["E-REFERENCE"])
  }

  @Test(
    "A name of a natural person, or an open account of a victim, has no place in the case sheet")
  func identitiesStayOut() {
    let named = small.replacingOccurrences(
      of: "- code: V-01\n    kind: natural",
      with: "- code: V-01\n    kind: natural\n    display-name: \"Somebody\"")
    #expect(issues(named).map(\.code) == ["E-IDENTITY"])
    #expect(!issues(named).contains { $0.description.contains("Somebody") })
    let open = small.replacingOccurrences(
      of: "holds: [\"sealed:V-01/1\", \"sealed:V-01/2\"]", with: "holds: [GB82WEST12345698765432]")
    #expect(issues(open).map(\.code) == ["E-IDENTITY"])
  }

  @Test("A code defined twice and an account held twice are refused")
  func duplicates() {
    let text = small.replacingOccurrences(of: "- {code: F-02", with: "- {code: F-01")
    #expect(issues(text).map(\.code) == ["E-DUPLICATE"])
    #expect(issues(text).first?.expected == "one; the first is on line 69")
  }

  @Test("A selector without accounts, or a tainted class called lawful, is refused")
  func looseSelectors() {
    let text = small.replacingOccurrences(
      of: "selector:\n      accounts: [DE89370400440532013000]", with: "selector:"
    )
    .replacingOccurrences(of: "nature: obtaining", with: "nature: lawful")
    #expect(issues(text).map(\.code).sorted() == ["E-MISSING", "E-VALUE"])
  }

  @Test("Anchors, aliases and tags are refused before a tree is built")
  func bombsAreRefused() {
    var bomb = "moneytrail: case-sheet/1\na0: &a0 [x, x]\n"
    for level in 1...40 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(issues(bomb).allSatisfy { $0.code == "E-YAML" })
    #expect(issues(bomb).count == 41)
    #expect(
      issues(small.replacingOccurrences(of: "\"A flat\"", with: "!!binary QQ==")).map(\.code) == [
        "E-YAML"
      ])
    #expect(issues("moneytrail: case-sheet/1\nmatter: *nothing\n").map(\.code) == ["E-YAML"])
  }

  @Test("A sheet nested too deeply is refused, not followed")
  func depthIsLimited() {
    let deep =
      "moneytrail: case-sheet/1\nmatter: " + String(repeating: "[", count: 50)
      + String(repeating: "]", count: 50) + "\n"
    #expect(issues(deep).map(\.code) == ["E-LIMIT"])
    let abyss = "moneytrail: case-sheet/1\nmatter: " + String(repeating: "[", count: 100_000)
    #expect(issues(abyss).map(\.code) == ["E-YAML"])
  }

  @Test(
    "Bytes that are no sheet are refused with a reason",
    arguments: [
      ("", "E-HEADER"), ("just text", "E-HEADER"), ("moneytrail: case-sheet/9\n", "E-HEADER"),
      ("persons: []\n", "E-HEADER"), ("moneytrail: case-sheet/1\nmatter: {a: 1\n", "E-YAML"),
      ("moneytrail: case-sheet/1\nmatter: {code: X, code: Y}\n", "E-YAML"),
      ("moneytrail: case-sheet/1\n---\nmatter: {}\n", "E-YAML"),
    ])
  func noSheet(_ sample: (String, String)) {
    #expect(issues(sample.0).first?.code == sample.1)
  }

  @Test("Text that is not UTF-8, or carries direction-changing characters, is refused")
  func badText() {
    let file = InputFile(
      name: "x.yaml", sha256: ContentHash(of: "x"),
      bytes: Array("moneytrail: ".utf8) + [0xFF, 0xFE])
    #expect(throws: FileRefusal.self) { try readCaseSheet(file) }
    #expect(
      issues(small.replacingOccurrences(of: "A flat", with: "A \u{202E}flat")).map(\.code) == [
        "E-VALUE"
      ])
  }

  @Test("A sheet above the size limit is refused with the limit")
  func sizeIsLimited() {
    let found = issues("moneytrail: case-sheet/1\n# " + String(repeating: "x", count: 5 << 20))
    #expect(found.map(\.code) == ["E-LIMIT"])
    #expect(found.first?.expected == "at most 4194304 bytes")
  }

  @Test("Cutting a sheet at any line never crashes; what is read has no loose ends")
  func cutAnywhere() {
    let lines = small.split(separator: "\n", omittingEmptySubsequences: false)
    let refused = lines.indices.filter { !issues(lines.prefix($0).joined(separator: "\n")).isEmpty }
    #expect(refused.count > 50)
    #expect(refused.contains(lines.count - 8))
  }

  @Test("The kind of a sheet is seen from its head")
  func kindOfSheet() {
    #expect(sheetKind(of: sheet(small)) == .caseSheet)
    #expect(
      sheetKind(of: sheet("# note\n\nmoneytrail: sealed-identities/1\n")) == .sealedIdentities)
    #expect(sheetKind(of: sheet("Date,Amount\n")) == nil)
  }
}

private let tracingPart = """

  tracing:
    method: {method: libr, reason: "The suspect mixed it with own money."}
    overrides:
      - {property: A-01, method: fifo, reason: "Bought before the mixing.", signed-by: "Example Office", signed-on: 2026-03-01}
    sales:
      - property: A-01
        selector: {accounts: [DE89370400440532013000], text-contains: [buyer]}
        fraction: 1/4
        facts: [F-01]
    cash-links:
      - person: S-01
        withdrawals: {accounts: [DE89370400440532013000], channels: [atm_withdrawal]}
        deposits: {accounts: [DE89370400440532013000], channels: [cash_deposit]}
        facts: [F-01]
    batches:
      - selector: {accounts: [DE89370400440532013000], direction: debit, text-contains: [batch]}
        parts: [{amount: 100.00 GBP, property: A-01}]
        facts: [F-01]
      - selector: {accounts: [DE89370400440532013000], direction: credit, text-contains: [batch]}
        parts: [{amount: 5.00 GBP, source-class: SC-01}]
        facts: [F-02]
    transfer-groups:
      - debits: {accounts: [DE89370400440532013000]}
        credits: {accounts: [DE89370400440532013000]}
        facts: [F-01]
  """

@Suite("Case sheet: what is stated for tracing")
struct TracingSectionTests {
  private let whole = small + tracingPart

  @Test("The section becomes the facts it states, each with its line")
  func sectionBecomesFacts() throws {
    let facts = try #require(try readCaseSheet(sheet(whole)).tracing)
    #expect(facts.choice?.method == "libr")
    #expect(facts.overrides.map(\.signedBy) == ["Example Office"])
    #expect(facts.overrides.first?.signedOn == CivilDate("2026-03-01"))
    #expect(facts.sales.first?.fraction == "1/4")
    #expect(facts.sales.first?.selector.direction == .credit)
    #expect(facts.cashLinks.first?.person == PersonCode("S-01"))
    #expect(facts.cashLinks.first?.withdrawals.direction == .debit)
    #expect(facts.batches.map { $0.parts.map(\.amount.decimalText) } == [["100.00"], ["5.00"]])
    #expect(facts.batches[0].parts[0].property == PropertyCode("A-01"))
    #expect(facts.batches[1].parts[0].sourceClass == SourceClassCode("SC-01"))
    #expect(facts.transferGroups.first?.credits.direction == .credit)
    #expect(facts.choice?.source.locator.text == "line 77")
    #expect(facts.transferGroups.first?.source.locator.text == "line 98")
    #expect(try readCaseSheet(sheet(small)).tracing == nil)
  }

  @Test(
    "A statement that is incomplete, contradicts itself or names what is not there is refused",
    arguments: [
      ("method: libr", "method: \"Lib R\"", "E-VALUE"),
      (", reason: \"Bought before the mixing.\"", "", "E-MISSING"),
      (", signed-by: \"Example Office\"", "", "E-MISSING"),
      (", signed-on: 2026-03-01", "", "E-MISSING"),
      ("signed-on: 2026-03-01", "signed-on: 2026-02-30", "E-DATE"),
      ("fraction: 1/4", "fraction: 0/4", "E-VALUE"),
      ("fraction: 1/4", "fraction: 5/4", "E-VALUE"),
      ("fraction: 1/4", "fraction: 0.25", "E-VALUE"),
      ("{property: A-01, method", "{property: A-07, method", "E-REFERENCE"),
      ("- property: A-01", "- property: A-07", "E-REFERENCE"),
      ("- person: S-01", "- person: S-07", "E-REFERENCE"),
      ("source-class: SC-01", "source-class: SC-07", "E-REFERENCE"),
      ("GBP, property: A-01", "GBP, property: A-07", "E-REFERENCE"),
      ("facts: [F-02]\n  transfer", "facts: [F-07]\n  transfer", "E-REFERENCE"),
      ("facts: [F-02]\n  transfer", "facts: []\n  transfer", "E-MISSING"),
      ("text-contains: [buyer]", "direction: debit", "E-VALUE"),
      ("5.00 GBP, source-class: SC-01", "5.00 GBP, property: A-01", "E-VALUE"),
      (", source-class: SC-01}", "}", "E-MISSING"),
      ("amount: 5.00 GBP", "amount: 0.00 GBP", "E-AMOUNT"),
      ("amount: 5.00 GBP", "amount: -5.00 GBP", "E-AMOUNT"),
      ("parts: [{amount: 100.00 GBP, property: A-01}]", "parts: []", "E-MISSING"),
      ("transfer-groups:", "transfer-group:", "E-KEY"),
    ])
  func refused(_ change: (String, String, String)) {
    let text = whole.replacingOccurrences(of: change.0, with: change.1)
    #expect(text != whole)
    #expect(issues(text).map(\.code) == [change.2])
  }

  @Test("Two overrides for one item are refused, and a negative price is")
  func twiceAndNegative() {
    let line = whole.split(separator: "\n").first { $0.contains("signed-by") } ?? ""
    let twice = whole.replacingOccurrences(of: String(line), with: "\(line)\n\(line)")
    #expect(issues(twice).map(\.code) == ["E-DUPLICATE"])
    let negative = small.replacingOccurrences(
      of: "price: 240000.00 GBP", with: "price: -240000.00 GBP")
    #expect(issues(negative).map(\.expected) == ["an amount that is not negative"])
  }
}

@Suite("Sealed sheet")
struct SealedSheetTests {
  private let text = """
    moneytrail: sealed-identities/1
    matter: M-1
    persons:
      - code: V-01
        names: ["Worker Example"]
        aliases: ["W. Example"]
        accounts: [DE89370400440532013000, "GB82 WEST 1234 5698 7654 32"]
        phones: ["+999 555 0101"]
    """

  @Test("A sealed sheet resolves the tokens of the case sheet")
  func tokensResolve() throws {
    let sealed = try readSealedSheet(sheet(text))
    #expect(
      sealed.account(for: AccountKey("sealed:V-01/2")) == AccountKey("iban:GB82WEST12345698765432"))
    #expect(sealed.account(for: AccountKey("sealed:V-01/3")) == nil)
    #expect(sealed.entries.map(\.kind) == [.name, .alias, .phone, .account, .account])
    let matter = try readCaseSheet(sheet(small))
    #expect(sealed.unresolvedTokens(of: matter) == [])
  }

  @Test("Printing a sealed sheet, by any way Swift has, shows no identity")
  func printingShowsNothing() throws {
    let sealed = try readSealedSheet(sheet(text))
    var dumped = ""
    dump(sealed, to: &dumped)
    dump(sealed.entries, to: &dumped)
    let printed = "\(sealed) \(sealed.entries) \(String(reflecting: sealed.entries)) \(dumped)"
    for identity in ["Worker", "W. Example", "555", "370400", "WEST"] {
      #expect(!printed.contains(identity))
    }
  }

  @Test("A refusal of a sealed sheet names lines and keys, never what they hold")
  func refusalShowsNothing() {
    let bad = text.replacingOccurrences(of: "DE89", with: "DE88")
      .replacingOccurrences(of: "aliases:", with: "Secretname:")
    do {
      _ = try readSealedSheet(sheet(bad))
      Testing.Issue.record("read without an issue")
    } catch let refusal as FileRefusal {
      #expect(refusal.issues.map(\.code) == ["E-KEY", "E-ACCOUNT"])
      let printed = refusal.issues.map { "\($0) \($0.excerpt ?? "")" }.joined()
      for identity in ["Worker", "W. Example", "555", "370400", "Secretname"] {
        #expect(!printed.contains(identity))
      }
    } catch {
      Testing.Issue.record("\(error)")
    }
  }
}
