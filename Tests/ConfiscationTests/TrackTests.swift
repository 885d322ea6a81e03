// The two tracks from one matter: what opens them, and what each does not depend on.

import CaseModel
import Confiscation
import Legislation
import Testing

@Suite("The two tracks")
struct TrackTests {
  private func small(profile: String = "gb") -> SmallCase {
    var small = SmallCase(profile: profile)
    small.book("A", 1_000_000, on: "2024-02-01", with: "CUST", "fee")
    small.matter.property = [
      small.item("P-1", price: "250000.00", value: "400000.00"),
      small.item("P-2", owner: "B-01", price: "10.00", value: "10.00"),
    ]
    return small
  }

  private func propose(
    _ track: Track, _ small: SmallCase, law: Law? = nil, method: String = "libr"
  ) throws -> Proposal {
    try Confiscation.propose(
      track: track, caseFile: small.caseFile,
      law: try law ?? Law(profile: small.matter.profile),
      run: small.run(
        [small.asset("P-1", "T", "100000.00"), small.asset("P-1", "W", "150000.00")],
        method: method), sensitivity: SmallCase.noTable, findings: [])
  }

  @Test("Both files come from one matter without retyping (S-090)")
  func bothOpen() throws {
    for track in Track.allCases {
      let proposal = try propose(track, small())
      #expect(proposal.isOpen && proposal.refusal == nil)
      #expect(proposal.claimedTotal?.amount.decimalText == "160000.00")
      #expect((proposal.benefit != nil) == (track == .convictionBased))
      #expect(!proposal.legalBasis.isEmpty)
    }
  }

  @Test("Without the conviction the conviction-based file is empty and the other is the same (N5)")
  func removingTheConviction() throws {
    let with = small()
    var without = with
    without.matter.counts[0].state = .charged
    let closed = try propose(.convictionBased, without)
    #expect(!closed.isOpen)
    #expect(closed.assets.isEmpty && closed.benefit == nil && closed.valueOrder == nil)
    #expect(closed.claimedTotal == nil && closed.claimedPerCurrency.isEmpty)
    #expect(
      closed.refusal?.contains("count 1 (S-01, trafficking-forced-labour) is charged") == true)
    #expect(try propose(.nonConvictionBased, with) == propose(.nonConvictionBased, without))
    without.matter.counts[0].state = .acquitted
    #expect(try propose(.nonConvictionBased, with) == propose(.nonConvictionBased, without))
    without.matter.counts[0].state = .convicted
    #expect(try propose(.convictionBased, with) == propose(.convictionBased, without))
  }

  @Test("A conviction reaches the property of the convicted and the money of the conduct only")
  func reachOfTheConviction() throws {
    var other = small()
    other.matter.property = [
      other.item("P-1", owner: "S-02", price: "250000.00", value: "400000.00")
    ]
    let notHis = try propose(.convictionBased, other)
    #expect(notHis.claimedTotal?.amount.decimalText == "0.00")
    var otherCount = small()
    otherCount.matter.sourceClasses[0].count = 2
    let notThisConduct = try propose(.convictionBased, otherCount)
    #expect(notThisConduct.claimedTotal?.amount.decimalText == "0.00")
    #expect(notThisConduct.benefit?.lines.isEmpty == true)
    #expect(
      notThisConduct.candour.assumptions.contains { $0.text.contains("no conviction covers it") })
  }

  @Test("A count against a victim is left out of the set and put before counsel (S-170)")
  func countAgainstAVictim() throws {
    var small = small()
    small.matter.counts.append(SmallCase.count(3, "V-01", .convicted))
    let proposal = try propose(.convictionBased, small)
    #expect(proposal.benefit?.offenderSet.map(\.text) == ["S-01", "S-02"])
    #expect(proposal.candour.assumptions.contains { $0.text.contains("Count 3 names V-01") })
  }

  @Test(
    "A ground the profile does not take is refused with its reason and the ones it takes (S-091)")
  func refusedGround() throws {
    let text = try Law(profile: "untoc").text.replacing(
      "value: \"yes\", text: \"Flight is named.\"",
      with: "value: \"no\", text: \"Flight is not taken here.\"")
    let law = try Law(reading: text, file: "refuses.yaml")
    let proposal = try propose(.nonConvictionBased, small(profile: "untoc"), law: law)
    #expect(!proposal.isOpen && proposal.assets.isEmpty)
    #expect(
      proposal.refusal
        == "The profile untoc does not take the ground fled: Flight is not taken here. "
        + "(UNCAC art. 54(1)(c)). It accepts: absent, deceased, unfit_ill, immune, unknown_owner, "
        + "unknown_offender, abandoned.")
  }

  @Test("A ground left to counsel opens the draft and says that counsel must decide (S-091)")
  func groundForCounsel() throws {
    var small = small(profile: "untoc")
    small.matter.nonConvictionGround?.code = "time_barred"
    let proposal = try propose(.nonConvictionBased, small)
    #expect(proposal.isOpen)
    #expect(
      proposal.candour.assumptions.contains {
        $0.text.hasPrefix("Counsel must decide whether the ground time_barred is open")
      })
  }

  @Test("An unknown ground, none at all, or one without a usable fact is refused (S-091)")
  func missingGround() throws {
    var unknown = small(profile: "untoc")
    unknown.matter.nonConvictionGround?.code = "hunch"
    #expect(
      try propose(.nonConvictionBased, unknown).refusal?.hasPrefix("The ground hunch is not known")
        == true)
    var none = small(profile: "untoc")
    none.matter.nonConvictionGround = nil
    #expect(
      try propose(.nonConvictionBased, none).refusal?.contains("needs a ground") == true)
    var weak = small(profile: "untoc")
    weak.matter.facts[2].status = .lead
    #expect(
      try propose(.nonConvictionBased, weak).refusal?.contains(
        "rests on no fact that a court may see")
        == true)
  }

  @Test("A regime that needs no ground opens without one")
  func freeRegime() throws {
    var small = small()
    small.matter.nonConvictionGround = nil
    #expect(try propose(.nonConvictionBased, small).isOpen)
  }

  @Test("A method the profile does not allow is refused with the allowed ones")
  func methodNotAllowed() {
    #expect(
      throws: ConfiscationError.methodNotAllowed(
        method: "poison", profile: "gb",
        allowed: ["rolling_pro_rata", "pari_passu", "fifo", "libr", "oatway", "backward"])
    ) { try propose(.nonConvictionBased, small(), method: "poison") }
  }

  @Test("A profile that deducts costs is refused, not computed gross")
  func netBenefit() throws {
    let text = try Law(profile: "gb").text.replacing("value: gross", with: "value: net_profit")
    let law = try Law(reading: text, file: "net.yaml")
    #expect(
      throws: ConfiscationError.benefitModeUnsupported(profile: "gb", mode: "net_profit")
    ) { try propose(.convictionBased, small(), law: law) }
  }

  @Test("Two items with one code are refused with file and line")
  func duplicateItem() throws {
    var small = small()
    small.matter.property[1].code = PropertyCode("P-1")
    #expect(
      throws: ConfiscationError.duplicateCode(
        kind: "item", code: "P-1", source: SmallCase.source(59))
    ) { try propose(.nonConvictionBased, small) }
  }

  @Test("A matter of a day before the law is an error, never a guess")
  func beforeTheLaw() {
    var small = small()
    small.matter.asOf = SmallCase.day("1999-01-01")
    #expect(throws: LawError.self) { try propose(.nonConvictionBased, small) }
  }
}
