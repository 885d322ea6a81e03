// The section that argues the other side, and the wall that keeps intelligence out of court.

import CaseModel
import Confiscation
import Legislation
import Testing

@Suite("Candour and the evidence wall")
struct CandourTests {
  private func small() -> SmallCase {
    var small = SmallCase()
    small.book("A", 1_000_000, on: "2024-02-01", with: "CUST", "fee")
    small.matter.property = [
      small.item("P-1", price: "250000.00", value: "400000.00"),
      small.item("P-2", kind: "vehicle", price: "100.00", value: "100.00"),
    ]
    small.statements = [
      StatementRecord(
        id: StatementID(7), account: small.id("A"), number: "4", period: nil, opening: nil,
        closing: nil, entryCount: 0, status: .unreconciled, difference: small.money("10.00"),
        source: SmallCase.source(30, "BANK"))
    ]
    small.gaps = [
      CoverageGap(
        account: small.id("A"), before: StatementID(7), after: StatementID(8),
        missing: Period(first: SmallCase.day("2024-05-01"), last: SmallCase.day("2024-05-31")),
        jump: small.money("5.00"), sources: [SmallCase.source(31, "BANK")])
    ]
    return small
  }

  private let finding = Finding(
    detector: "ST-01", version: 1, kind: "structuring", title: "structuring",
    sentence: "Cash came in.", parameters: [], measures: [], strength: .clear,
    entries: [EntryID(1)], accounts: [],
    innocentExplanations: ["A shop banks its takings."], cautionsChecked: ["No shop was found."],
    cautionsNotChecked: ["Opening hours."], truncation: nil)

  private func propose(
    _ track: Track, _ small: SmallCase, findings: [Finding] = []
  ) throws -> Proposal {
    let claims = [small.asset("P-1", "T", "100000.00"), small.asset("P-1", "W", "150000.00")]
    let row = SensitivityTable.Row(
      place: .asset(PropertyCode("P-1")),
      tainted: [small.money("100000.00"), small.money("40000.00")])
    let table = SensitivityTable(
      columns: [
        .init(method: "libr", sameDayOrder: .bankSequence),
        .init(method: "fifo", sameDayOrder: .bankSequence),
      ], rows: [row])
    return try Confiscation.propose(
      track: track, caseFile: small.caseFile, law: try Law(profile: "gb"), run: small.run(claims),
      sensitivity: table, findings: findings)
  }

  @Test(
    "Every usable fact that helps the respondent stands in the section; the count is the store's")
  func exculpatoryCount() throws {
    var small = small()
    small.matter.facts.append(
      SmallCase.fact(
        "F-04", "The flat is the only home.", .certified, helps: true,
        topic: "hardship", line: 43))
    for track in Track.allCases {
      let candour = try propose(track, small).candour
      #expect(
        candour.exculpatory.map(\.text) == [
          "S-01 earned a salary while the flat was paid.", "The flat is the only home.",
        ])
      #expect(candour.hardship.map(\.text) == ["The flat is the only home."])
    }
  }

  @Test("Mutating a fact below certified changes nothing but is counted as withheld (N7, S-114)")
  func nonInterference() throws {
    let before = small()
    for status in [
      EvidenceStatus.lead, .intelligenceOnly, .intelligenceReleasable,
      .requestedFormally, .obtainedFormally, .excluded,
    ] {
      var after = before
      after.matter.facts[1] = SmallCase.fact(
        "F-99", "Quite another secret.", status, helps: true, topic: "hardship",
        property: ["P-1"], line: 41)
      for track in Track.allCases {
        let proposal = try propose(track, after)
        #expect(try proposal == propose(track, before))
        #expect(
          proposal.candour.gaps.contains {
            $0.text.contains("1 recorded fact is below the evidence status")
              && $0.text.contains("1 of them is tagged as helping the respondent")
          })
        #expect(!"\(proposal)".contains("secret"))
      }
    }
  }

  @Test("A fact under objection is listed by its code and never told (S-114)")
  func objection() throws {
    var small = small()
    small.matter.facts[1].status = .challenged
    for track in Track.allCases {
      let proposal = try propose(track, small)
      #expect(
        proposal.candour.gaps.contains { $0.text.hasPrefix("Fact F-02 is under objection") })
      #expect(!"\(proposal)".contains("A source says"))
    }
  }

  @Test("Each asset and each finding has another explanation, or the search that found none")
  func otherExplanations() throws {
    let points = try propose(.nonConvictionBased, small(), findings: [finding]).candour
      .otherExplanations
    #expect(points.count == 3)
    #expect(points[0].text.hasPrefix("P-1: S-01 earned a salary"))
    #expect(points[0].text.contains("from other sources in it"))
    #expect(points[1].text.hasPrefix("P-2: none found after search of 1 entries"))
    #expect(points[2].text.contains("A shop banks its takings."))
    #expect(points[2].sources.map(\.locator.text) == ["line 1"])
  }

  @Test("Missing months, statements that do not agree and unchecked cautions are named")
  func gaps() throws {
    let gaps = try propose(.nonConvictionBased, small(), findings: [finding]).candour.gaps
      .map(\.text)
    #expect(
      gaps.contains {
        $0.hasPrefix("Account A: no statement from 2024-05-01 to 2024-05-31 (31 days)")
      })
    #expect(gaps.contains { $0.contains("statement 4 does not agree") && $0.contains("10.00") })
    #expect(gaps.contains { $0.contains("not checked for want of data: Opening hours.") })
  }

  @Test("Accounts nobody was asked about are listed for the persons charged, counted for victims")
  func accountsWithoutStatements() throws {
    var small = small()
    small.matter.persons[0].holds.append(SmallCase.key("CUST"))
    small.matter.persons[1].holds.append(SmallCase.key("NOWHERE"))
    small.matter.persons[2].holds.append(SmallCase.key("ELSEWHERE"))
    let gaps = try propose(.nonConvictionBased, small).candour.gaps.map(\.text)
    #expect(gaps.contains { $0.contains("of account CUST, which S-01 holds") })
    #expect(gaps.contains { $0.hasPrefix("1 account recorded for S-02 does not occur") })
    #expect(gaps.contains { $0.hasPrefix("No statement was asked of 1 account of victims") })
    #expect(!gaps.contains { $0.contains("V-01") })
  }

  @Test("An element of a count without a usable fact is a gap (S-001)")
  func elements() throws {
    let gaps = try propose(.convictionBased, small()).candour.gaps.map(\.text)
    #expect(gaps.contains { $0.hasPrefix("Count 1") && $0.hasSuffix("the element purpose.") })
    #expect(!gaps.contains { $0.hasSuffix("the element act.") })
  }

  @Test("The method's choice stands with what the others give, and confidence follows it (N2)")
  func methodChoice() throws {
    let proposal = try propose(.nonConvictionBased, small())
    #expect(
      proposal.candour.methodChoice.contains {
        $0.text.hasPrefix("P-1: the methods and orders compared trace between 40")
      })
    #expect(proposal.assets.first { $0.item.code.text == "P-1" }?.confidence == .medium)
    #expect(proposal.candour.sensitivity.columns.count == 2)
  }

  @Test("Unverified provisions are listed, and the profile is said to be unsigned")
  func lawStatus() throws {
    for track in Track.allCases {
      let candour = try propose(track, small()).candour
      #expect(!candour.unverifiedLaw.isEmpty)
      #expect(candour.unverifiedLaw.allSatisfy { $0.isUnverified })
      #expect(candour.assumptions.contains { $0.text.contains("is not signed by any lawyer") })
    }
  }

  @Test("Victims are named by pseudonym among those the order may hurt")
  func victims() throws {
    var small = small()
    small.matter.persons[2].displayName = "Real Name"
    for track in Track.allCases {
      let proposal = try propose(track, small)
      #expect(proposal.candour.thirdParties.contains { $0.text.hasPrefix("V-01 is recorded") })
      #expect(!"\(proposal)".contains("Real Name"))
    }
  }

  @Test("No part is empty, and no sentence of ours uses a barred word")
  func wording() throws {
    var small = small()
    for track in Track.allCases {
      for state in [Count.State.convicted, .charged] {
        small.matter.counts[0].state = state
        let proposal = try propose(track, small, findings: [finding])
        let candour = proposal.candour
        let parts = [
          candour.exculpatory, candour.otherExplanations, candour.gaps, candour.methodChoice,
          candour.assumptions, candour.thirdParties, candour.hardship, candour.priorProceedings,
          candour.automation,
        ]
        #expect(parts.allSatisfy { !$0.isEmpty })
        let texts =
          parts.flatMap { $0.map(\.text) } + proposal.legalBasis.map(\.text)
          + proposal.assets.flatMap { [$0.confidenceReason] + $0.remarks + $0.slices.map(\.reason) }
          + [proposal.refusal ?? "", proposal.standard.text, proposal.burden.text]
        for text in texts { #expect(BarredWords.hits(in: text) == [], "\(text)") }
      }
    }
  }

  @Test("The order of entries of the same case decides nothing: a second run is equal")
  func secondRun() throws {
    for track in Track.allCases {
      #expect(try propose(track, small()) == propose(track, small()))
    }
  }

  @Test("Barred words are found as whole words, with their reason")
  func barredWords() {
    func found(_ text: String) -> [String] { BarredWords.hits(in: text).map(\.wording) }
    #expect(found("This proves that he is GUILTY.") == ["proves", "guilty"])
    #expect(found("The improvement was approved.") == [])
    #expect(found("A known launderer") == ["launderer"])
    #expect(BarredWords.hits(in: "launderer", speaksOfConvicted: true).isEmpty)
    #expect(found("a score of 87 and score 9") == ["score of", "score 9"])
    #expect(found("because of nationality") == ["nationality"])
    #expect(found("high risk customer in the risk band") == ["risk band", "high risk"])
  }
}
