// A small invented matter for tests of what is drafted and published: two assets and an account,
// three currencies, two victims, one gap, one statement that does not balance.

import CaseModel

/// An invented matter, hand-made, whose figures are small enough to check by eye.
public struct SampleMatter: Sendable {
  public var caseFile: CaseFile
  public var proposal: Proposal
  public var run: TracingRun
  public var findings: [Finding]
  public var manifest: Manifest

  /// The same matter for either track.
  public init(_ track: Track = .convictionBased) throws {
    let made = try Maker()
    caseFile = made.caseFile
    run = try made.run()
    findings = made.findings()
    manifest = try made.manifest()
    proposal = try made.proposal(track, run)
  }
}

/// A value the sample needs and could not make.
public struct SampleError: Error { public let what: String }

private struct Maker {
  let eur: Currency
  let gbp: Currency
  let thb: Currency
  let files: [ReceivedFile]
  let accounts: [Account]
  var entries: [Entry] = []
  var caseFile: CaseFile

  static func need<T>(_ value: T?, _ what: String) throws -> T {
    guard let value else { throw SampleError(what: what) }
    return value
  }

  static func hash(_ digit: Character) throws -> ContentHash {
    try need(ContentHash(hex: String(repeating: digit, count: 64)), "hash")
  }

  static func day(_ text: String) throws -> CivilDate { try need(CivilDate(text), text) }

  func line(_ file: Int, _ number: Int) -> SourceRef {
    SourceRef(file: files[file].sha256, label: files[file].label, locator: .line(number))
  }

  init() throws {
    eur = try Self.need(Currency(iso: "EUR"), "EUR")
    gbp = try Self.need(Currency(iso: "GBP"), "GBP")
    thb = try Self.need(Currency(iso: "THB"), "THB")
    func file(_ name: String, _ digit: Character, _ exhibit: String?, _ format: String) throws
      -> ReceivedFile
    {
      ReceivedFile(
        sha256: try Self.hash(digit), name: name, byteCount: 48_213, format: format,
        exhibit: exhibit,
        authority: "Production order 2025/118", custodian: "Invented Bank of Northmarsh",
        receivedOn: try Self.day("2025-03-04"), parser: "\(format) 1")
    }
    files = [
      try file("case-sheet.yaml", "1", nil, "case-sheet"),
      try file("northmarsh-current.csv", "2", "PX-001", "delimited"),
      try file("harbour-labour.sta", "3", "PX-002", "mt940"),
      try file("siam-invented.xml", "4", "PX-003", "camt.053"),
    ]
    func account(
      _ id: Int64, _ key: String, _ currency: Currency, _ name: String, _ holder: String?
    )
      -> Account
    {
      Account(
        id: AccountID(id), key: AccountKey(key), currency: currency, displayName: name,
        institution: "Invented Bank of Northmarsh", holder: holder.map { PersonCode($0) },
        controller: PersonCode("S-01"), hasStatements: true)
    }
    accounts = [
      account(1, "stated:NM/1", eur, "NM …4711", "S-01"),
      account(2, "stated:NM/2", gbp, "NM …0815 Harbour Labour Ltd", "C-01"),
      account(3, "stated:NM/3", eur, "GB00INVENTED00000033", "V-01"),
      account(4, "stated:SI/4", thb, "SI …2209", "S-02"),
    ]
    caseFile = CaseFile(
      matter: Matter(
        code: MatterCode("M-2025-07"), title: "The harvest lodgings", profile: "gb",
        asOf: try Self.day("2025-06-30"), reportingCurrency: eur,
        office: "Invented Prosecution Office, Unit 4",
        persons: [], counts: [], sourceClasses: [], property: [], events: [], facts: [], rates: [],
        orders: [], nonConvictionGround: nil,
        source: SourceRef(file: files[0].sha256, label: files[0].label, locator: .line(1))),
      files: files, accounts: accounts, statements: [], gaps: [], entries: [], transfers: [])
    try fillMatter()
    try fillRecords()
  }

  mutating func fillMatter() throws {
    func person(
      _ code: String, _ name: String, _ roles: [Role], line number: Int, legal: Bool = false,
      holds: [String] = [], controls: [String] = []
    ) throws -> Person {
      Person(
        code: PersonCode(code), isLegalPerson: legal, displayName: name,
        roles: try roles.map { RoleAssignment(role: $0, from: try Self.day("2023-01-01")) },
        holds: holds.map { AccountKey($0) }, controls: controls.map { AccountKey($0) },
        isChild: false,
        source: line(0, number))
    }
    var matter = caseFile.matter
    matter.persons = [
      try person(
        "S-01", "S-01", [.defendant, .controller], line: 12, holds: ["stated:NM/1"],
        controls: ["stated:NM/2", "stated:NM/3"]),
      try person("S-02", "S-02", [.defendant], line: 18, holds: ["stated:SI/4"]),
      try person(
        "C-01", "Harbour Labour Ltd", [.legalPerson, .thirdParty], line: 24, legal: true,
        holds: ["stated:NM/2"]),
      try person("V-01", "Plainly Invented Name", [.victim], line: 30, holds: ["stated:NM/3"]),
      try person("V-02", "Another Invented Name", [.victim], line: 33),
      try person("T-01", "T-01", [.family], line: 36),
    ]
    matter.counts = [
      Count(
        number: 1, person: PersonCode("S-01"), offence: "trafficking-forced-labour",
        state: .convicted,
        conduct: Period(first: try Self.day("2023-02-01"), last: try Self.day("2024-11-30")),
        place: "Northmarsh",
        elements: [
          .init(name: "act", facts: [FactCode("F-01")]),
          .init(name: "means", facts: [FactCode("F-02")]),
          .init(name: "purpose", facts: []),
        ], source: line(0, 40)),
      Count(
        number: 2, person: PersonCode("S-02"), offence: "laundering", state: .charged,
        conduct: Period(first: try Self.day("2023-03-01"), last: try Self.day("2024-12-31")),
        place: "Northmarsh",
        elements: [], source: line(0, 48)),
    ]
    matter.sourceClasses = [
      SourceClass(
        code: SourceClassCode("T-1"), title: "Swept wages", isTainted: true, nature: .obtaining,
        count: 1,
        selector: EntrySelector(),
        reason: "Wages of nine workers leave their accounts within a day of pay day.",
        source: line(0, 60)),
      SourceClass(
        code: SourceClassCode("T-2"), title: "Lodging charges", isTainted: true, nature: .obtaining,
        count: 1,
        selector: EntrySelector(), reason: "Charges for beds taken from pay.", source: line(0, 64)),
      SourceClass(
        code: SourceClassCode("K-1"), title: "Own salary", isTainted: false, nature: .lawful,
        count: nil,
        selector: EntrySelector(), reason: "Employment with an unconnected firm.",
        source: line(0, 68)),
    ]
    func fact(
      _ code: String, _ text: String, _ topic: String, helps: Bool = false,
      status: EvidenceStatus = .exhibited, line number: Int
    ) -> CaseFact {
      CaseFact(
        code: FactCode(code), statement: text, status: status, helpsRespondent: helps,
        exhibit: "PX-010", topic: topic, source: line(0, number))
    }
    matter.facts = [
      fact(
        "F-01",
        "S-01 met the workers at the coach station and housed them in the harvest lodgings.",
        "conduct", line: 80),
      fact(
        "F-02",
        "The bank cards of V-01 and V-02 were kept in a drawer in the office of Harbour Labour Ltd.",
        "conduct", line: 82),
      fact(
        "F-03", "S-01 held a salaried post with an unconnected firm throughout 2023.", "conduct",
        helps: true, line: 84),
      fact("F-04", "V-01 was paid nothing for eleven weeks.", "victim", line: 86),
      fact(
        "F-05", "An informant says that a third flat exists.", "conduct", status: .intelligenceOnly,
        line: 88),
      fact("F-06", "The car was used to bring workers to the fields.", "instrument", line: 90),
      fact("F-07", "S-02 left the country on 2025-01-15 and did not return.", "ground", line: 92),
    ]
    matter.events = [
      Event(
        code: EventCode("E-01"), kind: "search",
        period: Period(first: try Self.day("2024-12-03"), last: try Self.day("2024-12-03")),
        place: "Northmarsh", persons: [PersonCode("S-01")],
        title: "Search of the office; bank cards found", source: line(0, 100))
    ]
    matter.nonConvictionGround = NonConvictionGround(
      code: "fled", facts: [FactCode("F-07")], source: line(0, 110))
    matter.property = try property()
    matter.orders = [
      PreservationOrder(
        property: PropertyCode("A-01"), kind: "restraint",
        issuer: "Invented Crown Court at Northmarsh", number: "R 14/2025",
        date: try Self.day("2025-01-20"), ends: try Self.day("2025-06-20"), source: line(0, 140))
    ]
    caseFile.matter = matter
  }

  func property() throws -> [PropertyItem] {
    func item(
      _ code: String, _ kind: String, _ text: String, state: String, place: String, number: Int
    ) -> PropertyItem {
      PropertyItem(
        code: PropertyCode(code), kind: kind, description: text, identifiers: nil,
        locationState: state, location: place,
        legalOwner: nil, controller: nil, acquiredOn: nil, price: nil, funding: [], account: nil,
        valuations: [],
        encumbrances: [], interests: [], instrumentalityFacts: [], custody: nil,
        source: line(0, number))
    }
    var flat = item(
      "A-01", "building", "Flat, 3 Invented Quay", state: "GB", place: "Northmarsh, land register",
      number: 120)
    flat.identifiers = "NM 000123"
    flat.legalOwner = PersonCode("C-01")
    flat.controller = PersonCode("S-01")
    flat.acquiredOn = try Self.day("2024-03-07")
    flat.price = Money(minorUnits: 18_500_000, currency: gbp)
    flat.valuations = [
      .init(
        amount: Money(minorUnits: 21_000_000, currency: gbp), date: try Self.day("2025-02-10"),
        method: "surveyor's report", source: line(0, 122))
    ]
    flat.encumbrances = [
      .init(
        holder: "Invented Building Society", amount: Money(minorUnits: 6_000_000, currency: gbp),
        rank: 1, inGoodFaith: true, source: line(0, 124))
    ]
    flat.interests = [
      .init(
        person: "T-01", claim: "lives in the flat and paid for the kitchen", source: line(0, 126))
    ]
    var car = item(
      "A-02", "vehicle", "Van, nine seats", state: "GB", place: "Northmarsh", number: 130)
    car.legalOwner = PersonCode("S-01")
    car.controller = PersonCode("S-01")
    car.instrumentalityFacts = [FactCode("F-06")]
    car.custody = "police pound Northmarsh"
    var deposit = item(
      "A-03", "deposit-account", "Balance of SI …2209", state: "TH", place: "Invented Bank of Siam",
      number: 134)
    deposit.legalOwner = PersonCode("S-02")
    return [flat, car, deposit]
  }

  mutating func fillRecords() throws {
    func entry(
      _ id: Int64, _ account: Int64, _ minor: Int64, _ currency: Currency, _ day: String, file: Int,
      _ number: Int
    ) throws -> Entry {
      let place = SourceRef(
        file: files[file].sha256, label: files[file].label, locator: .line(number),
        entry: EntryID(id))
      return Entry(
        id: EntryID(id), key: String(repeating: "\(id % 10)", count: 32),
        account: AccountID(account),
        amount: Money(minorUnits: minor, currency: currency), bookedOn: try Self.day(day),
        valueOn: nil, timeOfDay: nil,
        sequence: Int32(id), channel: .transferDomestic, isReversal: false,
        counterpartyAccount: nil,
        counterpartyName: nil, purpose: nil, statement: StatementID(1), source: place)
    }
    caseFile.entries = [
      try entry(1, 1, 120_000, eur, "2024-01-31", file: 1, 12),
      try entry(2, 1, 118_000, eur, "2024-02-29", file: 1, 13),
      try entry(3, 1, 119_500, eur, "2024-03-28", file: 1, 14),
      try entry(4, 1, -300_000, eur, "2024-04-02", file: 1, 17),
      try entry(5, 2, 9_000_000, gbp, "2024-03-04", file: 2, 40),
      try entry(6, 2, -12_500_000, gbp, "2024-03-07", file: 2, 41),
      try entry(7, 4, 40_000_000, thb, "2024-05-06", file: 3, 7),
    ]
    func statement(
      _ id: Int64, _ account: Int64, _ status: ReconciliationStatus, file: Int, _ number: Int
    ) throws -> StatementRecord {
      StatementRecord(
        id: StatementID(id), account: AccountID(account), number: "\(id)",
        period: Period(first: try Self.day("2024-01-01"), last: try Self.day("2024-06-30")),
        opening: nil, closing: nil,
        entryCount: 12, status: status,
        difference: status == .unreconciled ? Money(minorUnits: 1_000, currency: eur) : nil,
        source: line(file, number))
    }
    caseFile.statements = [
      try statement(1, 1, .reconciled, file: 1, 1), try statement(2, 1, .unreconciled, file: 1, 90),
      try statement(3, 2, .reconciled, file: 2, 1), try statement(4, 4, .reconciled, file: 3, 1),
    ]
    caseFile.gaps = [
      CoverageGap(
        account: AccountID(2), before: StatementID(3), after: StatementID(3),
        missing: Period(first: try Self.day("2024-07-01"), last: try Self.day("2024-07-31")),
        jump: Money(minorUnits: 245_000, currency: gbp), sources: [line(2, 80), line(2, 81)])
    ]
  }

  func source(_ entry: Int) -> SourceRef { caseFile.entries[entry - 1].source }

  func run() throws -> TracingRun {
    func step(_ day: String, _ from: String, _ to: String, _ money: Money, _ entry: Int) throws
      -> ClaimStep
    {
      ClaimStep(
        date: try Self.day(day), from: from, to: to, amount: money, moved: money,
        source: source(entry))
    }
    func claim(
      _ place: Place, _ code: String, _ minor: Int64, _ currency: Currency, _ how: String,
      _ entries: [Int], _ steps: [ClaimStep]
    ) -> Claim {
      Claim(
        place: place, sourceClass: SourceClassCode(code), isTainted: code.hasPrefix("T"),
        amount: Figure(
          Money(minorUnits: minor, currency: currency), label: "\(code) traced into \(how)",
          derivation: "lowest intermediate balance, \(entries.count) entries",
          from: source(entries[0]), entries.dropFirst().map(source)), steps: steps)
    }
    let company = "NM …0815 Harbour Labour Ltd"
    return TracingRun(
      method: "libr", methodTitle: "lowest intermediate balance",
      authorities: [
        Citation("Roscoe v Winder [1915] 1 Ch 62", confidence: .high),
        Citation("Re Hallett's Estate (1880) 13 Ch D 696", confidence: .medium),
      ],
      sameDayOrder: .bankSequence, backwardTracing: false, ledgerHash: try Self.hash("a"),
      claims: [
        claim(
          .asset(PropertyCode("A-01")), "T-1", 9_000_000, gbp, "A-01", [5, 6],
          [
            try step(
              "2024-03-04", "T-1 Swept wages", company, Money(minorUnits: 9_000_000, currency: gbp),
              5),
            try step(
              "2024-03-07", company, "A-01 Flat, 3 Invented Quay",
              Money(minorUnits: 9_000_000, currency: gbp), 6),
          ]),
        claim(.asset(PropertyCode("A-01")), "K-1", 3_500_000, gbp, "A-01", [6], []),
        claim(
          .asset(PropertyCode("A-02")), "T-2", 300_000, eur, "A-02", [1, 2, 3, 4],
          [
            try step(
              "2024-01-31", "T-2 Lodging charges", "NM …4711",
              Money(minorUnits: 120_000, currency: eur), 1),
            try step(
              "2024-02-29", "T-2 Lodging charges", "NM …4711",
              Money(minorUnits: 118_000, currency: eur), 2),
            try step(
              "2024-03-28", "T-2 Lodging charges", "NM …4711",
              Money(minorUnits: 62_000, currency: eur), 3),
            try step(
              "2024-04-02", "NM …4711", "A-02 Van, nine seats",
              Money(minorUnits: 300_000, currency: eur), 4),
          ]),
        claim(
          .account(AccountID(4)), "T-1", 40_000_000, thb, "SI …2209", [7],
          [
            try step(
              "2024-05-06", "T-1 Swept wages", "SI …2209",
              Money(minorUnits: 40_000_000, currency: thb), 7)
          ]),
        claim(
          .dissipated, "T-2", 57_500, eur, "expenses", [3],
          [
            try step("2024-04-02", "NM …4711", "spent", Money(minorUnits: 57_500, currency: eur), 3)
          ]),
      ], limits: ["Tracing in NM …0815 stops at the missing month of July 2024."])
  }

  func findings() -> [Finding] {
    [
      Finding(
        detector: "FL-01", version: 1, kind: "wage_sweep",
        title: "Wages leave within a day of pay day",
        sentence:
          "On three pay days in a row the wages paid to the account of V-01 left it for an account of S-01 within a day.",
        parameters: [.init(name: "days after pay day, at most", value: "1", limit: "1")],
        measures: [
          .init(
            name: "pay days followed by a sweep", value: "3 of 3", limit: "at least 3",
            marginBasisPoints: 10_000),
          .init(
            name: "share of the wage that left", value: "9,840 of 10,000",
            limit: "at least 8,000 of 10,000", marginBasisPoints: 12_300),
        ], strength: .strong, entries: [EntryID(1), EntryID(2), EntryID(3)],
        accounts: [
          .init(account: AccountID(3), part: "source"),
          .init(account: AccountID(1), part: "destination"),
        ],
        innocentExplanations: [
          "A worker may hand wages to a relative who runs the household.",
          "A standing order to a savings account looks the same.",
        ],
        cautionsChecked: ["The receiving account is not held by V-01."],
        cautionsNotChecked: ["Whether V-01 gave the order personally."], truncation: nil)
    ]
  }

  func manifest() throws -> Manifest {
    Manifest(
      program: "moneytrail", version: "0.1.0", asOf: caseFile.matter.asOf, profile: "gb",
      profileVersion: "2026-11-01",
      profileHash: try Self.hash("b"),
      inputs: files.map {
        .init(
          label: $0.label, name: $0.name, sha256: $0.sha256, byteCount: $0.byteCount, remark: "")
      },
      settings: [.init("method", "libr"), .init("same-day order", "bank_sequence")],
      runHash: try Self.hash("c"))
  }

  func proposal(_ track: Track, _ run: TracingRun) throws -> Proposal {
    func figure(_ minor: Int64, _ currency: Currency, _ label: String, _ sources: [SourceRef])
      throws -> Figure
    {
      try Self.need(
        Figure(
          Money(minorUnits: minor, currency: currency), label: label,
          derivation: "sum of \(sources.count) lines", from: sources), label)
    }
    let property = caseFile.matter.property
    let poca = Citation(
      "Proceeds of Crime Act 2002, s. \(track == .convictionBased ? "6" : "240")", confidence: .high
    )
    let weak = Citation(
      "Proceeds of Crime Act 2002, s. \(track == .convictionBased ? "76" : "306")",
      confidence: .medium)
    let flatClaim = try figure(9_000_000, gbp, "claimed of A-01", run.claims[0].amount.sources)
    let carClaim = try figure(300_000, eur, "claimed of A-02", run.claims[2].amount.sources)
    let bahtClaim = try figure(40_000_000, thb, "claimed of A-03", run.claims[3].amount.sources)
    let assets = [
      ScheduledAsset(
        number: 1, item: property[0],
        slices: [
          .init(
            basis: .converted,
            amount: try figure(9_000_000, gbp, "A-01, converted", run.claims[0].amount.sources),
            provisions: [poca, weak],
            reason: "The part of the price paid with tainted money stands in place of it."),
          .init(
            basis: .notReached,
            amount: try figure(6_000_000, gbp, "A-01, not reached", [line(0, 122), line(0, 124)]),
            provisions: [weak],
            reason: "The rest was paid with clean money or is owed to the lender."),
        ], grossValue: try figure(21_000_000, gbp, "value of A-01", [line(0, 122)]),
        encumbered: try figure(6_000_000, gbp, "owed on A-01", [line(0, 124)]),
        netValue: try figure(15_000_000, gbp, "net value of A-01", [line(0, 122), line(0, 124)]),
        inReportingCurrency: try figure(
          17_811_000, eur, "net value of A-01 in EUR", [line(0, 122), line(0, 150)]),
        rateNote: "1 GBP = 1.1874 EUR, 2025-06-30",
        claimed: flatClaim, claims: [run.claims[0], run.claims[1]],
        order: caseFile.matter.orders[0], confidence: .high,
        confidenceReason: "Every step stands in a reconciled statement.",
        remarks: ["The order ended before the state of this case."]),
      ScheduledAsset(
        number: 2, item: property[1],
        slices: [
          .init(
            basis: .intermingled, amount: carClaim, provisions: [poca],
            reason: "Bought from an account that also held salary.")
        ],
        grossValue: carClaim, encumbered: nil, netValue: carClaim, inReportingCurrency: carClaim,
        rateNote: nil, claimed: carClaim,
        claims: [run.claims[2]], order: nil, confidence: .medium,
        confidenceReason: "One statement of the account does not balance.", remarks: []),
      ScheduledAsset(
        number: 3, item: property[2],
        slices: [
          .init(
            basis: .directProceeds, amount: bahtClaim, provisions: [weak],
            reason: "Wages of the workers, paid in directly.")
        ],
        grossValue: bahtClaim, encumbered: nil, netValue: bahtClaim, inReportingCurrency: nil,
        rateNote: nil, claimed: bahtClaim,
        claims: [run.claims[3]], order: nil, confidence: .low,
        confidenceReason: "No statement after June 2024 was received.",
        remarks: ["The balance today is not known."]),
    ]
    let lines = [
      Benefit.Line(
        sourceClass: SourceClassCode("T-1"), title: "Swept wages",
        amount: try figure(9_000_000, gbp, "benefit from T-1", [source(5)]),
        converted: try figure(
          10_686_600, eur, "benefit from T-1 in EUR", [source(5), line(0, 150)]),
        rateNote: "1 GBP = 1.1874 EUR, 2024-03-04, official"),
      Benefit.Line(
        sourceClass: SourceClassCode("T-2"), title: "Lodging charges",
        amount: try figure(357_500, eur, "benefit from T-2", [source(1), source(2), source(3)]),
        converted: try figure(357_500, eur, "benefit from T-2", [source(1), source(2), source(3)]),
        rateNote: nil),
    ]
    func point(_ text: String, _ number: Int) -> Candour.Point {
      .init(text: text, sources: [line(0, number)])
    }
    let flatRow = SensitivityTable.Row(
      place: .asset(PropertyCode("A-01")),
      tainted: [
        9_000_000, 9_000_000, 8_500_000, 7_425_033, 7_425_033, 7_425_000, 6_612_007, 6_612_007,
        6_612_000,
      ].map { Money(minorUnits: $0, currency: gbp) })
    let carRow = SensitivityTable.Row(
      place: .asset(PropertyCode("A-02")),
      tainted: ([300_000, 300_000, nil, 182_100, 182_100, 182_100, 201_733, 201_733, 201_733]
        as [Int64?]).map { $0.map { Money(minorUnits: $0, currency: eur) } })
    let candour = Candour(
      exculpatory: [
        point("S-01 held a salaried post with an unconnected firm throughout 2023.", 84)
      ],
      otherExplanations: [
        point(
          "The deposit for the flat may have come from a family loan; none found after search of all four accounts.",
          160)
      ],
      gaps: [
        point(
          "July 2024 is missing for Harbour Labour Ltd; the bank was asked and has not answered.",
          162)
      ],
      methodChoice: [
        point(
          "The account also held the suspect's own salary; this method claims no more than the lowest balance since mixing.",
          164)
      ],
      sensitivity: SensitivityTable(
        columns: ["libr", "fifo", "rolling_pro_rata"].flatMap { method in
          SameDayOrder.allCases.map { .init(method: method, sameDayOrder: $0) }
        },
        rows: [flatRow, carRow]),
      assumptions: [point("Entries of one day are taken in the order of the bank.", 166)],
      unverifiedLaw: [weak, run.authorities[1]],
      thirdParties: [point("T-01 lives in the flat.", 126)],
      hardship: [point("The flat is the only home of T-01.", 168)],
      priorProceedings: [], automation: [])
    return Proposal(
      track: track, isOpen: track == .convictionBased,
      refusal: track == .convictionBased ? nil : "The ground needs the record of departure.",
      legalBasis: [
        .init(text: "The court may order confiscation of what was obtained.", citation: poca),
        .init(
          text: "Property that stands in place of what was obtained is reached.", citation: weak),
      ],
      standard: .init(text: "balance of probabilities", citation: poca),
      burden: .init(text: "on the prosecution", citation: poca),
      benefit: track == .nonConvictionBased
        ? nil
        : Benefit(
          offenderSet: [PersonCode("S-01"), PersonCode("S-02")], lines: lines,
          perCurrency: [
            try figure(357_500, eur, "benefit in EUR", [source(1), source(2), source(3)]),
            try figure(9_000_000, gbp, "benefit in GBP", [source(5)]),
          ],
          total: try figure(
            11_044_100, eur, "benefit in all",
            [source(1), source(2), source(3), source(5), line(0, 150)]),
          naiveInflows: [
            try figure(
              657_500, eur, "all receipts in EUR", [source(1), source(2), source(3), source(4)])
          ],
          unconverted: ["THB 400 000.00: no rate of 2024-05-06 is in the case."]),
      assets: assets, claimedPerCurrency: [carClaim, flatClaim, bahtClaim], claimedTotal: nil,
      valueOrder: track == .convictionBased
        ? try figure(57_500, eur, "value order", [source(3)]) : nil, candour: candour)
  }
}
