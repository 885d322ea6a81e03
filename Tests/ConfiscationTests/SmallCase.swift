// A small case for the tests of this target: two persons charged, a victim, an employer, a flat and
// an account. Tests change one thing and look at what follows. All names are invented.

import CaseModel
import Testing

struct SmallCase {
  static let gbp = Currency(iso: "GBP") ?? Currency(asset: "GBP", exponent: 2)
  static let usd = Currency(iso: "USD") ?? Currency(asset: "USD", exponent: 2)
  static let hash =
    ContentHash(hex: String(repeating: "ab", count: 32)) ?? ContentHash.zeroForTests

  var currency = Self.gbp
  var accounts: [Account] = []
  var entries: [Entry] = []
  var transfers: [Transfer] = []
  var statements: [StatementRecord] = []
  var gaps: [CoverageGap] = []
  var matter: Matter

  static func source(_ line: Int, _ label: String = "CASE") -> SourceRef {
    SourceRef(file: hash, label: label, locator: .line(line))
  }
  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(dayNumber: 0) }
  static func key(_ name: String) -> AccountKey { AccountKey("stated:test/\(name)") }
  func money(_ text: String) -> Money { Money(text, in: currency) ?? .zero(currency) }

  init(currency: Currency = gbp, profile: String = "gb") {
    self.currency = currency
    matter = Matter(
      code: MatterCode("M-1"), title: "Test matter", profile: profile,
      asOf: Self.day("2024-12-31"), reportingCurrency: currency, office: "Office of Tests",
      persons: [
        Self.person("S-01", [.defendant], holds: ["A"], controls: ["VA"], line: 1),
        Self.person("S-02", [.defendant], holds: ["B"], line: 2),
        Self.person("V-01", [.victim], holds: ["VA"], line: 3),
        Self.person("B-01", [.bonaFidePurchaser], line: 4),
      ],
      counts: [Self.count(1, "S-01", .convicted), Self.count(2, "S-02", .charged)],
      sourceClasses: [
        Self.sourceClass("T", "wages taken", .obtaining, tainted: true, count: 1, text: "fee"),
        Self.sourceClass("W", "salary", .lawful, tainted: false, text: "salary"),
        Self.sourceClass("O", "own money of V-01", .claimant, tainted: false, text: "own"),
      ],
      property: [], events: [],
      facts: [
        Self.fact(
          "F-01", "S-01 earned a salary while the flat was paid.", .certified, helps: true,
          property: ["P-1"], line: 40),
        Self.fact(
          "F-02", "A source says the flat belongs to another.", .intelligenceOnly,
          helps: true, line: 41),
        Self.fact(
          "F-03", "S-01 left the country on the day of the search.", .exhibited,
          topic: "ground", line: 42),
      ],
      rates: [], orders: [],
      nonConvictionGround: NonConvictionGround(
        code: "fled", facts: [FactCode("F-03")], source: Self.source(50)),
      source: Self.source(1))
    for name in ["A", "B", "VA", "X", "CUST"] { addAccount(name) }
  }

  // MARK: Parts

  static func person(
    _ code: String, _ roles: [Role], holds: [String] = [], controls: [String] = [], line: Int
  ) -> Person {
    Person(
      code: PersonCode(code), isLegalPerson: false, displayName: code,
      roles: roles.map { RoleAssignment(role: $0) }, holds: holds.map(key),
      controls: controls.map(key), isChild: false, source: source(line))
  }

  static func count(_ number: Int, _ person: String, _ state: Count.State) -> Count {
    Count(
      number: number, person: PersonCode(person), offence: "trafficking-forced-labour",
      state: state, conduct: Period(first: day("2023-01-01"), last: day("2024-11-30")),
      place: "Testham",
      elements: [Count.Element(name: "act", facts: [FactCode("F-03")])], source: source(10 + number)
    )
  }

  static func sourceClass(
    _ code: String, _ title: String, _ nature: SourceClass.Nature, tainted: Bool,
    count: Int? = nil, text: String
  ) -> SourceClass {
    SourceClass(
      code: SourceClassCode(code), title: title, isTainted: tainted, nature: nature, count: count,
      selector: EntrySelector(textContains: [text]), reason: "chosen for the test",
      source: source(20))
  }

  static func fact(
    _ code: String, _ statement: String, _ status: EvidenceStatus, helps: Bool = false,
    topic: String = "conduct", property: [String] = [], line: Int
  ) -> CaseFact {
    CaseFact(
      code: FactCode(code), statement: statement, status: status, helpsRespondent: helps,
      exhibit: nil, topic: topic, property: property.map { PropertyCode($0) }, source: source(line))
  }

  mutating func addAccount(_ name: String, currency: Currency? = nil) {
    accounts.append(
      Account(
        id: AccountID(Int64(accounts.count + 1)), key: Self.key(name),
        currency: currency ?? self.currency, displayName: name, hasStatements: name != "CUST"))
  }

  func id(_ name: String) -> AccountID {
    accounts.first { $0.key == Self.key(name) }?.id ?? AccountID(0)
  }

  /// Books one leg; `units` are minor units of `currency`, positive into the account.
  @discardableResult
  mutating func book(
    _ account: String, _ units: Int64, on date: String, with other: String?, _ purpose: String,
    currency: Currency? = nil
  ) -> EntryID {
    let entry = EntryID(Int64(entries.count + 1))
    let line = entries.count + 1
    entries.append(
      Entry(
        id: entry, key: String(line), account: id(account),
        amount: Money(minorUnits: units, currency: currency ?? self.currency),
        bookedOn: Self.day(date), valueOn: nil, timeOfDay: nil, sequence: Int32(line),
        channel: .transferDomestic, isReversal: false, counterpartyAccount: other.map(id),
        counterpartyName: nil, purpose: purpose, statement: StatementID(1),
        source: SourceRef(
          file: Self.hash, label: "BANK", locator: .line(line), entry: entry)))
    return entry
  }

  func item(
    _ code: String, kind: String = "building", owner: String? = "S-01", controller: String? = nil,
    price: String? = nil, value: String? = nil, account: String? = nil,
    encumbrance: String? = nil
  ) -> PropertyItem {
    PropertyItem(
      code: PropertyCode(code), kind: kind, description: "item \(code)", identifiers: nil,
      locationState: "GB", location: "Testham", legalOwner: owner.map { PersonCode($0) },
      controller: controller.map { PersonCode($0) }, acquiredOn: Self.day("2024-03-01"),
      price: price.map(money), funding: [], account: account.map(Self.key),
      valuations: value.map {
        [
          PropertyItem.Valuation(
            amount: money($0), date: Self.day("2024-12-01"), method: "survey",
            source: Self.source(60))
        ]
      } ?? [],
      encumbrances: encumbrance.map {
        [
          PropertyItem.Encumbrance(
            holder: "Test Bank", amount: money($0), rank: 1, inGoodFaith: true,
            source: Self.source(61))
        ]
      } ?? [], interests: [], instrumentalityFacts: [], custody: nil, source: Self.source(59))
  }

  func claim(_ place: Place, _ code: String, _ amount: String, line: Int = 1) -> Claim {
    Claim(
      place: place, sourceClass: SourceClassCode(code),
      isTainted: matter.sourceClasses.first { $0.code.text == code }?.isTainted ?? false,
      amount: Figure(
        money(amount), label: "traced", derivation: "for the test",
        from: Self.source(line, "BANK")), steps: [])
  }

  func asset(_ code: String, _ classCode: String, _ amount: String, line: Int = 1) -> Claim {
    claim(.asset(PropertyCode(code)), classCode, amount, line: line)
  }

  func run(
    _ claims: [Claim], method: String = "libr", bounds: [PlaceBounds] = []
  ) -> TracingRun {
    TracingRun(
      method: method, methodTitle: "lowest intermediate balance", authorities: [],
      sameDayOrder: .bankSequence, backwardTracing: false, ledgerHash: Self.hash, claims: claims,
      limits: [], bounds: bounds)
  }

  var caseFile: CaseFile {
    CaseFile(
      matter: matter, files: [], accounts: accounts, statements: statements, gaps: gaps,
      entries: entries, transfers: transfers)
  }

  static let noTable = SensitivityTable(columns: [], rows: [])
}

extension ContentHash {
  /// Never reached: 64 hexadecimal digits always make a hash.
  fileprivate static var zeroForTests: ContentHash {
    guard let hash = ContentHash(hex: String(repeating: "0", count: 64)) else {
      preconditionFailure("64 digits make a hash")
    }
    return hash
  }
}
