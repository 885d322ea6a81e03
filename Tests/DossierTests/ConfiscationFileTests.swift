// What the confiscation file says, leaves out and refuses.

import CaseModel
import Digests
import TestSupport
import Testing

@testable import Dossier

private func document(_ track: Track, _ change: (inout SampleMatter) -> Void = { _ in }) throws
  -> Document
{
  var sample = try SampleMatter(track)
  change(&sample)
  return try confiscationFile(
    track: track, caseFile: sample.caseFile, proposal: sample.proposal, run: sample.run,
    findings: sample.findings, manifest: sample.manifest)
}

extension Document {
  fileprivate var everything: String {
    ([title, subtitle] + cover.map(\.value.plainText) + sections.flatMap(\.everything)).joined(
      separator: "\n")
  }
  fileprivate func section(_ anchor: String) throws -> Section {
    try #require(sections.flatMap(\.family).first { $0.anchor == anchor })
  }
}

extension Section {
  fileprivate var family: [Section] { [self] + subsections.flatMap(\.family) }
  fileprivate var everything: [String] {
    [title] + blocks.flatMap(\.texts) + subsections.flatMap(\.everything)
  }
  fileprivate var words: String { everything.joined(separator: "\n") }
}

@Suite("The confiscation file")
struct ConfiscationFileTests {
  @Test("has the fifteen sections of §2.1 in order on both tracks", arguments: Track.allCases)
  func sections(track: Track) throws {
    let file = try document(track)
    #expect(
      file.sections.map(\.anchor) == [
        "status", "parties", "basis", "offence", "narrative", "benefit", "assets",
        "instrumentalities",
        "third-parties", "preservation", "victims", "foreign", "candour", "order", "exhibits",
      ])
    #expect(file.sections.allSatisfy { !$0.blocks.isEmpty || !$0.subsections.isEmpty })
  }

  @Test(
    "of an empty matter fills every section by saying what is missing", arguments: Track.allCases)
  func emptyMatter(track: Track) throws {
    let file = try document(track) { sample in
      sample.caseFile.files = []
      sample.caseFile.statements = []
      sample.caseFile.gaps = []
      sample.caseFile.entries = []
      sample.findings = []
      var matter = sample.caseFile.matter
      (matter.persons, matter.counts, matter.sourceClasses, matter.property) = ([], [], [], [])
      (matter.events, matter.facts, matter.orders, matter.nonConvictionGround) = ([], [], [], nil)
      sample.caseFile.matter = matter
      sample.run = TracingRun(
        method: "libr", methodTitle: "lowest intermediate balance", authorities: [],
        sameDayOrder: .bankSequence,
        backwardTracing: false, ledgerHash: sample.run.ledgerHash, claims: [], limits: [])
      sample.proposal.assets = []
      sample.proposal.claimedPerCurrency = []
      sample.proposal.benefit = nil
      sample.proposal.valueOrder = nil
      sample.proposal.candour.otherExplanations = []
    }
    for anchor in [
      "parties", "offence", "assets", "victims", "exhibits", "preservation", "foreign",
    ] {
      #expect(
        try file.section(anchor).words.contains("Nothing recorded")
          || file.section(anchor).words.contains("no property"), "\(anchor)")
    }
  }

  @Test("rests every paragraph that states a fact on a figure, a citation or a source")
  func cited() throws {
    let wording = try Wording(language: "en")
    #expect(throws: DossierError.uncited(sentence: "fact.recorded")) {
      try wording.fact(
        "fact.recorded", ["statement": [.text("It rained.")], "sources": [.sources([])]])
    }
  }

  @Test("refuses a sentence with a missing or an unused value, an open brace or open stars")
  func sentences() throws {
    let wording = try Wording(language: "en")
    #expect(throws: DossierError.self) { try wording.frame("status.advice") }
    #expect(throws: DossierError.self) { try wording.frame("blank", ["day": [.text("x")]]) }
    #expect(throws: DossierError.self) { try Sentence("a {b", name: "x") }
    #expect(throws: DossierError.self) { try Sentence("a **b", name: "x") }
    #expect(
      try Sentence("a **b** {c}{#d}", name: "x").parts == [
        .words("a "), .strong("b"), .words(" "), .place("c"), .reference("d"),
      ])
  }

  @Test("keeps markup in records as text: a value never becomes a place, a link or strong words")
  func markupInValues() throws {
    let hostile = "**x** {sources} {#candour} </w:t> #let a = 1"
    let file = try document(.convictionBased) { $0.caseFile.matter.facts[0].statement = hostile }
    let texts = file.sections.flatMap(\.family).flatMap(\.blocks).flatMap { block -> [Inline] in
      if case .paragraph(let inlines) = block { inlines } else { [] }
    }
    #expect(texts.contains(.text(hostile)))
  }

  @Test(
    "never holds a word of §8, and refuses a record that would bring one in",
    arguments: Track.allCases)
  func barredWords(track: Track) throws {
    let words = try BarredWords(language: "en")
    let text = try document(track).everything
    #expect(words.first(in: text) == nil)
    for word in ["proves", "guilty", "certainly", "launderer"] {
      #expect(throws: DossierError.self, "\(word)") {
        _ = try document(track) { $0.caseFile.matter.facts[0].statement = "The record \(word) it." }
      }
    }
    #expect(words.first(in: "an unproven claim") == nil)
    for file in DossierFiles.all
    where file.name.hasSuffix(".yaml") && !file.name.hasSuffix("barred-words.yaml") {
      #expect(words.first(in: file.text) == nil, "\(file.name)")
    }
  }

  @Test("prints findings without strength and margin")
  func noScores() throws {
    let text = try document(.convictionBased).section("findings").words
    #expect(text.contains("3 of 3"))
    #expect(!text.contains("strong") && !text.contains("12300") && !text.contains("12,300"))
  }

  @Test("names victims by code only, and their accounts by the holder's code")
  func victims() throws {
    for track in Track.allCases {
      let text = try document(track).everything
      #expect(text.contains("V-01"))
      #expect(!text.contains("Plainly Invented Name") && !text.contains("Another Invented Name"))
      #expect(!text.contains("INVENTED00000033"))
    }
  }

  @Test("is the same to the byte whatever an intelligence-only fact says")
  func intelligenceWall() throws {
    let one = try document(.convictionBased)
    let other = try document(.convictionBased) {
      $0.caseFile.matter.facts[4].statement = "Something else, proves guilty."
    }
    #expect(one == other)
    #expect(!one.everything.contains("informant"))
  }

  @Test("loses exactly the sentence whose fact is removed")
  func removedFact() throws {
    let without = try document(.convictionBased) { sample in
      sample.caseFile.matter.facts.removeAll { $0.code.text == "F-04" }
    }
    #expect(!without.everything.contains("eleven weeks"))
    #expect(try document(.convictionBased).everything.contains("eleven weeks"))
  }

  @Test("is refused when a fact that helps the respondent is not in the candour section")
  func exculpatory() throws {
    #expect(throws: DossierError.self) {
      _ = try document(.convictionBased) { $0.proposal.candour.exculpatory = [] }
    }
    #expect(throws: DossierError.self) {
      _ = try document(.convictionBased) { $0.proposal.candour.otherExplanations = [] }
    }
  }

  @Test("is refused when the claimed rows do not add up to the total")
  func totals() throws {
    #expect(throws: DossierError.self) {
      _ = try document(.convictionBased) { $0.proposal.claimedPerCurrency.removeLast() }
    }
  }

  @Test("is refused for the other track")
  func otherTrack() throws {
    let sample = try SampleMatter(.convictionBased)
    #expect(throws: DossierError.track(asked: "ncb", proposed: "cb")) {
      try confiscationFile(
        track: .nonConvictionBased, caseFile: sample.caseFile, proposal: sample.proposal,
        run: sample.run,
        findings: [], manifest: sample.manifest)
    }
  }

  @Test("draws the money from source to end, never more on an arrow than its lines carry")
  func flow() throws {
    let file = try document(.convictionBased)
    let charts = file.sections.flatMap(\.family).flatMap(\.blocks).compactMap {
      block -> FlowChart? in
      if case .flow(let chart) = block { chart } else { nil }
    }
    let chart = try #require(charts.first)
    #expect(chart.nodes.count <= MoneyFlow.nodesMax)
    let names = Dictionary(uniqueKeysWithValues: chart.nodes.map { ($0.id, $0.label) })
    let table = chart.edges.map {
      "\(names[$0.from] ?? "") > \(names[$0.to] ?? ""): \($0.amount.amount)"
    }
    #expect(table.contains("T-2 Lodging charges > NM …4711: 3000.00 EUR"))
    #expect(
      table.contains("NM …0815 Harbour Labour Ltd > A-01 Flat, 3 Invented Quay: 90000.00 GBP"))
    #expect(chart.nodes.first { $0.label == "spent" }?.kind == .dissipated)
  }

  @Test("compares the methods in one table: items by name, all other places summed per currency")
  func sensitivity() throws {
    let own = try SampleMatter().proposal.candour.sensitivity
    let euro = try #require(own.rows.first?.tainted.compactMap { $0 }.first?.currency)
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: euro) }
    let orders: [SameDayOrder] = [.bankSequence, .creditsFirst, .debitsFirst]
    let columns = ["fifo", "libr"].flatMap { method in
      orders.map { SensitivityTable.Column(method: method, sameDayOrder: $0) }
    }
    let rows =
      [
        SensitivityTable.Row(
          place: .asset(PropertyCode("A-01")), tainted: [700, 700, 700, 500, 500, 400].map(money))
      ]
      + (1...30).map {
        SensitivityTable.Row(place: .abroad("shop \($0)"), tainted: [1, 1, 1, 2, 2, 2].map(money))
      }
    let file = try document(.convictionBased) {
      $0.proposal.candour.sensitivity = SensitivityTable(columns: columns, rows: rows)
    }
    let tables = try file.section("candour-method").blocks.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    let table = try #require(tables.first)
    #expect(tables.map(\.anchor) == ["sensitivity", "envelope"] && table.columns.count == 3)
    #expect(table.columns[1].title.hasPrefix("A-01 ") && table.columns[2].title.hasSuffix("(30)"))
    let words = table.rows.map { $0.cells.map(\.plainText) }
    #expect(words.count == 3)
    #expect(words[0][0] == "first in, first out, same under all orders of the day")
    #expect(words[0][2].hasPrefix(money(30).text))
    #expect(words[1][0].hasPrefix("lowest intermediate balance, order of the bank; credits first"))
    #expect(words[2][1].hasPrefix(money(400).text) && words[2][2] == "same")
  }

  @Test(
    "puts the claim beside the traced sums, with its rule, and says where the highest was taken")
  func envelope() throws {
    let sample = try SampleMatter()
    let gbp = try #require(Currency(iso: "GBP"))
    func rows(_ amounts: [Int64]) throws -> [[String]] {
      let file = try document(.convictionBased) {
        $0.proposal.candour.sensitivity = SensitivityTable(
          columns: amounts.map { _ in .init(method: "libr", sameDayOrder: .bankSequence) },
          rows: [
            .init(
              place: .asset(PropertyCode("A-01")),
              tainted: amounts.map { Money(minorUnits: $0, currency: gbp) })
          ])
      }
      let tables = try file.section("candour-method").blocks.compactMap { block -> Table? in
        if case .table(let table) = block { table } else { nil }
      }
      let table = try #require(tables.first { $0.anchor == "envelope" })
      return table.rows.map { $0.cells.map(\.plainText) }
    }
    let traced = Money(minorUnits: 9_000_000, currency: gbp)
    let high = try #require(try rows([9_000_000, 4_000_000]).first)
    #expect(high[0].hasPrefix("A-01 ") && high[1].hasPrefix(traced.text))
    #expect(high[2].hasPrefix(Money(minorUnits: 4_000_000, currency: gbp).text))
    #expect(high[4] == "lowest intermediate balance; this file takes the highest figure")
    #expect(try rows([9_000_000, 9_500_000]).first?[4].hasSuffix("the methods differ") == true)
    #expect(try rows([9_000_000, 9_000_000]).first?[4].hasSuffix("all methods agree") == true)
    let claimed = try #require(
      sample.proposal.assets.first { $0.item.code.text == "A-01" }?.claimed)
    #expect(high[5].hasPrefix(claimed.amount.text) && high[6] != "—")
  }

  @Test(
    "prints intervals where the order of a day or missing records decide, and says when not asked")
  func bounds() throws {
    let gbp = try #require(Currency(iso: "GBP"))
    func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: gbp) }
    func part(_ bounds: [PlaceBounds]) throws -> [Block] {
      try document(.convictionBased) { sample in
        let run = sample.run
        sample.run = TracingRun(
          method: run.method, methodTitle: run.methodTitle, authorities: run.authorities,
          sameDayOrder: run.sameDayOrder, backwardTracing: run.backwardTracing,
          ledgerHash: run.ledgerHash, claims: run.claims, limits: run.limits, bounds: bounds)
      }.section("candour-method").blocks
    }
    func text(_ blocks: [Block]) -> String { "\(blocks)" }
    #expect(text(try part([])).contains("was not measured in this run"))
    let place = Place.asset(PropertyCode("A-01"))
    let point = TracedInterval(
      lowest: money(9_000_000), highest: money(9_000_000), isExact: true, reasons: [])
    #expect(
      text(
        try part([
          PlaceBounds(
            place: place, traced: money(9_000_000), overOrders: point, overRecords: nil)
        ])
      ).contains("neither on the order of entries of one day"))
    let open = try part([
      PlaceBounds(
        place: place, traced: money(9_000_000),
        overOrders: TracedInterval(
          lowest: money(0), highest: money(9_000_000), isExact: true, reasons: ["Either way."]),
        overRecords: TracedInterval(
          lowest: money(100), highest: nil, isExact: false, reasons: ["July is missing."]))
    ])
    let tables = open.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    let row = try #require(tables.first { $0.anchor == "bounds" }?.rows.first).cells.map(
      \.plainText)
    #expect(
      row[2].contains(" – ") && row[3].hasPrefix("at least ") && row[3].hasSuffix("(outer limits)"))
    #expect(row[4] == "1–2")
    let reasons = try #require(tables.first { $0.anchor == "bounds-reasons" }).rows
    #expect(reasons.map { $0.cells[1].plainText } == ["Either way.", "July is missing."])
  }

  @Test("merges places when there are more than a page can show, and says so")
  func mergedFlow() throws {
    let file = try document(.convictionBased) { sample in
      let source = sample.caseFile.entries[0].source
      let money = Money(minorUnits: 100, currency: sample.caseFile.entries[0].amount.currency)
      let claims = (0..<40).map { number in
        Claim(
          place: .dissipated, sourceClass: SourceClassCode("T-1"), isTainted: true,
          amount: Figure(money, label: "x", derivation: "y", from: source),
          steps: [
            ClaimStep(
              date: sample.caseFile.matter.asOf, from: "T-1 Swept wages", to: "account \(number)",
              amount: money, moved: money, source: source),
            ClaimStep(
              date: sample.caseFile.matter.asOf, from: "account \(number)", to: "spent",
              amount: money, moved: money, source: source),
          ])
      }
      sample.run = TracingRun(
        method: "libr", methodTitle: "lowest intermediate balance", authorities: [],
        sameDayOrder: .bankSequence,
        backwardTracing: false, ledgerHash: sample.run.ledgerHash, claims: claims, limits: [])
    }
    let blocks = file.sections.flatMap(\.family).flatMap(\.blocks)
    let chart = try #require(
      blocks.lazy.compactMap { if case .flow(let chart) = $0 { chart } else { nil } }.first)
    #expect(chart.nodes.count <= MoneyFlow.nodesMax)
    #expect(file.everything.contains("no listed asset are drawn as one"))
  }

  @Test("codes a figure by what it says and rests on, not by the numbers of a store")
  func figureCodes() throws {
    let sample = try SampleMatter()
    let source = sample.caseFile.entries[0].source
    let bare = SourceRef(file: source.file, label: source.label, locator: source.locator)
    let money = sample.caseFile.entries[0].amount
    let one = Figure(money, label: "a", derivation: "b", from: source)
    #expect(one.code == Figure(money, label: "a", derivation: "b", from: bare).code)
    #expect(one.code != Figure(money, label: "ab", derivation: "", from: bare).code)
    #expect(one.code.text.count == 14 && one.code.text.hasPrefix("F-"))
  }
}

@Suite("The asset schedule")
struct AssetScheduleTests {
  private func schedule(_ order: ScheduleOrder = .owner) throws -> Document {
    let sample = try SampleMatter()
    return try assetSchedule(
      track: .convictionBased, caseFile: sample.caseFile, proposal: sample.proposal,
      run: sample.run,
      manifest: sample.manifest, orderedBy: order)
  }

  private func table(_ document: Document) throws -> Table {
    let blocks = document.sections.flatMap(\.blocks)
    return try #require(
      blocks.lazy.compactMap { if case .table(let table) = $0 { table } else { nil } }.first {
        $0.anchor == "schedule"
      })
  }

  @Test("has the 25 columns of §7, numbered, one cell each in every row")
  func columns() throws {
    let table = try table(schedule())
    #expect(table.columns.count == 25)
    #expect(
      table.columns.enumerated().allSatisfy { $0.element.title.hasPrefix("\($0.offset + 1) ") })
    #expect(table.rows.allSatisfy { $0.style == .group || $0.cells.count == 25 })
  }

  @Test("keeps the number of an item in every order", arguments: ScheduleOrder.allCases)
  func orders(order: ScheduleOrder) throws {
    let rows = try table(schedule(order)).rows.filter { $0.style == .body }
    #expect(rows.count == 3)
    for row in rows {
      let number = row.cells[0].plainText
      #expect(row.cells[2].plainText.hasPrefix("A-0\(number) "))
    }
  }
}
