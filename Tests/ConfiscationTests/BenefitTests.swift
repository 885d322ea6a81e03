// Benefit: once, gross, at entry to the persons charged.

import CaseModel
import Confiscation
import Legislation
import Testing

@Suite("Benefit")
struct BenefitTests {
  private func benefit(_ small: SmallCase) throws -> Benefit {
    try #require(try proposal(small).benefit)
  }

  private func proposal(_ small: SmallCase, _ claims: [Claim] = []) throws -> Proposal {
    try propose(
      track: .convictionBased, caseFile: small.caseFile, law: try Law(profile: "gb"),
      run: small.run(claims), sensitivity: SmallCase.noTable, findings: [])
  }

  /// The flows of TR-24: customers pay A and B, money goes round between them and out and back.
  private func cutSet() -> SmallCase {
    var small = SmallCase(currency: SmallCase.usd)
    small.matter.sourceClasses.append(
      SmallCase.sourceClass("R", "return leg", .returned, tainted: true, count: 1, text: "back"))
    small.book("A", 500_000, on: "2024-02-01", with: "CUST", "fee")
    small.book("A", 325_050, on: "2024-02-02", with: "CUST", "fee")
    let out = small.book("A", -400_000, on: "2024-02-03", with: "B", "fee share")
    let into = small.book("B", 400_000, on: "2024-02-03", with: "A", "fee share")
    small.transfers.append(
      Transfer(id: TransferID(1), debit: out, credit: into, reasons: ["same amount"]))
    small.book("B", -100_000, on: "2024-02-04", with: "A", "fee share")
    small.book("A", 100_000, on: "2024-02-04", with: "B", "fee share")
    small.book("B", 70_000, on: "2024-02-05", with: "CUST", "fee")
    small.book("A", -200_000, on: "2024-02-06", with: "X", "out")
    small.book("A", 190_000, on: "2024-02-07", with: "X", "back")
    small.book("A", 120_000, on: "2024-02-08", with: "X", "salary")
    return small
  }

  @Test("Value counts once, where it enters the persons charged (TR-24)")
  func countsOnce() throws {
    let benefit = try benefit(cutSet())
    #expect(benefit.total?.amount.decimalText == "8950.50")
    #expect(benefit.naiveInflows.map(\.amount.decimalText) == ["17050.50"])
    #expect(benefit.offenderSet.map(\.text) == ["S-01", "S-02"])
    #expect(benefit.total?.sources.count == 3)
  }

  @Test("A debit of an outside account stands for the receipt, and not beside its other leg")
  func bothLegs() throws {
    var small = SmallCase()
    let debit = small.book("X", -10_000, on: "2024-02-01", with: "A", "fee")
    #expect(try benefit(small).total?.amount.decimalText == "100.00")
    let credit = small.book("A", 10_000, on: "2024-02-01", with: "X", "fee")
    small.transfers.append(
      Transfer(id: TransferID(1), debit: debit, credit: credit, reasons: ["same amount"]))
    let benefit = try benefit(small)
    #expect(benefit.total?.amount.decimalText == "100.00")
    #expect(benefit.total?.sources.map(\.locator.text) == ["line 2"])
  }

  @Test("An account in a victim's name that a person charged controls belongs to the set (S-170)")
  func controlledAccount() throws {
    var small = SmallCase()
    small.book("VA", 5_000, on: "2024-02-01", with: "CUST", "fee")
    small.book("A", 5_000, on: "2024-02-02", with: "VA", "fee")
    let benefit = try benefit(small)
    #expect(benefit.total?.amount.decimalText == "50.00")
    #expect(!benefit.offenderSet.contains(PersonCode("V-01")))
  }

  @Test("Receipts outside the dates of the conduct are left out, and the file says so")
  func conductDates() throws {
    var small = SmallCase()
    small.book("A", 5_000, on: "2022-12-31", with: "CUST", "fee")
    small.book("A", 7_000, on: "2023-01-01", with: "CUST", "fee")
    let proposal = try proposal(small)
    #expect(proposal.benefit?.total?.amount.decimalText == "70.00")
    #expect(
      proposal.candour.assumptions.contains {
        $0.text.contains("1 outside the dates of the conduct")
      })
  }

  @Test("Each receipt is converted on its own day, rounded, then added (TR-26)")
  func dollars() throws {
    let thb = try #require(Currency(iso: "THB"))
    let php = try #require(Currency(iso: "PHP"))
    var small = SmallCase(currency: SmallCase.usd)
    small.addAccount("AT", currency: thb)
    small.addAccount("AP", currency: php)
    small.matter.persons[0].holds += [SmallCase.key("AT"), SmallCase.key("AP")]
    small.book("AT", 10_000_000, on: "2024-01-15", with: "CUST", "fee", currency: thb)
    small.book("AP", 2_500_000, on: "2024-03-10", with: "CUST", "fee", currency: php)
    small.book("A", 180_000, on: "2024-06-30", with: "CUST", "fee")
    small.matter.rates = [
      rate(thb, "35.1234", "2024-01-15", .official), rate(php, "55.7210", "2024-03-10", .official),
    ]
    let benefit = try benefit(small)
    #expect(
      benefit.lines.map { $0.converted?.amount.decimalText } == ["448.66", "2847.10", "1800.00"])
    #expect(benefit.total?.amount.decimalText == "5095.76")
    #expect(benefit.unconverted.isEmpty)
  }

  @Test("An executed rate goes before an official one of the day, a nearer day before both")
  func choiceOfRate() throws {
    let eur = try #require(Currency(iso: "EUR"))
    var small = SmallCase()
    small.addAccount("AE", currency: eur)
    small.matter.persons[0].holds.append(SmallCase.key("AE"))
    small.book("AE", 10_000, on: "2024-02-10", with: "CUST", "fee", currency: eur)
    small.matter.rates = [
      rate(eur, "1.5", "2024-02-08", .executed), rate(eur, "2.0", "2024-02-09", .official),
      rate(eur, "1.25", "2024-02-09", .executed),
    ]
    let line = try #require(try benefit(small).lines.first)
    #expect(line.converted?.amount.decimalText == "80.00")
    #expect(line.rateNote?.contains("the nearest earlier rate, 1 day before") == true)
  }

  @Test("Without a rate in time nothing is converted; the sum stays in its currency and is listed")
  func missingRate() throws {
    let eur = try #require(Currency(iso: "EUR"))
    var small = SmallCase()
    small.addAccount("AE", currency: eur)
    small.matter.persons[0].holds.append(SmallCase.key("AE"))
    small.book("AE", 10_000, on: "2024-02-10", with: "CUST", "fee", currency: eur)
    small.matter.rates = [rate(eur, "1.5", "2024-02-02", .official)]
    let proposal = try proposal(small)
    let benefit = try #require(proposal.benefit)
    #expect(benefit.total == nil)
    #expect(benefit.perCurrency.map(\.amount.description) == ["100.00 EUR"])
    #expect(benefit.unconverted.count == 1)
    #expect(proposal.candour.gaps.contains { $0.text == benefit.unconverted[0] })
    #expect(proposal.valueOrder == nil)
  }

  @Test("The value order is benefit less what is claimed in kind, never below zero (TR-19)")
  func valueOrder() throws {
    var small = SmallCase()
    small.book("A", 48_000_000, on: "2024-02-01", with: "CUST", "fee")
    small.matter.property = [small.item("P-1", price: "150000.00", value: "150000.00")]
    let first = try proposal(small, [small.asset("P-1", "T", "150000.00")])
    #expect(first.valueOrder?.amount.decimalText == "330000.00")
    small.matter.property = [small.item("P-1", price: "150000.00", value: "900000.00")]
    let second = try proposal(small, [small.asset("P-1", "T", "150000.00")])
    #expect(second.valueOrder?.amount.decimalText == "0.00")
  }

  @Test("A receipt that two classes select counts once, under the first of the case sheet")
  func overlappingClasses() throws {
    var small = SmallCase()
    small.matter.sourceClasses.append(
      SmallCase.sourceClass("U", "again", .obtaining, tainted: true, count: 1, text: "fee"))
    small.book("A", 5_000, on: "2024-02-01", with: "CUST", "fee")
    let first = try proposal(small)
    #expect(first.benefit?.total?.amount.decimalText == "50.00")
    #expect(first.benefit?.lines.map(\.sourceClass.text) == ["T"])
    small.matter.sourceClasses.reverse()
    small.matter.sourceClasses.append(small.matter.sourceClasses.removeFirst())
    small.matter.sourceClasses.insert(
      SmallCase.sourceClass("L", "lawful after all", .lawful, tainted: false, text: "fee"), at: 0)
    #expect(try proposal(small).benefit?.lines.isEmpty == true)
  }

  @Test("An instrumentality pays no benefit back: the value order deducts what is traced")
  func instrumentalityAndValueOrder() throws {
    var small = SmallCase()
    small.book("A", 100_000, on: "2024-02-01", with: "CUST", "fee")
    var car = small.item("P-1", kind: "vehicle", price: "900.00", value: "900.00")
    car.instrumentalityFacts = [FactCode("F-03")]
    small.matter.property = [car]
    let proposal = try proposal(
      small, [small.asset("P-1", "T", "300.00"), small.asset("P-1", "W", "600.00")])
    #expect(proposal.claimedTotal?.amount.decimalText == "900.00")
    #expect(proposal.valueOrder?.amount.decimalText == "700.00")
  }

  private func rate(
    _ quote: Currency, _ value: String, _ day: String, _ kind: ExchangeRate.Kind
  ) -> DatedRate {
    let base = quote.code == "EUR" ? SmallCase.gbp : SmallCase.usd
    return DatedRate(
      date: SmallCase.day(day),
      rate: ExchangeRate(
        base: base, quote: quote, value: DecimalNumber(value) ?? DecimalNumber(digits: 1, scale: 0),
        kind: kind, source: "Test Bank"), source: SmallCase.source(80))
  }
}
