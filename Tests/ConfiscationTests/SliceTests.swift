// Slices partition an asset; totals count each unit once.

import CaseModel
import Confiscation
import Legislation
import Testing

@Suite("Assets and their slices")
struct SliceTests {
  private func propose(
    _ small: SmallCase, _ claims: [Claim], track: Track = .nonConvictionBased,
    profile: String = "gb"
  ) throws -> Proposal {
    try Confiscation.propose(
      track: track, caseFile: small.caseFile, law: try Law(profile: profile),
      run: small.run(claims), sensitivity: SmallCase.noTable, findings: [])
  }

  private func table(_ proposal: Proposal) -> [String] {
    proposal.assets.map { asset in
      let slices = asset.slices.map { "\($0.basis.rawValue) \($0.amount.amount.decimalText)" }
      return "\(asset.number) \(asset.item.code) claimed "
        + "\(asset.claimed?.amount.decimalText ?? "-"): " + slices.joined(separator: ", ")
    }
  }

  @Test("A flat bought for 250 000 with 100 000 of traced money: 40 % of its rise or fall (TR-18)")
  func shareOfAMixedPurchase() throws {
    for (value, expected) in [("400000.00", "160000.00"), ("200000.00", "80000.00")] {
      var small = SmallCase()
      small.matter.property = [small.item("P-1", price: "250000.00", value: value)]
      let proposal = try propose(
        small, [small.asset("P-1", "T", "100000.00"), small.asset("P-1", "W", "150000.00")])
      #expect(proposal.assets.first?.claimed?.amount.decimalText == expected)
      #expect(proposal.assets.first?.slices.map(\.basis) == [.intermingled, .notReached])
    }
  }

  @Test("Under the convention frame the same flat bears a charge: no gain, no loss (TR-18)")
  func chargeOnAMixedPurchase() throws {
    for value in ["400000.00", "200000.00"] {
      var small = SmallCase(profile: "untoc")
      small.matter.property = [small.item("P-1", price: "250000.00", value: value)]
      let proposal = try propose(
        small, [small.asset("P-1", "T", "100000.00"), small.asset("P-1", "W", "150000.00")],
        profile: "untoc")
      #expect(proposal.assets.first?.claimed?.amount.decimalText == "100000.00")
    }
  }

  @Test("A charge on a fallen value: the claimant's own money is kept before anything is claimed")
  func chargeOwnMoneyFirst() throws {
    var small = SmallCase(profile: "untoc")
    small.matter.property = [small.item("P-1", price: "150.00", value: "100.00")]
    let proposal = try propose(
      small,
      [
        small.asset("P-1", "T", "80.00"), small.asset("P-1", "O", "60.00"),
        small.asset("P-1", "W", "10.00"),
      ], profile: "untoc")
    #expect(table(proposal) == ["1 P-1 claimed 40.00: intermingled 40.00, not-reached 60.00"])
  }

  @Test("Traced money behind a gap in an account is remarked and not claimed")
  func behindAGap() throws {
    var small = SmallCase()
    small.matter.property = [
      small.item("P-2", kind: "deposit-account", value: "80.00", account: "A")
    ]
    let proposal = try propose(small, [small.claim(.untraced(small.id("A")), "T", "30.00")])
    #expect(table(proposal) == ["1 P-2 claimed 0.00: not-reached 80.00"])
    #expect(
      proposal.assets.first?.remarks.contains { $0.contains("lies behind a gap in the records") }
        == true)
    #expect(proposal.candour.gaps.contains { $0.text.contains("of account A.") })
  }

  @Test("Where the claimant may choose, the greater of share and charge is elected (TR-18)")
  func electionOfTheGreater() throws {
    let text = try Law(profile: "gb").text.replacing(
      "value: share", with: "value: claimant_chooses")
    let law = try Law(reading: text, file: "chooses.yaml")
    for (value, expected) in [("400000.00", "160000.00"), ("200000.00", "100000.00")] {
      var small = SmallCase()
      small.matter.property = [small.item("P-1", price: "250000.00", value: value)]
      let claims = [small.asset("P-1", "T", "100000.00"), small.asset("P-1", "W", "150000.00")]
      let proposal = try Confiscation.propose(
        track: .nonConvictionBased, caseFile: small.caseFile, law: law, run: small.run(claims),
        sensitivity: SmallCase.noTable, findings: [])
      #expect(proposal.assets.first?.claimed?.amount.decimalText == expected)
    }
  }

  @Test("Odd values split by largest remainder and still sum to the net value (N4)")
  func partition() throws {
    for value in ["0.01", "0.02", "99999.97", "100000.00", "333333.33"] {
      var small = SmallCase()
      small.matter.property = [small.item("P-1", price: "3.00", value: value)]
      let proposal = try propose(
        small,
        [
          small.asset("P-1", "T", "1.00"), small.asset("P-1", "O", "1.00"),
          small.asset("P-1", "W", "1.00"),
        ])
      let asset = try #require(proposal.assets.first)
      let net = try #require(asset.netValue?.amount)
      #expect(asset.slices.map(\.amount.amount).sum(in: net.currency) == net)
    }
    var small = SmallCase()
    small.matter.property = [small.item("P-1", price: "3.00", value: "1.00")]
    let proposal = try propose(
      small,
      [
        small.asset("P-1", "T", "1.00"), small.asset("P-1", "O", "1.00"),
        small.asset("P-1", "W", "1.00"),
      ])
    #expect(
      table(proposal) == [
        "1 P-1 claimed 0.34: intermingled 0.34, not-reached 0.33, not-reached 0.33"
      ])
  }

  @Test("A thing paid for with traced money alone is reached whole")
  func wholePurchase() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", kind: "vehicle", price: "9000.00", value: "7000.00")]
    let proposal = try propose(small, [small.asset("P-1", "T", "9000.00")])
    #expect(table(proposal) == ["1 P-1 claimed 7000.00: converted 7000.00"])
  }

  @Test("A payer the records do not show is never counted as traced money")
  func unknownPayer() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", price: "10000.00", value: "10000.00")]
    let proposal = try propose(small, [small.asset("P-1", "T", "2500.00")])
    #expect(table(proposal) == ["1 P-1 claimed 2500.00: intermingled 2500.00, not-reached 7500.00"])
  }

  @Test("A mortgaged flat: the traced capital shares the equity, the lender comes first")
  func mortgagedFlat() throws {
    var small = SmallCase()
    small.matter.property = [
      small.item("P-1", price: "250000.00", value: "300000.00", encumbrance: "150000.00")
    ]
    let proposal = try propose(
      small, [small.asset("P-1", "T", "50000.00"), small.asset("P-1", "W", "50000.00")])
    #expect(
      table(proposal) == ["1 P-1 claimed 75000.00: intermingled 75000.00, not-reached 75000.00"])
    #expect(proposal.assets.first?.encumbered?.amount.decimalText == "150000.00")
  }

  @Test("Charges beyond the value: 0.00 claimed, with the reason, and no slice")
  func underWater() throws {
    var small = SmallCase()
    small.matter.property = [
      small.item("P-1", price: "100.00", value: "100.00", encumbrance: "150.00")
    ]
    let proposal = try propose(small, [small.asset("P-1", "T", "100.00")])
    #expect(table(proposal) == ["1 P-1 claimed 0.00: "])
    #expect(proposal.assets.first?.netValue?.amount.decimalText == "-50.00")
    #expect(proposal.assets.first?.remarks.contains { $0.contains("0.00 is claimed") } == true)
  }

  @Test("An account: the traced sum in the closing balance, a victim's own money kept apart")
  func depositAccount() throws {
    var small = SmallCase()
    small.matter.property = [
      small.item("P-2", kind: "deposit-account", owner: nil, account: "VA")
    ]
    small.statements = [
      StatementRecord(
        id: StatementID(1), account: small.id("VA"), number: "1", period: nil, opening: nil,
        closing: StatedBalance(
          amount: small.money("1000.00"), date: SmallCase.day("2024-12-30")),
        entryCount: 3, status: .reconciled, difference: nil, source: SmallCase.source(9, "BANK"))
    ]
    let place = Place.account(small.id("VA"))
    let proposal = try propose(
      small,
      [
        small.claim(place, "T", "500.00"), small.claim(place, "O", "200.00"),
        small.claim(place, "W", "300.00"),
      ])
    #expect(
      table(proposal) == [
        "1 P-2 claimed 500.00: intermingled 500.00, not-reached 200.00, not-reached 300.00"
      ])
    let asset = try #require(proposal.assets.first)
    #expect(asset.remarks.contains("Held in the name of V-01, a victim; controlled by S-01."))
    #expect(asset.slices[1].reason.contains("Own money"))
  }

  @Test("An undecided interest of another person is remarked and lowers confidence")
  func undecidedInterest() throws {
    var small = SmallCase()
    var flat = small.item("P-1", price: "100.00", value: "100.00")
    flat.interests = [
      PropertyItem.Interest(person: "T-01", claim: "half", source: SmallCase.source(62))
    ]
    small.matter.property = [flat]
    let proposal = try propose(small, [small.asset("P-1", "T", "100.00")])
    let asset = try #require(proposal.assets.first)
    #expect(asset.confidence == .medium)
    #expect(asset.remarks.contains { $0.hasPrefix("T-01 claims an interest in it") })
    #expect(proposal.candour.thirdParties.contains { $0.text == "P-1: T-01 claims half." })
  }

  @Test("The same account listed twice counts once")
  func accountOnce() throws {
    var small = SmallCase()
    let first = small.item("P-2", kind: "deposit-account", value: "80.00", account: "A")
    let second = small.item("P-3", kind: "deposit-account", value: "80.00", account: "A")
    small.matter.property = [first, second]
    let proposal = try propose(small, [small.claim(.account(small.id("A")), "T", "80.00")])
    #expect(proposal.claimedTotal?.amount.decimalText == "80.00")
  }

  @Test("An item without a value has no figures and is never counted as worth nothing")
  func noValue() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", price: "100.00")]
    let proposal = try propose(small, [small.asset("P-1", "T", "100.00")])
    let asset = try #require(proposal.assets.first)
    #expect(asset.slices.isEmpty && asset.netValue == nil && asset.claimed == nil)
    #expect(proposal.claimedTotal == nil && proposal.claimedPerCurrency.isEmpty)
    #expect(proposal.candour.gaps.contains { $0.text.hasPrefix("P-1: no net value is known") })
  }

  @Test("A matter without assets gives an open file with an empty schedule")
  func noAssets() throws {
    let proposal = try propose(SmallCase(), [])
    #expect(proposal.isOpen)
    #expect(proposal.assets.isEmpty && proposal.claimedTotal == nil)
  }

  @Test("Traced money in a third currency without a rate claims nothing and says so")
  func missingRateForAnAsset() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", price: "100.00", value: "100.00")]
    let dollars = Claim(
      place: .asset(PropertyCode("P-1")), sourceClass: SourceClassCode("T"), isTainted: true,
      amount: Figure(
        Money(minorUnits: 5000, currency: SmallCase.usd), label: "traced", derivation: "test",
        from: SmallCase.source(1, "BANK")), steps: [])
    let proposal = try propose(small, [dollars])
    #expect(table(proposal) == ["1 P-1 claimed 0.00: not-reached 100.00"])
    #expect(proposal.assets.first?.confidence == .low)
  }

  @Test("A purchaser in good faith keeps the item, and the rule is cited")
  func goodFaith() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", owner: "B-01", price: "100.00", value: "100.00")]
    let proposal = try propose(small, [small.asset("P-1", "T", "100.00")])
    #expect(table(proposal) == ["1 P-1 claimed 0.00: not-reached 100.00"])
    #expect(
      proposal.assets.first?.slices.first?.provisions.map(\.text)
        == ["Proceeds of Crime Act 2002, s. 308(1)"])
  }

  @Test("Nothing is claimed of a victim's own item, whatever was traced into it (S-170)")
  func victimsItem() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", owner: "V-01", price: "100.00", value: "100.00")]
    let proposal = try propose(small, [small.asset("P-1", "T", "100.00")])
    #expect(table(proposal) == ["1 P-1 claimed 0.00: not-reached 100.00"])
  }

  @Test("A car used in the offence: the part not bought with traced money is an instrumentality")
  func instrumentality() throws {
    var small = SmallCase(profile: "untoc")
    var car = small.item("P-1", kind: "vehicle", price: "100.00", value: "100.00")
    car.instrumentalityFacts = [FactCode("F-03")]
    small.matter.property = [car]
    let claims = [small.asset("P-1", "T", "40.00"), small.asset("P-1", "W", "60.00")]
    let open = try propose(small, claims, profile: "untoc")
    #expect(table(open) == ["1 P-1 claimed 100.00: intermingled 40.00, instrumentality-used 60.00"])
    let gb = try propose(small, claims)
    #expect(table(gb) == ["1 P-1 claimed 40.00: intermingled 40.00, not-reached 60.00"])
  }

  @Test("Rows stand by owner, kind and falling value; every figure names its sources")
  func orderOfRows() throws {
    var small = SmallCase()
    small.matter.property = [
      small.item("P-1", kind: "vehicle", owner: "S-02", price: "1.00", value: "1.00"),
      small.item("P-2", kind: "vehicle", price: "5.00", value: "5.00"),
      small.item("P-3", kind: "vehicle", price: "9.00", value: "9.00"),
      small.item("P-4", kind: "building", price: "2.00", value: "2.00"),
      small.item("P-5", kind: "building", owner: nil, price: "2.00", value: "2.00"),
    ]
    let proposal = try propose(small, [small.asset("P-3", "T", "9.00", line: 77)])
    #expect(proposal.assets.map(\.item.code.text) == ["P-4", "P-3", "P-2", "P-1", "P-5"])
    #expect(proposal.assets.map(\.number) == [1, 2, 3, 4, 5])
    let claimed = try #require(proposal.assets[1].claimed)
    #expect(claimed.sources.contains(SmallCase.source(77, "BANK")))
    #expect(claimed.sources.contains(SmallCase.source(60)))
  }

  @Test("An expired order is not said to preserve the item (S-094)")
  func expiredOrder() throws {
    var small = SmallCase()
    small.matter.property = [small.item("P-1", price: "1.00", value: "1.00")]
    small.matter.orders = [
      PreservationOrder(
        property: PropertyCode("P-1"), kind: "restraint", issuer: "Test Court", number: "R-1",
        date: SmallCase.day("2024-01-01"), ends: SmallCase.day("2024-06-01"),
        source: SmallCase.source(70))
    ]
    let proposal = try propose(small, [])
    #expect(
      proposal.assets.first?.remarks.contains { $0.contains("R-1 ended on 2024-06-01") } == true)
  }
}
