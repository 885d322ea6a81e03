// A matter of one account, small enough to work by hand: 1000.00 of the suspect's own money, then 1000.00
// of the offence, then a car for 1000.00 and a boat for 500.00. All invented.

import CaseModel
import Digests
import Investigation
import Legislation
import Testing

struct SmallMatter {
  var caseFile: CaseFile

  static func source(_ line: Int, _ label: String = "case-sheet.yaml") -> SourceRef {
    SourceRef(file: ContentHash(of: label), label: label, locator: .line(line))
  }

  init() throws {
    let gbp = try #require(Currency(iso: "GBP"))
    let account = Account(
      id: AccountID(1), key: AccountKey("stated:test/A"), currency: gbp, displayName: "A",
      holder: PersonCode("S-01"), hasStatements: true)
    let period = Period(first: try Self.day("2024-03-01"), last: try Self.day("2024-03-31"))
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: gbp) }
    func sourceClass(_ code: String, tainted: Bool, _ word: String, _ line: Int) -> SourceClass {
      SourceClass(
        code: SourceClassCode(code), title: code, isTainted: tainted,
        nature: tainted ? .obtaining : .lawful, count: tainted ? 1 : nil,
        selector: EntrySelector(direction: .credit, textContains: [word]), reason: "for the test",
        source: Self.source(line))
    }
    func item(_ code: String, _ kind: String, _ units: Int64, _ word: String?, _ line: Int) throws
      -> PropertyItem
    {
      PropertyItem(
        code: PropertyCode(code), kind: kind, description: "item \(code)", identifiers: nil,
        locationState: "GB", location: "Testham", legalOwner: PersonCode("S-01"),
        controller: PersonCode("S-01"), acquiredOn: try Self.day("2024-03-04"),
        price: money(units),
        funding: word.map { [EntrySelector(direction: .debit, textContains: [$0])] } ?? [],
        account: word == nil ? account.key : nil,
        valuations: [
          .init(
            amount: money(units), date: try Self.day("2024-05-01"), method: "survey",
            source: Self.source(line))
        ], encumbrances: [], interests: [], instrumentalityFacts: [], custody: nil,
        source: Self.source(line))
    }
    let person = Person(
      code: PersonCode("S-01"), isLegalPerson: false, displayName: "S-01",
      roles: [RoleAssignment(role: .defendant)], holds: [account.key], controls: [],
      isChild: false, source: Self.source(2))
    let matter = Matter(
      code: MatterCode("M-1"), title: "Small matter", profile: "gb",
      asOf: try Self.day("2024-06-30"), reportingCurrency: gbp, office: "Office of Tests",
      persons: [person],
      counts: [
        Count(
          number: 1, person: person.code, offence: "trafficking-forced-labour", state: .convicted,
          conduct: period, place: "Testham", elements: [], source: Self.source(3))
      ],
      sourceClasses: [
        sourceClass("W", tainted: false, "salary", 4), sourceClass("T", tainted: true, "fee", 5),
      ],
      property: [
        try item("CAR", "vehicle", 100_000, "car", 6),
        try item("BOAT", "vessel", 50_000, "boat", 7),
        try item("ACC", "deposit-account", 50_000, nil, 8),
      ], events: [], facts: [], rates: [], orders: [], nonConvictionGround: nil,
      source: Self.source(1))
    let file = ReceivedFile(
      sha256: ContentHash(of: "bank.csv"), name: "bank.csv", byteCount: 100, format: "delimited",
      exhibit: "PX-001", parser: "test")
    let statement = StatementRecord(
      id: StatementID(1), account: account.id, number: "1", period: period,
      opening: StatedBalance(amount: .zero(gbp), date: period.first),
      closing: StatedBalance(amount: money(50_000), date: period.last), entryCount: 4,
      status: .reconciled, difference: nil,
      source: SourceRef(file: file.sha256, label: "PX-001", locator: .line(1)))
    func entry(_ number: Int, _ day: String, _ units: Int64, _ purpose: String) throws -> Entry {
      let id = EntryID(Int64(number))
      return Entry(
        id: id, key: "key-\(number)", account: account.id, amount: money(units),
        bookedOn: try Self.day(day), valueOn: nil, timeOfDay: nil, sequence: Int32(number),
        channel: .transferDomestic, isReversal: false, counterpartyAccount: nil,
        counterpartyName: nil, purpose: purpose, statement: statement.id,
        source: SourceRef(
          file: file.sha256, label: "PX-001", locator: .line(number + 1), entry: id))
    }
    caseFile = CaseFile(
      matter: matter, files: [file], accounts: [account], statements: [statement], gaps: [],
      entries: [
        try entry(1, "2024-03-01", 100_000, "salary"), try entry(2, "2024-03-02", 100_000, "fee"),
        try entry(3, "2024-03-03", -100_000, "a car"),
        try entry(4, "2024-03-04", -50_000, "a boat"),
      ], transfers: [])
  }

  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  /// Adds an override of the case sheet.
  mutating func override(
    _ item: String, _ method: String, reason: String = "Ordered by the court.",
    by: String = "Office of Tests", line: Int = 20
  ) throws {
    var facts = caseFile.matter.tracing ?? TracingFacts()
    facts.overrides.append(
      MethodOverride(
        property: PropertyCode(item), method: method, reason: reason, signedBy: by,
        signedOn: try Self.day("2024-06-01"), source: Self.source(line)))
    caseFile.matter.tracing = facts
  }

  mutating func choose(_ method: String, reason: String) {
    var facts = caseFile.matter.tracing ?? TracingFacts()
    facts.choice = MethodChoice(method: method, reason: reason, source: Self.source(19))
    caseFile.matter.tracing = facts
  }

  func investigation(
    method: String? = nil, order: SameDayOrder = .bankSequence, backward: Bool = false
  ) throws -> Investigation {
    Investigation(
      caseFile: caseFile, law: try Law(profile: caseFile.matter.profile),
      request: .init(
        method: method, sameDayOrder: order, backwardTracing: backward, programVersion: "test"))
  }

  /// What is tainted at each place: `CAR 500.00`.
  static func table(_ run: TracingRun) -> [String] {
    run.claims.filter(\.isTainted).map { claim in
      let place =
        switch claim.place {
        case .asset(let code): code.text
        case .account: "account"
        default: "\(claim.place)"
        }
      return "\(place) \(claim.amount.amount.decimalText)"
    }
  }
}
