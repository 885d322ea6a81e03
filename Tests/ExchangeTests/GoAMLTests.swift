import CaseModel
import Testing

@testable import Exchange

@Suite("A goAML report is valid by the unit's schema, or is not written")
struct GoAMLTests {
  /// The made-up record with rates from its three currencies into one.
  static func record(_ local: String, _ rates: [(String, String)]) throws -> ExportRecord {
    var caseFile = try MadeUpRecord.caseFile()
    let day = try MadeUpRecord.need(CivilDate("2024-01-31"))
    let quote = try MadeUpRecord.need(Currency(iso: local))
    caseFile.matter.rates = try rates.map { code, value in
      DatedRate(
        date: day,
        rate: ExchangeRate(
          base: try MadeUpRecord.need(Currency(iso: code)), quote: quote,
          value: try MadeUpRecord.need(DecimalNumber(value)), kind: .official,
          source: "Invented Bank"),
        source: caseFile.matter.source)
    }
    return ExportRecord(caseFile: caseFile)
  }

  static func report(
    _ profile: String, _ schema: GivenFile, _ record: ExportRecord
  ) throws -> String {
    let files = try GoAML().files(
      of: record,
      settings: ExportSettings(
        programVersion: "test", goAMLProfile: GoAMLSchemas.profile(profile), schema: schema))
    #expect(files.map(\.name) == ["report.xml"])
    return try MadeUpRecord.text(files.first)
  }

  static func problems(
    _ profile: String, _ schema: GivenFile, _ record: ExportRecord
  ) throws -> [ExportProblem] {
    do {
      _ = try report(profile, schema, record)
    } catch ExportError.incomplete(_, let problems) {
      return problems
    }
    return []
  }

  static let rates = [("GBP", "1.2"), ("THB", "0.0256")]

  @Test("Every movement is one transaction, in order, with its amount and its place")
  func complete() throws {
    var profile = GoAMLSchemas.ownProfile
    profile.replace("rate-days: 40", with: "rate-days: 100")
    let text = try Self.report(profile, GoAMLSchemas.own, Self.record("EUR", Self.rates))
    #expect(text.matches(of: /<transaction>/).count == 11)
    #expect(text.contains("<entity_reference>ref M-2025-07</entity_reference>"))
    #expect(text.contains("<submission_date>2025-06-30T00:00:00</submission_date>"))
    // One transaction for the pair, with both places.
    #expect(text.contains("read at PX-001 line 20; PX-001 line 21<"))
    // 90,000.00 GBP at 1.2 EUR.
    #expect(text.contains("<amount_local>108000.00</amount_local>"))
    #expect(text.contains("<foreign_amount>90000.00</foreign_amount>"))
    #expect(text.contains("converted at 1.2 EUR for 1 GBP of 2024-01-31, Invented Bank"))
    // Markup and controls of a bank's text stay text.
    #expect(text.contains("&lt;b&gt;&amp;amp; \\x01\\uFFFE ]]&gt;"))
    #expect(!text.contains("Plainly Invented Name"))
  }

  @Test("What is missing is listed by transaction and place, and nothing is written")
  func missing() throws {
    var profile = GoAMLSchemas.ownProfile
    profile.replace("transaction: { transaction_location: \"not stated\" }", with: "")
    let problems = try Self.problems(profile, GoAMLSchemas.own, Self.record("EUR", Self.rates))
    let places = problems.filter { $0.found == "transaction_location is missing" }
    #expect(places.count == 11)
    #expect(places.first?.description.contains("(PX-001 line 12): E-MISSING: ") == true)
    // The rate of January is too old for May; the line in baht has no amount in the local currency.
    #expect(
      problems.contains {
        $0.found == "amount_local (no rate from THB to EUR for 2024-05-06) is missing"
          && $0.place.contains("PX-003 line 7")
      })
    #expect(problems.contains { $0.code == "E-SCHEMA" && $0.place.contains("PX-003 line 7") })
  }

  @Test("A long list is told in part, with how often each thing was found")
  func summary() {
    let problems = (1...120).map { number in
      ExportProblem(
        file: "report.xml", place: "transaction \(number)", code: "E-MISSING",
        found: number % 3 == 0 ? "iban is missing" : "swift is missing", expected: "a value")
    }
    let lines = ExportError.incomplete(file: "report.xml", problems: problems).description
      .split(separator: "\n")
    #expect(lines.count == ExportProblem.toldMax + 3)
    #expect(
      lines.suffix(2) == [
        "  80 × E-MISSING: swift is missing", "  40 × E-MISSING: iban is missing",
      ])
  }

  @Test("What the schema refuses is named with the transaction, not only with a line")
  func refused() throws {
    var caseFile = try MadeUpRecord.caseFile()
    caseFile.entries.removeAll { $0.amount.currency.code != "EUR" }
    let index = try #require(caseFile.entries.firstIndex { $0.id == EntryID(24) })
    let old = caseFile.entries[index]
    caseFile.entries[index] = Entry(
      id: old.id, key: old.key, account: old.account, amount: old.amount, bookedOn: old.bookedOn,
      valueOn: nil, timeOfDay: nil, sequence: old.sequence, channel: old.channel, isReversal: false,
      counterpartyAccount: nil, counterpartyName: nil,
      purpose: String(repeating: "long ", count: 30), statement: old.statement, source: old.source)
    let problems = try Self.problems(
      GoAMLSchemas.ownProfile, GoAMLSchemas.own, ExportRecord(caseFile: caseFile))
    #expect(problems.count == 1)
    let one = try #require(problems.first)
    #expect(one.code == "E-SCHEMA" && one.place.contains("PX-001 line 24"), "\(one)")
    #expect(one.found.contains("maxLength"))
  }

  @Test("A profile says what it does not know, with its line")
  func profiles() throws {
    let record = try Self.record("EUR", Self.rates)
    for (text, place, found) in [
      ("goaml-profile: 1\nname: x\nlocal-curency: EUR\n", "line 3", "no setting local-curency"),
      ("name: x\n", "line 1", "no goaml-profile: 1"),
      ("goaml-profile: 1\nlocal-currency: EURO\n", "line 1", "no local-currency"),
      (
        "goaml-profile: 1\nlocal-currency: EUR\ncodes: { funds: { pigeon: X } }\n", "line 3",
        "no channel pigeon"
      ),
      ("goaml-profile: 1\nlocal-currency: EUR\nname: &a x\n", "line 1", "anchors"),
    ] {
      do {
        _ = try Self.report(text, GoAMLSchemas.own, record)
        Issue.record("\(text) was accepted")
      } catch ExportError.unusable(_, let where_, let what, _) {
        #expect(where_ == place && what.contains(found), "\(where_): \(what)")
      }
    }
  }

  @Test("A schema that reads other files, has a document type or is none is refused")
  func schemas() throws {
    let record = try Self.record("EUR", Self.rates)
    for (text, found) in [
      (
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='/etc/passwd'/></xs:schema>",
        "includes"
      ),
      ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
      ("<a/>", "schema"), ("not xml", "not well formed"),
    ] {
      do {
        _ = try Self.report(
          GoAMLSchemas.ownProfile, GivenFile(name: "x.xsd", bytes: Array(text.utf8)), record)
        Issue.record("\(text) was accepted")
      } catch ExportError.unusable(_, _, let what, _) {
        #expect(what.contains(found), "\(what)")
      }
    }
  }

  @Test(
    "The published schemas accept the report",
    arguments: [
      ("schema_5.0.2_goAMLSchema.xsd", "AED", GoAMLSchemas.profile5),
      ("schema_lk_goAMLSchema-Version_2.0.xsd", "LKR", GoAMLSchemas.profile2),
    ])
  func published(_ name: String, _ local: String, _ profile: String) throws {
    guard let schema = try GoAMLSchemas.shared(name) else {
      print("skipped: \(name) is not beside the checkout")
      return
    }
    var caseFile = try Self.record(
      local, [("EUR", "3.97"), ("GBP", "4.65"), ("THB", "0.1034")]
    ).caseFile
    // Numbers as long as a unit asks for.
    caseFile.accounts = caseFile.accounts.map { old in
      Account(
        id: old.id, key: AccountKey(old.key.text + "00471100"), currency: old.currency,
        displayName: old.displayName, institution: old.institution, holder: old.holder,
        hasStatements: old.hasStatements)
    }
    let record = ExportRecord(caseFile: caseFile)
    let problems = try Self.problems(profile, schema, record)
    #expect(problems == [], "\(problems.map(\.description).joined(separator: "\n"))")
    let text = try Self.report(profile, schema, record)
    #expect(text.matches(of: /<transaction>/).count == 11)
    #expect(text.contains("; written in the characters the unit allows: "))
  }

  @Test("Characters a unit refuses become a space or a hyphen, and nothing else changes")
  func characters() throws {
    let names = try #require(GoAMLCharacters("A-Za-z0-9 .'-"))
    #expect(names.held("O'Neil & Søns-…x") == "O'Neil   S ns- x")
    #expect(try #require(GoAMLCharacters("0-9")).held("12 34/5") == "12-34-5")
    #expect(GoAMLCharacters("") == nil && GoAMLCharacters("z-a") == nil)
  }
}
